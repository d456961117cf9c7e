"""What speaks for a window and what against it: a handful of named signs, each a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer import wordwise
from qa.answer.kinds import of_kind
from qa.answer.meant import best_of_document, dated, dates_in
from qa.answer.ranking import standing_out
from qa.answer.telling import told_by
from qa.answer.windows import Window, announces, label_of, text_of
from qa.dates import PartialDate, in_range
from qa.documents.records import Document
from qa.question import AnswerKind, Question
from qa.question.understanding import search_terms
from qa.search.candidates import Candidates
from qa.search.reading import Reader
from qa.search.replies import question_before
from qa.text import fold, is_question
from qa.turns.records import Basis, Turn, TurnKind

Matrix = NDArray[np.float32]

NAMES = (
    "meaning",  # question and window, as vectors
    "content",  # the question without names and asking words, and the window
    "passage",  # question and the passage with its document and speaker
    "words",  # share of the question's words in the window, each by its rarity
    "content_words",
    "passage_words",
    "words_before",  # words that the window lacks and the two sentences before it have
    "words_in_head",  # words in the document's title, people and date
    "speaker",  # the window's words are those of the person asked about
    "other_speaker",
    "addressee",
    "pair",  # said by the one asked about to the one asked about
    "wrong_way",  # said by the person to whom it should have been said
    "people",  # share of the people asked about who speak, hear or are named in the window
    "people_in_head",
    "date",  # said in the period asked about
    "other_date",
    "dated",  # of a document whose date the question names
    "apparatus",
    "note",
    "matter",  # tells of the matter of publication asked about
    "matter_in_apparatus",
    "matter_dated",
    "matter_document",  # and its document is near to the question
    "matter_content",
    "matter_people",  # and has people of the question in its head
    "number",
    "reason",
    "day",
    "person",
    "words_of_somebody",
    "introduces",  # ends in a colon: what answers comes after
    "question",  # is itself a question, and none is asked for
    "replied",  # ... to which the next turn replies
    "document",  # how near the nearest passage of the same document comes
    "primary",  # the document is no account of others (a paper about documents)
    "own_words",  # the person's own in a primary document
    "other_voice",  # a person's words are asked for, and another speaks in a primary document, not of that person
    "other_time",  # a person's words or a record of a time are asked for, and this is of another
    "slight",  # next to no words but function words
    *wordwise.NAMES,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the weights of its words, ready to be held against windows."""

    question: Question
    weights: Mapping[str, float]
    about: Mapping[str, float]
    spellings: Mapping[str, tuple[str, ...]]  # of each person: folded forms that a text may have
    dates: tuple[PartialDate, ...]


def features_of(
    reader: Reader,
    question: Question,
    candidates: Candidates,
    windows: tuple[Window, ...],
    vectors: Matrix,
    spellings: Mapping[str, tuple[str, ...]],
) -> Matrix:
    """Return one row a window, the columns being `NAMES`; `vectors` are those of the windows."""
    if not windows:
        return np.zeros((0, len(NAMES)), np.float32)
    asked = _asked(reader, question, candidates, spellings)
    places = np.array([w.passage for w in windows])
    documents = np.asarray(reader.index.columns.document)[candidates.passages]
    table = {
        "meaning": vectors @ candidates.query,
        "content": vectors @ candidates.about,
        "passage": candidates.meaning[places],
        "passage_words": candidates.words[places],
        "document": best_of_document(candidates.meaning + candidates.words, documents)[places],
        **_word_features(reader, asked, windows),
        **wordwise.wordwise(reader, question, candidates, windows),
    }
    turns = {number: _turn_features(reader, asked, number) for number in {w.turn for w in windows}}
    rows = [turns[w.turn] | _window_features(reader, asked, w) for w in windows]
    table = {n: np.array([row.get(n, 0.0) for row in rows], np.float32) for n in NAMES} | table
    if question.matters:
        told = np.array([told_by(reader, question, w) for w in windows], np.float32)
        table |= _matter_features(told, table, best_of_document(table["content_by_word"], documents[places]))
    return np.stack([table[n] for n in NAMES], axis=1).astype(np.float32)


def _asked(
    reader: Reader, question: Question, candidates: Candidates, spellings: Mapping[str, tuple[str, ...]]
) -> _Asked:
    idf = reader.index.words.idf
    weights = {term: weight * idf(term) for term, weight in candidates.weights.items()}
    unknown = [t for t in question.terms if t not in weights and not idf(t)]
    rarest = max(weights.values(), default=1.0)
    weights |= dict.fromkeys(unknown[:4], rarest / 2)  # a word that nothing has is missing from every window alike
    about = {t: weights[t] for t in question.about if t in weights}
    return _Asked(question, weights, about, spellings, dates_in(question.text))


def _matter_features(told: Matrix, table: Mapping[str, Matrix], content: Matrix) -> dict[str, Matrix]:
    """Return whether windows tell of the matters asked about, and whether of the document that is meant.

    `content` says how near the nearest of a window's document comes to the question's content.
    """
    return {
        "matter": told,
        "matter_in_apparatus": told * table["apparatus"],
        "matter_dated": told * table["dated"],
        "matter_document": np.sign(told) * standing_out(table["document"]),
        "matter_content": np.sign(told) * standing_out(content),
        "matter_people": np.sign(told) * table["people_in_head"],
    }


def _word_features(reader: Reader, asked: _Asked, windows: Sequence[Window]) -> dict[str, Matrix]:
    """Return the shares of the question's words that stand in the windows and before them."""
    starts = list(dict.fromkeys((w.turn, w.first) for w in windows))
    places = {start: n for n, start in enumerate(starts)}
    around = _held(reader, asked, [reader.before(*start) for start in starts])
    before = around[[places[w.turn, w.first] for w in windows]]
    own = _held(reader, asked, [_sentences(reader, w) for w in windows])
    for row, window in zip(own, windows, strict=True):
        for person in wordwise.attributed(asked.question, reader.turn(window.turn)):
            name = set(search_terms(person))
            row |= np.array([term in name for term in asked.weights], np.bool_)
    weights = np.array(list(asked.weights.values()))
    about = np.array([asked.about.get(term, 0.0) for term in asked.weights])
    return {
        "words": _share(own, weights),
        "content_words": _share(own, about),
        "words_before": _share(before & ~own, weights),
    }


def _sentences(reader: Reader, window: Window) -> list[tuple[int, int]]:
    """Return the sentences of a window, those of the question to which it replies before them."""
    own = [(window.turn, n) for n in range(window.first, window.end)]
    return [*reader.before(window.turn, 0, len(window.asked)), *own] if window.asked else own


def _held(reader: Reader, asked: _Asked, places: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.bool_]:
    """Return a row a list of sentences and a column a word of the question: whether a sentence of the list has it."""
    terms = {place: reader.sentence_terms(*place) for place in {p for sentences in places for p in sentences}}
    known = {place: np.array([t in found for t in asked.weights], np.bool_) for place, found in terms.items()}
    held = np.zeros((len(places), len(asked.weights)), np.bool_)
    for row, sentences in zip(held, places, strict=True):
        for place in sentences:
            row |= known[place]
    return held


def _share(held: NDArray[np.bool_], weights: NDArray[np.float64]) -> Matrix:
    """Return for each row the share of the weights that it holds."""
    return np.asarray(held @ weights / (weights.sum() or 1.0), np.float32)


def _turn_features(reader: Reader, asked: _Asked, number: int) -> dict[str, float]:
    """Return what all windows of a turn have in common."""
    turn, document = reader.turn(number), reader.document_of(number)
    told = turn.speaker is not None and turn.speaker.basis in (Basis.REPORTED, Basis.QUOTED, Basis.LABEL)
    words, primary = asked.question.kind is AnswerKind.WORDS, document.kind not in _SECONDARY
    attribution = _attribution(asked, turn, document)
    own = words and attribution.get("speaker", 0.0)
    head = reader.head_terms(document)
    total = sum(asked.weights.values())
    return {
        "words_in_head": sum(w for t, w in asked.weights.items() if t in head) / total if total else 0.0,
        **attribution,
        "dated": dated(asked.dates, document.date),
        "words_of_somebody": float(words and told),
        "apparatus": float(turn.kind is TurnKind.APPARATUS),
        "note": float(turn.kind is TurnKind.NOTE),
        "primary": float(primary),
        "own_words": float(primary and attribution.get("speaker", 0.0)),
        "other_time": float(primary and attribution.get("other_date", 0.0) and (own or _of_a_time(asked.question))),
    }


def _of_a_time(question: Question) -> bool:
    """Return whether a question is of one day, or of a record."""
    return bool(question.matters or (question.after and question.after.day and question.after == question.before))


_ASKS = re.compile(r"(?i)\b(?:(?:ask|question|wonder)(?:s|ed)?|want(?:s|ed)? to know|[ei]nquire[ds]?)\b")
_SLIGHT = 3  # different words
_SECONDARY = frozenset({"paper", "article", "front matter"})


def _attribution(asked: _Asked, turn: Turn, document: Document) -> dict[str, float]:
    question, said = asked.question, turn.speakers
    found: dict[str, float] = {}
    if question.speakers:
        found["speaker"] = float(not said.isdisjoint(question.speakers))
        found["other_speaker"] = float(bool(said) and said.isdisjoint(question.people))
    if question.addressees:
        found["addressee"] = float(any(a.name in question.addressees for a in turn.addressees))
        found["wrong_way"] = float(not said.isdisjoint(question.addressees))
        found["pair"] = found["addressee"] * found.get("speaker", 0.0)
    if question.people:
        head = {p.name for p in document.participants}
        spelled = set(map(fold, head))
        in_head = [p for p in question.people if p in head or not spelled.isdisjoint(asked.spellings.get(p, ()))]
        found["people_in_head"] = len(in_head) / len(question.people)
    if question.after or question.before:
        date = turn.date or document.date
        inside = date is not None and in_range(date, question.after, question.before)
        found["date"] = float(inside)
        found["other_date"] = float(date is not None and not inside)
    return found


def _window_features(reader: Reader, asked: _Asked, window: Window) -> dict[str, float]:
    """Return what the window's own words show."""
    question, turn, text = asked.question, reader.turn(window.turn), text_of(reader, window)
    own = frozenset().union(*(reader.sentence_terms(*place) for place in _sentences(reader, window)))
    folded = f" {fold(text)} " if question.people else ""
    document = reader.document_of(window.turn)
    return {
        "people": _present(asked, turn, folded),
        "other_voice": float(_other_voice(asked, document, turn, folded)),
        **of_kind(question, text, label_of(reader, window) + text),
        "slight": float(len(own) < _SLIGHT),
        "introduces": float(announces(text)),
        **_asking(reader, asked.question, window, text),
    }


def _asking(reader: Reader, question: Question, window: Window, text: str) -> dict[str, float]:
    """Return whether a window is a question where none is asked for, and whether somebody replies to it."""
    if not is_question(text) or _ASKS.search(question.text):
        return {}
    last = window.turn + 1 == len(reader.index.turns)
    behind = 0 if last else question_before(reader, window.turn + 1)
    return {"question": 1.0, "replied": float(window.end > len(reader.turn(window.turn).sentences) - behind)}


def _present(asked: _Asked, turn: Turn, folded: str) -> float:
    """Return the share of the people asked about who speak, hear or are named."""
    people = asked.question.people
    if not people:
        return 0.0
    there = {a.name for a in turn.addressees} | turn.speakers
    return sum(p in there or _named(p, folded, asked) for p in people) / len(people)


def _other_voice(asked: _Asked, document: Document, turn: Turn, folded: str) -> bool:
    """Return whether a person's words are asked for, and another speaks in a primary document, to or not of them."""
    speakers = asked.question.speakers
    if asked.question.kind is not AnswerKind.WORDS or not speakers or turn.speaker is None:
        return False
    if document.kind in _SECONDARY or not turn.speakers.isdisjoint(asked.question.people):
        return False
    told = any(a.name in speakers for a in turn.addressees)
    return told or not any(_named(person, folded, asked) for person in speakers)


def _named(person: str, folded: str, asked: _Asked) -> bool:
    return any(f" {spelling}" in folded for spelling in asked.spellings.get(person, ()))
