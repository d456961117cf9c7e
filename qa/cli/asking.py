"""Questions to an open archive: one, a batch of them, or ranked passages; each returns the exit code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answer.records import Reply, Status
from qa.citation import bibtex, csl_json
from qa.cli.output import complain, tell, write, write_json
from qa.contract import answer_object, search_object, trec_lines
from qa.errors import BadData, QAError
from qa.question.records import Filters
from qa.render import render_explanation, render_hits, render_reply, screen_of

if TYPE_CHECKING:
    from qa.assistant import Assistant

ANSWERED, WRONG, SILENT = 0, 1, 3


class Format(StrEnum):
    """How answers are written."""

    TEXT = "text"
    JSON = "json"
    BIBTEX = "bibtex"
    CSL = "csl"


class RankedFormat(StrEnum):
    """How ranked passages are written."""

    TEXT = "text"
    JSON = "json"
    TREC = "trec"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of every question: how many answers, in which format, how sure, within which filters."""

    k: int = 3
    format: Format = Format.TEXT
    threshold: float | None = None
    explain: bool = False
    filters: Filters = field(default_factory=Filters)


def ask(assistant: Assistant, question: str, wanted: Wanted) -> int:
    """Write the reply to one question and return the exit code: 0 answered, 3 not."""
    reply = assistant.ask(question, wanted.filters, wanted.k, wanted.threshold)
    if wanted.format is Format.JSON:
        write_json(answer_object(reply, assistant.holding))
    elif wanted.format is Format.TEXT:
        write(shown(assistant, reply, wanted.explain))
    else:
        write(references(assistant, reply, wanted.format))
    return ANSWERED if reply.status is Status.ANSWERED else SILENT


def shown(assistant: Assistant, reply: Reply, explain: bool) -> str:
    """Return the reply as the terminal shows it, with its explanation where that is wanted."""
    screen = screen_of(sys.stdout, os.environ)
    text = render_reply(reply, assistant, screen)
    return f"{text}\n{render_explanation(reply, screen)}" if explain else text


def references(assistant: Assistant, reply: Reply, format: Format) -> str:
    """Return the answers' references, one a document, for a reference manager; "" where there is no answer."""
    answers = {answer.document.id: answer for answer in reversed(reply.answers)}
    first = [answers[id] for id in dict.fromkeys(answer.document.id for answer in reply.answers)]
    pairs = [(answer, assistant.holding(answer.document)) for answer in first]
    if format is Format.BIBTEX:
        return "".join(bibtex(*pair) + "\n" for pair in pairs)
    return "[" + ",\n ".join(csl_json(*pair) for pair in pairs) + "]\n"


def search(assistant: Assistant, question: str, k: int, format: RankedFormat) -> int:
    """Write ranked passages and return the exit code: 0 where there are some, 3 where there are none."""
    hits = assistant.search(question, k)
    if format is RankedFormat.JSON:
        write_json(search_object(question, hits))
    elif format is RankedFormat.TREC:
        write("".join(f"{line}\n" for line in trec_lines("1", hits)))
    else:
        write(render_hits(hits, screen_of(sys.stdout, os.environ)))
    return ANSWERED if hits else SILENT


@dataclass(frozen=True, slots=True)
class Line:
    """One question of a batch."""

    id: str | int | None
    question: str


def ask_batch(assistant: Assistant, lines: Iterable[bytes], name: str, wanted: Wanted) -> int:
    """Write one answer a line, in the order of the questions, and return 1 if any line could not be answered for.

    A bad line is named with its number; the others go on.
    """
    bad = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            line = parse_line(raw)
            reply = assistant.ask(line.question, wanted.filters, wanted.k, wanted.threshold)
        except QAError as error:
            complain(f"{name}, line {number}: {error}")
            bad += 1
            continue
        write_json(answer_object(reply, assistant.holding, line.id))
    if bad:
        tell(f"qa: {bad} of the lines of {name} could not be answered; the others were\n")
    return WRONG if bad else ANSWERED


def parse_line(raw: bytes) -> Line:
    """Return the question of one line of a batch.

    >>> parse_line(b'{"id": "q1", "question": "Who?"}')
    Line(id='q1', question='Who?')

    Raises:
        BadData: The line is no JSON object with a question; the message says what is wrong.
    """
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadData(f"is not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadData(f"is no JSON ({error}); write one object a line") from error
    if not isinstance(value, dict) or not isinstance(value.get("question"), str):
        raise BadData('holds no question; write {"id": "...", "question": "..."}')
    id = value.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | None):
        raise BadData("has an id that is neither text nor a whole number; mend the id")
    return Line(id, value["question"])


def batch_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a batch file, or of standard input for `-`, as they come.

    Raises:
        BadData: The file cannot be read.
    """
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise BadData(f"{path}: cannot be read ({error.strerror}); name a file of questions, or - for input") from error
