"""Documents: what was written or spoken once, with metadata, blocks, notes and pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.dates import PartialDate
from qa.spans import Segments


class BlockKind(StrEnum):
    """What a block of a document is; everything but `PARAGRAPH` and `QUOTATION` is apparatus."""

    HEADING = "heading"
    HEADER = "header"  # date line, source line, "From:", "To:", classification
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"  # a text set off as somebody else's
    SIGNATURE = "signature"
    APPARATUS = "apparatus"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading, whole: healed over page breaks and notes, so it can have several segments.

    `label` is the speaker's label as the file's format states it, or the name that stands on a line above the words
    where all that is said stands so; "" where there is neither.
    """

    kind: BlockKind
    segments: Segments
    label: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person of a document's header, list of those present or closing lines.

    `role` is one of "author", "recorder", "party", "recipient", "present", "interpreter", "translator"; `office` is as
    written ("" where none is given).
    """

    name: str
    role: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or source note: `anchor` is the source's offset where its mark stands (`None` where none stands).

    `segments` hold the note's words without its marker. `own` notes belong to the original document; the others
    were added by an author or editor.
    """

    document: str
    marker: str
    segments: Segments
    anchor: int | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page: its label and the range `[start, end)` of the source's text that stands on it."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that was written or spoken once; a part of a source, perhaps nested in a `parent` (a document's id).

    `id` is the source's id, with "/" and the document's own number or name where a source holds several. `author` is
    who wrote it (for a record of conversation who recorded it). `segments` are the document's own text, its children's
    apart; `blocks` cover them in order.
    """

    id: str
    source: str
    title: str
    kind: str
    segments: Segments
    blocks: tuple[Block, ...]
    number: str = ""
    date: PartialDate | None = None
    author: str = ""
    participants: tuple[Participant, ...] = ()
    repository_reference: str = ""
    translator: str = ""
    classification: str = ""
    parent: str = ""
    notes: tuple[Note, ...] = ()
    pages: tuple[Page, ...] = ()
    apparatus: bool = False
