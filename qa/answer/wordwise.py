"""Word by word: how near each word piece of a question comes to the words of a window, as they are meant there.

Late interaction (Khattab & Zaharia 2020, "ColBERT"), with the encoder's own vectors of word pieces, each sentence read
in its context when it was indexed. A window's words are its sentences' and those of its context (title, date, who
speaks to whom); the mean forgives what is missing as long as much is there, the weakest third does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer.windows import Window
from qa.embedding import Pieces
from qa.question import Question
from qa.question.understanding import search_terms
from qa.search.candidates import Candidates
from qa.search.reading import Reader
from qa.turns.records import Turn

NAMES = (
    "word_by_word",  # the mean over the question's pieces
    "weakest_words",  # the mean of the third that find least
    "rare_words",  # the mean by rarity
    "content_by_word",  # the mean over the pieces of the question without names and asking words
    "weakest_content",
    "by_word_before",  # the two sentences before it among its words
    "weakest_before",
)
BEFORE = 2  # sentences
_WORD = re.compile(r"\w+(?:['’]\w+)?")
Floats = NDArray[np.float32]


def attributed(question: Question, turn: Turn) -> tuple[str, ...]:
    """Return who of the speakers and addressees asked about speaks or is addressed in a turn.

    Their names count as standing in its words, since whether a label or a sentence repeats them tells nothing.
    """
    said = turn.speakers
    heard = {a.name for a in turn.addressees}
    return (*(p for p in question.speakers if p in said), *(p for p in question.addressees if p in heard))


@dataclass(frozen=True, slots=True)
class _Weights:
    """Of the question's pieces: how rare the word of each is, whether it is one of the content, and its terms."""

    rarity: Floats
    content: NDArray[np.bool_]
    terms: tuple[tuple[str, ...], ...]


def wordwise(
    reader: Reader, question: Question, candidates: Candidates, windows: Sequence[Window]
) -> dict[str, Floats]:
    """Return the features by name, one value a window in each."""
    if not windows or not len(candidates.pieces.vectors):
        return {name: np.zeros(len(windows), np.float32) for name in NAMES}
    weights = _weights(reader, question, candidates.pieces)
    near = _Nearest.of(reader, candidates, windows)
    named = {person: _name_of(person, weights) for person in (*question.speakers, *question.addressees)}
    rows = []
    for window in windows:
        own = near.best(window.asked + window.rows)
        for person in attributed(question, reader.turn(window.turn)):
            own = np.maximum(own, named[person])
        context = near.contexts.get(int(candidates.passages[window.passage]))
        within = own if context is None else np.maximum(own, context)
        before = near.before(window.rows[0])
        around = np.maximum(within, near.best(before)) if before else within
        rows.append((within, around))
    within, around = (np.array([row[n] for row in rows], np.float32) for n in range(2))
    content = within[:, weights.content]
    return {
        "word_by_word": within.mean(axis=1),
        "weakest_words": _weakest(within),
        "rare_words": (within * weights.rarity).sum(axis=1),
        "content_by_word": content.mean(axis=1),
        "weakest_content": _weakest(content),
        "by_word_before": around.mean(axis=1),
        "weakest_before": _weakest(around),
    }


@dataclass(frozen=True, slots=True)
class _Nearest:
    """For each sentence and context the nearness of the nearest word to each of the question's pieces.

    `places` gives the row in `table` of a sentence by its number; `documents` the document of each such row;
    `contexts` the nearness by the passage's number.
    """

    table: Floats
    places: dict[int, int]
    documents: dict[int, int]
    contexts: dict[int, Floats]

    @classmethod
    def of(cls, reader: Reader, candidates: Candidates, windows: Sequence[Window]) -> _Nearest:
        index, columns = reader.index, reader.index.columns
        wanted = {row for w in windows for row in w.asked + w.rows}
        wanted |= {w.rows[0] - back for w in windows for back in range(1, BEFORE + 1) if w.rows[0] >= back}
        sentences = np.array(sorted(wanted), np.int64)
        passages = sorted({int(candidates.passages[w.passage]) for w in windows})
        heads = {n: int(columns.context[n]) for n in passages if columns.context[n] >= 0}
        contexts = np.array(sorted(set(heads.values())), np.int64)
        texts = np.concatenate([sentences, contexts])
        table = _table(*index.pieces.rows(texts), index.pieces.turned(candidates.pieces.vectors))
        owners = np.searchsorted(np.asarray(columns.sentence_starts), sentences, side="right") - 1
        documents = np.asarray(columns.document)[owners]
        place = {int(text): n for n, text in enumerate(texts)}
        return cls(
            table,
            place,
            dict(zip(sentences.tolist(), documents.tolist(), strict=True)),
            {n: table[place[head]] for n, head in heads.items()},
        )

    def best(self, rows: Sequence[int]) -> Floats:
        """Return the nearness of the nearest word of some sentences."""
        return np.asarray(self.table[[self.places[row] for row in rows]].max(axis=0))

    def before(self, row: int) -> list[int]:
        """Return the sentences before one, of its document."""
        near = range(max(row - BEFORE, 0), row)
        return [n for n in near if self.documents[n] == self.documents[row]]


def _table(rows: Floats, starts: NDArray[np.int64], asked: Floats) -> Floats:
    """Return a row a text, a column a piece of the question: the cosine of the text's nearest piece, 0 without one."""
    found = np.zeros((len(starts) - 1, len(asked)), np.float32)
    full = np.flatnonzero(np.diff(starts))
    if len(full):
        found[full] = np.maximum.reduceat(rows @ asked.T, starts[full], axis=0)
    return found


def _weights(reader: Reader, question: Question, pieces: Pieces) -> _Weights:
    """Return the weights of the question's pieces, those of its rarity adding up to 1."""
    idf = reader.index.words.idf
    words = [(m.start(), m.end(), search_terms(m.group())) for m in _WORD.finditer(question.text)]
    about = set(question.about)
    of = [next((terms for start, end, terms in words if start <= at < end), []) for at in pieces.spans[:, 0].tolist()]
    rarity = np.array([max((idf(term) for term in terms), default=0.0) for terms in of], np.float32)
    if not rarity.any():
        rarity[:] = 1.0
    content = np.array([not about.isdisjoint(terms) for terms in of], np.bool_)
    return _Weights(rarity / rarity.sum(), content if content.any() else rarity > 0, tuple(map(tuple, of)))


def _name_of(person: str, weights: _Weights) -> Floats:
    """Return 1 for the question's pieces that name a person, 0 for the others."""
    name = set(search_terms(person))
    return np.array([bool(terms) and name.issuperset(terms) for terms in weights.terms], np.float32)


def _weakest(near: Floats) -> Floats:
    """Return for each row the mean of its lowest third."""
    third = max(1, near.shape[1] // 3)
    return np.asarray(np.sort(near, axis=1)[:, :third].mean(axis=1), np.float32)
