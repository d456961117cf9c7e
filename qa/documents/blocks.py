"""Plain text as pieces: blank-line blocks told apart by their looks, page marks and running heads taken out.

Everything here is about the look of a text (lines, blanks, punctuation), nothing about its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qa.dates import parse as parse_date
from qa.documents.endings import is_closed, is_list, is_open_prose
from qa.documents.exchanges import exchanges
from qa.documents.furniture import NUMBERED_HEAD, running_heads
from qa.documents.heads import FIELD, date_of_line, head_field
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.labels import Label, read_label
from qa.documents.records import Page
from qa.documents.talk import opening, speakers
from qa.spans import Span, trim

__all__ = ["Look", "Piece", "is_list", "is_markdown_heading", "look_of", "page_marks", "pages", "pieces"]

_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*|\f")
_LINE = re.compile(r"[^\r\n\f]+")
_PAGE = re.compile(r"\[\s*(?:page|pg\.|p\.|pp\.)\s*(?P<n>\d{1,5}|[ivxlc]{1,7})\s*\]", re.I)
_ITEM = re.compile(r"\s*(?:[-•·*–—]\s+\S|[(\[]?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)\]]\s+\S|#\d+\s)")
_LABEL = re.compile(r"\s*[\[*_]*[A-Z][\w.,'’() -]{1,60}?[\]*_]*:(?:\s|$)")
_HASHES = re.compile(r"\s*#{1,6}\s+\S")
_INTRODUCES = re.compile(  # "X said the following:", "He replied:"
    r"\s(?:the following|as follows|said|stated|declared|replied|answered|asked|wrote|reads?|continued|added)\s*:\s*$"
)
_FIELD_LINE = re.compile(FIELD, re.I)
_RULED = re.compile(r"\s*[-_=*]{3,}")  # a rule above fields: "-----Original Message-----"
_NOTE_LINE = re.compile(r"\s*\[\^[^\[\]\s]{1,20}\]:\s")
_HOUR = re.compile(r"\d\s?[ap]\.\s?m\.\W*$")  # a stop that ends no sentence
_RULE, _YAML = "---", re.compile(r"[\w-]+:(?:\s|$)|- ")  # what heads a Markdown file
_INDENTED, _FAR = 2, 20  # columns of a paragraph's first line, of what is centred or set to the right
_DAY = 30  # characters of a line that is a date
_KIND_FIRST = 4  # a title names its kind within so many words
_LONG_LINE = 200  # a line longer than this was never wrapped by hand: it is a paragraph


class Look(StrEnum):
    """What a piece of text looks like."""

    PROSE = "prose"  # running sentences
    SHORT = "short"  # a heading, a date line, a name, an address: no sentence
    ITEM = "item"  # an item of a list
    FURNITURE = "furniture"  # running heads and page numbers


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source between blank lines (or one line of it), its look, the speaker's label at its head."""

    span: Span
    look: Look
    label: Label | None = None


def page_marks(text: str) -> tuple[tuple[Span, str], ...]:
    """Return the page marks that stand in the text, `[Page 12]` and the like, with their labels.

    >>> page_marks("to the [Page 12] end")
    ((Span(start=7, end=16), '12'),)
    """
    return tuple((Span(m.start(), m.end()), m["n"]) for m in _PAGE.finditer(text))


def pages(text: str, first: str = "") -> tuple[Page, ...]:
    """Return the printed pages of a text from its page marks; what stands before the first mark is the page before.

    `first` is the first page's label where it is known from elsewhere. Without marks nothing is known.

    >>> [(p.label, p.start, p.end) for p in pages("ab [Page 12] cd")]
    [('11', 0, 3), ('12', 12, 15)]
    """
    marks = page_marks(text)
    if not marks:
        return ()
    found = []
    before, label = marks[0]
    if text[: before.start].strip() and (first or label.isdigit()):
        found.append(Page(first or str(int(label) - 1), 0, before.start))
    for i, (mark, label) in enumerate(marks):
        end = marks[i + 1][0].start if i + 1 < len(marks) else len(text)
        found.append(Page(label, mark.end, end))
    return tuple(found)


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the text's pieces in order; page marks that stand alone are left out, those within prose are inside."""
    blocks = [span for block in _blank_blocks(text) for span in exchanges(text, block)]
    parted = (
        span for block in blocks for span in _split_block(text, block, lambda words: read_label(words) is not None)
    )
    known = speakers([text[span.start : span.end] for span in parted])
    spans = [
        line for block in blocks for line in _split_block(text, block, lambda words: opening(words, known) is not None)
    ]
    marks = {mark for mark, _ in page_marks(text)}
    spans = [s for s in spans if s not in marks]
    labels = {s: label for s in spans if (label := opening(text[s.start : s.end], known)) is not None}
    heads = running_heads(text, spans, labels)
    first = min((s.start for s in labels), default=len(text))

    def look(span: Span) -> Look:
        words = text[span.start : span.end]
        if span in labels:
            return Look.PROSE
        return (
            Look.FURNITURE
            if span in heads
            else Look.PROSE
            if span.start > first and _is_said(words)
            else look_of(words)
        )

    return tuple(Piece(s, look(s), labels.get(s)) for s in spans)


def _is_said(words: str) -> bool:
    """Return whether words of a talk are a sentence, be it as short as "Mr. Roe."."""
    return (
        words.rstrip()[-1:] in {".", "?", "!"}
        and not words.isupper()
        and words[:1].isalpha()
        and not date_of_line(words)
    )


def is_markdown_heading(text: str) -> bool:
    r"""Return whether a text is one line that Markdown sets as a heading.

    >>> is_markdown_heading("## 2. The crane"), is_markdown_heading("#2 is\nthe crane")
    (True, False)
    """
    return _HASHES.match(text) is not None and "\n" not in text


def look_of(text: str) -> Look:
    """Return what a piece looks like by itself."""
    words = text.split()
    if is_markdown_heading(text):
        return Look.SHORT
    if _ITEM.match(text) and not (is_closed(text) and len(words) > 12):
        return Look.ITEM
    if _HOUR.search(text) and (date_of_line(text) or kind_of(" ".join(words[:_KIND_FIRST])) != UNKNOWN):
        return Look.SHORT
    if _INTRODUCES.search(text) or _is_utterance(text):
        return Look.PROSE
    if is_closed(text) and (len(words) >= 6 or (text.rstrip()[-1:] != ":" and _says_something(words))):
        return Look.PROSE
    if is_open_prose(text):
        return Look.PROSE
    return Look.SHORT


def _is_utterance(text: str) -> bool:
    """Return whether a label and words that end as a sentence stand here, however short: "MS. ROE: Why?"."""
    label = _LABEL.match(text)
    return (
        label is not None and text.rstrip()[-1:] in ".?!" and not head_field(text) and bool(text[label.end() :].strip())
    )


def _says_something(words: list[str]) -> bool:
    """Return whether a very short closed text is a sentence, not an abbreviated heading ("Vol. 3.")."""
    return len(words) >= 2 and words[-1].rstrip('.!?"”’)]').islower()


def _blank_blocks(text: str) -> list[Span]:
    """Return the stretches between blank lines and form feeds."""
    found, at = [], 0
    for gap in _BLANK.finditer(text):
        found.append(trim(text, at, gap.start()))
        at = gap.end()
    found.append(trim(text, at, len(text)))
    return [span for span in found if span]


def _split_block(text: str, block: Span, labelled: Callable[[str], bool]) -> list[Span]:
    """Return the block's paragraphs: the block itself when its lines were wrapped, else its lines.

    A line that is `labelled` begins a paragraph.
    """
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(text, block.start, block.end)]
    lines = [s for line in lines if (s := trim(text, line.start, line.end))]
    if len(lines) < 2:
        return [block]
    if _is_front_matter(text, lines):
        return lines[1:-1]
    starts = [
        i == 0 or labelled(text[line.start : line.end]) or _starts_paragraph(text, lines, i)
        for i, line in enumerate(lines)
    ]
    groups: list[list[Span]] = []
    for line, new in zip(lines, starts, strict=True):
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [Span(group[0].start, group[-1].end) for group in groups]


def _is_front_matter(text: str, lines: list[Span]) -> bool:
    """Return whether lines are the fields that head a Markdown file, between two rules, as YAML."""
    words = [text[line.start : line.end] for line in lines]
    rules = words[0] == words[-1] == _RULE and not text[: lines[0].start].strip()
    return rules and len(words) > 2 and all(_YAML.match(word) for word in words[1:-1])


def _starts_paragraph(text: str, lines: list[Span], i: int) -> bool:
    """Return whether line `i` of a block begins a new paragraph."""
    line, before = lines[i], lines[i - 1]
    words, earlier = text[line.start : line.end], text[before.start : before.end]
    if _ITEM.match(words) or NUMBERED_HEAD.match(earlier) or any(_is_page_line(text, x) for x in (line, before)):
        return True
    head = lines[1 if _RULED.match(text, lines[0].start) else 0]
    fielded = _FIELD_LINE.match(words) and _FIELD_LINE.match(text, head.start)
    if _NOTE_LINE.match(words) or fielded:
        return True
    if len(before) > _LONG_LINE or len(line) > _LONG_LINE:
        return True
    if _LABEL.match(words) and (is_closed(earlier) or not earlier.strip()[-1:].isalnum()):
        return True
    if len(words) <= _DAY and parse_date(words.strip()) is not None and earlier.isupper():
        return True  # a title's date
    return _indent(text, line) >= _INDENTED and is_closed(earlier)


def _indent(text: str, line: Span) -> int:
    return len(text[text.rfind("\n", 0, line.start) + 1 : line.start].expandtabs())


def _is_page_line(text: str, line: Span) -> bool:
    """Return whether a lone number stands in the middle or at the right of a page."""
    return text[line.start : line.end].isdigit() and _indent(text, line) >= _FAR
