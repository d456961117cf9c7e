"""Paragraphs made whole again: what a page break or a note tore apart becomes one block of several segments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from qa.documents.blocks import Look, Piece, is_markdown_heading
from qa.documents.endings import is_closed, is_list, is_open_prose
from qa.documents.heads import date_of_line, head_field, head_number, is_source_line
from qa.documents.labels import is_examining
from qa.documents.talk import is_bare
from qa.spans import Segments, Span, merge, subtract

_ASIDE = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}|\*[^\s*][^*]*\*|_[^\s_][^_]*_)\s*")
_HEADING_WORDS = 12  # a piece of body text of so many words that stops without a stop is a torn sentence, no heading


@dataclass(frozen=True, slots=True)
class Whole:
    """One or more pieces that are one paragraph, with the look of the whole."""

    pieces: tuple[Piece, ...]
    look: Look

    @property
    def segments(self) -> Segments:
        """The pieces' spans."""
        return tuple(piece.span for piece in self.pieces)

    @property
    def start(self) -> int:
        """Where the first piece begins."""
        return self.pieces[0].span.start

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1].span.end


def words_of(text: str, whole: Whole) -> str:
    """Return the whole's raw text, pieces joined by a line break."""
    return "\n".join(text[s.start : s.end] for s in whole.segments)


def heal(text: str, pieces: Sequence[Piece], *, in_body: bool = False) -> tuple[Whole, ...]:
    """Return the pieces with torn paragraphs joined. `in_body`: prose went before, so long lines are no headings."""
    groups: list[list[Piece]] = []
    prose_before = in_body
    for piece in pieces:
        if groups and _goes_on(text, groups[-1][-1], piece, prose_before):
            groups[-1].append(piece)
        else:
            groups.append([piece])
        prose_before = prose_before or piece.look is Look.PROSE
    return tuple(Whole(tuple(g), g[0].look if len(g) == 1 else _joined_look(g)) for g in groups)


def _joined_look(group: list[Piece]) -> Look:
    return Look.ITEM if group[0].look is Look.ITEM else Look.PROSE


def _goes_on(text: str, before: Piece, after: Piece, prose_before: bool) -> bool:
    """Return whether `after` continues the sentence in which `before` stops."""
    stopped, resumed = text[before.span.start : before.span.end], text[after.span.start : after.span.end]
    if before.label is not None and is_bare(stopped):
        return after.label is None or is_examining(f"{stopped} {resumed}")
    if after.label is not None or is_closed(stopped) or is_list(stopped) or _is_head(stopped) or _is_head(resumed):
        return False
    first = resumed.lstrip("\"'“‘([*")[:1]
    if is_aside(stopped) or is_aside(resumed) or (stopped.rstrip()[-1:] in ")]" and not first.islower()):
        return False
    if is_open_prose(stopped):
        return True
    words = len(stopped.split())
    if first.islower() and after.look is Look.PROSE and words >= 5:
        return True
    return prose_before and words >= _HEADING_WORDS and after.look is Look.PROSE


def is_aside(words: str) -> bool:
    """Return whether all of a text stands in one pair of brackets or in italics: a stage direction, a remark.

    >>> is_aside("[They leave (slowly).]"), is_aside("(He left) and (she came)")
    (True, False)
    """
    return _ASIDE.fullmatch(words) is not None


def _is_head(words: str) -> bool:
    if len(words) > 400:
        return is_source_line(words)
    return is_markdown_heading(words) or bool(
        head_number(words) or head_field(words) or is_source_line(words) or date_of_line(words)
    )


def without(text: str, segments: Segments, holes: Sequence[Span]) -> Segments:
    """Return the segments without the holes, white space at the edges trimmed; the holes are sorted."""
    low = bisect_left(holes, segments[0].start, key=lambda hole: hole.start)
    high = bisect_left(holes, segments[-1].end, key=lambda hole: hole.start)
    left = subtract(segments, holes[low:high])
    trimmed = []
    for span in left:
        start, end = span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            trimmed.append(Span(start, end))
    return merge(text, trimmed)
