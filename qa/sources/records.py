"""What a reader gives: one file of the archive, its final text and what its format says of its structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class MarkKind(StrEnum):
    """What a format can state about a range of the text; plain text states nothing."""

    DOCUMENT = "document"  # attributes: id, number, kind, parent (id of the enclosing document's mark)
    SECTION = "section"  # a part that holds documents or apparatus; attributes: kind
    HEAD = "head"
    DATELINE = "dateline"
    DATE = "date"  # attributes: when (ISO, may be partial)
    SENDER = "from"  # a person (or body) who writes; attributes: role ("office" where no name is given)
    RECIPIENT = "to"  # a person (or body) to whom is written; attributes as the sender's
    PERSON = "person"  # a person named in a list of participants; attributes: role where the file gives one
    NAME = "name"  # a personal name in running text
    PARAGRAPH = "paragraph"  # attributes: rend (how it is set), people (it announces a list of them), continued
    SPEAKER = "speaker"  # a speaker's label at the head of a paragraph (said: all that is said); attributes: name, said
    ITEM = "item"  # an item of a list or row of a table; attributes: people (their role), row
    QUOTATION = "quotation"  # a block quotation or an enclosed text
    SIGNATURE = "signature"  # the closing lines; within them each signature with the attribute name
    SOURCE_NOTE = "source note"  # where the document is held, its classification
    NOTE = "note"  # the note's own text; attributes: marker, anchor (offset), own ("true" when part of the original)
    PAGE = "page"  # an empty range where a page begins; attributes: n (as printed)
    APPARATUS = "apparatus"  # title pages, lists, running heads


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement of the file's format about `[start, end)` of the text; `start == end` for a page's beginning."""

    kind: MarkKind
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Description:
    """What a human or the file's own header says about a source; empty strings where nothing is said."""

    title: str = ""
    author: str = ""
    date: str = ""
    publication: str = ""
    repository: str = ""
    rights: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the archive.

    `id` is unique in the archive (the file's path below the indexed folder, without its ending); `name` is that path
    with its ending, as it is shown; `sha256` is of the file's bytes (hexadecimal). `text` is final: every offset
    counts its code points. `marks` are sorted by start, outer before inner; empty for plain text.
    """

    id: str
    name: str
    sha256: str
    text: str
    format: str
    description: Description = Description()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that could not be read, or a description that could not be understood, and why: one clear line."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
