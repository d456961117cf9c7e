"""Chicago notes style for archival and published documents (The Chicago Manual of Style, 17th ed., 14.221-14.231).

Our own punctuation is ASCII, so that a citation survives any terminal, letter or encoding; titles stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.answer.records import Answer
from qa.dates import PartialDate, find_dates, parse
from qa.documents.records import Document
from qa.sources.records import Description

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Works that an author gave a title; everything else is cited by its heading, without quotation marks (CMOS 14.223).
QUOTED_KINDS = frozenset({"paper", "article", "essay", "chapter", "thesis", "study"})
UNKNOWN_KINDS = frozenset({"", "document"})  # undated and in nothing else, such a one is a work with a title
# A conversation is cited by its title; who wrote it down is not its author.
UNSIGNED_KINDS = frozenset({"memorandum of conversation", "record of conversation", "minutes", "transcript"})

_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_)([^*_\n]+)\1")
_DOUBLE = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_CLOSING = "\"”'’"


@dataclass(frozen=True, slots=True)
class Holding:
    """A document with what it stands in: the documents around it, nearest first, and what is said of its source."""

    document: Document
    parents: tuple[Document, ...] = ()
    description: Description = field(default_factory=Description)
    source: str = ""


def day(date: PartialDate) -> str:
    """Return a date as historians write it, day before month (CMOS 6.38).

    >>> day(PartialDate(1968, 4, 9)), day(PartialDate(1950, 11)), day(PartialDate(1950))
    ('9 April 1968', 'November 1950', '1950')
    """
    parts = (str(date.day) if date.day else "", MONTHS[date.month - 1] if date.month else "", str(date.year))
    return " ".join(filter(None, parts))


def page_range(pages: Sequence[str]) -> str:
    """Return page labels as they are cited, "" for none: ranges shortened by CMOS 9.61.

    >>> page_range(["1079"]), page_range(["1079", "1080"]), page_range(["iv", "12"])
    ('p. 1079', 'pp. 1079-80', 'pp. iv, 12')
    """
    runs: list[list[str]] = []
    for page in dict.fromkeys(pages):
        if runs and _follows(runs[-1][-1], page):
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [run[0] if len(run) == 1 else f"{run[0]}-{_shortened(run[0], run[-1])}" for run in runs]
    several = len(runs) > 1 or any(len(run) > 1 for run in runs)
    return f"{'pp.' if several else 'p.'} {', '.join(shown)}" if shown else ""


def _follows(before: str, after: str) -> bool:
    return _number(before) is not None and _number(after) == (_number(before) or 0) + 1


def _number(label: str) -> int | None:
    return int(label) if label.isascii() and label.isdecimal() else None


def _shortened(first: str, last: str) -> str:
    """Return the second number of a range (CMOS 9.61).

    >>> [_shortened(*r.split()) for r in ("3 10", "100 104", "101 108", "321 328", "1087 1089", "1496 1500")]
    ['10', '104', '8', '28', '89', '500']
    """
    if len(first) < 3 or len(first) != len(last) or int(first) % 100 == 0:
        return last
    differs = next(i for i, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    shortest = 1 if int(first) % 100 < 10 else 2
    return last[min(differs, len(last) - shortest) :]


def cite(answer: Answer, holding: Holding) -> str:
    """Return the answer's citation: one line, ending in a period.

    Document, date, translator; where it stands in what was published, with page and note; where the original is held.
    What is not known is left out, and so is what the title already says.
    """
    return closed(joined(_parts(answer, holding)))


def _parts(answer: Answer, holding: Holding) -> list[str]:
    document = holding.document
    locator = page_range(answer.pages)
    note = f"note {answer.turn.marker}" if answer.turn.marker else ""
    placed = bool(note and document.number)
    return [
        *_heading(document, holding),
        f"trans. {document.translator}" if document.translator else "",
        _standing(f"{note} to " if placed else "", holding),
        _publication(holding),
        locator,
        "" if placed else note,
        *_kept(holding),
    ]


def _heading(document: Document, holding: Holding) -> list[str]:
    """Return author, title and date of a document, the title's own words not repeated."""
    description = holding.description if not holding.parents else Description()
    title = plain_title(document.title or description.title)
    author = document.author or description.author
    date = document.date or parse(description.date)
    shown = day(date) if date else description.date.strip()
    signed = author and document.kind not in UNSIGNED_KINDS and not _names(title, author)
    work = document.kind in UNKNOWN_KINDS and not holding.parents and not date
    quoted = work or document.kind in QUOTED_KINDS
    named = in_quotes(title) if title and quoted else title or _untitled(holding)
    return [author if signed else "", named, "" if _dated(title, date) else shown]


def _untitled(holding: Holding) -> str:
    kind = holding.document.kind
    return f"untitled {kind}" if kind else holding.source


def _names(title: str, author: str) -> bool:
    """Return whether the title names the author, or each of the authors, by the last name."""
    people = re.split(r",? and |[;,&] ?", author)
    return all(re.search(rf"\b{re.escape(person.split()[-1])}\b", title) for person in people if person.split())


def _dated(title: str, date: PartialDate | None) -> bool:
    """Return whether the title already says the date."""
    if date is None or f"{date.year % 100:02}" not in title:
        return False
    return any(mention.first == mention.last == date for mention in find_dates(title))


def _standing(note: str, holding: Holding) -> str:
    """Return the document's number and what it stands in: `Document 23 in A. Author, "Title"`."""
    between = (parent.number or plain_title(parent.title) for parent in holding.parents[:-1])
    inner, outer = " in ".join(filter(None, (holding.document.number, *between))), _outermost(holding)
    return note + (f"{inner} in {outer}" if inner and outer else inner or (f"in {outer}" if outer else ""))


def _outermost(holding: Holding) -> str:
    if not holding.parents:
        return ""
    parent, description = holding.parents[-1], holding.description
    title = plain_title(parent.title or description.title)
    if title and title.casefold() in description.publication.casefold():
        title = ""
    author = parent.author or description.author
    return joined((author, in_quotes(title) if title else ""))


def _publication(holding: Holding) -> str:
    publication, title = holding.description.publication, plain_title(holding.document.title)
    return "" if publication and publication == title else publication


def _kept(holding: Holding) -> tuple[str, ...]:
    """Return where the original is held; who keeps a published text matters only where nothing else is known."""
    if holding.document.repository_reference:
        return (holding.document.repository_reference,)
    return () if holding.description.publication else (holding.description.repository,)


def plain_title(title: str) -> str:
    """Return a title without marks of emphasis and without a period at its end.

    >>> plain_title("The Seizure of the *Pelican*.")
    'The Seizure of the Pelican'
    """
    title = _EMPHASIS.sub(r"\2", " ".join(title.split()))
    return title.rstrip(" ,;:") if title.endswith("..") else title.rstrip(" .,;:")


def in_quotes(title: str) -> str:
    """Return the title in double quotation marks, those inside it single (CMOS 6.9, 13.30).

    >>> in_quotes('The “Iron” Age')
    '"The ‘Iron’ Age"'
    """
    return f'"{title.translate(_DOUBLE)}"'


def joined(parts: Iterable[str]) -> str:
    """Return the parts that say something, with commas, which go inside closing quotation marks (CMOS 6.9).

    >>> joined(['"Title"', "", "Journal "])
    '"Title," Journal'
    """
    said = [part for part in map(str.strip, parts) if part.strip(" ,;.")]
    return " ".join([*(_ended(part, ",") for part in said[:-1]), *said[-1:]])


def closed(text: str) -> str:
    """Return the text ending in one period.

    >>> closed('See "Title"'), closed("Ed. Inc."), closed("Who?")
    ('See "Title."', 'Ed. Inc.', 'Who?')
    """
    return _ended(text, ".") if text else ""


def _ended(part: str, mark: str) -> str:
    if part.endswith(mark) or (mark == "." and part[-1] in "?!"):
        return part
    if part[-1] in '"”' and part[-2:-1] not in _CLOSING:
        return part if part[-2] == mark else f"{part[:-1]}{mark}{part[-1]}"
    return part + mark
