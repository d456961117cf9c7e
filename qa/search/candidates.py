"""Candidates: the permitted passages that come nearest to a question by meaning or by words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from qa.embedding import Encoder, Pieces
from qa.index import VectorIndex
from qa.question import Question
from qa.search.filtering import Mask, told_of
from qa.search.own_lines import own_lines
from qa.search.reading import Reader
from qa.search.replies import replies

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How candidates are found: how many from each list, and the word index's field weights.

    `fusion` is the weight of words beside meaning when lists are ranked together, fitted on the development split
    (see `eval/fit.py`).
    """

    each: int = 60
    told: int = 40  # of those that are by whom, to whom and of when the question says
    records: int = 40  # passages whose documents' own lines are looked at too, where a question asks about a record
    fields: Mapping[str, float] = field(default_factory=lambda: {"text": 1.0, "context": 0.5, "neighbours": 0.3})
    fusion: float = 0.6
    repair: float = 0.7  # the weight of a term put for one that the archive does not have


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages by number, with what is known of each: one row a passage in every array.

    `told` says whether it is by whom, to whom and of when the question says. `query` and `about` are the vectors of the
    question and of its content, `pieces` those of its word pieces.
    """

    passages: NDArray[np.int64]
    meaning: Floats
    words: Floats
    told: Mask
    query: Floats
    about: Floats
    pieces: Pieces
    weights: Mapping[str, float]  # the question's terms with their weights, repaired ones included
    encoding: float = 0.0  # milliseconds that the question's vectors took


def find_candidates(
    reader: Reader, encoder: Encoder, question: Question, allowed: Mask, settings: SearchSettings
) -> Candidates:
    """Return the candidates, best first by meaning and words together; none when nothing is permitted."""
    index = reader.index
    begun = perf_counter()
    query, about = encoder.encode([question.text, question.content or question.text], "query")
    (pieces,) = encoder.encode_words([question.text], [0], "query")
    took = (perf_counter() - begun) * 1000
    weights = term_weights(reader, question.terms, settings.repair)
    numbers = np.flatnonzero(allowed)
    if not len(numbers):
        none = np.zeros(0, np.float32)
        return Candidates(numbers, none, none, allowed[numbers], query, about, pieces, weights, took)
    words = index.words.scores(weights, settings.fields, allowed)
    by_meaning = _nearest(reader, np.stack([query, about]), numbers, settings.each)
    by_words = numbers[np.argsort(-words[numbers], kind="stable")[: settings.each]]
    told = allowed & told_of(index, question)
    by_voice = (
        _each(index.passage_vectors, query[None], settings.told, np.flatnonzero(told)) if told.any() else numbers[:0]
    )
    chosen = np.array(sorted({*by_meaning, *by_words[words[by_words] > 0], *by_voice}), np.int64)
    chosen = np.union1d(chosen, replies(reader, chosen, allowed))
    words = np.asarray(words / (float(words.max()) or 1.0), np.float32)
    if question.matters:
        nearest = chosen[_ordered(reader, chosen, query, words, settings.fusion)[1][: settings.records]]
        chosen = np.union1d(chosen, own_lines(reader, nearest, question.matters, allowed))
    meaning, order = _ordered(reader, chosen, query, words, settings.fusion)
    chosen = chosen[order]
    return Candidates(chosen, meaning[order], words[chosen], told[chosen], query, about, pieces, weights, took)


def _ordered(
    reader: Reader, passages: NDArray[np.int64], query: Floats, words: Floats, fusion: float
) -> tuple[Floats, NDArray[np.int64]]:
    """Return how near passages come by meaning, and their order by meaning and words together, best first."""
    meaning = reader.index.passage_vectors.rows(passages) @ query
    return meaning, np.argsort(-(meaning + fusion * words[passages]), kind="stable")


def term_weights(reader: Reader, terms: Sequence[str], repair: float) -> dict[str, float]:
    """Return the terms with weight 1; for one that the archive does not have, the nearest that it has, with less."""
    weights: dict[str, float] = {}
    for term in terms:
        if reader.index.words.idf(term) > 0:
            weights[term] = 1.0
        elif near := reader.index.words.near(term, 1):
            weights.setdefault(near[0], repair)
    return weights


def _nearest(reader: Reader, queries: Floats, numbers: NDArray[np.int64], each: int) -> NDArray[np.int64]:
    """Return the passages nearest by themselves, and those that hold the nearest sentences."""
    index = reader.index
    everything = len(numbers) == len(index.passages)
    passages = _each(index.passage_vectors, queries, each, None if everything else numbers)
    starts = np.asarray(index.columns.sentence_starts)
    rows = None if everything else np.concatenate([np.arange(starts[n], starts[n + 1]) for n in numbers])
    sentences = _each(index.sentence_vectors, queries, each, rows)
    owners = np.searchsorted(starts, sentences, side="right") - 1
    return np.concatenate([passages, owners])


def _each(vectors: VectorIndex, queries: Floats, each: int, allowed: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """Return the nearest rows of every query.

    The queries are searched one after another: for two at once FAISS wakes a thread a query, which costs up to a
    hundred times the search itself in waiting for a busy core.
    """
    return np.concatenate([vectors.search(query[None], each, allowed)[1][0] for query in queries])
