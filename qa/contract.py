"""Records as the objects that other programs rely on: `qa.answer/1`, `qa.inspect/1`, `qa.search/1`.

The keys and their order are part of the contract, and change only with a new schema number; the schemas themselves are
`qa/data/*.schema.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa.answer.records import Answer, Reply
from qa.citation import Holding, cite
from qa.dates import PartialDate
from qa.documents.records import Document, Note
from qa.passages import Passage
from qa.search.records import Hit
from qa.sources.records import Source
from qa.spans import Segments, quote
from qa.turns.records import Attribution, Turn, TurnKind

Object = dict[str, object]
Holdings = Callable[[Document], Holding]

ANSWER_SCHEMA = "qa.answer/1"
SEARCH_SCHEMA = "qa.search/1"
# What a terminal obeys or does not print; JSON lets C1 controls and marks of direction stand (RFC 8259, 7).
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
STAGES = ("open", "encode", "search", "answer")


def json_line(value: Object, ascii_only: bool = False) -> str:
    r"""Return an object as one line of JSON without its end, safe for a terminal.

    >>> json_line({"text": "ça \x9b2J"})
    '{"text": "ça \\u009b2J"}'
    """
    line = json.dumps(value, ensure_ascii=ascii_only, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What one file was understood to be."""

    source: Source
    documents: tuple[Document, ...] = ()
    turns: tuple[Turn, ...] = ()
    passages: tuple[Passage, ...] = ()


def answer_object(reply: Reply, holdings: Holdings, id: str | int | None = None) -> Object:
    """Return the reply as DESIGN's `qa.answer/1`."""
    question = reply.question
    return {
        "schema": ANSWER_SCHEMA,
        "id": id,
        "question": question.text,
        "status": reply.status.value,
        "confidence": _probability(reply.confidence),
        "understood": {
            "speaker": list(question.speakers),
            "addressee": list(question.addressees),
            "after": _date(question.after),
            "before": _date(question.before),
            "kind": question.kind.value,
        },
        "answers": [_answer(answer, holdings) for answer in reply.answers],
        "closest": [_answer(answer, holdings) for answer in reply.closest],
        "timings_ms": {stage: _number(reply.timings.get(stage, 0.0)) for stage in STAGES},
    }


def _answer(answer: Answer, holdings: Holdings) -> Object:
    turn = answer.turn
    return {
        "rank": answer.rank,
        "score": _number(answer.score),
        "quote": answer.quote.text,
        "segments": _segments(answer.quote.segments, answer.quote.source),
        **_spoken(turn),
        "date": _date(answer.date or (None if turn.kind is TurnKind.NOTE else answer.document.date)),
        "pages": list(answer.pages),
        "document": _document(answer.document),
        "note": {"marker": turn.marker} if turn.kind is TurnKind.NOTE else None,
        "citation": cite(answer, holdings(answer.document)),
    }


def search_object(question: str, hits: Iterable[Hit], id: str | int | None = None) -> Object:
    """Return ranked passages as `qa.search/1`."""
    return {
        "schema": SEARCH_SCHEMA,
        "id": id,
        "question": question,
        "hits": [
            {
                "rank": hit.rank,
                "score": _number(hit.score),
                "passage": hit.passage.id,
                "text": hit.text,
                "segments": _segments(hit.passage.segments, hit.source),
                **_spoken(hit.turn),
                "date": _date(hit.turn.date or hit.document.date),
                "document": _document(hit.document),
            }
            for hit in hits
        ],
    }


def trec_lines(query: str, hits: Iterable[Hit], tag: str = "qa") -> Iterator[str]:
    """Yield ranked passages as lines of a TREC run: query, `Q0`, passage, rank, score, tag."""
    for hit in hits:
        yield f"{_token(query)} Q0 {_token(hit.passage.id)} {hit.rank} {_number(hit.score)!r} {_token(tag)}"


def inspect_objects(inspected: Inspected) -> Iterator[Object]:
    """Yield what a file was understood to be, one object a record: source, documents, turns, notes, passages."""
    source = inspected.source
    yield {"record": "source", "path": source.name, "sha256": source.sha256, "characters": len(source.text)}
    for document in inspected.documents:
        yield {
            "record": "document",
            **_document(document),
            "segments": _segments(document.segments, source.name),
            "participants": [
                {"name": person.name, "role": person.role, "office": person.office or None}
                for person in document.participants
            ],
            "apparatus": document.apparatus,
        }
    yield from (_turn(turn, source) for turn in inspected.turns if turn.kind is not TurnKind.NOTE)
    yield from (_note(note, source) for document in inspected.documents for note in document.notes)
    yield from (_passage(passage, source) for passage in inspected.passages)


def _turn(turn: Turn, source: Source) -> Object:
    return {
        "record": "turn",
        "document": turn.document,
        "id": turn.id,
        "segments": _segments(turn.segments, source.name),
        "text": quote(source.text, turn.segments),
        **_spoken(turn),
        "date": _date(turn.date),
        "apparatus": turn.kind is TurnKind.APPARATUS,
    }


def _note(note: Note, source: Source) -> Object:
    return {
        "record": "note",
        "document": note.document,
        "marker": note.marker,
        "segments": _segments(note.segments, source.name),
        "text": quote(source.text, note.segments),
        "anchor": note.anchor,
        "own": note.own,
    }


def _passage(passage: Passage, source: Source) -> Object:
    return {
        "record": "passage",
        "document": passage.document,
        "turn": passage.turn,
        "id": passage.id,
        "segments": _segments(passage.segments, source.name),
        "text": quote(source.text, passage.segments),
        "tokens": passage.tokens,
    }


def _document(document: Document) -> Object:
    return {
        "id": document.id,
        "number": document.number or None,
        "title": document.title,
        "kind": document.kind,
        "date": _date(document.date),
        "author": document.author or None,
        "repository_reference": document.repository_reference or None,
        "parent": document.parent or None,
    }


def _spoken(turn: Turn) -> Object:
    return {
        "speaker": _person(turn.speaker) if turn.speaker else None,
        "addressees": [_person(addressee) for addressee in turn.addressees],
    }


def _person(person: Attribution) -> Object:
    return {"name": person.name, "as_written": person.as_written, "basis": person.basis.value}


def _segments(segments: Segments, source: str) -> Sequence[Object]:
    return [{"source": source, "start": segment.start, "end": segment.end} for segment in segments]


def _date(date: PartialDate | None) -> str | None:
    return date.iso if date else None


def _number(value: float) -> float:
    """Return a finite number: JSON has no NaN (RFC 8259, 6)."""
    return round(float(value), 6) if math.isfinite(value) else 0.0


def _probability(value: float) -> float:
    return min(max(_number(value), 0.0), 1.0)


def _token(text: str) -> str:
    """Return the text without white space, which separates the columns of a run."""
    return "_".join(text.split()) or "_"
