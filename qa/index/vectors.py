"""Nearest neighbours: FAISS behind one small door."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
FaissIndex = Any  # the library is imported late, and its stubs do not know its Python forms


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write unit vectors as an exact inner product index (`IndexFlatIP`)."""
    faiss = _faiss()
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    faiss.write_index(index, str(path))


class VectorIndex:
    """Unit vectors and the exact nearest of them."""

    def __init__(self, index: FaissIndex) -> None:
        self._index = index

    @classmethod
    def open(cls, path: Path) -> VectorIndex:
        """Return the vectors of a file, mapped from disk.

        Raises:
            ValueError: The file is no FAISS index of unit vectors' inner products.
        """
        faiss = _faiss()
        try:
            index = faiss.read_index(str(path), getattr(faiss, "IO_FLAG_MMAP_IFC", 0))
        except RuntimeError as error:
            raise ValueError(f"{path} is no FAISS index") from error
        if not isinstance(index, faiss.IndexFlat) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError(f"{path} is not an exact inner product index")
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._index.d)

    def rows(self, ids: Ids) -> Vectors:
        """Return the vectors of the given numbers, in that order."""
        return np.asarray(self._all()[ids])

    def _all(self) -> Vectors:
        faiss = _faiss()
        if not len(self):
            return np.zeros((0, self.dimension), np.float32)
        flat: Vectors = faiss.rev_swig_ptr(self._index.get_xb(), len(self) * self.dimension)
        return flat.reshape(len(self), self.dimension)

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """Return the scores and numbers of the `k` nearest rows of each query, best first, equals by number.

        The score is the inner product, which for unit rows is the cosine.

        Args:
            queries: One row a query.
            k: How many; fewer come back when fewer rows are allowed.
            allowed: The numbers of the rows that may be found; all where `None`.
        """
        faiss = _faiss()
        permitted = None if allowed is None else np.unique(np.asarray(allowed, np.int64))
        most = min(k, len(self) if permitted is None else len(permitted))
        if most <= 0:
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        parameters = None
        if permitted is not None:
            bits = np.zeros(len(self), np.bool_)
            bits[permitted] = True
            packed = np.packbits(bits, bitorder="little")
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(packed))
        scores, ids = self._index.search(np.ascontiguousarray(queries, np.float32), most, params=parameters)
        order = np.lexsort((ids, -scores), axis=1)
        return np.take_along_axis(scores, order, axis=1), np.take_along_axis(ids, order, axis=1)


def _faiss() -> FaissIndex:
    return import_module("faiss")
