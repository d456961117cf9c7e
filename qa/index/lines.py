"""Records in a file, one JSON object a line, each parsed only when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar, overload

import numpy as np

from qa.index.codec import from_json, to_json

T = TypeVar("T")


class Lines(Sequence[T], Generic[T]):
    """The records of a file, in order.

    The places of the lines stand in an array beside it, so that opening a million records costs nothing.
    """

    def __init__(self, path: Path, kind: type[T]) -> None:
        self._kind = kind
        self._places = np.load(_places(path), mmap_mode="r", allow_pickle=False)
        self._bytes = np.memmap(path, np.uint8, "r") if len(self) else np.zeros(0, np.uint8)

    def __len__(self) -> int:
        return len(self._places) - 1

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...
    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        line = bytes(self._bytes[self._places[number] : self._places[number + 1]])
        return from_json(self._kind, json.loads(line))

    def __iter__(self) -> Iterator[T]:
        return (self[number] for number in range(len(self)))


def write_lines(path: Path, records: Iterable[object]) -> None:
    """Write the records to a file, and the places of its lines to one beside it."""
    places = [0]
    with path.open("wb") as stream:
        for record in records:
            line = json.dumps(to_json(record), ensure_ascii=False, separators=(",", ":")) + "\n"
            places.append(places[-1] + stream.write(line.encode()))
    np.save(_places(path), np.array(places, np.int64), allow_pickle=False)


def _places(path: Path) -> Path:
    return path.with_suffix(".places.npy")
