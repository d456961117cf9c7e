"""What speaks for a window and what against it: a handful of named signs, each a number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer.windows import Window, text_of, vectors_of
from qa.dates import in_range
from qa.documents.records import Document
from qa.question import AnswerKind, Question
from qa.question.matters import tells
from qa.search.candidates import Candidates
from qa.search.reading import Reader
from qa.text import fold
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
    "apparatus",
    "note",
    "matter",  # tells of the matter of publication asked about
    "matter_in_apparatus",
    "number",
    "reason",
    "day",
    "person",
    "words_of_somebody",
    "one_sentence",
    "three_sentences",
    "introduces",  # ends in a colon: what answers comes after
    "question",  # is itself a question
    "document",  # how near the nearest passage of the same document comes
    "primary",  # the document is no account of others (a paper about documents)
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|twice|several|half|both|once|single)\b",
    re.I,
)
_REASON = re.compile(
    r"\b(?:because|since|in order to|so that|so as to|therefore|due to|reasons?|thanks to|as a result|owing to"
    r"|in view of|considering|consequently|lest|for fear|otherwise)\b",
    re.I,
)
_DAY = re.compile(
    r"\b\d{4}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|morning"
    r"|evening|yesterday|today|tomorrow|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+|\b(?:[Cc]omrade|Mr|Mrs|Dr|General)\.?\s+[A-Z]"
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the weights of its words, ready to be held against windows."""

    question: Question
    weights: Mapping[str, float]
    about: Mapping[str, float]
    spellings: Mapping[str, tuple[str, ...]]  # of each person: folded forms that a text may have


def features_of(
    reader: Reader,
    question: Question,
    candidates: Candidates,
    windows: tuple[Window, ...],
    spellings: Mapping[str, tuple[str, ...]],
) -> Matrix:
    """Return one row a window, the columns being `NAMES`."""
    if not windows:
        return np.zeros((0, len(NAMES)), np.float32)
    asked = _asked(reader, question, candidates, spellings)
    vectors = vectors_of(reader, windows)
    places = np.array([w.passage for w in windows])
    table = {
        "meaning": vectors @ candidates.query,
        "content": vectors @ candidates.about,
        "passage": candidates.meaning[places],
        "passage_words": candidates.words[places],
        "document": _document_scores(reader, candidates)[places],
    }
    rows = [_window_features(reader, asked, window) for window in windows]
    columns = [table[n] if n in table else np.array([row.get(n, 0.0) for row in rows]) for n in NAMES]
    return np.stack(columns, axis=1).astype(np.float32)


def _asked(
    reader: Reader, question: Question, candidates: Candidates, spellings: Mapping[str, tuple[str, ...]]
) -> _Asked:
    idf = reader.index.words.idf
    weights = {term: weight * idf(term) for term, weight in candidates.weights.items()}
    unknown = [t for t in question.terms if t not in weights and not idf(t)]
    rarest = max(weights.values(), default=1.0)
    weights |= dict.fromkeys(unknown[:4], rarest / 2)  # a word that nothing has is missing from every window alike
    about = {t: weights[t] for t in question.about if t in weights}
    return _Asked(question, weights, about, spellings)


def _document_scores(reader: Reader, candidates: Candidates) -> Matrix:
    """Return for each candidate the best score of any candidate of its document."""
    documents = np.asarray(reader.index.columns.document)[candidates.passages]
    scores = candidates.meaning + candidates.words
    best = np.full(int(documents.max()) + 1 if len(documents) else 0, -1.0, np.float32)
    np.maximum.at(best, documents, scores)
    return np.asarray(best[documents], np.float32)


def _share(weights: Mapping[str, float], terms: frozenset[str] | set[str]) -> float:
    total = sum(weights.values())
    return sum(w for t, w in weights.items() if t in terms) / total if total else 0.0


def _window_features(reader: Reader, asked: _Asked, window: Window) -> dict[str, float]:
    turn = reader.turn(window.turn)
    document = reader.document_of(window.turn)
    text = text_of(reader, window)
    own = frozenset().union(*(reader.sentence_terms(window.turn, n) for n in range(window.first, window.end)))
    before = frozenset().union(*(reader.sentence_terms(t, n) for t, n in reader.before(window.turn, window.first)))
    head = reader.head_terms(document)
    sentences = window.end - window.first
    return {
        "words": _share(asked.weights, own),
        "content_words": _share(asked.about, own),
        "words_before": _share(asked.weights, before) - _share(asked.weights, before & own),
        "words_in_head": _share(asked.weights, head),
        **_attribution(asked, turn, document, text),
        **_kind(asked.question, turn, text),
        "apparatus": float(turn.kind is TurnKind.APPARATUS),
        "note": float(turn.kind is TurnKind.NOTE),
        "one_sentence": float(sentences == 1),
        "three_sentences": float(sentences == 3),
        "introduces": float(text.rstrip().endswith(":")),
        "question": float(text.rstrip('"”’)] ').endswith("?")),
        "primary": float(document.kind not in _SECONDARY),
    }


_SECONDARY = frozenset({"paper", "article", "front matter"})


def _attribution(asked: _Asked, turn: Turn, document: Document, text: str) -> dict[str, float]:
    question = asked.question
    speaker = turn.speaker.name if turn.speaker else ""
    heard = {a.name for a in turn.addressees}
    found: dict[str, float] = {}
    if question.speakers:
        found["speaker"] = float(speaker in question.speakers)
        found["other_speaker"] = float(bool(speaker) and speaker not in question.people)
    if question.addressees:
        found["addressee"] = float(bool(heard & set(question.addressees)))
        found["wrong_way"] = float(speaker in question.addressees)
        found["pair"] = found["addressee"] * found.get("speaker", 0.0)
    if question.people:
        folded = f" {fold(text)} "
        head = {p.name for p in document.participants}
        present = [p for p in question.people if p == speaker or p in heard or _named(p, folded, asked)]
        in_head = [
            p for p in question.people if p in head or any(h in asked.spellings.get(p, ()) for h in map(fold, head))
        ]
        found["people"] = len(present) / len(question.people)
        found["people_in_head"] = len(in_head) / len(question.people)
    if question.after or question.before:
        date = turn.date or document.date
        inside = date is not None and in_range(date, question.after, question.before)
        found["date"] = float(inside)
        found["other_date"] = float(date is not None and not inside)
    return found


def _named(person: str, folded: str, asked: _Asked) -> bool:
    return any(f" {spelling}" in folded for spelling in asked.spellings.get(person, ()))


def _kind(question: Question, turn: Turn, text: str) -> dict[str, float]:
    told = turn.speaker is not None and turn.speaker.basis in (Basis.REPORTED, Basis.QUOTED, Basis.LABEL)
    matter = tells(text, question.matters)
    return {
        "number": float(question.kind is AnswerKind.NUMBER and _NUMBER.search(text) is not None),
        "reason": float(question.kind is AnswerKind.REASON and _REASON.search(text) is not None),
        "day": float(question.kind is AnswerKind.DATE and _DAY.search(text) is not None),
        "person": float(question.kind is AnswerKind.PERSON and _NAME.search(text) is not None),
        "words_of_somebody": float(question.kind is AnswerKind.WORDS and told),
        "matter": matter,
        "matter_in_apparatus": matter * (turn.kind is TurnKind.APPARATUS),
    }


def explain(names: Sequence[str], row: NDArray[np.float32], weights: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature adds to a score, largest first, those that add nothing left out."""
    parts = {n: float(v) * weights.get(n, 0.0) for n, v in zip(names, row, strict=True)}
    return dict(sorted(((n, p) for n, p in parts.items() if abs(p) > 1e-6), key=lambda item: -abs(item[1])))
