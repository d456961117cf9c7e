"""Spans of a source's text, lists of them, and running text with the way back to the source.

Every offset counts code points of the text of one source. A *segment* is a `Span`; what a page break or a note
interrupts has several. Segments in a list are sorted and do not overlap.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `[start, end)` of code points.

    >>> Span(3, 5)
    Span(start=3, end=5)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start


Segments = tuple[Span, ...]


def collapse(text: str) -> str:
    r"""Return the text with each run of white space as one space, none at the ends.

    >>> collapse("  a\n b ")
    'a b'
    """
    return " ".join(text.split())


def quote(text: str, segments: Iterable[Span]) -> str:
    """Return the segments' text as it is shown: white space collapsed, the pieces joined by one space.

    >>> quote("permitting [Page 1080] the Kremlin", (Span(0, 10), Span(23, 34)))
    'permitting the Kremlin'
    """
    return " ".join(filter(None, (collapse(text[s.start : s.end]) for s in segments)))


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without white space at its ends, `None` where nothing else is there.

    >>> trim(" ab ", 0, 4)
    Span(start=1, end=3)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def subtract(segments: Iterable[Span], holes: Iterable[Span]) -> Segments:
    """Return what is left of the segments outside the holes (any order).

    >>> subtract((Span(0, 10),), (Span(2, 3), Span(8, 12)))
    (Span(start=0, end=2), Span(start=3, end=8))
    """
    cuts = sorted(holes)
    left: list[Span] = []
    for segment in segments:
        at = segment.start
        for hole in cuts:
            if hole.end <= at or hole.start >= segment.end:
                continue
            if hole.start > at:
                left.append(Span(at, hole.start))
            at = hole.end
        if at < segment.end:
            left.append(Span(at, segment.end))
    return tuple(left)


def intersect(segments: Iterable[Span], others: Iterable[Span]) -> Segments:
    """Return the parts of the segments that lie inside the others.

    >>> intersect((Span(0, 4), Span(6, 9)), (Span(2, 7),))
    (Span(start=2, end=4), Span(start=6, end=7))
    """
    pool = tuple(others)
    pairs = ((max(s.start, o.start), min(s.end, o.end)) for s in segments for o in pool)
    return tuple(Span(start, end) for start, end in pairs if start < end)


def overlap(segments: Iterable[Span], others: Iterable[Span]) -> int:
    """Return how many code points both lists cover.

    >>> overlap((Span(0, 4), Span(6, 9)), (Span(2, 7),))
    3
    """
    return sum(map(len, intersect(segments, others)))


def merge(text: str, segments: Iterable[Span]) -> Segments:
    r"""Return sorted segments, neighbours with nothing but white space between them made one.

    >>> merge("a b c", (Span(2, 3), Span(0, 1)))
    (Span(start=0, end=3),)
    """
    merged: list[Span] = []
    for segment in sorted(segments):
        if merged and not text[merged[-1].end : segment.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, segment.end))
        else:
            merged.append(segment)
    return tuple(merged)


def ordered(segments: Sequence[Span]) -> bool:
    """Return whether the segments are sorted and do not overlap."""
    return all(a.end <= b.start for a, b in pairwise(segments))


@dataclass(frozen=True, slots=True)
class View:
    r"""The running text of some segments, in which an offset can be traced back to the source.

    White space characters stand as plain spaces, one for one, and one space joins two pieces; so patterns and
    sentence rules see no line breaks, page breaks or notes.

    >>> view = View.of("drawn\n[2]\ninto war", (Span(0, 5), Span(10, 18)))
    >>> view.text
    'drawn into war'
    >>> view.segments(0, 10)
    (Span(start=0, end=5), Span(start=10, end=14))
    """

    text: str
    pieces: Segments
    starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, source_text: str, segments: Iterable[Span]) -> View:
        """Return the view of the segments of a source's text."""
        pieces = tuple(segments)
        starts: list[int] = []
        parts: list[str] = []
        at = 0
        for piece in pieces:
            starts.append(at)
            raw = source_text[piece.start : piece.end]
            parts.append("".join(" " if c.isspace() else c for c in raw))
            at += len(piece) + 1
        return cls(" ".join(parts), pieces, tuple(starts))

    def segments(self, start: int, end: int) -> Segments:
        """Return the source's segments of the view's range, without white space at the ends of the range."""
        span = trim(self.text, start, end)
        if span is None:
            return ()
        found = []
        for piece, at in zip(self.pieces, self.starts, strict=True):
            low, high = max(span.start, at), min(span.end, at + len(piece))
            if low < high:
                found.append(Span(piece.start + low - at, piece.start + high - at))
        return tuple(found)

    def offset(self, at: int) -> int:
        """Return the source's offset of the view's offset (a joining space counts to the piece before)."""
        index = max(bisect_right(self.starts, at) - 1, 0)
        piece = self.pieces[index]
        return min(piece.start + at - self.starts[index], piece.end)
