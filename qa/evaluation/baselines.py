"""Plain retrieval over paragraphs, to measure against: BM25, an encoder, their fusion; nothing here is tuned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.embedding.records import Kind, Vectors
from qa.evaluation.systems import PassageSpan, Ranked
from qa.spans import Span, collapse, trim

Floats = NDArray[np.float64]
Scorer = Callable[[str], Floats]
_BLANK = re.compile(r"\n[^\S\n]*\n")


class Encodes(Protocol):
    """What is asked of an encoder: unit rows."""

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return one unit row a text."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a source's text, `text` as a quotation shows it."""

    id: str
    source: str
    span: Span
    text: str


def paragraphs(texts: Mapping[str, str], min_words: int = 5) -> tuple[Paragraph, ...]:
    r"""Return the blocks between blank lines that have at least `min_words` words, headings thus mostly left out.

    >>> [p.text for p in paragraphs({"a": "Head\n\nOne two\nthree four five.\n \nLast"})]
    ['One two three four five.']
    """
    found = []
    for source, text in texts.items():
        ends = [0, *(match.end() for match in _BLANK.finditer(text)), len(text)]
        for at, end in pairwise(ends):
            span = trim(text, at, end)
            if span and len(text[span.start : span.end].split()) >= min_words:
                found.append(Paragraph(f"{source}@{span.start}", source, span, collapse(text[span.start : span.end])))
    return tuple(found)


def tokens(text: str) -> list[str]:
    """Return the words in lower case, neither stemmed nor thinned.

    >>> tokens("Don't stop!")
    ['don', 't', 'stop']
    """
    return re.findall(r"\w+", text.lower())


def bm25(texts: Sequence[str], k1: float = 1.2, b: float = 0.75) -> Scorer:
    """Return BM25 over the texts (Robertson and Zaragoza 2009; the idf of Lucene, which is never negative).

    >>> bm25(["a b", "b c", "c d"])("a").round(3).tolist()
    [0.446, 0.0, 0.0]
    """
    counts = [Counter(tokens(text)) for text in texts]
    lengths = np.array([sum(count.values()) for count in counts], dtype=np.float64)
    norm = k1 * (1 - b + b * lengths / max(lengths.mean(), 1.0))
    postings: dict[str, list[tuple[int, int]]] = {}
    for at, count in enumerate(counts):
        for token, times in count.items():
            postings.setdefault(token, []).append((at, times))

    def score(question: str) -> Floats:
        total = np.zeros(len(texts))
        for token, wanted in Counter(tokens(question)).items():
            rows = postings.get(token, [])
            idf = np.log1p((len(texts) - len(rows) + 0.5) / (len(rows) + 0.5))
            at = np.array([row for row, _ in rows], dtype=np.int64)
            times = np.array([times for _, times in rows], dtype=np.float64)
            total[at] += wanted * idf * times / (times + norm[at])
        return total

    return score


def dense(texts: Sequence[str], encoder: Encodes) -> Scorer:
    """Return the cosine of question and text."""
    vectors = encoder.encode(texts, "passage")
    return lambda question: np.asarray(vectors @ encoder.encode([question], "query")[0], dtype=np.float64)


def fused(scorers: Sequence[Scorer], k: int = 60) -> Scorer:
    """Return the reciprocal rank fusion of the scorers (Cormack, Clarke and Buettcher 2009; k as there).

    >>> fused((lambda q: np.array([3.0, 1.0, 2.0]),), k=0)("").round(2).tolist()
    [1.0, 0.33, 0.5]
    """

    def score(question: str) -> Floats:
        rankings = [np.argsort(np.argsort(-scorer(question), kind="stable"), kind="stable") for scorer in scorers]
        return np.asarray(sum(1.0 / (k + 1.0 + ranking) for ranking in rankings), dtype=np.float64)

    return score


class ParagraphSystem:
    """A system that returns whole paragraphs by a score, and never is silent.

    Its confidence is the best score, squeezed into [0, 1] without changing any order: it can rank questions (AUROC),
    but is no probability. It knows neither speakers nor pages, and calls a source a document.
    """

    def __init__(self, name: str, units: Sequence[Paragraph], score: Scorer) -> None:
        self.name = name
        self._units = tuple(units)
        self._score = score
        self._asked: tuple[str, Floats] = ("", np.zeros(0))

    def passages(self) -> tuple[PassageSpan, ...]:
        """Return every paragraph."""
        return tuple(PassageSpan(unit.id, unit.source, (unit.span,)) for unit in self._units)

    def rank(self, question: str, k: int) -> list[Ranked]:
        """Return the best `k` paragraphs; what scores nothing (or minus infinity) is not returned."""
        scores = self._scores(question)
        best = [int(i) for i in np.argsort(-scores, kind="stable")[:k]]
        units = [(self._units[i], float(scores[i])) for i in best if np.isfinite(scores[i]) and scores[i] != 0]
        return [Ranked(unit.id, unit.source, (unit.span,), score) for unit, score in units]

    def answer(self, question: str) -> Mapping[str, object]:
        """Return the best three paragraphs as a contract object."""
        ranked = self.rank(question, 3)
        texts = {unit.id: unit.text for unit in self._units}
        answers = [_contract(rank, row, texts[row.id]) for rank, row in enumerate(ranked, start=1)]
        best = ranked[0].score if ranked else -np.inf
        return {
            "schema": "qa.answer/1",
            "status": "answered" if answers else "no_answer",
            "confidence": squeezed(best) if answers else 0.0,
            "answers": answers,
            "closest": [],
        }

    def _scores(self, question: str) -> Floats:
        """Return the scores of the question, kept for the ranking of the same question that follows."""
        if self._asked[0] != question or not len(self._asked[1]):
            self._asked = (question, self._score(question))
        return self._asked[1]


def squeezed(score: float) -> float:
    """Return a number in (0, 1) that grows with the score.

    >>> squeezed(0.0), squeezed(1.0), squeezed(-1.0)
    (0.5, 0.75, 0.25)
    """
    return 0.5 + 0.5 * score / (1 + abs(score))


def plain_systems(units: Sequence[Paragraph], encoder: Encodes | None) -> Iterable[ParagraphSystem]:
    """Return BM25 and, with an encoder, the dense index and the fusion of both."""
    texts = [unit.text for unit in units]
    words = bm25(texts)
    yield ParagraphSystem("BM25", units, words)
    if encoder:
        meaning = dense(texts, encoder)
        yield ParagraphSystem("dense", units, meaning)
        yield ParagraphSystem("BM25 + dense (RRF)", units, fused((words, meaning)))


def _contract(rank: int, row: Ranked, text: str) -> dict[str, object]:
    return {
        "rank": rank,
        "score": row.score,
        "quote": text,
        "segments": [{"source": row.source, "start": s.start, "end": s.end} for s in row.segments],
        "speaker": None,
        "addressees": [],
        "date": None,
        "pages": [],
        "document": {"id": row.source},
        "note": None,
        "citation": row.source,
    }
