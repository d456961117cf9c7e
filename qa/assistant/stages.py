"""The stages of asking, one after another."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from qa.answer.records import Answer, Reply
from qa.question.records import Filters, Question
from qa.search.records import Hit

if TYPE_CHECKING:
    from qa.assistant.opened import Assistant


def hits_of(assistant: Assistant, question: str, k: int, filters: Filters) -> tuple[Hit, ...]:
    """Return the passages nearest to a question, each scored as its best window."""
    from qa.answer.answering import score_windows
    from qa.answer.ranking import fitted
    from qa.search.candidates import SearchSettings, find_candidates
    from qa.search.filtering import permitted

    reader, asked = assistant.reader, understood(assistant, question)
    allowed = permitted(assistant.index, filters, assistant.people)
    settings = SearchSettings(each=max(SearchSettings().each, k))
    candidates = find_candidates(reader, assistant.encoder, asked, allowed, settings)
    scored = score_windows(reader, assistant.encoder, asked, candidates, assistant.people, fitted())
    best: dict[int, float] = {}
    for window, score in zip(scored.windows, scored.scores, strict=True):
        best.setdefault(int(candidates.passages[window.passage]), float(score))
    return tuple(_hit(assistant, rank, number, best[number]) for rank, number in enumerate(list(best)[:k], start=1))


def _hit(assistant: Assistant, rank: int, number: int, score: float) -> Hit:
    columns, reader = assistant.index.columns, assistant.reader
    turn = reader.turn(int(columns.turn[number]))
    document = reader.document(int(columns.document[number]))
    source = assistant.index.manifest.sources[int(columns.source[number])].name
    return Hit(rank, score, reader.passage(number), turn, document, source, assistant.index.passage_text(number))


def understood(assistant: Assistant, question: str) -> Question:
    """Return the question, seen with the archive's people."""
    from qa.question.understanding import understand

    return understand(question, assistant.known)


def reply_to(assistant: Assistant, question: str, filters: Filters, k: int, threshold: float | None) -> Reply:
    """Return the reply to a question."""
    from qa.answer.answering import answer
    from qa.answer.ranking import fitted

    begun = perf_counter()
    reader, encoder, people = assistant.reader, assistant.encoder, assistant.people
    asked = understood(assistant, question)
    opened = perf_counter()
    reply = answer(reader, encoder, asked, filters, people, fitted(), k, threshold)
    timings = {"open": (opened - begun) * 1000, "encode": 0.0, **reply.timings}
    return replace(
        reply,
        answers=tuple(_with_path(assistant, a) for a in reply.answers),
        closest=tuple(_with_path(assistant, a) for a in reply.closest),
        timings=timings,
    )


def _with_path(assistant: Assistant, answer: Answer) -> Answer:
    return replace(answer, path=assistant.path(answer.quote.source))
