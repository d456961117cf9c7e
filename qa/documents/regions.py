"""A source's marks, sorted by the document that they belong to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from qa.documents.records import Block, BlockKind, Note, Page
from qa.sources.records import Mark, MarkKind, Source
from qa.spans import Span, subtract, trim

_CONTEXTS = frozenset({MarkKind.DOCUMENT, MarkKind.APPARATUS, MarkKind.QUOTATION, MarkKind.NOTE})
_BLOCKS = {
    MarkKind.HEAD: BlockKind.HEADING,
    MarkKind.DATELINE: BlockKind.HEADER,
    MarkKind.SOURCE_NOTE: BlockKind.HEADER,
    MarkKind.SIGNATURE: BlockKind.SIGNATURE,
    MarkKind.PARAGRAPH: BlockKind.PARAGRAPH,
    MarkKind.ITEM: BlockKind.PARAGRAPH,
    MarkKind.APPARATUS: BlockKind.APPARATUS,
}
_SET_APART = frozenset({"center", "centerstrong", "right", "underline", "strong", "bold", "smallcaps", "italic"})
_LONGEST_HEADING = 160


@dataclass(slots=True)
class Region:
    """One document's range with the marks that stand in it, its children's apart; `mark` is `None` outside all."""

    mark: Mark | None
    start: int
    end: int
    parent: Region | None = None
    children: list[Region] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    blocks: list[tuple[Mark, Block]] = field(default_factory=list)

    def own(self) -> tuple[Span, ...]:
        """Return the range without the children's."""
        holes = [Span(child.start, child.end) for child in self.children]
        return subtract((Span(self.start, self.end),), holes)

    def all(self) -> Iterator[Region]:
        """Yield the region and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.all()


def regions(source: Source) -> Region:
    """Return the tree of the source's documents; the root is what stands outside them."""
    root = Region(None, 0, len(source.text))
    here = root
    context: list[Mark] = []
    covered = 0
    for mark in source.marks:
        while context and context[-1].end <= mark.start and mark.kind != MarkKind.PAGE:
            context.pop()
        while here.parent is not None and mark.start >= here.end:
            here = here.parent
        if mark.kind == MarkKind.DOCUMENT:
            child = Region(mark, mark.start, mark.end, here)
            here.children.append(child)
            here = child
            context.append(mark)
            continue
        here.marks.append(mark)
        covered = _add_block(source.text, here, mark, _inner(context), covered)
        if mark.kind in _CONTEXTS or _is_said(mark):
            context.append(mark)
    return root


def _inner(context: Sequence[Mark]) -> list[Mark]:
    """Return the marks around that stand within the innermost document, outermost first."""
    inside = list(takewhile(lambda mark: mark.kind != MarkKind.DOCUMENT, reversed(context)))
    return inside[::-1]


def _is_said(mark: Mark) -> bool:
    """Return whether the mark covers all that a speaker says, not just the label."""
    return mark.kind == MarkKind.SPEAKER and mark.attributes.get("said") == "true"


def _add_block(text: str, region: Region, mark: Mark, context: Sequence[Mark], covered: int) -> int:
    """Add the block that the mark makes, and return where the last block ends; a mark inside a block makes none."""
    kinds = {m.kind for m in context}
    if mark.kind == MarkKind.SPEAKER:
        _label(region, mark)
    if mark.kind == MarkKind.SOURCE_NOTE and "anchor" in mark.attributes:
        return max(covered, mark.end)
    span = trim(text, max(mark.start, covered), mark.end)
    if mark.kind not in _BLOCKS or MarkKind.NOTE in kinds or span is None:
        return covered
    if mark.kind == MarkKind.APPARATUS and "\n\n" in text[mark.start : mark.end]:
        return covered
    kind = _kind(text[mark.start : mark.end], mark, kinds, region.mark is None)
    label = next((m.attributes.get("name", "") for m in reversed(context) if _is_said(m)), "")
    region.blocks.append((mark, Block(kind, (span,), label)))
    return mark.end


def _label(region: Region, mark: Mark) -> None:
    """Give the label to the block that it stands at the head of."""
    if region.blocks and region.blocks[-1][1].segments[0].start == mark.start and region.blocks[-1][0].end >= mark.end:
        paragraph, block = region.blocks[-1]
        region.blocks[-1] = (paragraph, Block(block.kind, block.segments, mark.attributes.get("name", "")))


def _kind(text: str, mark: Mark, context: set[MarkKind], outside: bool) -> BlockKind:
    kind = _BLOCKS[mark.kind]
    if kind == BlockKind.HEADING:
        return kind
    if MarkKind.APPARATUS in context or (outside and kind == BlockKind.PARAGRAPH):
        return BlockKind.APPARATUS
    if kind != BlockKind.PARAGRAPH:
        return kind
    rend = set(mark.attributes.get("rend", "").split())
    if MarkKind.QUOTATION in context:
        return BlockKind.QUOTATION
    if len(text) <= _LONGEST_HEADING and _SET_APART & rend and "continued" not in mark.attributes:
        return BlockKind.HEADING
    if len(text) <= _LONGEST_HEADING and "flushleft" in rend and not text.rstrip().endswith((".", ":")):
        return BlockKind.HEADER
    return kind


class Pages:
    """The printed pages of a source."""

    def __init__(self, source: Source) -> None:
        marks = [m for m in source.marks if m.kind == MarkKind.PAGE and m.attributes.get("n")]
        self._starts = [m.start for m in marks]
        self._labels = [m.attributes["n"].strip("[] ") for m in marks]
        self._length = len(source.text)

    def at(self, offset: int) -> str:
        """Return the label of the page on which the offset stands, "" before the first."""
        index = bisect_right(self._starts, offset) - 1
        return self._labels[index] if index >= 0 else ""

    def within(self, start: int, end: int) -> list[Page]:
        """Return the pages of the range, cut to it."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        for index in range(first, bisect_right(self._starts, end - 1)):
            after = self._starts[index + 1] if index + 1 < len(self._starts) else self._length
            low, high = max(self._starts[index], start), min(after, end)
            if low < high and self._labels[index]:
                found.append(Page(self._labels[index], low, high))
        return found

    def of(self, region: Region, notes: Sequence[Note]) -> tuple[Page, ...]:
        """Return the pages of a document; a note stands on the page where its mark stands, not where its text does."""
        new = []
        for note in notes:
            label = self.at(max(note.anchor - 1, 0)) if note.anchor is not None else ""
            start, end = note.segments[0].start, note.segments[-1].end
            if label and {self.at(start), self.at(end - 1)} != {label}:
                new.append(Page(label, start, end))
        return tuple(_overlaid(self.within(region.start, region.end), new))


def _overlaid(pages: Sequence[Page], new: Sequence[Page]) -> list[Page]:
    """Return the pages with the new ones in their place; both are sorted and neither overlaps itself.

    >>> _overlaid([Page("1", 0, 4), Page("2", 4, 9)], [Page("1", 6, 7)])
    [Page(label='1', start=0, end=4), Page(label='2', start=4, end=6), Page(label='1', start=6, end=7), \
Page(label='2', start=7, end=9)]
    """
    laid: list[Page] = []
    waiting = sorted(new, key=lambda page: page.start)[::-1]
    at = 0
    for page in pages:
        at = max(at, page.start)
        while waiting and waiting[-1].start < page.end:
            over = waiting.pop()
            laid += [Page(page.label, at, over.start)] if at < over.start else []
            laid.append(over)
            at = over.end
        laid += [Page(page.label, at, page.end)] if at < page.end else []
    return laid
