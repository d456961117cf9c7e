"""Intervals and tests that come out the same, to the last digit, on every machine.

Random numbers are the raw output of PCG64, whose stream NumPy guarantees (NEP 19), and values are summed as integers,
so that no order of addition matters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
_UNIT = 2**32  # values are rounded to this fraction: far below any digit that is printed, exact when summed
_CELLS = 500_000  # how many random numbers are held at once


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the ends of its interval, over `count` questions."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Resampling:
    """How often and from which seed it is resampled, and how much of it the interval holds."""

    resamples: int = 10_000
    seed: int = 20_240_229
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Resamples:
    """How often each of `count` questions comes in each resample: one row a resample."""

    count: int
    weights: NDArray[np.uint8] = field(repr=False)
    level: float = 0.95

    def interval(self, values: Sequence[float]) -> Interval:
        """Return the mean of the values and its percentile bootstrap interval (Efron 1979)."""
        if len(values) != self.count:
            raise ValueError(f"{len(values)} values for resamples of {self.count}")
        whole = _integers(values)
        sums = np.concatenate([part.astype(np.int64) @ whole for part in self._parts()])
        low, high = percentiles(sums / (self.count * _UNIT), self.level)
        return Interval(float(whole.sum()) / (self.count * _UNIT), low, high, self.count)

    def interval_of(self, statistic: Callable[[Counts], Floats]) -> Interval:
        """Return a statistic of weighted questions and its interval; resamples that leave it undefined are dropped."""
        value = float(statistic(np.ones((1, self.count), dtype=np.int64))[0])
        found = np.concatenate([statistic(part.astype(np.int64)) for part in self._parts()])
        defined = found[~np.isnan(found)]
        low, high = percentiles(defined, self.level) if len(defined) else (float("nan"), float("nan"))
        return Interval(value, low, high, self.count)

    def _parts(self) -> list[NDArray[np.uint8]]:
        step = max(1, _CELLS // self.count)
        return [self.weights[at : at + step] for at in range(0, len(self.weights), step)]


@lru_cache(maxsize=16)
def resamples(count: int, how: Resampling = Resampling()) -> Resamples:
    """Return resamples of `count` questions, drawn with replacement; the same for the same arguments."""
    if count < 1:
        raise ValueError("nothing to resample")
    bits = np.random.PCG64(how.seed)
    step = max(1, _CELLS // count)
    parts = [_drawn(bits, min(step, how.resamples - at), count) for at in range(0, how.resamples, step)]
    return Resamples(count, np.concatenate(parts), how.level)


def _drawn(bits: np.random.PCG64, rows: int, count: int) -> NDArray[np.uint8]:
    """Return how often each question is drawn, by the high half of each random number (Lemire 2019)."""
    raw = bits.random_raw(rows * count) >> np.uint64(32)
    index = ((raw * np.uint64(count)) >> np.uint64(32)).astype(np.int64).reshape(rows, count)
    flat = (index + np.arange(rows)[:, None] * count).ravel()
    return np.bincount(flat, minlength=rows * count).reshape(rows, count).astype(np.uint8)


def bootstrap(values: Sequence[float], how: Resampling = Resampling()) -> Interval:
    """Return the mean and its percentile bootstrap interval.

    >>> bootstrap([1.0, 1.0])
    Interval(value=1.0, low=1.0, high=1.0, count=2)
    """
    return resamples(len(values), how).interval(values)


def percentiles(found: Floats, level: float) -> tuple[float, float]:
    """Return the values between which the share `level` of the resamples lies, nearest ranks, nothing interpolated."""
    ordered = np.sort(found)
    tail = round(len(ordered) * (1 - level) / 2)
    return float(ordered[tail]), float(ordered[-1 - tail])


def randomisation_test(a: Sequence[float], b: Sequence[float], how: Resampling = Resampling()) -> float:
    """Return the two-sided p of a paired randomisation test of the difference in means.

    Smucker, Allan and Carterette 2007, CIKM: each pair's values are swapped at random. The observed labelling counts as
    one of them, so p is never zero.

    >>> randomisation_test([1.0, 0.5], [1.0, 0.5])
    1.0
    """
    if len(a) != len(b):
        raise ValueError(f"pairs are needed, not {len(a)} and {len(b)} values")
    differences = _integers(a) - _integers(b)
    observed = abs(int(differences.sum()))
    if not observed:
        return 1.0  # nothing is less extreme
    unequal = np.flatnonzero(differences)
    bits = np.random.PCG64(how.seed)
    step = max(1, _CELLS // max(len(a), 1))
    extreme = 0
    for at in range(0, how.resamples, step):
        rows = min(step, how.resamples - at)
        raw = bits.random_raw(rows * len(a)).reshape(rows, len(a))[:, unequal]
        signs = (raw >> np.uint64(63)).astype(np.int64) * 2 - 1
        extreme += int((np.abs(signs @ differences[unequal]) >= observed).sum())
    return (extreme + 1) / (how.resamples + 1)


def _integers(values: Sequence[float]) -> Counts:
    return np.rint(np.asarray(values, dtype=np.float64) * _UNIT).astype(np.int64)
