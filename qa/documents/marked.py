"""Documents of a source whose format states its structure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.dates import PartialDate
from qa.documents.correspondents import correspondents, present, signature_name, signed
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.records import Block, BlockKind, Document, Note, Participant
from qa.documents.regions import Pages, Region, regions
from qa.sources.records import Mark, MarkKind, Source
from qa.spans import Span, collapse

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?$")
_CLASSIFICATION = re.compile(
    r"(?:^|(?<=[.;] ))(?P<class>(?:Top Secret|Secret|Confidential|Limited Official Use|Official Use Only|Unclassified|"
    r"Restricted|No classification marking|Eyes Only|Personal and Confidential)\b[^.]{0,80})\."
)
_SOURCE = re.compile(r"\s*Sources?:\s*", re.IGNORECASE)
_SERVED = re.compile(r":\s*(?P<kind>[A-Z][^:]{2,60})$")
_HEADER_BLOCKS = 8  # a word that names the kind ("Memorandum", "[Telegram]") stands among the first blocks


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is known of the whole source while its documents are made."""

    source: Source
    pages: Pages
    reference: str
    classification: str
    dated: bool


def documents_from_marks(source: Source) -> tuple[Document, ...]:
    """Return the documents that the source's marks state, parents before their children.

    A source of one document has the source's own id; of several, what stands outside them is a document of that id,
    all apparatus, and their parent. An enclosure is a document whose parent is the one that it is enclosed in.
    """
    root = regions(source)
    found = root.children
    if len(found) == 1:
        _take_in(found[0], root)
    outside = [mark for mark, _ in root.blocks]
    reference, classification = _reference(source.text, outside)
    whole = _Whole(source, Pages(source), reference, classification, any(_stated_date(r) for r in found))
    if len(found) == 1:
        return tuple(_documents(whole, found[0], source.id, ""))
    documents = [_collection(whole, root)] if root.blocks or not found else []
    ids: set[str] = set()
    for number, region in enumerate(found, 1):
        own = _own_name(region, number, ids)
        documents += _documents(whole, region, f"{source.id}/{own}", source.id)
    return tuple(documents)


def _take_in(region: Region, root: Region) -> None:
    """Give what stands around the only document to it."""
    region.start, region.end = root.start, root.end
    region.blocks = sorted([*root.blocks, *region.blocks], key=lambda pair: pair[0].start)
    region.marks = sorted([*root.marks, *region.marks], key=lambda mark: (mark.start, -mark.end))


def _own_name(region: Region, number: int, taken: set[str]) -> str:
    attributes = region.mark.attributes if region.mark else {}
    name = attributes.get("id") or attributes.get("number") or str(number)
    while name in taken:
        name = f"{name}-{number}"
    taken.add(name)
    return name


def _documents(whole: _Whole, region: Region, id_: str, parent: str) -> Iterable[Document]:
    yield _document(whole, region, id_, parent)
    for number, child in enumerate(region.children, 1):
        yield from _documents(whole, child, f"{id_}/enclosure-{number}", id_)


def _collection(whole: _Whole, root: Region) -> Document:
    source = whole.source
    notes = _notes(root, source.id)
    return Document(
        id=source.id,
        source=source.id,
        title=source.description.title or source.name,
        kind="collection",
        segments=root.own(),
        blocks=tuple(block for _, block in root.blocks),
        author=source.description.author,
        notes=notes,
        pages=whole.pages.of(root, notes),
        apparatus=True,
    )


def _document(whole: _Whole, region: Region, id_: str, parent: str) -> Document:
    source, text = whole.source, whole.source.text
    attributes = region.mark.attributes if region.mark else {}
    number = attributes.get("number", "")
    heads = _texts(text, region, MarkKind.HEAD)
    title = heads[0] if heads else source.description.title or source.name
    reference, classification = _reference(text, [mark for mark, _ in region.blocks], region.marks)
    notes = _notes(region, id_)
    people = _people(text, region, title)
    return Document(
        id=id_,
        source=source.id,
        title=title,
        kind=_kind(whole, region, title, people),
        segments=region.own(),
        blocks=_blocks(region),
        number=f"Document {number}" if number else "",
        date=_date(whole, region),
        author=" and ".join(p.name for p in people if p.role == "author"),
        participants=people,
        repository_reference=reference or (whole.reference if _top(region) else ""),
        classification=classification or (whole.classification if _top(region) else ""),
        parent=parent,
        notes=notes,
        pages=whole.pages.of(region, notes),
    )


def _top(region: Region) -> bool:
    return region.parent is None or region.parent.mark is None


def _texts(text: str, region: Region, kind: MarkKind) -> list[str]:
    return [collapse(text[mark.start : mark.end]) for mark, _ in region.blocks if mark.kind == kind]


def _blocks(region: Region) -> tuple[Block, ...]:
    """Return the blocks; lines of a list of people are header lines."""
    people = {mark.start for mark in region.marks if mark.kind == MarkKind.PERSON}
    made = []
    for mark, block in region.blocks:
        listed = block.kind == BlockKind.PARAGRAPH and mark.kind == MarkKind.ITEM and mark.start in people
        made.append(Block(BlockKind.HEADER, block.segments) if listed else block)
    return tuple(made)


# Where it is held


def _reference(text: str, blocks: Iterable[Mark], marks: Iterable[Mark] = ()) -> tuple[str, str]:
    """Return the repository reference and the classification that the source note states."""
    for mark in (*blocks, *marks):
        note = collapse(text[mark.start : mark.end])
        stated = mark.kind == MarkKind.SOURCE_NOTE and not note.startswith("[")
        if stated or (mark.kind == MarkKind.PARAGRAPH and _SOURCE.match(note)):
            return _split_note(_SOURCE.sub("", note, count=1))
    return "", ""


def _split_note(note: str) -> tuple[str, str]:
    classified = _CLASSIFICATION.search(note)
    if classified:
        return note[: classified.start()].strip().rstrip("."), classified["class"].strip()
    return _SERVED.sub("", note).rstrip("."), ""


# When


def iso_date(text: str) -> PartialDate | None:
    """Return the date of ISO form, `None` where it is none.

    >>> iso_date("1934-04-21T12:00:00"), iso_date("1934"), iso_date("soon")
    (PartialDate(year=1934, month=4, day=21), PartialDate(year=1934, month=0, day=0), None)
    """
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    return PartialDate(year, month, day) if month <= 12 and day <= 31 else None


def _stated_date(region: Region) -> PartialDate | None:
    if region.mark and (date := iso_date(region.mark.attributes.get("when", ""))):
        return date
    lines = [m for m, _ in region.blocks if m.kind in (MarkKind.DATELINE, MarkKind.HEAD, MarkKind.SIGNATURE)]
    dates = [m for m in region.marks if m.kind == MarkKind.DATE]
    for kind in (MarkKind.DATELINE, MarkKind.HEAD, MarkKind.SIGNATURE):
        for line in (m for m in lines if m.kind == kind):
            inside = (iso_date(d.attributes.get("when", "")) for d in dates if line.start <= d.start < line.end)
            if date := next(filter(None, inside), None):
                return date
    return None


def _date(whole: _Whole, region: Region) -> PartialDate | None:
    if date := _stated_date(region):
        return date
    return None if whole.dated or not _top(region) else iso_date(whole.source.description.date)


# Who


def _people(text: str, region: Region, title: str) -> tuple[Participant, ...]:
    sender, recipient = correspondents(title)
    sender = _marked(text, region, MarkKind.SENDER, sender)
    recipient = _marked(text, region, MarkKind.RECIPIENT, recipient)
    names = [signature_name(m.attributes["name"]) for m in region.marks if _is_signature(m)]
    author = signed(sender, [name for name in names if name])
    lines = [(collapse(text[m.start : m.end]), m) for m in region.marks if m.kind == MarkKind.PERSON]
    others = [present(line, m.attributes.get("role", "present")) for line, m in lines]
    return tuple(p for p in (author, recipient, *others) if p is not None)


def _is_signature(mark: Mark) -> bool:
    return mark.kind == MarkKind.SIGNATURE and "name" in mark.attributes


def _marked(text: str, region: Region, kind: MarkKind, parsed: Participant | None) -> Participant | None:
    """Return the person that the markup names, with the office that the heading gives."""
    role = "author" if kind == MarkKind.SENDER else "recipient"
    marks = [m for m in region.marks if m.kind == kind]
    if not marks:
        return parsed
    people = [m for m in marks if m.attributes.get("role") != "office"]
    mark = (people or marks)[0]
    name = collapse(text[mark.start : mark.end])
    if parsed is not None and name in (parsed.name, parsed.office):
        return parsed
    if parsed is not None and name in parsed.name and not people:
        return parsed
    return Participant(name, role, parsed.office if parsed and people else "")


# What


def _kind(whole: _Whole, region: Region, title: str, people: tuple[Participant, ...]) -> str:
    attributes = region.mark.attributes if region.mark else {}
    roles = {p.role for p in people}
    written = {"author", "recipient"} <= roles and correspondents(title)[1] is not None
    leading = " ".join(title.split()[:3]) if written else title
    hints = [attributes.get("kind", ""), leading, *_hints(whole.source.text, region)]
    if kind := next((k for k in map(kind_of, hints) if k != UNKNOWN), ""):
        return kind
    if written:
        return "letter"
    if any(block.label for _, block in region.blocks):
        return "transcript"
    return kind_of(whole.source.description.title) if _top(region) and not whole.dated else UNKNOWN


def _hints(text: str, region: Region) -> list[str]:
    """Return the header's words that may name the kind: after the file number, in brackets, set apart."""
    found = []
    for mark, block in region.blocks[:_HEADER_BLOCKS]:
        words = collapse(text[mark.start : mark.end])
        if mark.kind == MarkKind.SOURCE_NOTE and (words.startswith("[") or _SERVED.search(words)):
            served = _SERVED.search(words)
            found.append(served["kind"] if served else words)
        elif mark.kind == MarkKind.PARAGRAPH and block.kind == BlockKind.HEADING and len(words) < 60:
            found.append(words)
    return found


# Notes


def _notes(region: Region, id_: str) -> tuple[Note, ...]:
    made = []
    for mark in region.marks:
        if mark.kind in (MarkKind.NOTE, MarkKind.SOURCE_NOTE) and "anchor" in mark.attributes:
            anchor = int(mark.attributes["anchor"])
            own = mark.attributes.get("own") == "true"
            made.append(Note(id_, mark.attributes.get("marker", ""), (Span(mark.start, mark.end),), anchor, own))
    return tuple(made)
