"""Sentences with their speakers, and runs of them as turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qa.documents.healing import is_aside
from qa.documents.records import Document
from qa.spans import Segments, merge, quote
from qa.turns.records import Attribution, Basis, Turn, TurnKind
from qa.turns.state import Said


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what is known of it; `block` counts the document's blocks, `label` is the speaker's before it."""

    segments: Segments
    kind: TurnKind
    said: Said | None
    marker: str = ""
    block: int = 0
    label: Segments = ()


def group(document: Document, text: str, lines: Iterable[Line]) -> tuple[Turn, ...]:
    """Return runs of lines of one kind, speaker, addressees and date as turns; the rest by block and marker.

    What stands in brackets between labelled speech is nobody's: "(They leave.)".
    """
    runs: list[list[Line]] = []
    for line in _asides_apart(text, lines):
        if runs and _key(runs[-1][-1]) == _key(line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_turn(document, text, n, run) for n, run in enumerate(runs, 1))


def _asides_apart(text: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, in labelled talk those of a block that stands in brackets as a whole without a speaker."""
    read = list(lines)
    talk = any(line.said is not None and line.said.basis is Basis.LABEL for line in read)
    for kind, block in groupby(read, key=lambda line: (line.kind, line.marker, line.block)):
        own = list(block)
        spoken = talk and kind[0] is TurnKind.SPEECH
        aside = spoken and is_aside(quote(text, [span for line in own for span in line.segments]))
        yield from (replace(line, said=None) for line in own) if aside else own


def _key(line: Line) -> object:
    where = (line.kind, line.marker, line.block if line.kind is TurnKind.APPARATUS else 0)
    said = line.said
    if said is None:
        return where
    speaker = said.speaker.name if said.speaker else None
    basis = (
        Basis.REPORTED if said.basis is Basis.QUOTED else said.basis
    )  # an announcement and its quotation are one turn
    return (where, speaker, tuple(h.name for h in said.hearers), basis, said.date)


def _turn(document: Document, text: str, number: int, run: Sequence[Line]) -> Turn:
    said = run[0].said
    segments = tuple(sorted(s for line in run for s in line.segments))
    return Turn(
        id=f"{document.id}#{number}",
        document=document.id,
        kind=run[0].kind,
        segments=merge(text, segments),
        sentences=tuple(line.segments for line in run),
        speaker=Attribution(said.speaker.name, said.speaker.written, said.basis) if said and said.speaker else None,
        addressees=tuple(Attribution(h.name, h.written, said.basis) for h in said.hearers) if said else (),
        date=(said.date if said and said.date else document.date),
        labels=tuple(span for line in run for span in line.label),
        marker=run[0].marker,
    )
