"""Footnotes of plain text: which pieces are notes, where their marks stand, what of the text is the mark itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from qa.documents.blocks import Piece
from qa.documents.endings import is_closed
from qa.spans import Span, trim

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT_HEAD = re.compile(r"(?P<mark>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[.)]?\s+(?=\S)")
_SYMBOL_HEAD = re.compile(r"(?P<mark>\*{1,3}|†|‡|§)\s*(?=[A-Z“\"‘\[(])")
_EMPHASIS = re.compile(
    r"(?<![\w*])(?P<mark>\*{1,3})(?=[^\s*])[^*\n]{1,300}(?<=\S)(?P=mark)(?!\*)"
)  # "*Peace* and **war**"
_BRACKET_HEAD = re.compile(r"\[(?P<mark>\d{1,3})\]\s+(?=\S)")
_LIST_HEAD = re.compile(r"\s*(?P<mark>\d{1,3})[.)]\s+(?=\S)")
_CARET_HEAD = re.compile(r"\[\^(?P<mark>[^\[\]\s]{1,20})\]:\s+(?=\S)")
_CARET_MARK = re.compile(r"(?<=\S)\[\^(?P<mark>[^\[\]\s]{1,20})\](?!:)")
_SUPERSCRIPT_MARK = re.compile(r"(?<=\S)[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_SYMBOL_MARK = re.compile(r"(?<=[\w.,;:!?\"”’)\]])(?P<mark>\*{1,3}|†|‡|§)(?=\s|$)")
_BRACKET_MARK = re.compile(r"(?<=[\w.,;:!?\"”’)])\[(?P<mark>\d{1,3})\](?=[\s.,;:!?\"”’)]|$)")
_GLUED = re.compile(r"(?P<word>\b[A-Za-z][\w.’']*[ ]?\d*[a-z.,;:!?\"”’)\d])(?P<mark>\d{1,2})(?=\s|$)")
_OWN = re.compile(
    r"\[\s*(?:foot|end)?notes?\s+(?:is\s+)?(?:in|of|from)\s+(?:the\s+)?(?:source|document|original|text)", re.I
)
_TAIL = 0.5  # a numbered list counts as the notes only when it stands behind the first half of the text


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note of the source: its marker as written at the note, its words, and the span of its mark in the text."""

    marker: str
    segments: tuple[Span, ...]
    mark: Span | None
    own: bool


def find_notes(text: str, pieces: tuple[Piece, ...]) -> tuple[tuple[FoundNote, ...], frozenset[Span]]:
    """Return the source's notes and the spans of the pieces that they take up.

    Three styles: marks in superscript, symbols or brackets with the notes under the page, and a numbered list at the
    end whose marks stand as symbols or as digits glued to a word. A piece is a note only when something of the text
    before it bears the mark, or when it stands in such a list.
    """
    style = next(
        (s for s in (_CARET_STYLE, _SUPERSCRIPT_STYLE, _BRACKET_STYLE, _SYMBOL_STYLE) if _has_pairs(text, pieces, s)),
        None,
    )
    if style is not None:
        return _under_page(text, pieces, style)
    return _at_end(text, pieces)


@dataclass(frozen=True, slots=True)
class _Style:
    head: re.Pattern[str]
    mark: re.Pattern[str]


_CARET_STYLE = _Style(_CARET_HEAD, _CARET_MARK)
_SUPERSCRIPT_STYLE = _Style(_SUPERSCRIPT_HEAD, _SUPERSCRIPT_MARK)
_BRACKET_STYLE = _Style(_BRACKET_HEAD, _BRACKET_MARK)
_SYMBOL_STYLE = _Style(_SYMBOL_HEAD, _SYMBOL_MARK)


def _plain(mark: str) -> str:
    return mark.translate(_SUPERSCRIPT).strip("[]^")


def _heads(text: str, pieces: tuple[Piece, ...], style: _Style) -> list[tuple[int, str]]:
    """Return the pieces that begin like a note, by position, with their markers."""
    found = []
    for i, piece in enumerate(pieces):
        match = style.head.match(text, piece.span.start, piece.span.end)
        if match is not None and not _EMPHASIS.match(text, match.start(), piece.span.end):
            found.append((i, _plain(match["mark"])))
    return found


def _marks(text: str, style: _Style) -> list[tuple[Span, str]]:
    closing = {m.end() for m in _EMPHASIS.finditer(text)}
    return [(Span(m.start(), m.end()), _plain(m.group())) for m in style.mark.finditer(text) if m.end() not in closing]


def _has_pairs(text: str, pieces: tuple[Piece, ...], style: _Style) -> bool:
    heads = {marker for _, marker in _heads(text, pieces, style)}
    return bool(heads & {marker for _, marker in _marks(text, style)})


def _under_page(text: str, pieces: tuple[Piece, ...], style: _Style) -> tuple[tuple[FoundNote, ...], frozenset[Span]]:
    """Return notes that stand under their page; each takes the nearest unused mark of its number before it."""
    marks: dict[str, list[Span]] = {}
    for mark, marker in _marks(text, style):
        marks.setdefault(marker, []).append(mark)
    used: dict[str, int] = {}  # how many marks of the number are behind the last one taken
    found: list[FoundNote] = []
    taken: set[Span] = set()
    for i, marker in _heads(text, pieces, style):
        span = pieces[i].span
        known = marks.get(marker, [])
        last = bisect_right(known, span.start, key=lambda mark: mark.end) - 1
        if last < used.get(marker, 0):
            continue
        used[marker] = last + 1
        spans = [span, *_continuations(text, pieces, i, style)]
        taken.update(spans)
        body = style.head.match(text, span.start, span.end)
        start = body.end() if body else span.start
        segments = (Span(start, span.end), *spans[1:])
        found.append(FoundNote(marker, segments, known[last], _is_own(text, segments)))
    return tuple(found), frozenset(taken)


def _continuations(text: str, pieces: tuple[Piece, ...], i: int, style: _Style) -> list[Span]:
    """Return the pieces after note `i` that go on with it: it stops in mid sentence and they look like no new text."""
    found: list[Span] = []
    last = pieces[i].span
    for piece in pieces[i + 1 :]:
        words = text[piece.span.start : piece.span.end]
        ended = is_closed(text[last.start : last.end]) and text[last.start : last.end].rstrip()[-1:] != ":"
        if ended or style.head.match(words) or not (words[0].islower() or words.startswith("http")):
            break
        found.append(piece.span)
        last = piece.span
    return found


def _is_own(text: str, segments: tuple[Span, ...]) -> bool:
    return any(_OWN.search(text, s.start, s.end) for s in segments)


def _at_end(text: str, pieces: tuple[Piece, ...]) -> tuple[tuple[FoundNote, ...], frozenset[Span]]:
    """Return the notes of a numbered list that closes the text, with the marks that can be told in it."""
    tail: list[tuple[Piece, re.Match[str]]] = []
    for piece in reversed(pieces):
        match = _LIST_HEAD.match(text, piece.span.start, piece.span.end)
        if match is None or piece.span.start < len(text) * _TAIL:
            break
        tail.insert(0, (piece, match))
    numbers = [int(match["mark"]) for _, match in tail]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return (), frozenset()
    body_end = tail[0][0].span.start
    notes = []
    for piece, match in tail:
        body = trim(text, match.end(), piece.span.end)
        if body is not None:
            notes.append(FoundNote(match["mark"], (body,), None, _is_own(text, (body,))))
    anchored = _anchor_list(text, body_end, notes)
    if not any(note.mark for note in anchored):
        return (), frozenset()
    return tuple(anchored), frozenset(piece.span for piece, _ in tail)


def _anchor_list(text: str, body_end: int, notes: list[FoundNote]) -> list[FoundNote]:
    """Return the notes with the marks that stand in the text before `body_end`.

    Symbols come first in order; then digits glued to a word, whose number may lag behind the list's by the number of
    symbols before it. A glued digit counts only when the note's own words repeat the word without the digit, or
    when the word is a plain one that no digit belongs to.
    """
    glued = list(_GLUED.finditer(text, 0, body_end))
    symbols = [mark for mark, _ in _marks(text, _SYMBOL_STYLE) if mark.end <= body_end]
    anchored = [replace(n, mark=m) for n, m in zip(notes, symbols, strict=False)] + notes[len(symbols) :]
    after = symbols[-1].end if symbols else 0
    for i in range(len(symbols), len(anchored)):
        printed = int(anchored[i].marker) - len(symbols)
        mark = _glued_mark(text, glued, after, str(printed), anchored[i])
        if mark is not None:
            anchored[i] = replace(anchored[i], mark=mark)
            after = mark.end
    return anchored


def _glued_mark(text: str, candidates: list[re.Match[str]], start: int, digits: str, note: FoundNote) -> Span | None:
    words = text[note.segments[0].start : note.segments[-1].end]
    for match in candidates[bisect_right(candidates, start, key=lambda m: m.start() + 1) :]:
        glued = match.group()
        if not glued.endswith(digits):
            continue
        stem = glued[: len(glued) - len(digits)]
        plain = not any(c.isdigit() for c in stem)
        if plain or (stem.strip() and re.search(rf"\b{re.escape(stem.strip())}\b", words)):
            return Span(match.end() - len(digits), match.end())
    return None


def mark_holes(text: str, notes: tuple[FoundNote, ...]) -> tuple[Span, ...]:
    """Return the marks that can leave the running text without a trace: those followed by white space or nothing.

    A mark with a letter or a stop right behind it stays in the quotation, which would else not be verbatim.
    """
    marks = [n.mark for n in notes if n.mark is not None]
    return tuple(m for m in marks if m.end >= len(text) or text[m.end].isspace())
