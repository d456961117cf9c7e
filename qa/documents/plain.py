"""Documents of a plain text, by the general signs of how archives print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.dates import PartialDate
from qa.dates import parse as parse_date
from qa.documents.blocks import Look, Piece, page_marks, pages, pieces
from qa.documents.heads import (
    abbreviations,
    classification,
    date_of_line,
    date_of_title,
    head_field,
    is_source_line,
    repository_reference,
    translator,
)
from qa.documents.healing import Whole, heal, without, words_of
from qa.documents.kinds import kind_of
from qa.documents.layout import Head, body_start, byline, find_heads
from qa.documents.notes import FoundNote, find_notes, mark_holes
from qa.documents.participants import author_of, participants_of
from qa.documents.records import Block, BlockKind, Document, Note, Page
from qa.sources.records import Source
from qa.spans import Span, collapse

_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|^#{1,6}\s+")
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of the whole source while its documents are made."""

    source: Source
    holes: tuple[Span, ...]
    notes: tuple[FoundNote, ...]
    pages: tuple[Page, ...]
    shorter: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Section:
    """The pieces of one document, and where its range ends."""

    wholes: tuple[Whole, ...]
    start: int
    end: int
    body: int  # index in `wholes` of the first body block


def documents_of_plain(source: Source) -> tuple[Document, ...]:
    r"""Return the documents of a source that has no marks: the main one, its front matter, those it holds.

    >>> text = "Letter from Ann Roe to Bob Poe\n\n4 May 1900\n\nDear Bob, I am well.\n"
    >>> [(d.id, d.kind, d.date.iso) for d in documents_of_plain(Source("a", "a.txt", "", text, "text"))]
    [('a', 'letter', '1900-05-04')]
    """
    text = source.text
    found = pieces(text)
    notes, taken = find_notes(text, found)
    flow = [p for p in found if p.span not in taken and p.look is not Look.FURNITURE]
    marks = tuple(span for span, _ in page_marks(text))
    first_page = re.match(r"\w+", source.description.pages)
    plan = _Plan(
        source,
        tuple(sorted((*mark_holes(text, notes), *marks))),
        notes,
        pages(text, first_page.group() if first_page else ""),
        abbreviations(text),
    )
    heads = find_heads(text, flow)
    main_end = heads[0].at if heads else len(flow)
    return (*_main(plan, flow[:main_end], flow[main_end:], heads), *_children(plan, flow, heads))


def _main(plan: _Plan, own: list[Piece], rest: list[Piece], heads: tuple[Head, ...]) -> list[Document]:
    """Return the main document and, apart, its front matter."""
    text, source = plan.source.text, plan.source
    if not own:
        return []
    end = rest[0].span.start if rest else len(text)
    start = body_start(text, own, source.description.title)
    made = []
    if start:
        front = heal(text, own[:start])
        made.append(_front_matter(plan, front, own[start].span.start))
    wholes = heal(text, own[start:])
    section = _Section(wholes, own[start].span.start, end, _head_length(text, wholes))
    document = _document(plan, section, source.id, "", "")
    if made:
        document = _lift(document, made[0])
    if heads and not any(b.kind is BlockKind.PARAGRAPH for b in document.blocks):
        document = replace(document, apparatus=True, kind="collection")
    return [document, *made]


def _lift(document: Document, front: Document) -> Document:
    """Return the document with what only its front matter says: where it is held, who translated it."""
    return replace(
        document,
        repository_reference=document.repository_reference or front.repository_reference,
        translator=document.translator or front.translator,
        date=document.date or front.date,
    )


def _front_matter(plan: _Plan, wholes: Sequence[Whole], end: int) -> Document:
    text, source = plan.source.text, plan.source
    lines = [words_of(text, w) for w in wholes]
    held = [(x, repository_reference(x, plan.shorter)) for x in lines]
    line, reference = next(((x, r) for x, r in held if r), ("", ""))
    return Document(
        id=f"{source.id}/front-matter",
        source=source.id,
        title="Front matter",
        kind="front matter",
        segments=(Span(wholes[0].start, end),),
        blocks=tuple(Block(BlockKind.APPARATUS, without(text, w.segments, plan.holes)) for w in wholes),
        repository_reference=reference,
        translator=translator(line),
        parent=source.id,
        apparatus=True,
    )


def _children(plan: _Plan, flow: list[Piece], heads: tuple[Head, ...]) -> list[Document]:
    text, source = plan.source.text, plan.source
    bounds = [*(h.at for h in heads), len(flow)]
    made = []
    for i, head in enumerate(heads):
        own = flow[bounds[i] : bounds[i + 1]]
        numbered = bool(head.number)
        wholes = (Whole((own[0],), own[0].look), *heal(text, own[1:])) if numbered else heal(text, own)
        end = flow[bounds[i + 1]].span.start if i + 1 < len(heads) else len(text)
        section = _Section(wholes, wholes[0].start, end, _head_length(text, wholes))
        number = collapse(text[wholes[0].start : wholes[0].end]).strip("#*_ .:") if numbered else ""
        made.append(_document(plan, section, f"{source.id}/{head.number or i + 1}", number, source.id))
    return made


def _head_length(text: str, wholes: Sequence[Whole]) -> int:
    """Return how many blocks belong to the head: all before the first prose that is no header line."""
    for i, whole in enumerate(wholes):
        words = words_of(text, whole)
        if whole.look is not Look.SHORT and not _is_header(words) and not (i == 0 and whole.look is Look.ITEM):
            return i
        if i > 25:
            return min(i, 1)
    return len(wholes) if len(wholes) <= 1 else 1


def _is_header(words: str) -> bool:
    return len(words) <= 600 and bool(is_source_line(words) or head_field(words) or date_of_line(words))


def _document(plan: _Plan, section: _Section, id_: str, number: str, parent: str) -> Document:
    """Return one document with its blocks, notes, pages and all that its head and foot say."""
    text, about = plan.source.text, plan.source.description
    head = [words_of(text, w) for w in section.wholes[: section.body]]
    titles = _title_blocks(head, numbered=bool(number))
    title = _clean(" ".join(head[i] for i in titles)) or about.title or plan.source.name
    source_lines = [x for x in head if is_source_line(x)]
    fields = dict(filter(None, map(head_field, reversed(head))))
    document = Document(
        id=id_,
        source=plan.source.id,
        title=title,
        kind=_kind_of((title, *(() if parent else (about.title, about.publication)), " ".join(head)[:400])),
        segments=(Span(section.start, section.end),),
        blocks=_blocks(plan, section),
        number=number,
        date=_date(title, head, "" if parent else about.date),
        repository_reference=next((repository_reference(x, plan.shorter) for x in source_lines), ""),
        translator=next(filter(None, map(translator, source_lines)), ""),
        classification=fields.get("classification") or next(filter(None, map(classification, head)), ""),
        parent=parent,
        notes=_notes(plan, id_, section),
        pages=_pages(plan, section),
    )
    author = fields.get("from") or fields.get("author") or next(filter(None, map(byline, head)), "")
    titles_known = tuple(dict.fromkeys(filter(None, (title, "" if parent else about.title))))
    known = author or ("" if parent else about.author)
    people = participants_of(document, text, titles_known, fields, known)
    return replace(document, participants=people, author=author_of(document.kind, people))


def _kind_of(said: Sequence[str]) -> str:
    """Return the first kind that the texts name, "document" where none names one."""
    return next((k for k in map(kind_of, said) if k != "document"), "document")


def _title_blocks(head: Sequence[str], *, numbered: bool) -> tuple[int, ...]:
    """Return which header lines are the title: after the number, the lines before any other kind of header line."""
    found: list[int] = []
    for i in range(1 if numbered else 0, len(head)):
        words = head[i]
        if _is_header(words) or classification(words) or byline(words):
            if found:
                break
            continue
        if found and not numbered:
            break
        found.append(i)
    return tuple(found[:3])


def _clean(title: str) -> str:
    """Return a heading as one line without emphasis marks and note marks."""
    return collapse(_EMPHASIS.sub("", title)).rstrip(_MARKS)


def _date(title: str, head: Sequence[str], known: str) -> PartialDate | None:
    """Return the date at the title's end, else of the date line, else anywhere in the title, else as known."""
    at_end = date_of_title(title[-40:])
    lines = [d for d in map(date_of_line, head) if d is not None and d.day]
    fields = dict(filter(None, map(head_field, head)))
    written = date_of_line(fields.get("date", "")) if fields.get("date") else None
    return (
        at_end or written or next(iter(lines), None) or date_of_title(title) or (parse_date(known) if known else None)
    )


def _blocks(plan: _Plan, section: _Section) -> tuple[Block, ...]:
    text = plan.source.text
    titles = _title_blocks([words_of(text, w) for w in section.wholes[: section.body]], numbered=True)
    last = max((i for i, w in enumerate(section.wholes) if w.look is Look.PROSE and i >= section.body), default=-1)
    made = []
    for i, whole in enumerate(section.wholes):
        segments = without(text, whole.segments, plan.holes)
        if segments:
            made.append(Block(_kind(i, whole, section.body, last, i in titles or i == 0), segments))
    return tuple(made)


def _kind(i: int, whole: Whole, body: int, last: int, titled: bool) -> BlockKind:
    if i < body:
        return BlockKind.HEADING if titled and whole.look is Look.SHORT else BlockKind.HEADER
    if i > last >= 0:
        return BlockKind.SIGNATURE if whole.look is Look.SHORT else BlockKind.APPARATUS
    return BlockKind.HEADING if whole.look is Look.SHORT else BlockKind.PARAGRAPH


def _notes(plan: _Plan, id_: str, section: _Section) -> tuple[Note, ...]:
    """Return the notes whose mark (or, without one, whose text) stands in the section."""
    own = []
    for note in plan.notes:
        at = note.mark.start if note.mark else note.segments[0].start
        if section.start <= at < section.end:
            own.append(Note(id_, note.marker, note.segments, note.mark.start if note.mark else None, note.own))
    return tuple(own)


def _pages(plan: _Plan, section: _Section) -> tuple[Page, ...]:
    inside = [p for p in plan.pages if p.start < section.end and p.end > section.start]
    return tuple(Page(p.label, max(p.start, section.start), min(p.end, section.end)) for p in inside)
