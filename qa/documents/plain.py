"""Documents of a plain text, by the general signs of how archives print them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from qa.documents.attendance import announces, attendance, roll
from qa.documents.blocks import Look, Piece, page_marks, pages, pieces
from qa.documents.heads import (
    abbreviations,
    classification,
    head_field,
    head_fields,
    is_source_line,
    repository_reference,
    translator,
)
from qa.documents.healing import Whole, heal, without, words_of
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.layout import Head, body_start, byline, find_heads
from qa.documents.margins import blanked, line_numbers
from qa.documents.notes import FoundNote, find_notes, mark_holes
from qa.documents.numbering import printed_pages
from qa.documents.outline import clean, date_of, first_kind, is_header, kind_by_signs, number_of, title_blocks, title_of
from qa.documents.participants import author_of, participants_of
from qa.documents.records import Block, BlockKind, Document, Note, Page, Participant
from qa.sources.records import Source
from qa.spans import Span, collapse, quote

_CLOSING = re.compile(  # the address below a signature, what is enclosed, who has copies
    r"\s*(?:To (?:the |His |Her |Mr|Mrs|Miss|Dr|General|Hon)(?!.*\b(?:I|we|my|our)\b)[^.:]{3,120}[.,]?[^.]{0,60}\.?\s*$"
    r"|Enclosures?\b|Cop(?:y|ies) to\b)"
)


_MET = frozenset({"minutes", "memorandum of conversation", "record of conversation", "transcript"})
_OPENING = 4  # a list of those present stands among so many first blocks of the body


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of the whole source while its documents are made; its text without line numbers."""

    source: Source
    original: str  # the text as it is
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
    original, margins = source.text, line_numbers(source.text)
    source = replace(source, text=blanked(original, margins)) if margins else source
    text = source.text
    found = pieces(text)
    notes, taken = find_notes(text, found)
    flow = [p for p in found if p.span not in taken and p.look is not Look.FURNITURE]
    marks = tuple(span for span, _ in page_marks(text))
    lines, numbered = printed_pages(text) if not marks else ((), ())
    flow = [p for p in flow if p.span not in lines]
    first_page = re.match(r"\w+", source.description.pages)
    plan = _Plan(
        source,
        original,
        tuple(sorted((*mark_holes(text, notes), *marks, *lines, *margins))),
        notes,
        pages(text, first_page.group() if first_page else "") or numbered,
        abbreviations(text),
    )
    heads = find_heads(text, flow)
    main_end = heads[0].at if heads else len(flow)
    main = _main(plan, flow[:main_end], flow[main_end:], heads)
    return (*main, *_children(plan, flow, heads, main))


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
    id_, whole = f"{source.id}/front-matter", Span(wholes[0].start, end)
    return Document(
        id=id_,
        source=source.id,
        title="Front matter",
        kind="front matter",
        segments=(whole,),
        blocks=tuple(Block(BlockKind.APPARATUS, without(plan.original, w.segments, plan.holes)) for w in wholes),
        repository_reference=reference,
        translator=translator(line),
        notes=_notes(plan, id_, whole),
        parent=source.id,
        apparatus=True,
    )


def _children(plan: _Plan, flow: list[Piece], heads: tuple[Head, ...], main: Sequence[Document]) -> list[Document]:
    """Return the documents under the heads."""
    text, source = plan.source.text, plan.source
    bounds = [*(h.at for h in heads), len(flow)]
    made = []
    for i, head in enumerate(heads):
        own = flow[bounds[i] : bounds[i + 1]]
        numbered = bool(head.word)
        wholes = (Whole((own[0],), own[0].look), *heal(text, own[1:])) if numbered else heal(text, own)
        end = flow[bounds[i + 1]].span.start if i + 1 < len(heads) else len(text)
        section = _Section(wholes, wholes[0].start, end, _head_length(text, wholes))
        number = collapse(text[wholes[0].start : wholes[0].end]).strip("#*_ .:") if numbered else ""
        document = _document(plan, section, f"{source.id}/{head.number or i + 1}", number, source.id)
        made.append(_entry(text, document, main) if head.number and not head.word else document)
    return made


def _entry(text: str, document: Document, main: Sequence[Document]) -> Document:
    """Return a dated entry of a diary with the diary's title and writer."""
    writer = tuple(p for d in main[:1] for p in d.participants if p.role == "author")
    others = tuple(p for p in document.participants if p.role != "author")
    day = clean(quote(text, document.blocks[0].segments)) if document.blocks else ""
    return replace(
        document,
        title=", ".join(filter(None, (main[0].title if main else "", day))),
        kind="diary",
        participants=(*writer, *others),
        author=" and ".join(p.name for p in writer),
    )


def _head_length(text: str, wholes: Sequence[Whole]) -> int:
    """Return how many blocks belong to the head: all before the first prose that is no header line."""
    for i, whole in enumerate(wholes):
        words = words_of(text, whole)
        if whole.pieces[0].label:
            return i
        if whole.look is not Look.SHORT and not is_header(words) and not (i == 0 and whole.look is Look.ITEM):
            return i
        if i > 25:
            return min(i, 1)
    return len(wholes) if len(wholes) <= 1 else 1


def _document(plan: _Plan, section: _Section, id_: str, number: str, parent: str) -> Document:
    """Return one document with its blocks, notes, pages and all that its head and foot say."""
    text, about = plan.source.text, plan.source.description
    head = [words_of(text, w) for w in section.wholes[: section.body]]
    body = words_of(text, section.wholes[section.body]) if section.body < len(section.wholes) else ""
    fields = head_fields(head)
    title = title_of(head, fields, numbered=bool(number)) or about.title or plan.source.name
    source_lines = [x for x in head if is_source_line(x)]
    notes = _notes(plan, id_, Span(section.start, section.end))
    told = () if parent else (about.title, about.publication)
    said = first_kind((title, *told, " ".join(head)[:400], *_above_speech(text, section)))
    document = Document(
        id=id_,
        source=plan.source.id,
        title=title,
        kind=said if said != UNKNOWN else kind_by_signs(head, body, noted=bool(notes)),
        segments=(Span(section.start, section.end),),
        blocks=_blocks(plan, section),
        number=number or ("" if parent else number_of(head)),
        date=date_of(title, head, body, "" if parent else about.date),
        repository_reference=next((repository_reference(x, plan.shorter) for x in source_lines), ""),
        translator=next(filter(None, map(translator, source_lines)), ""),
        classification=fields.get("classification") or next(filter(None, map(classification, head)), ""),
        parent=parent,
        notes=notes,
        pages=_pages(plan, section),
    )
    author = fields.get("from") or fields.get("author") or next(filter(None, map(byline, head)), "")
    known = author or ("" if parent else about.author)
    listed = _listed(text, section, document.kind)
    labelled = any(w.pieces[0].label for w in section.wholes)
    titles = _told_titles(plan, title, head, parent)
    people = participants_of(document, text, titles, fields, known, listed, labelled=labelled)
    return replace(document, participants=people, author=author_of(document.kind, people))


def _above_speech(text: str, section: _Section) -> list[str]:
    """Return the headings before anybody speaks under a label; none where nobody does."""
    first = next((i for i, w in enumerate(section.wholes) if w.pieces[0].label), 0)
    return [words_of(text, w) for w in section.wholes[section.body : first] if w.look is Look.SHORT]


def _listed(text: str, section: _Section, kind: str) -> tuple[Participant, ...]:
    """Return those whom a list names: in the head, or below a first paragraph that tells when the meeting began."""
    found = attendance([words_of(text, w) for w in section.wholes[: section.body]])
    if found or kind not in _MET:
        return found
    opening = section.wholes[: section.body + _OPENING]
    at = next((i for i, w in enumerate(opening) if w.look is Look.SHORT and announces(words_of(text, w))), None)
    if at is not None:
        return attendance([words_of(text, w) for w in takewhile(lambda w: w.look is Look.SHORT, section.wholes[at:])])
    lines = [words_of(text, w).split("\n") for w in section.wholes[1 : section.body] if w.look is Look.SHORT]
    return roll([line for group in lines for line in group])


def _told_titles(plan: _Plan, title: str, head: Sequence[str], parent: str) -> tuple[str, ...]:
    """Return the title and what else names writer and recipient: the known title, a line "Letter from X to Y"."""
    others = [x for x in head if kind_of(x) != UNKNOWN and not is_header(x) and " from " in x and " to " in x]
    known = "" if parent else plan.source.description.title
    subject = any(head_field(x) and title in clean(x) for x in head)
    return tuple(dict.fromkeys(filter(None, ("" if subject else title, *(clean(x) for x in others), known))))


def _blocks(plan: _Plan, section: _Section) -> tuple[Block, ...]:
    text = plan.source.text
    titles = title_blocks([words_of(text, w) for w in section.wholes[: section.body]], numbered=True)
    prose = [i for i, w in enumerate(section.wholes) if w.look is Look.PROSE and i >= section.body]
    if len(prose) > 1 and _CLOSING.match(words_of(text, section.wholes[prose[-1]])):
        prose.pop()
    last = max(prose, default=-1)
    above = any(p.label and p.label.above for w in section.wholes for p in w.pieces)
    made = []
    for i, whole in enumerate(section.wholes):
        segments = without(plan.original, whole.segments, plan.holes)
        if segments:
            first = whole.pieces[0].label
            label = first.name if first and above else ""  # no colon tells it from the words behind
            made.append(Block(_kind(i, whole, section.body, last, i in titles or i == 0), segments, label))
    return tuple(made)


def _kind(i: int, whole: Whole, body: int, last: int, titled: bool) -> BlockKind:
    if i < body:
        return BlockKind.HEADING if titled and whole.look is Look.SHORT else BlockKind.HEADER
    if i > last >= 0:
        return BlockKind.SIGNATURE if whole.look is not Look.ITEM else BlockKind.APPARATUS
    return BlockKind.HEADING if whole.look is Look.SHORT else BlockKind.PARAGRAPH


def _notes(plan: _Plan, id_: str, section: Span) -> tuple[Note, ...]:
    """Return the notes whose mark (or, without one, whose text) stands in the section."""
    own = []
    for note in plan.notes:
        at = note.mark.start if note.mark else note.segments[0].start
        if section.start <= at < section.end:
            own.append(Note(id_, note.marker, note.segments, note.mark.start if note.mark else None, note.own))
    return tuple(own)


def _pages(plan: _Plan, section: _Section) -> tuple[Page, ...]:
    low = max(bisect_left(plan.pages, section.start, key=lambda page: page.start) - 1, 0)
    high = bisect_left(plan.pages, section.end, key=lambda page: page.start)
    inside = [p for p in plan.pages[low:high] if p.end > section.start]
    return tuple(Page(p.label, max(p.start, section.start), min(p.end, section.end)) for p in inside)
