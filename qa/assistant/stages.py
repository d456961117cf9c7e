"""The stages of asking, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING

from qa.answer.records import Answer, Reply
from qa.question.records import Filters, Question
from qa.search.records import Hit

if TYPE_CHECKING:
    from qa.answer.answering import Scored
    from qa.assistant.opened import Assistant


def hits_of(assistant: Assistant, question: str, k: int, filters: Filters) -> tuple[Hit, ...]:
    """Return the passages nearest to a question: by their best window, then those of which no window was weighed."""
    with opening(lambda: assistant.encoder):
        asked = understood(assistant, question)
    scored = scored_of(assistant, asked, filters, k)
    passages = scored.candidates.passages
    best: dict[int, float] = {}
    for window, score in zip(scored.windows, scored.scores, strict=True):
        best.setdefault(int(passages[window.passage]), float(score))
    floor = min(best.values(), default=0.0)
    for place, number in enumerate(passages, start=1):
        best.setdefault(int(number), floor - place)
    return tuple(_hit(assistant, rank, number, best[number]) for rank, number in enumerate(list(best)[:k], start=1))


def scored_of(assistant: Assistant, question: Question, filters: Filters, k: int) -> Scored:
    """Return the question's scored windows; those of the last question are kept, for who ranks and then asks."""
    from qa.answer.answering import DEFAULT, score
    from qa.answer.ranking import fitted

    wide = k > 2 * DEFAULT.search.each  # more passages are wanted than are weighed as a rule
    settings = replace(DEFAULT, search=replace(DEFAULT.search, each=k)) if wide else DEFAULT
    key = (question.text, filters, k if wide else 0)
    if assistant.last is None or assistant.last[0] != key:
        reader, encoder, people = assistant.reader, assistant.encoder, assistant.people
        assistant.last = (key, score(reader, encoder, question, filters, people, fitted(), settings))
    return assistant.last[1]


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


@contextmanager
def opening(needed: Callable[[], object]) -> Iterator[None]:
    """Open what is needed later, the encoder or the judge, while the block runs: most of that is outside Python.

    A cold question takes a fifteenth less. What fails there fails again, and is told, where it is asked for.
    """

    def open_it() -> None:
        with suppress(Exception):
            needed()

    thread = Thread(target=open_it)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def reply_to(assistant: Assistant, question: str, filters: Filters, k: int, threshold: float | None) -> Reply:
    """Return the reply to a question."""
    begun = perf_counter()
    with opening(lambda: assistant.encoder):
        from qa.answer.answering import answer
        from qa.answer.ranking import fitted

        reader, asked = assistant.reader, understood(assistant, question)
        _ = assistant.index.passage_vectors, assistant.index.sentence_vectors  # opened here, to be timed apart
    opened = perf_counter()
    with opening(lambda: assistant.judge):
        scored = scored_of(assistant, asked, filters, k)
    found = perf_counter()
    reply = answer(reader, assistant.judge, asked, filters, assistant.people, fitted(), scored, k, threshold)
    encoding = scored.candidates.encoding
    searching = (found - opened) * 1000 - encoding
    timings = {"open": (opened - begun) * 1000, "encode": encoding, "search": max(searching, 0.0), **reply.timings}
    return replace(
        reply,
        answers=tuple(_with_path(assistant, a) for a in reply.answers),
        closest=tuple(_with_path(assistant, a) for a in reply.closest),
        timings=timings,
    )


def _with_path(assistant: Assistant, answer: Answer) -> Answer:
    return replace(answer, path=assistant.path(answer.quote.source))
