"""The word index: which passages hold a term, how often and in which field, scored by BM25F.

Postings stand in plain arrays (a term's passages one after another, as in a compressed sparse row matrix) that are
mapped from disk: opening costs milliseconds and a question reads only its own terms' postings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.lexical.terms import Array, Terms

Scores = NDArray[np.float32]

_META = "words.json"


@dataclass(frozen=True, slots=True)
class Bm25fSettings:
    """BM25F's parameters: saturation `k1` and each field's length normalisation `b` (`default_b` where none is given).

    The defaults are those usual for BM25 (Robertson & Zaragoza 2009, section 3.6: 1.2 < k1 < 2, 0.5 < b < 0.8).
    """

    k1: float = 1.2
    default_b: float = 0.75
    b: Mapping[str, float] | None = None

    def of(self, field: str) -> float:
        """Return the field's `b`."""
        return (self.b or {}).get(field, self.default_b)


@dataclass(frozen=True, slots=True)
class Postings:
    """One field: the passages of term `t` are `passages[starts[t]:starts[t + 1]]`, each with its count in `counts`."""

    starts: Array
    passages: Array
    counts: Array
    lengths: Array

    def of(self, term: int) -> tuple[Array, Array]:
        """Return the passages that hold a term, ascending, and how often each does."""
        start, end = int(self.starts[term]), int(self.starts[term + 1])
        return self.passages[start:end], self.counts[start:end]


class WordIndex:
    """Passages by the terms that they hold, in named fields."""

    def __init__(self, size: int, terms: Terms, df: Array, fields: Mapping[str, Postings]) -> None:
        self.size = size
        self.terms = terms
        self.df = df
        self.fields = dict(fields)

    def idf(self, term: str) -> float:
        """Return the term's weight, `log(1 + (N - df + 0.5) / (df + 0.5))`, never negative; 0 for an unknown one.

        `df` counts passages that hold the term in any field, as BM25F wants it.
        """
        number = self.terms.find(term)
        return 0.0 if number is None else self._idf(number)

    def _idf(self, number: int) -> float:
        df = int(self.df[number])
        return log(1 + (self.size - df + 0.5) / (df + 0.5))

    def scores(
        self,
        query_terms: Mapping[str, float],
        weights: Mapping[str, float],
        allowed: NDArray[np.bool_] | None = None,
        settings: Bm25fSettings = Bm25fSettings(),
    ) -> Scores:
        """Return each passage's BM25F score, 0 where no term stands or the passage is not allowed.

        Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), section 3.6: the counts
        of a term are normalised by field, weighted and summed, and saturated once.

        Args:
            query_terms: Terms, analysed as the passages' were, with their weights in the question.
            weights: Weights of the fields; a field without one is not searched.
            allowed: One truth value a passage.
            settings: Parameters.
        """
        total = np.zeros(self.size, np.float32)
        frequency = np.zeros(self.size, np.float32)
        means = {name: self._mean(name) for name, weight in weights.items() if weight > 0}
        for term, weight in query_terms.items():
            number = self.terms.find(term)
            if number is None:
                continue
            touched = []
            for name, mean in means.items():
                passages, counts = self.fields[name].of(number)
                scale = _scale(self.fields[name].lengths[passages], mean, settings.of(name)) * weights[name]
                frequency[passages] += counts * scale
                touched.append(passages)
            self._add(total, frequency, touched, weight * self._idf(number), settings.k1)
        if allowed is not None:
            total[~allowed] = 0
        return total

    @staticmethod
    def _add(total: Scores, frequency: Scores, touched: list[Array], weight: float, k1: float) -> None:
        """Add one term's saturated score to the passages it touches, and clear its frequencies."""
        for passages in touched:
            found = frequency[passages]
            total[passages] += np.float32(weight) * found / (found + np.float32(k1))
            frequency[passages] = 0  # so that a passage touched in two fields is counted once

    def _mean(self, name: str) -> float:
        """Return the mean length of a field, 1 where it is empty."""
        lengths = self.fields[name].lengths
        return (float(lengths.mean()) if len(lengths) else 0.0) or 1.0

    def near(self, term: str, limit: int = 10) -> list[str]:
        """Return terms that a slip of the pen could have made this one, the nearest and most frequent first.

        One slip for terms of up to five letters, two for longer, none for fewer than four (as Elasticsearch's
        "fuzziness: AUTO" nearly); a slip is a letter too many, too few, wrong, or two neighbours changed round.
        """
        if len(term) < 4:
            return []
        found = self.terms.near(term, 1 if len(term) <= 5 else 2)
        ranked = sorted(found, key=lambda pair: (pair[1], -int(self.df[pair[0]]), pair[0]))
        return [self.terms[number] for number, distance in ranked if distance][:limit]

    def save(self, folder: Path) -> None:
        """Write the index to an existing folder."""
        meta = {"size": self.size, "fields": list(self.fields)}
        (folder / _META).write_text(json.dumps(meta, ensure_ascii=False) + "\n", encoding="utf-8")
        for name, values in self._arrays().items():
            np.save(folder / f"words.{name}.npy", values, allow_pickle=False)

    def _arrays(self) -> dict[str, Array]:
        arrays = {"terms": self.terms.letters, "offsets": self.terms.offsets, "df": self.df}
        for number, postings in enumerate(self.fields.values()):
            for part in ("starts", "passages", "counts", "lengths"):
                arrays[f"{number}.{part}"] = getattr(postings, part)
        return arrays

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Return the index of a folder, its arrays mapped from disk.

        Raises:
            OSError: A file is missing.
            ValueError: A file is no array.
        """

        def read(name: str) -> Array:
            return np.load(folder / f"words.{name}.npy", mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]

        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        fields = {
            name: Postings(*(read(f"{number}.{part}") for part in ("starts", "passages", "counts", "lengths")))
            for number, name in enumerate(meta["fields"])
        }
        return cls(meta["size"], Terms(read("terms"), read("offsets")), read("df"), fields)


def _scale(lengths: Array, mean: float, b: float) -> Scores:
    """Return what the counts of passages of these lengths are multiplied by: less the longer they are."""
    norm = 1 - b + b * (lengths / np.float32(mean))
    return np.asarray(1 / np.where(norm > 0, norm, 1), np.float32)  # an empty field holds no term: any scale does
