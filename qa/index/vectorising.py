"""Texts to vectors, those that an earlier index has already left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.embedding.records import Encoder
from qa.index.vectors import VectorIndex, Vectors

KEY_BYTES = 16  # of a SHA-256: chance meetings are out of the question below 2**60 texts
Keys = NDArray[np.uint8]
Progress = Callable[[str, int, int], None]


def keys_of(texts: Sequence[str]) -> Keys:
    """Return one row of bytes a text, equal for equal texts only."""
    joined = b"".join(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES] for text in texts)
    return np.frombuffer(joined, np.uint8).reshape(len(texts), KEY_BYTES)


class KnownVectors:
    """Vectors of an earlier index by their texts' keys."""

    def __init__(self) -> None:
        self._place: dict[bytes, tuple[VectorIndex, int]] = {}

    def add(self, vectors: Path, keys: Path) -> None:
        """Learn the vectors of two files, in the same order; files that cannot be read teach nothing."""
        try:
            index = VectorIndex.open(vectors)
            rows = np.load(keys, allow_pickle=False)
        except (OSError, ValueError):
            return
        if len(rows) == len(index):
            self._place.update((row.tobytes(), (index, number)) for number, row in enumerate(rows))

    def find(self, key: bytes) -> Vectors | None:
        """Return the text's vector, `None` when it has none yet."""
        place = self._place.get(key)
        return None if place is None else place[0].rows(np.array([place[1]]))[0]


def vectors_of(
    texts: Sequence[str], encoder: Encoder, known: KnownVectors, progress: Progress, chunk: int
) -> tuple[Vectors, Keys, int]:
    """Return the texts' vectors as passages, their keys, and how many had to be encoded (equal texts once)."""
    keys = keys_of(texts)
    vectors = np.zeros((len(texts), encoder.dimension), np.float32)
    missing: dict[bytes, list[int]] = {}
    for number, row in enumerate(keys):
        key = row.tobytes()
        found = known.find(key)
        if found is None:
            missing.setdefault(key, []).append(number)
        else:
            vectors[number] = found
    places = sorted(missing.values(), key=lambda numbers: -len(texts[numbers[0]]))  # like lengths encode together
    for start in range(0, len(places), chunk):
        part = places[start : start + chunk]
        rows = encoder.encode([texts[numbers[0]] for numbers in part], "passage")
        for numbers, vector in zip(part, rows, strict=True):
            vectors[numbers] = vector
        progress("encoding", start + len(part), len(places))
    return vectors, keys, len(places)
