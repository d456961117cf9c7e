"""The furniture of pages: running heads and lone numbers that stand between the paragraphs of a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from itertools import pairwise

from qa.dates import parse as parse_date
from qa.documents.endings import is_closed
from qa.documents.heads import head_field, head_number, is_source_line
from qa.spans import Span

NUMBERED_HEAD = re.compile(r"\s*(?:[A-Z][a-z]+|[A-Z]+)\.?\s*(?:No\.?|#|№)?\s*(?:\d{1,4}|[IVXLC]{1,7})[.:]?\s*$")
_NUMBER_LINE = re.compile(r"\W*(\d{1,5})\W*$")
_PAGES = 3  # a running head stands on so many pages
_TORN = 6  # words of a paragraph that a page break tears


def running_heads(text: str, spans: list[Span], labels: Collection[Span]) -> frozenset[Span]:
    """Return short pieces that recur (page numbers apart) and lone numbers that count up: the page's furniture."""
    short = [s for s in spans if len(s) <= 100 and s not in labels and not is_closed(text[s.start : s.end])]
    shape = {s: re.sub(r"\d+", "#", text[s.start : s.end]).casefold() for s in short}
    often = Counter(shape.values())
    recurring = {s for s in short if often[shape[s]] >= 4 and _is_running_head(text[s.start : s.end])}
    numbers = [(s, int(m[1])) for s in short if (m := _NUMBER_LINE.fullmatch(text[s.start : s.end]))]
    counting = {span for (a, m), (b, n) in pairwise(numbers) if n == m + 1 for span in (a, b)}
    lone = {s for s, _ in numbers}
    torn = _interrupting(text, [s for s in spans if s not in lone], shape)
    between = {s for s in short if s not in lone and often[shape[s]] >= _PAGES and shape[s] in torn}
    tearing = {b for a, b, c in zip(spans, spans[1:], spans[2:], strict=False) if b in lone and _is_torn(text, a, c)}
    dashed = {shape[s] for s in tearing if not text[s.start : s.end].isdigit()}
    tearing |= {s for s in lone if shape[s] in dashed}
    return frozenset(recurring | between | tearing | (counting if len(counting) >= 3 else set()))


def _interrupting(text: str, spans: list[Span], shape: dict[Span, str]) -> frozenset[str]:
    """Return the shapes of short pieces that stand within a sentence: "we had only a", the piece, "clock."."""
    threes = zip(spans, spans[1:], spans[2:], strict=False)
    return frozenset(
        shape[span]
        for before, span, after in threes
        if span in shape and re.search(r"[^\W\d_]", shape[span]) and _is_torn(text, before, after)
    )


def _is_torn(text: str, before: Span, after: Span) -> bool:
    """Return whether a sentence goes on from one piece to the other."""
    words = text[before.start : before.end]
    stopped = not is_closed(words) and (words[-1].isalnum() or words[-1] == ",") and len(words.split()) >= _TORN
    return stopped and text[after.start].islower()


def _is_running_head(words: str) -> bool:
    """Return whether a recurring short piece is a running head: words with a page number, no heading and no date."""
    numbered = re.search(r"\d", words) is not None and re.search(r"[A-Za-z]{3}", words) is not None
    head = head_number(words) or head_field(words) or is_source_line(words) or NUMBERED_HEAD.match(words)
    return numbered and not head and parse_date(words) is None
