"""Whether the confidence tells right answers from wrong ones, and answerable questions from the others.

A *judged* question is (confidence, right, answerable): `right` when what ranks first answers it, which an unanswerable
question can never have. Ties of confidence are treated as one: no result hangs on the order of equal questions.
Every function takes weights, how often each question counts, so that resampling (`statistics`) is one call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question's confidence and what it should have been worth."""

    confidence: float
    right: bool
    answerable: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the reliability diagram: mean confidence and share of right answers of `count` questions."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


class Ordered:
    """Questions by falling confidence, ties grouped; each method takes weights of the shape (resamples, questions)."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self._order = sorted(range(len(judged)), key=lambda i: -judged[i].confidence)
        ranked = [judged[i] for i in self._order]
        self._starts = [i for i, one in enumerate(ranked) if not i or one.confidence != ranked[i - 1].confidence]
        self._confidence = np.array([one.confidence for one in ranked], dtype=np.float64)
        self._right = np.array([one.right for one in ranked], dtype=np.int64)
        self._answerable = np.array([one.answerable for one in ranked], dtype=np.int64)

    def auroc(self, weights: Counts) -> Floats:
        """Return the chance that an answerable question has more confidence than an unanswerable one (ties: half)."""
        return self._auroc(weights, self._answerable)

    def auroc_right(self, weights: Counts) -> Floats:
        """Return the chance that a question answered rightly has more confidence than any other (ties: half)."""
        return self._auroc(weights, self._right)

    def _auroc(self, weights: Counts, wanted: Counts) -> Floats:
        good, bad = self._grouped(weights, wanted), self._grouped(weights, 1 - wanted)
        below = bad.sum(axis=1, keepdims=True) - np.cumsum(bad, axis=1)
        twice = (good * (2 * below + bad)).sum(axis=1)
        pairs = good.sum(axis=1) * bad.sum(axis=1)
        return np.where(pairs > 0, twice / (2 * np.maximum(pairs, 1)), np.nan)

    def false_answers(self, weights: Counts, answered: float) -> Floats:
        """Return the share of unanswerable questions answered when this share of the answerable ones is.

        The threshold is the highest that answers at least that share.
        """
        good, bad = self._grouped(weights, self._answerable), self._grouped(weights, 1 - self._answerable)
        reached = np.cumsum(good, axis=1)
        enough = reached >= np.ceil(np.round(answered * reached[:, -1:], 9))
        at = np.argmax(enough, axis=1)[:, None]
        total = bad.sum(axis=1)
        below = np.take_along_axis(np.cumsum(bad, axis=1), at, axis=1)[:, 0]
        return np.where(total > 0, below / np.maximum(total, 1), np.nan)

    def area(self, weights: Counts) -> Floats:
        """Return the area under the risk-coverage curve: the mean risk over all coverages (0 is best).

        Geifman, Uziel and El-Yaniv 2019, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers".
        """
        errors, ends = self._risk(weights)
        summed = np.concatenate([[0], np.cumsum(np.rint(errors * 2**40).astype(np.int64))])
        begins = np.concatenate([[0], ends[:-1]])
        return np.asarray((summed[ends] - summed[begins]) / (2**40 * np.maximum(ends - begins, 1)), dtype=np.float64)

    def calibration_error(self, weights: Counts, bins: int = 10) -> Floats:
        """Return the expected calibration error (Naeini, Cooper and Hauskrecht 2015, AAAI), bins of equal width."""
        ranked = weights[:, self._order].astype(np.int64)
        gap = np.rint((self._confidence - self._right) * 2**32).astype(np.int64)
        bin_of = np.minimum((self._confidence * bins).astype(np.int64), bins - 1)
        total = sum(np.abs(ranked[:, bin_of == i] @ gap[bin_of == i]) for i in range(bins))
        return np.asarray(total / (2**32 * np.maximum(ranked.sum(axis=1), 1)), dtype=np.float64)

    def curve(self) -> list[tuple[float, float]]:
        """Return the risk-coverage curve: share of all questions answered, and share of those that are wrong.

        El-Yaniv and Wiener 2010, "On the Foundations of Noise-free Selective Classification", JMLR 11.
        """
        risk, _ = self._risk(np.ones((1, len(self._order)), dtype=np.int64))
        coverage = np.arange(1, len(risk) + 1) / max(len(risk), 1)
        return list(zip(coverage.tolist(), risk.tolist(), strict=True))

    def _risk(self, weights: Counts) -> tuple[Floats, Counts]:
        """Return the risk after each question, one resample after the other, and where each resample ends.

        Inside a tie, errors are spread evenly.
        """
        asked, wrong = self._grouped(weights, np.ones_like(self._right)), self._grouped(weights, 1 - self._right)
        total, times = asked.sum(axis=1), asked.ravel()
        ends = np.cumsum(total)
        before = np.repeat((np.cumsum(wrong, axis=1) - wrong).ravel(), times)
        begins = np.repeat((np.cumsum(asked, axis=1) - asked).ravel(), times)
        share = np.repeat((wrong / np.maximum(asked, 1)).ravel(), times)
        reached = np.arange(1, len(before) + 1) - np.repeat(ends - total, total)
        return (before + (reached - begins) * share) / reached, ends

    def _grouped(self, weights: Counts, wanted: Counts) -> Counts:
        ranked = weights[:, self._order].astype(np.int64) * wanted
        if len(self._starts) == len(self._order):
            return ranked
        return np.asarray(np.add.reduceat(ranked, self._starts, axis=1), dtype=np.int64)


def brier(judged: Sequence[Judged]) -> list[float]:
    """Return each question's squared difference of confidence and rightness; the mean is Brier's score (1950)."""
    return [(one.confidence - one.right) ** 2 for one in judged]


def reliability(judged: Sequence[Judged], bins: int = 10) -> list[Bin]:
    """Return the bins of equal width that hold a question.

    >>> reliability([Judged(0.95, True, True), Judged(1.0, False, False)])
    [Bin(low=0.9, high=1.0, count=2, confidence=0.975, right=0.5)]
    """
    members: list[list[Judged]] = [[] for _ in range(bins)]
    for one in judged:
        members[min(int(one.confidence * bins), bins - 1)].append(one)
    return [
        Bin(i / bins, (i + 1) / bins, len(held), _mean([m.confidence for m in held]), _mean([m.right for m in held]))
        for i, held in enumerate(members)
        if held
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
