"""Vectors of word pieces at two bits a coordinate: a 16th of their size, and as good for ranking as measured.

A random rotation makes the coordinates of a unit vector nearly normal and independent, and then each is put to the
nearest of the four levels that lose least of a normal distribution (Zandieh et al. 2025, "TurboQuant"; the levels are
those of Max 1960, "Quantizing for minimum distortion", table I). Inner products with a query that is rotated alike,
but not rounded, stay what they were, to within about 0.02.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Codes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

CODES, STARTS, ROTATION = "pieces.codes.npy", "pieces.starts.npy", "pieces.rotation.npy"
LEVELS = (-1.510, -0.4528, 0.4528, 1.510)
EDGE = 0.9816  # between the inner and the outer level
PACKED = 4  # coordinates a byte
SEED = 1960


def rotation(dimension: int) -> Vectors:
    """Return a matrix with orthonormal rows that turns vectors of a length to one that is a multiple of four.

    >>> rotation(6).shape
    (6, 8)
    """
    width = -(-dimension // PACKED) * PACKED
    turned, _ = np.linalg.qr(np.random.default_rng(SEED).standard_normal((width, width)))
    return np.ascontiguousarray(turned[:dimension], np.float32)


def coded(vectors: Vectors, turning: Vectors) -> Codes:
    """Return the codes of unit rows, four coordinates a byte, the first one lowest."""
    scaled = (vectors @ turning) * np.float32(np.sqrt(turning.shape[1]))
    levels = (scaled > -EDGE).astype(np.uint8) + (scaled > 0) + (scaled > EDGE)
    quarters = levels.reshape(len(vectors), turning.shape[1] // PACKED, PACKED)
    return np.asarray(
        quarters[..., 0] | quarters[..., 1] << 2 | quarters[..., 2] << 4 | quarters[..., 3] << 6, np.uint8
    )


def decoded(codes: Codes) -> Vectors:
    """Return the unit rows that codes stand for, as they are turned."""
    table = _table()
    rows = table[codes].reshape(len(codes), codes.shape[1] * PACKED)
    lengths = np.sqrt((table**2).sum(axis=1)[codes].sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-9)), np.float32)


def _table() -> Vectors:
    """Return the four levels that each byte stands for."""
    values = np.arange(256)
    return np.stack([np.array(LEVELS, np.float32)[values >> (2 * place) & 3] for place in range(PACKED)], axis=1)


def write_pieces(folder: Path, texts: Sequence[Codes], turning: Vectors) -> None:
    """Write the codes of texts one after another, without a second copy of them all in memory."""
    starts = np.concatenate([[0], np.cumsum([len(codes) for codes in texts])]).astype(np.int64)
    np.save(folder / STARTS, starts, allow_pickle=False)
    np.save(folder / ROTATION, turning, allow_pickle=False)
    shape = (int(starts[-1]), turning.shape[1] // PACKED)
    with (folder / CODES).open("wb") as stream:
        header = {"descr": "|u1", "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(stream, header)
        for codes in texts:
            stream.write(codes.tobytes())


class PieceIndex:
    """The word pieces of the archive's sentences, and after them those of the contexts."""

    def __init__(self, codes: Codes, starts: Numbers, turning: Vectors) -> None:
        self._codes = codes
        self._starts = starts
        self._turning = turning

    @classmethod
    def open(cls, folder: Path) -> PieceIndex:
        """Return the pieces of a folder, mapped from disk.

        Raises:
            ValueError: The files do not fit together.
        """
        codes, starts, turning = (np.load(folder / n, mmap_mode="r") for n in (CODES, STARTS, ROTATION))
        if len(codes) != int(starts[-1]) or codes.shape[1] * PACKED != turning.shape[1]:
            raise ValueError(f"{folder / CODES} and {STARTS} are of two indexes")
        return cls(codes, starts, turning)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._starts) - 1

    def turned(self, vectors: Vectors) -> Vectors:
        """Return vectors turned as the pieces are, so that their inner products with them are cosines."""
        return np.asarray(vectors @ self._turning, np.float32)

    def codes(self, text: int) -> Codes:
        """Return the codes of one text."""
        return np.asarray(self._codes[self._starts[text] : self._starts[text + 1]])

    def rows(self, texts: Numbers) -> tuple[Vectors, Numbers]:
        """Return the turned unit rows of several texts one after another, and where each begins, the end at last."""
        counts = self._starts[texts + 1] - self._starts[texts]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        places = np.repeat(self._starts[texts] - starts[:-1], counts) + np.arange(starts[-1])
        return decoded(np.asarray(self._codes[places])), starts
