"""A document to be read, and what a file was understood to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from qa.citation import Holding, day
from qa.citation.chicago import closed, joined, plain_title
from qa.contract import Inspected
from qa.documents.records import BlockKind, Document
from qa.render.answers import speakers
from qa.render.screen import Screen
from qa.render.wrapping import clean, paragraph
from qa.spans import Span, quote
from qa.turns.records import Turn, TurnKind


def render_document(holding: Holding, turns: Sequence[Turn], text: str, screen: Screen) -> str:
    """Return a document to be read: its header, then its paragraphs under who speaks them, then its notes."""
    document = holding.document
    parts = [_head(holding, screen), *_body(document, turns, text, screen)]
    notes = [
        paragraph(quote(text, note.segments), screen.measure, f"[{clean(note.marker)}] ", "    ")
        for note in document.notes
    ]
    if notes:
        parts.append("\n".join((screen.bold("Notes"), *notes)))
    return "\n\n".join(filter(None, parts)) + "\n"


def _head(holding: Holding, screen: Screen) -> str:
    document = holding.document
    people = (f"{p.name} ({', '.join(filter(None, (p.role, p.office)))})" for p in document.participants)
    rows = (
        ("", document.number),
        ("", plain_title(document.title)),
        ("id", document.id),
        ("kind", document.kind),
        ("date", day(document.date) if document.date else ""),
        ("author", document.author),
        ("people", "; ".join(people)),
        ("translator", document.translator),
        ("classification", document.classification),
        ("held at", document.repository_reference),
        ("stands in", _standing(holding)),
        ("pages", " to ".join(dict.fromkeys(p.label for p in (document.pages[:1] + document.pages[-1:])))),
    )
    lines = []
    for name, value in rows:
        if value:
            line = paragraph(value, screen.measure, f"{name}: " if name else "", "  " if name else "")
            lines.append(line if name else "\n".join(map(screen.bold, line.split("\n"))))
    return "\n".join(lines)


def _standing(holding: Holding) -> str:
    titles = [plain_title(parent.title) for parent in holding.parents]
    return closed(joined((*titles, holding.description.publication)))


def _body(document: Document, turns: Sequence[Turn], text: str, screen: Screen) -> Iterator[str]:
    """Yield the document's paragraphs, each run of one speaker under a line that names him."""
    pieces = _pieces(document, turns)
    for turn_id, run in groupby(pieces, key=lambda piece: piece[0].id if piece[0] else ""):
        rows = [(turn, kind, quote(text, spans)) for turn, kind, spans in run]
        turn = rows[0][0]
        spoken = turn_id and turn and turn.kind is TurnKind.SPEECH and turn.speaker
        if spoken and turn:
            yield screen.bold(paragraph(f"{speakers(turn)}:", screen.measure))
        indent = "  " if spoken else ""
        for _, kind, shown in rows:
            block = paragraph(shown, screen.measure, indent, indent)
            yield block if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTATION) else _dim(block, screen)


def _dim(block: str, screen: Screen) -> str:
    return "\n".join(map(screen.dim, block.split("\n")))


def _pieces(document: Document, turns: Sequence[Turn]) -> Iterator[tuple[Turn | None, BlockKind, tuple[Span, ...]]]:
    """Yield the parts of blocks by turn, in the order of the text; what is in no turn has none."""
    spans = sorted(((s, t) for t in turns if t.kind is not TurnKind.NOTE for s in t.segments), key=lambda pair: pair[0])
    at = 0
    for block in document.blocks:
        rows: list[tuple[Turn | None, Span]] = []
        for segment in block.segments:
            while at < len(spans) and spans[at][0].end <= segment.start:
                at += 1
            rows += _cut(segment, spans, at)
        for _, run in groupby(rows, key=lambda row: row[0].id if row[0] else ""):
            same = list(run)
            yield same[0][0], block.kind, tuple(span for _, span in same)


def _cut(segment: Span, spans: Sequence[tuple[Span, Turn]], at: int) -> Iterator[tuple[Turn | None, Span]]:
    low = segment.start
    while at < len(spans) and spans[at][0].start < segment.end:
        span, turn = spans[at]
        if span.start > low:
            yield None, Span(low, span.start)
        low, high = max(low, span.start), min(span.end, segment.end)
        if low < high:
            yield turn, Span(low, high)
            low = high
        at += 1
    if low < segment.end:
        yield None, Span(low, segment.end)


def render_inspected(inspected: Inspected, screen: Screen) -> str:
    """Return what a file was understood to be: each document with its date, people, turns, notes and passages."""
    source = inspected.source
    turns = Counter(turn.document for turn in inspected.turns if turn.kind is TurnKind.SPEECH)
    passages = Counter(passage.document for passage in inspected.passages)
    lines = [screen.bold(f"{clean(source.name)}: {len(source.text)} characters, {source.format}")]
    for document in inspected.documents:
        counts = (
            (turns[document.id], "turn"),
            (len(document.notes), "note"),
            (len(document.pages), "page"),
            (passages[document.id], "passage"),
        )
        lines += ["", *_summary(document, _speakers(document, inspected.turns), screen)]
        lines.append("  " + ", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts if n))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _summary(document: Document, people: str, screen: Screen) -> Iterator[str]:
    name = ": ".join(filter(None, (document.id, plain_title(document.title))))
    yield screen.bold(paragraph(name, screen.measure, "", "  "))
    about = (
        document.kind,
        day(document.date) if document.date else "no date",
        f"by {document.author}" if document.author else "",
        "apparatus" if document.apparatus else "",
        document.repository_reference,
    )
    yield paragraph(", ".join(filter(None, about)), screen.measure, "  ", "  ")
    if people:
        yield paragraph(people, screen.measure, "  ", "  ")


def _speakers(document: Document, turns: Sequence[Turn]) -> str:
    spoken = Counter(
        turn.speaker.name if turn.speaker else "speaker not known"
        for turn in turns
        if turn.document == document.id and turn.kind is TurnKind.SPEECH
    )
    return "spoken by " + ", ".join(f"{name} ({n})" for name, n in spoken.most_common()) if spoken else ""
