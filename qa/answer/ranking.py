"""The weights of the features, fitted on the development split and kept in one readable file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from qa.answer import wordwise
from qa.errors import BadData

SCHEMA = "qa.ranking/4"
# Not fitted: in the gold set most documents have two voices and both accounts of a matter count, so it cannot tell;
# and it has next to none of a transcript's cries and asides, too slight to answer anything, questions quoted back, and
# questions whose replies stand behind them.
CHOSEN = {"own_words": 1.0, "other_voice": -2.0, "other_time": -1.5, "slight": -2.0, "question": -0.7, "replied": -1.0}
RELATIVE = (
    "meaning", "content", "passage", "words", "content_words", "passage_words", "words_before", "document",
    *wordwise.NAMES,
)  # fmt: skip
_STEADY = 1e-3  # a feature that hardly varies among the windows tells nothing of any
_USUAL = 30  # windows that the usual spread counts for: of few windows the own one is an accident


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights by name: `weights` score a window by its features (see `relative`), all fitted but those of `CHOSEN`.

    `spread` is the usual standard deviation among a question's windows of each feature of `RELATIVE`.
    `confidence` are a logistic model's weights ("bias" among them) on the features of `qa.answer.confidence`;
    `threshold` is the probability below which nothing is answered.
    """

    weights: Mapping[str, float]
    spread: Mapping[str, float]
    confidence: Mapping[str, float]
    threshold: float


@cache
def fitted() -> Ranking:
    """Return the package's own weights (`qa/data/ranking.json`).

    Raises:
        BadData: The file is not of this version.
    """
    data = json.loads((files("qa") / "data" / "ranking.json").read_text(encoding="utf-8"))
    if data.get("schema") != SCHEMA:
        raise BadData(f"qa/data/ranking.json is not {SCHEMA}: install the package again")
    return Ranking(data["weights"], data["spread"], data["confidence"], float(data["threshold"]))


def relative(
    rows: NDArray[np.float32], names: tuple[str, ...], spread: Mapping[str, float] = MappingProxyType({})
) -> NDArray[np.float32]:
    """Return the rows of all windows of a question with the nearness in them counted against one another.

    The features of `RELATIVE` become distances from their mean in standard deviations (the z-score normalisation of
    Montague and Aslam 2001, "Relevance Score Normalization for Metasearch"): how near a good window comes differs from
    question to question and from archive to archive, how far it stands out differs less. Where windows are few, the
    usual `spread` of a feature counts beside their own (the moderated variance of Smyth 2004, "Linear Models and
    Empirical Bayes Methods for Assessing Differential Expression").
    """
    columns = [n for n, name in enumerate(names) if name in RELATIVE]
    found = np.array(rows, np.float32)
    if len(rows):
        usual = np.array([spread.get(names[n], 0.0) for n in columns], np.float32)
        found[:, columns] = standing_out(found[:, columns], usual)
    return found


def standing_out(near: NDArray[np.float32], usual: NDArray[np.float32] | float = 0.0) -> NDArray[np.float32]:
    """Return the distances of values from their mean, column by column, in standard deviations.

    `usual` are standard deviations that count like those of `_USUAL` more rows; columns where they are 0 have none.
    """
    more = np.where(np.greater(usual, 0), _USUAL, 0)
    variance = (len(near) * near.var(axis=0) + more * np.square(usual)) / (len(near) + more)
    return np.asarray((near - near.mean(axis=0)) / (np.sqrt(variance) + _STEADY), np.float32)


def weighted(
    features: NDArray[np.float32], names: tuple[str, ...], weights: Mapping[str, float]
) -> NDArray[np.float32]:
    """Return the rows' scores: the sum of the features times their weights (a feature without one counts nothing)."""
    return np.asarray(features @ np.array([weights.get(n, 0.0) for n in names], np.float32), np.float32)


def explain(names: Sequence[str], row: NDArray[np.float32], weights: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature adds to a score, largest first, those that add nothing left out."""
    parts = {n: float(v) * weights.get(n, 0.0) for n, v in zip(names, row, strict=True)}
    return dict(sorted(((n, p) for n, p in parts.items() if abs(p) > 1e-6), key=lambda item: -abs(item[1])))


def logistic(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return a logistic model's probability.

    >>> logistic({"a": 2.0}, {"bias": -2.0, "a": 1.0})
    0.5
    """
    score = weights.get("bias", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + exp(-max(min(score, 500.0), -500.0)))
