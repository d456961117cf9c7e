"""Documents of a source whose format states its structure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from qa.dates import PartialDate
from qa.documents.attendance import roll
from qa.documents.correspondents import correspondents, is_record, present, signature_name, signed
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.records import Block, BlockKind, Document, Note, Participant
from qa.documents.regions import Pages, Region, regions
from qa.documents.stated import SERVED, iso_date, reference_of, stated_date, written_date
from qa.sources.records import Mark, MarkKind, Source
from qa.spans import Span, collapse

_TALKS = frozenset({"minutes", "transcript", "memorandum of conversation", "record of conversation"})
_LONGEST_DATELINE = 120
_HEADER_BLOCKS = 8  # a word that names the kind ("Memorandum", "[Telegram]") stands among the first blocks


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is known of the whole source while its documents are made."""

    source: Source
    pages: Pages
    reference: str
    classification: str
    dated: bool
    single: bool


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
    reference, classification = reference_of(source.text, outside)
    whole = _Whole(
        source, Pages(source), reference, classification, any(stated_date(r) for r in found), len(found) == 1
    )
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
    title = _title(whole, region) or number or "Untitled"
    reference, classification = reference_of(text, [mark for mark, _ in region.blocks], region.marks)
    notes = _notes(region, id_)
    people = _people(text, region, title)
    kind = _kind(whole, region, title, people)
    listed = _roll(text, region) if kind in _TALKS and not any(p.role == "present" for p in people) else ()
    people += listed
    return Document(
        id=id_,
        source=source.id,
        title=title,
        kind=kind,
        segments=region.own(),
        blocks=_blocks(text, region, listed=bool(listed)),
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


def _title(whole: _Whole, region: Region) -> str:
    """Return the first heading; without one the lines set apart at the top, or what the brackets above it say."""
    text = whole.source.text
    if heads := _texts(text, region, MarkKind.HEAD):
        return heads[0]
    if whole.single and whole.source.description.title:
        return whole.source.description.title
    top = takewhile(lambda pair: pair[1].kind in (BlockKind.HEADING, BlockKind.HEADER), region.blocks)
    lines = [collapse(text[mark.start : mark.end]).strip("[]") for mark, _ in top]
    return ". ".join(lines[:2])


def _top(region: Region) -> bool:
    return region.parent is None or region.parent.mark is None


def _texts(text: str, region: Region, kind: MarkKind) -> list[str]:
    return [collapse(text[mark.start : mark.end]) for mark, _ in region.blocks if mark.kind == kind]


def _blocks(text: str, region: Region, *, listed: bool) -> tuple[Block, ...]:
    """Return the blocks; a list of people, what announces it, and a bare line of place and date are header lines.

    `listed`: the items at the top are people, though nothing announces them.
    """
    top = {id(mark) for mark, _ in _top_items(region)} if listed else set()
    opening = {line for line in _opening_line(text, region) if written_date(line)}
    made = []
    for mark, block in region.blocks:
        person = block.kind == BlockKind.PARAGRAPH and ("people" in mark.attributes or id(mark) in top)
        dated = bool(opening) and collapse(text[mark.start : mark.end]) in opening
        made.append(Block(BlockKind.HEADER, block.segments) if person or dated else block)
    return tuple(made)


# When


def _date(whole: _Whole, region: Region) -> PartialDate | None:
    """Return when the document was written: what the markup states, then the only document's header, then the text."""
    if date := stated_date(region):
        return date
    text, header = whole.source.text, iso_date(whole.source.description.date)
    if whole.single and header:
        return header
    lines = _texts(text, region, MarkKind.DATELINE)
    if lines:
        return next(filter(None, map(written_date, lines)), None)
    shown = _texts(text, region, MarkKind.HEAD) + _opening_line(text, region)
    in_text = next(filter(None, map(written_date, shown)), None)
    return in_text or (None if whole.dated or not _top(region) else header)


def _opening_line(text: str, region: Region) -> list[str]:
    """Return the first paragraph where it is a mere line of place and date."""
    first = next((block for mark, block in region.blocks if mark.kind == MarkKind.PARAGRAPH), None)
    if first is None or first.label:
        return []
    line = collapse(text[first.segments[0].start : first.segments[0].end])
    return [line] if len(line) <= _LONGEST_DATELINE and not line.endswith((".", ":", "?")) else []


# Who


def _people(text: str, region: Region, title: str) -> tuple[Participant, ...]:
    sender, recipient = correspondents(title)
    if not is_record(title):
        sender = _marked(text, region, MarkKind.SENDER, sender)
        recipient = _marked(text, region, MarkKind.RECIPIENT, recipient)
    quoted = [m for m in region.marks if m.kind == MarkKind.QUOTATION]
    signatures = [m for m in region.marks if _is_signature(m) and not any(q.start <= m.start < q.end for q in quoted)]
    names = [signature_name(m.attributes["name"]) for m in signatures]
    author = signed(sender, [name for name in names if name])
    lines = [(collapse(text[m.start : m.end]), m) for m in region.marks if m.kind == MarkKind.PERSON]
    others = [present(line, m.attributes.get("role", "present")) for line, m in lines]
    return tuple(p for p in (author, recipient, *others) if p is not None)


def _roll(text: str, region: Region) -> tuple[Participant, ...]:
    """Return the people of a list at the top that is one of people by its looks."""
    return roll([collapse(text[mark.start : mark.end].split("\n\n")[0]) for mark, _ in _top_items(region)])


def _top_items(region: Region) -> list[tuple[Mark, Block]]:
    """Return the items above the first paragraph."""
    above = takewhile(lambda pair: pair[1].kind != BlockKind.PARAGRAPH or pair[0].kind == MarkKind.ITEM, region.blocks)
    return [pair for pair in above if pair[0].kind == MarkKind.ITEM]


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
    leading = "memorandum of conversation" if is_record(title) else leading
    hints = [attributes.get("kind", "").replace("-", " "), leading, *_hints(whole.source.text, region)]
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
        if mark.kind == MarkKind.SOURCE_NOTE and (words.startswith("[") or SERVED.search(words)):
            served = SERVED.search(words)
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
