"""Printed page numbers that stand alone at the head or foot of pages: a series of them labels the pages.

Only a series is evidence: three numbers and more that count up by one. A lone number is a number.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from qa.documents.endings import is_closed
from qa.documents.records import Page
from qa.spans import Span

_NUMBER = re.compile(
    r"(?P<left>[-–—~•*\[(]+[ \t]*)?(?:(?:page|p\.)[ \t]*)?(?P<n>\d{1,4})(?P<right>[ \t]*[-–—~•*\])]+)?", re.I
)
_LINE = re.compile(r"[^\n\f]+")
_FEWEST = 3  # numbers that make a series
_SHORTEST = 250  # characters on a page: what stands closer is a list of numbers
_FIRST_YEAR = 1000  # numbers from here on head the years of a chronicle, where no form feed parts pages
_KEPT = 20  # so many series are followed at a time
_MISSED = 3  # the next number is at most so much higher, where some are not printed or not legible


@dataclass(frozen=True, slots=True)
class Printed:
    """A number that stands alone on its line; `dashed` between dashes or brackets or behind "page"."""

    span: Span
    number: int
    dashed: bool


def printed_pages(text: str) -> tuple[tuple[Span, ...], tuple[Page, ...]]:
    r"""Return the lines that number a text's pages and the pages, as far as a series of numbers tells them.

    >>> page = "It went on and on. " * 20 + "It was not\n\n- {} -\n\n"
    >>> [p.label for p in printed_pages("".join(page.format(n) for n in (7, 8, 9)))[1]]
    ['7', '8', '9']
    """
    return _by_feeds(text) if text.count("\f") >= _FEWEST - 1 else _by_series(text)


def _lone(text: str, start: int, end: int) -> list[Printed]:
    """Return the numbers that stand alone on a line of the range."""
    found = []
    for line in _LINE.finditer(text, start, end):
        bare = line[0].strip()
        match = _NUMBER.fullmatch(bare)
        if match is None or bool(match["left"]) != bool(match["right"]):
            continue
        at = line.start() + line[0].index(bare)
        found.append(Printed(Span(at, at + len(bare)), int(match["n"]), not bare.isdigit()))
    return found


def _by_feeds(text: str) -> tuple[tuple[Span, ...], tuple[Page, ...]]:
    """Return the numbers and pages of a text with form feeds: those whose number is their count plus one constant."""
    bounds = [0, *(m.end() for m in re.finditer("\f", text)), len(text)]
    edges = [_at_edge(text, a, b) for a, b in pairwise(bounds)]
    votes = Counter(n.number - k for k, numbers in enumerate(edges) for n in {n.number: n for n in numbers}.values())
    offset, most = votes.most_common(1)[0] if votes else (0, 0)
    counted = [k for k, numbers in enumerate(edges) if any(n.number - k == offset for n in numbers)]
    if most < _FEWEST or 2 * most <= sum(bool(numbers) for numbers in edges):
        return (), ()
    lines = tuple(n.span for k in counted for n in edges[k] if n.number - k == offset)
    first, last = counted[0], counted[-1]
    return lines, tuple(Page(str(offset + k), bounds[k], bounds[k + 1]) for k in range(first, last + 1))


def _at_edge(text: str, start: int, end: int) -> list[Printed]:
    """Return the lone numbers that are the first or the last line of a page."""
    lines = [m for m in _LINE.finditer(text, start, end) if m[0].strip()]
    return [n for line in {lines[0], lines[-1]} for n in _lone(text, *line.span())] if lines else []


def _by_series(text: str) -> tuple[tuple[Span, ...], tuple[Page, ...]]:
    """Return the numbers and pages of a text without form feeds."""
    series = _longest([n for n in _lone(text, 0, len(text)) if n.number < _FIRST_YEAR])
    if len(series) < _FEWEST or not (any(n.dashed for n in series) or _interrupts(text, series)):
        return (), ()
    lines = tuple(n.span for n in series)
    head, foot = not text[: lines[0].start].strip(), not text[lines[-1].end :].strip()
    if head == foot:  # numbers on both sides of the text: the first page may bear none, or the last
        head, foot = series[0].number == 2, series[0].number == 1
    if head == foot:
        return lines, ()
    return lines, _after(text, series) if head else _before(series)


def _longest(numbers: list[Printed]) -> list[Printed]:
    """Return the longest series of numbers, a page apart, of which three and more follow each other by one."""
    chains: list[list[Printed]] = []
    for number in numbers:
        near = [c for c in chains if 1 <= number.number - c[-1].number <= _MISSED and _apart(c[-1], number)]
        if near:
            min(near, key=lambda c: (number.number - c[-1].number, -len(c))).append(number)
        else:
            chains = [*sorted(chains, key=len)[1 - _KEPT :], [number]]
    best = max(chains, key=len, default=[])
    return best if sum(b.number == a.number + 1 for a, b in pairwise(best)) >= _FEWEST - 1 else []


def _apart(one: Printed, two: Printed) -> bool:
    return two.span.start - one.span.end >= _SHORTEST


def _interrupts(text: str, series: list[Printed]) -> bool:
    """Return whether a number of the series stands within a sentence, as no chapter's number does."""
    before = (text[: n.span.start].rstrip()[-80:] for n in series)
    return any(
        words and not is_closed(words) and words[-1].isalnum() and words.split()[-1].islower() for words in before
    )


def _after(text: str, series: list[Printed]) -> tuple[Page, ...]:
    """Return the pages whose number stands at their head; the text before the second page is the first."""
    ends = [*(n.span.start for n in series[1:]), len(text)]
    follows = [*(b.number == a.number + 1 for a, b in pairwise(series)), True]
    found = [Page(str(n.number), n.span.end, end) for n, end, ok in zip(series, ends, follows, strict=True) if ok]
    begun = bool(text[: series[0].span.start].strip())
    return (*((Page(str(series[0].number - 1), 0, series[0].span.start),) if begun else ()), *found)


def _before(series: list[Printed]) -> tuple[Page, ...]:
    """Return the pages whose number stands at their foot."""
    starts = [0, *(n.span.end for n in series[:-1])]
    follows = [True, *(b.number == a.number + 1 for a, b in pairwise(series))]
    return tuple(
        Page(str(n.number), start, n.span.start) for n, start, ok in zip(series, starts, follows, strict=True) if ok
    )
