"""Where a gold text stands in its source: white space, note marks and page breaks apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from qa.documents.records import Document
from qa.sources.records import Source
from qa.spans import Segments, Span, View, intersect, subtract

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_GAP = rf"[{_SUPERSCRIPTS}]*\s+[{_SUPERSCRIPTS}]*"
_PAGE_MARK = re.compile(r"\[(?:page|pp?\.)\s{0,4}([^\[\]\s]{1,12})\]", re.IGNORECASE)
_MARKS = re.compile(rf"{_PAGE_MARK.pattern}|[{_SUPERSCRIPTS}]", re.IGNORECASE)


def locate(text: str, source: Source, document: Document | None = None) -> tuple[Segments, ...]:
    """Return every place of the text in the document (in the whole source where the document is not known).

    The raw text is searched first, any white space and superscript note marks standing for a space; then the
    document's healed running text and its notes, so that a span may run over a page break. A text that stands once in
    the source needs no document to be found: an id that a later reading of the source divides otherwise stays good.
    """
    if not text.split():
        return ()
    raw: list[Segments] = [(span,) for span in _places(text, source.text)]
    if len(raw) == 1 or document is None:
        return tuple(raw)
    own = extent(document)
    inside = [place for place in raw if _covered(place, own)]
    if not inside:
        views = _views(source.text, document)
        inside = [view.segments(span.start, span.end) for view in views for span in _places(text, view.text)]
    return tuple(dict.fromkeys(inside))


def bare(text: str) -> str:
    """Return the letters and digits that a quote must show: without page marks and superscript note marks.

    >>> bare(' ,” [Page 12] ²³ ')
    ''
    """
    return "".join(filter(str.isalnum, _MARKS.sub("", text)))


def covers(text: str, quote: Iterable[Span], span: Iterable[Span]) -> bool:
    """Return whether the quote holds the span, but for white space, punctuation, page marks and marks of notes.

    >>> covers("He said [Page 2] no.", (Span(0, 7), Span(17, 20)), (Span(3, 19),))
    True
    >>> covers("He said no.", (Span(0, 7),), (Span(3, 10),))
    False
    """
    return not any(bare(text[piece.start : piece.end]) and not _glued(text, piece) for piece in subtract(span, quote))


def _glued(text: str, piece: Span) -> bool:
    """Return whether the piece is a plain number set right behind a word or stop: the mark of a note ("request.2")."""
    mark = text[piece.start : piece.end].strip()
    before = text[piece.start - 1 : piece.start]
    return mark.isdecimal() and len(mark) <= 3 and bool(before) and not before.isspace() and not before.isdecimal()


def extent(document: Document) -> Segments:
    """Return what belongs to the document: its own text and its notes."""
    notes = (piece for note in document.notes for piece in note.segments)
    return tuple(sorted((*document.segments, *notes)))


@lru_cache(maxsize=64)
def page_marks(text: str) -> tuple[tuple[int, str], ...]:
    """Return offset and label of each mark such as "[Page 12]" in the raw text.

    >>> page_marks("a [Page 12] b [p. xiv] c")
    ((2, '12'), (14, 'xiv'))
    """
    return tuple((match.start(), match.group(1)) for match in _PAGE_MARK.finditer(text))


def pages_of(text: str, segments: Iterable[Span]) -> tuple[str, ...] | None:
    """Return the pages on which the segments stand, read from the raw text's own marks; `None` where they are unknown.

    This asks nothing of the system under test. What stands before the first mark is on a page that is not known.

    >>> pages_of("a [Page 12] b [Page 13] c", (Span(12, 13), Span(24, 25)))
    ('12', '13')
    >>> pages_of("a [Page 12] b", (Span(0, 1),)) is None
    True
    """
    marks = page_marks(text)
    found: list[str] = []
    for segment in segments:
        before = [label for at, label in marks if at <= segment.start]
        if not before:
            return None
        found += [before[-1], *(label for at, label in marks if segment.start < at < segment.end)]
    return tuple(dict.fromkeys(found)) or None


def _places(wanted: str, text: str) -> list[Span]:
    """Return where the words stand in the text, one after another.

    Both are compared with each gap as one space, which is much faster than a pattern of all the words. Only words that
    have marks of notes themselves need that pattern.
    """
    words = wanted.split()
    if any(mark in wanted for mark in _SUPERSCRIPTS):
        pattern = re.compile(_GAP.join(map(re.escape, words)))
        return [Span(*match.span()) for match in pattern.finditer(text)]
    spaced = _spaced(text)
    sought, found = " ".join(words), []
    at = spaced.text.find(sought)
    while at >= 0:
        found.append(Span(spaced.raw(at), spaced.raw(at + len(sought) - 1) + 1))
        at = spaced.text.find(sought, at + len(sought))
    return found


@dataclass(frozen=True, slots=True)
class _Spaced:
    """A text with one space for each gap; `ends` are the offsets behind the spaces, `raw_ends` the same in the text."""

    text: str
    ends: tuple[int, ...]
    raw_ends: tuple[int, ...]

    def raw(self, offset: int) -> int:
        """Return where a character that is no space stands in the text."""
        before = bisect_right(self.ends, offset) - 1
        return offset if before < 0 else offset - self.ends[before] + self.raw_ends[before]


@lru_cache(maxsize=64)
def _spaced(text: str) -> _Spaced:
    raw_ends, ends, removed = [], [], 0
    for match in re.finditer(_GAP, text):
        removed += match.end() - match.start() - 1
        raw_ends.append(match.end())
        ends.append(match.end() - removed)
    return _Spaced(re.sub(_GAP, " ", text), tuple(ends), tuple(raw_ends))


def _covered(place: Segments, own: Segments) -> bool:
    return sum(map(len, intersect(place, own))) * 2 >= sum(map(len, place))


def _views(text: str, document: Document) -> Iterable[View]:
    paragraphs = [piece for block in document.blocks for piece in block.segments]
    yield View.of(text, paragraphs or document.segments)
    for note in document.notes:
        yield View.of(text, note.segments)
