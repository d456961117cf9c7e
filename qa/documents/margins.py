"""Line numbers in the margin, as depositions and typescripts have them: found, and blanked for those who read on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from qa.documents.endings import is_closed
from qa.spans import Span

_LINE = re.compile(r"[^\r\n\f]+")
_NUMBERED = re.compile(r"[ \t]{0,8}(?P<n>\d{1,2})(?=[ \t]{1,40}\S|[ \t]*$)")
_FEWEST = 10  # lines that count up by one
_MOST = 0.6  # ... are this share of all lines
_TORN = 2  # ... and so many sentences go on below a number, as no item of a list does


def line_numbers(text: str) -> tuple[Span, ...]:
    r"""Return the numbers that count a text's lines, page for page from 1.

    >>> lines = ["Q. When", "was", "it", "that the", "dam", "broke?", "A. In", "the", "spring", "of 1931."]
    >>> len(line_numbers("\n".join(f"{n:2}  {line}" for n, line in enumerate(lines, 1))))
    10
    >>> line_numbers("\n".join(f"{n} A line." for n in range(1, 20)))
    ()
    """
    found = [(line, _NUMBERED.match(line[0])) for line in _LINE.finditer(text) if line[0].strip()]
    numbered = [(line, match) for line, match in found if match is not None]
    counting = _counting([int(match["n"]) for _, match in numbered])
    lines = [pair for pair, counts in zip(numbered, counting, strict=True) if counts]
    rest = [line[0][match.end() :] for line, match in lines]
    torn = sum(bool(a.strip()) and not is_closed(a) and b.lstrip()[:1].islower() for a, b in pairwise(rest))
    if len(lines) < max(_FEWEST, _MOST * len(found)) or torn < _TORN:
        return ()
    return tuple(Span(line.start() + m.start("n"), line.start() + m.end("n")) for line, m in lines)


def _counting(numbers: Sequence[int]) -> list[bool]:
    """Return which numbers count up by one to the next or from the one before.

    >>> _counting([7, 1, 2, 3, 9])
    [False, True, True, True, False]
    """
    steps = [b == a + 1 for a, b in pairwise(numbers)]
    return [before or after for before, after in zip([False, *steps], [*steps, False], strict=True)] if numbers else []


def blanked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with the spans as spaces, so that every offset stays.

    >>> blanked("12 Q. Why?", [Span(0, 2)])
    '   Q. Why?'
    """
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], " " * len(span)]
        at = span.end
    return "".join([*parts, text[at:]])
