"""From a question to its answers: candidates, windows, scores, and the choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from qa.answer import features
from qa.answer.confidence import signs_of
from qa.answer.judged import judged
from qa.answer.missing import absent_of, missing_of
from qa.answer.ranking import Ranking, explain, logistic, relative, weighted
from qa.answer.records import Answer, Quote, Reply, Status
from qa.answer.telling import is_own, told_by
from qa.answer.windows import Window, asked_of, segments_of, shown_of, text_of, vectors_of, windows_of
from qa.documents.records import Document
from qa.embedding import Encoder, Judge
from qa.names import People
from qa.question import AnswerKind, Filters, Question
from qa.question.understanding import search_terms
from qa.search.candidates import Candidates, SearchSettings, find_candidates
from qa.search.filtering import permitted
from qa.search.reading import Reader
from qa.spans import Span, quote
from qa.text import fold, tokens
from qa.text.stemming import stem
from qa.turns.records import TurnKind


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """How many windows are weighed; for `alike` see `chosen`."""

    search: SearchSettings = field(default_factory=SearchSettings)
    windows: int = 240
    alike: float = 0.96


DEFAULT = AnswerSettings()
_TOLD = 0.6  # among signs that are at most 1 each
_CHOICE = 120  # answers are chosen among so many of the best windows


@dataclass(frozen=True, slots=True)
class Scored:
    """The windows of a question with all that speaks for them, best first."""

    candidates: Candidates
    windows: tuple[Window, ...]
    scores: NDArray[np.float32]
    rows: NDArray[np.float32]


def spellings_of(question: Question, people: People) -> dict[str, tuple[str, ...]]:
    """Return for each person asked about the folded forms that may stand in a text, the surname among them."""
    found = {}
    for name in question.people:
        written = {fold(v) for v in (name, *people.variants(name))}
        found[name] = tuple(sorted(v for v in written if len(v) > 3))
    return found


def score_windows(
    reader: Reader,
    question: Question,
    candidates: Candidates,
    people: People,
    ranking: Ranking,
    settings: AnswerSettings = DEFAULT,
) -> Scored:
    """Return the candidates' windows, scored, best first."""
    every = windows_of(reader, candidates)
    vectors = vectors_of(reader, every)
    kept = _promising(reader, question, candidates, every, vectors, settings.windows)
    windows, vectors = tuple(every[i] for i in kept), vectors[kept]
    rows = features.features_of(reader, question, candidates, windows, vectors, spellings_of(question, people))
    scores = weighted(relative(rows, features.NAMES, ranking.spread), features.NAMES, ranking.weights)
    order = np.argsort(-scores, kind="stable")
    return Scored(candidates, tuple(windows[i] for i in order), scores[order], rows[order])


def _promising(
    reader: Reader,
    question: Question,
    candidates: Candidates,
    windows: Sequence[Window],
    vectors: NDArray[np.float32],
    most: int,
) -> NDArray[np.int64]:
    """Return the places of the windows nearest by the cheap signs alone, in order.

    The signs are vectors, the passage's words, that it is by whom, to whom and of when the question says, and that a
    line of a record tells of the matter asked about.
    """
    if len(windows) <= most:
        return np.arange(len(windows))
    places = np.array([w.passage for w in windows])
    near = vectors @ (candidates.query + candidates.about) + candidates.meaning[places] + candidates.words[places]
    near = near + _TOLD * candidates.told[places]
    if question.matters:
        near += np.array([told_by(reader, question, w) if is_own(reader, w) else 0.0 for w in windows], np.float32)
    return np.sort(np.argsort(-near, kind="stable")[:most])


def chosen(reader: Reader, scored: Scored, k: int, settings: AnswerSettings = DEFAULT) -> tuple[int, ...]:
    """Return the places of up to `k` windows, best first, no two of one passage or alike beyond `settings.alike`."""
    vectors = vectors_of(reader, scored.windows[:_CHOICE])
    kept: list[int] = []
    for place, window in enumerate(scored.windows[:_CHOICE]):
        if len(kept) == k:
            break
        if all(_differs(window, scored.windows[o], float(vectors[place] @ vectors[o]), settings) for o in kept):
            kept.append(place)
    return tuple(kept)


def _differs(one: Window, two: Window, alike: float, settings: AnswerSettings) -> bool:
    """Return whether a window is worth showing behind another; a question is shown with its reply already."""
    near = one.turn == two.turn and one.first < two.end and two.first < one.end
    if near or one.passage == two.passage or not set(two.asked).isdisjoint(one.rows):
        return False
    return alike < settings.alike or not set(one.asked).isdisjoint(two.rows)


def score(
    reader: Reader,
    encoder: Encoder,
    question: Question,
    filters: Filters,
    people: People,
    ranking: Ranking,
    settings: AnswerSettings = DEFAULT,
) -> Scored:
    """Return the scored windows of the passages that the filters permit."""
    allowed = permitted(reader.index, filters, people)
    candidates = find_candidates(reader, encoder, question, allowed, settings.search)
    return score_windows(reader, question, candidates, people, ranking, settings)


def answer(
    reader: Reader,
    judge: Judge,
    question: Question,
    filters: Filters,
    people: People,
    ranking: Ranking,
    scored: Scored,
    k: int,
    threshold: float | None = None,
) -> Reply:
    """Return the reply to a question: up to `k` answers, or what came closest when the first probably answers nothing.

    `threshold` takes the place of the fitted probability below which the archive is said not to answer.
    """
    begun = perf_counter()
    places = chosen(reader, scored, max(k, 3))
    sure = confidence_of(reader, judge, question, scored, places, people, ranking)
    answered = bool(places) and sure >= (ranking.threshold if threshold is None else threshold)
    shown = enumerate(places[: k if answered else 3], 1)
    rows = relative(scored.rows, features.NAMES, ranking.spread)
    answers = tuple(
        _answer(reader, scored, place, rank, explain(features.NAMES, rows[place], ranking.weights))
        for rank, place in shown
    )
    done = perf_counter()
    return Reply(
        question=question,
        status=Status.ANSWERED if answered else Status.NO_ANSWER,
        confidence=sure,
        answers=answers if answered else (),
        closest=() if answered else answers,
        missing="" if answered else missing_of(reader.index, question, filters, people, bool(scored.windows)),
        timings={"answer": (done - begun) * 1000},
    )


def confidence_of(
    reader: Reader,
    judge: Judge,
    question: Question,
    scored: Scored,
    places: Sequence[int],
    people: People,
    ranking: Ranking,
) -> float:
    """Return the probability that the first of the chosen windows answers; 0 where there is none."""
    if not places or not question.terms:  # a question of function words alone asks for nothing
        return 0.0
    return logistic(signs(reader, judge, question, scored, places, people), ranking.confidence)


def signs(
    reader: Reader, judge: Judge, question: Question, scored: Scored, places: Sequence[int], people: People
) -> Mapping[str, float]:
    """Return the signs of confidence of the first of the chosen windows."""
    first = places[0]
    window = scored.windows[first]
    weights = {t: w * reader.index.words.idf(t) for t, w in scored.candidates.weights.items()}
    near: set[str] = set(reader.head_terms(reader.document_of(window.turn)))
    around = reader.before(window.turn, window.first)
    for turn, sentence in (*around, *((window.turn, n) for n in range(window.first, window.end))):
        near |= reader.sentence_terms(turn, sentence)
    said = reader.turn(window.turn)
    for who in (*said.addressees, *filter(None, [said.speaker])):
        near |= set(search_terms(who.name))
    scores = [float(scored.scores[p]) for p in places]
    absent = absent_of(reader.index, question, people)
    text = shown_of(reader, window) if question.kind is AnswerKind.PERSON else text_of(reader, window)
    sure = judged(reader, judge, question, scored.windows)
    return signs_of(question, scored.rows[first], scores, weights, frozenset(near), absent, text, sure)


def _answer(reader: Reader, scored: Scored, place: int, rank: int, why: Mapping[str, float]) -> Answer:
    window = scored.windows[place]
    turn = reader.turn(window.turn)
    document = reader.document_of(window.turn)
    text = reader.text(document)
    segments, asked = segments_of(reader, window), asked_of(reader, window)
    source = reader.index.manifest.sources[reader.source_numbers[document.source]].name
    return Answer(
        rank=rank,
        score=float(scored.scores[place]),
        quote=Quote(source, segments, quote(text, segments)),
        turn=turn,
        document=_published(reader, document),
        date=None if turn.kind is TurnKind.NOTE else turn.date or document.date,
        pages=pages_of(document, segments),
        line=text.count("\n", 0, segments[0].start) + 1,
        matched=tuple(_matched(text, segments, frozenset(scored.candidates.weights))),
        features=why,
        asked=Quote(source, asked, quote(text, asked)) if asked else None,
    )


def _published(reader: Reader, document: Document) -> Document:
    """Return the document that is cited: for front matter the work that it stands before."""
    numbers = reader.index.document_numbers
    if document.apparatus and document.parent in numbers:
        return reader.document(numbers[document.parent])
    return document


def pages_of(document: Document, segments: Sequence[Span]) -> tuple[str, ...]:
    """Return the labels of the printed pages on which the segments stand, in order."""
    on = [p.label for p in document.pages if any(p.start < s.end and s.start < p.end for s in segments)]
    return tuple(dict.fromkeys(on))


def _matched(text: str, segments: Sequence[Span], terms: frozenset[str]) -> Iterator[Span]:
    """Yield the words of the segments that are words of the question."""
    for segment in segments:
        for token in tokens(text[segment.start : segment.end]):
            if stem(token.text) in terms:
                yield Span(segment.start + token.start, segment.start + token.end)
