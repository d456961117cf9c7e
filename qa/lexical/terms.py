"""The vocabulary: sorted terms in one array, found by bisection, and the terms near a misspelt one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Terms:
    """Sorted terms in one array of UTF-8 bytes, found by bisection without reading the others."""

    def __init__(self, letters: Array, offsets: Array) -> None:
        self.letters = letters
        self.offsets = offsets
        self._by_length: dict[int, tuple[Array, Array]] = {}

    @classmethod
    def of(cls, terms: Sequence[str]) -> Terms:
        """Return the terms; they must be sorted by code points."""
        parts = [term.encode() for term in terms]
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum([len(part) for part in parts], out=offsets[1:])
        return cls(np.frombuffer(b"".join(parts), np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self):
            raise IndexError(number)
        return bytes(self.letters[self.offsets[number] : self.offsets[number + 1]]).decode()

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def find(self, term: str) -> int | None:
        """Return the term's number, `None` when it is not there."""
        low = self._left(term)
        return low if low < len(self) and self[low] == term else None

    def prefixed(self, prefix: str, limit: int = 100) -> list[str]:
        """Return the first terms that begin so, in order."""
        low = self._left(prefix)
        found = (self[number] for number in range(low, min(low + limit, len(self))))
        return [term for term in found if term.startswith(prefix)]

    def _left(self, term: str) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self[middle] < term else (low, middle)
        return low

    @cached_property
    def _points(self) -> tuple[Array, Array]:
        """The code points of all terms one after another, and where each term begins among them."""
        letters = bytes(self.letters)
        begins = (np.frombuffer(letters, np.uint8) & 0xC0) != 0x80  # a character's bytes after its first are 10xxxxxx
        before = np.concatenate([[0], np.cumsum(begins)])
        return np.frombuffer(letters.decode().encode("utf-32-le"), "<u4"), before[np.asarray(self.offsets)]

    def _of_length(self, length: int) -> tuple[Array, Array]:
        """Return the numbers of the terms of that many characters, and a matrix of their code points."""
        if length not in self._by_length:
            points, starts = self._points
            numbers = np.flatnonzero(np.diff(starts) == length)
            self._by_length[length] = numbers, points[starts[numbers][:, None] + np.arange(length)]
        return self._by_length[length]

    def near(self, term: str, most: int) -> list[tuple[int, int]]:
        """Return numbers and distances of the terms at most that many slips away."""
        found: list[tuple[int, int]] = []
        for length in range(max(1, len(term) - most), len(term) + most + 1):
            numbers, letters = self._of_length(length)
            distances = _distances(term, letters)
            near = np.flatnonzero(distances <= most)
            found.extend((int(numbers[n]), int(distances[n])) for n in near)
        return found


def _distances(term: str, letters: Array) -> Array:
    """Return the optimal string alignment distance from the term to each row of code points.

    The usual dynamic programme (Damerau 1964, Levenshtein 1966), run for all rows at once.
    """
    rows, length = letters.shape
    columns = np.ascontiguousarray(letters.T)
    before: list[Array] = []
    last = [np.full(rows, n, np.uint8) for n in range(length + 1)]
    for i, letter in enumerate(map(ord, term), 1):
        here = [np.full(rows, i, np.uint8)]
        for j in range(1, length + 1):
            cost = last[j - 1] + (columns[j - 1] != letter)
            best = np.minimum(np.minimum(last[j], here[j - 1]) + 1, cost)
            if i > 1 and j > 1:
                swapped = (columns[j - 2] == letter) & (columns[j - 1] == ord(term[i - 2]))
                best = np.where(swapped, np.minimum(best, before[j - 2] + 1), best)
            here.append(best.astype(np.uint8))
        before, last = last, here
    return last[length]
