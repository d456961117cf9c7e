"""The stages of asking, one after another."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from qa.answer.records import Answer, Quote, Reply, Status
from qa.question.records import AnswerKind, Filters, Question
from qa.search.records import Hit

if TYPE_CHECKING:
    from qa.assistant.opened import Assistant


def hits_of(assistant: Assistant, question: str, k: int, filters: Filters) -> tuple[Hit, ...]:
    """Return the passages nearest to a question."""
    index = assistant.index
    query = assistant.encoder.encode([question], "query")
    scores, numbers = index.passage_vectors.search(query, k)
    return tuple(
        _hit(assistant, rank, float(score), int(number))
        for rank, (score, number) in enumerate(zip(scores[0], numbers[0], strict=True), start=1)
    )


def _hit(assistant: Assistant, rank: int, score: float, number: int) -> Hit:
    index = assistant.index
    columns = index.columns
    turn = index.turns[int(columns.turn[number])]
    document = index.documents[int(columns.document[number])]
    source = index.manifest.sources[int(columns.source[number])].name
    text = index.passage_text(number)
    return Hit(rank, score, index.passages[number], turn, document, source, text, {"dense": score})


def reply_to(assistant: Assistant, question: str, filters: Filters, k: int, threshold: float | None) -> Reply:
    """Return the reply to a question."""
    begun = perf_counter()
    hits = hits_of(assistant, question, k, filters)
    answers = tuple(_answer(assistant, hit) for hit in hits)
    sure = max((hit.score for hit in hits), default=0.0)
    answered = sure >= (0.4 if threshold is None else threshold)
    timings = {"open": 0.0, "encode": 0.0, "search": (perf_counter() - begun) * 1000, "answer": 0.0}
    return Reply(
        Question(question, AnswerKind.FACT),
        Status.ANSWERED if answered else Status.NO_ANSWER,
        sure,
        answers if answered else (),
        () if answered else answers,
        "",
        timings,
    )


def _answer(assistant: Assistant, hit: Hit) -> Answer:
    from qa.spans import merge, quote

    text = assistant.text(hit.source)
    first, end = hit.passage.sentences
    chosen = hit.turn.sentences[first : min(end, first + 3)]
    segments = merge(text, (span for sentence in chosen for span in sentence))
    line = text.count("\n", 0, segments[0].start) + 1
    pages = tuple(p.label for p in hit.document.pages if p.start < segments[-1].end and p.end > segments[0].start)
    quoted = Quote(hit.source, segments, quote(text, segments))
    return Answer(
        hit.rank,
        hit.score,
        quoted,
        hit.turn,
        hit.document,
        hit.turn.date,
        pages,
        line,
        assistant.path(hit.source),
        (),
        hit.features,
    )
