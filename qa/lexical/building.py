"""Analysed terms to a word index."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from qa.lexical.terms import Array, Terms
from qa.lexical.words import Postings, WordIndex

_MAX_COUNT = 65535


def build(fields: Mapping[str, Sequence[Sequence[str]]]) -> WordIndex:
    """Return the index of passages given by their analysed terms, field by field, one sequence a passage.

    Raises:
        ValueError: The fields do not all have the same number of passages.
    """
    sizes = {name: len(passages) for name, passages in fields.items()}
    if len(set(sizes.values())) > 1:
        raise ValueError(f"fields of different sizes: {sizes}")
    size = next(iter(sizes.values()), 0)
    terms = sorted({term for passages in fields.values() for passage in passages for term in passage})
    numbers = {term: number for number, term in enumerate(terms)}
    postings = {name: _postings(passages, numbers) for name, passages in fields.items()}
    return WordIndex(size, Terms.of(terms), _document_frequencies(list(postings.values()), size, len(terms)), postings)


def _postings(passages: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> Postings:
    term, passage, count = array("I"), array("I"), array("I")
    for number, words in enumerate(passages):
        for word, times in Counter(words).items():
            term.append(numbers[word])
            passage.append(number)
            count.append(min(times, _MAX_COUNT))
    order = np.argsort(np.frombuffer(term, np.uint32), kind="stable")
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(np.bincount(np.frombuffer(term, np.uint32), minlength=len(numbers)), out=starts[1:])
    lengths = np.array([len(words) for words in passages], np.uint32)
    return Postings(
        starts,
        np.frombuffer(passage, np.uint32)[order],
        np.frombuffer(count, np.uint32)[order].astype(np.uint16),
        lengths,
    )


def _document_frequencies(postings: list[Postings], passages: int, terms: int) -> Array:
    """Return how many passages hold each term in any field."""
    rows = [np.repeat(np.arange(terms, dtype=np.int64), np.diff(p.starts)) for p in postings]
    cells = [row * passages + p.passages for row, p in zip(rows, postings, strict=True)]
    if not cells:
        return np.zeros(terms, np.uint32)
    held = cells[0] if len(cells) == 1 else np.unique(np.concatenate(cells))
    return np.bincount(held // max(passages, 1), minlength=terms).astype(np.uint32)
