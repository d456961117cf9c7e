"""Answers and replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from qa.dates import PartialDate
from qa.documents.records import Document
from qa.question.records import Question
from qa.spans import Segments, Span
from qa.turns.records import Turn


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of a source: `source` is the source's name, `text` is `spans.quote` of the segments."""

    source: str
    segments: Segments
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A quotation that answers, with all that a citation needs.

    `matched` are the spans of the source (inside the quote) whose words the question shares: they are emphasised.
    `pages` are labels as printed. `line` is the line of the source's file, from 1, where the quote begins.
    `features` explain the score, by name. `asked` is the question to which the quotation replies in labelled talk.
    """

    rank: int
    score: float
    quote: Quote
    turn: Turn
    document: Document
    date: PartialDate | None
    pages: tuple[str, ...] = ()
    line: int = 1
    path: str = ""  # the source's file as it was indexed, "" when it is not known
    matched: tuple[Span, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)
    asked: Quote | None = None


class Status(StrEnum):
    """Whether the archive answers."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a question: answers best first, or none and what came closest.

    `confidence` is the probability that the first answer answers. `missing` says in a few fixed words what the archive
    does not hold ("" when nothing certain can be said). `timings` are milliseconds by stage.
    """

    question: Question
    status: Status
    confidence: float
    answers: tuple[Answer, ...] = ()
    closest: tuple[Answer, ...] = ()
    missing: str = ""
    timings: Mapping[str, float] = field(default_factory=dict)
