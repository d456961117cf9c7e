"""Texts made safe for a terminal, measured in its columns and wrapped, with what is emphasised in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import combining

from qa.spans import Segments, Span

Range = tuple[int, int]

# Controls (C0, C1), embeddings, overrides and isolates of direction (UAX 9), language tags: nothing that is printed.
# What stands for white space becomes a space before.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s")
_NARROW = re.compile("[\x20-\u02ff\u2010-\u2027\u0370-\u0482\u048a-\u052f]*")


def clean(text: str) -> str:
    r"""Return the text as it may reach a terminal: no control or direction-changing character, white space as spaces.

    >>> clean("a\x1b[31mred\x07\u202eb\tc")
    'a[31mredb c'
    """
    return _UNSAFE.sub("", _SPACE.sub(" ", _SURROGATE.sub("\ufffd", text)))


def cells(text: str) -> int:
    """Return how many columns of a terminal the text takes (East Asian wide characters two, combining ones none).

    >>> cells("abc"), cells("“ça”"), cells("北京"), cells("e\u0301")
    (3, 4, 4, 1)
    """
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, width: int) -> list[Range]:
    """Return the lines of a text as ranges, broken at spaces, a word longer than a line wherever it must.

    >>> [("to be or not"[a:b]) for a, b in wrap("to be or not", 5)]
    ['to be', 'or', 'not']
    """
    lines: list[Range] = []
    start = end = used = 0
    for low, high, size in _pieces(text, width):
        gap = low - end if lines or end > start else 0
        if end > start and used + gap + size <= width:
            used += gap + size
        else:
            if end > start:
                lines.append((start, end))
            start, used = low, size
        end = high
    return [*lines, (start, end)] if end > start else lines


def _pieces(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """Yield the words with their columns; what is wider than a line, and wide script, in parts that fit."""
    for match in re.finditer(r"[^ ]+", text):
        size = cells(match.group())
        if size <= width and size == len(match.group()):
            yield match.start(), match.end(), size
        else:
            yield from _broken(text, match.start(), match.end(), width)


def _broken(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int, int]]:
    low, used = start, 0
    for at in range(start, end):
        size = cells(text[at])
        if at > low and used + size > width and not combining(text[at]):
            yield low, at, used
            low, used = at, 0
        used += size
    yield low, end, used


def paragraph(text: str, width: int, first: str = "", rest: str = "") -> str:
    r"""Return the text wrapped, the first line and the others each with their indent.

    >>> paragraph("a bc d", 6, "1. ", "   ")
    '1. a\n   bc\n   d'
    """
    room = width - max(cells(first), cells(rest))
    safe = clean(text)
    lines = [safe[a:b] for a, b in wrap(safe, max(room, 1))] or [""]
    return "\n".join((first if n == 0 else rest) + line for n, line in enumerate(lines))


def emphasised(text: str, marks: Sequence[Range], width: int, style: Callable[[str], str]) -> list[str]:
    """Return the lines of a clean text, the marked ranges in a style, which never crosses the end of a line."""
    return ["".join(_styled(text, a, b, marks, style)) for a, b in wrap(text, width)]


def _styled(text: str, start: int, end: int, marks: Sequence[Range], style: Callable[[str], str]) -> Iterator[str]:
    at = start
    for low, high in marks:
        low, high = max(low, at), min(high, end)
        if low < high:
            yield text[at:low]
            yield style(text[low:high])
            at = high
    yield text[at:end]


def quoted_with_marks(source_text: str, segments: Segments, matched: Sequence[Span]) -> tuple[str, list[Range]]:
    """Return a quote, clean, and the ranges of it whose words matched; the quote is `spans.quote` without controls."""
    characters: list[str] = []
    offsets: list[int] = []
    for segment in segments:
        for at in range(segment.start, segment.end):
            character = clean(source_text[at])
            if not character or (character == " " and characters[-1:] in ([], [" "])):
                continue
            characters.append(character)
            offsets.append(at)
        if characters and characters[-1] != " ":
            characters.append(" ")
            offsets.append(-1)
    text = "".join(characters)
    spans = sorted(matched)
    inside = [any(span.start <= at < span.end for span in spans) for at in offsets]
    return text.rstrip(" "), _runs(inside[: len(text.rstrip(" "))])


def _runs(flags: Sequence[bool]) -> list[Range]:
    """Return the ranges of what is true.

    >>> _runs([True, True, False, True])
    [(0, 2), (3, 4)]
    """
    edges = [n for n in range(len(flags) + 1) if (n > 0 and flags[n - 1]) != (n < len(flags) and flags[n])]
    return list(zip(edges[::2], edges[1::2], strict=True))
