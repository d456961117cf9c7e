"""What the lines at a plain document's head make of it: title, kind, date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.dates import PartialDate, find_dates
from qa.dates import parse as parse_date
from qa.documents.cables import cable_fields
from qa.documents.heads import (
    classification,
    date_of_line,
    date_of_title,
    head_field,
    head_fields,
    head_number,
    is_source_line,
)
from qa.documents.kinds import UNKNOWN, kind_of
from qa.documents.layout import byline, is_correspondence
from qa.spans import collapse

_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|^#{1,6}\s+")
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SALUTATION = re.compile(
    r"\s*(?:(?:my )?dear|sirs?|madam|gentlemen|(?:your )?excellency|ch[eè]re?|monsieur|madame|lieber?|"
    r"sehr geehrter?)\b[^:;!?\n]{0,60}?[,:!](?=\s|$)",
    re.I,
)
_RELEASED = re.compile(r"[\W_]*(?:(?:for|hold for|not for) \w* ?(?:release|publication)|embargo(?:ed)?)\b", re.I)
_HELD = re.compile(r"\s*(?:held|holden|begun)\b", re.I)  # "Held at Dover, on the 4th of May, 1799, and after"
_DATELINE = re.compile(r"\s*[A-Z][\w .,’'()-]{2,60}?(?:--|[–—])\s")


def is_header(words: str) -> bool:
    """Return whether the words are a line of a document's head: where it is held, a field, its date."""
    dated = date_of_line(words) is not None and kind_of(words) == UNKNOWN
    return len(words) <= 600 and bool(is_source_line(words) or head_field(words) or dated)


def is_salutation(words: str) -> bool:
    """Return whether the words begin as a letter begins.

    >>> is_salutation("Dear Mr. Roe, I am"), is_salutation("Sir: I have the honor"), is_salutation("Dear old times")
    (True, True, False)
    """
    return _SALUTATION.match(words) is not None


def kind_by_signs(head: Sequence[str], body: str, *, noted: bool) -> str:
    """Return the kind that the looks of a text suggest where no word names it: a letter, a paper, an article."""
    if is_salutation(body) or any(is_salutation(line) or is_correspondence(line) for line in head):
        return "letter"
    if cable_fields(head):
        return "telegram"
    signed = any(map(byline, head))
    return ("paper" if noted else "article") if signed else UNKNOWN


def first_kind(said: Sequence[str]) -> str:
    """Return the first kind that the texts name, "document" where none names one."""
    return next((k for k in map(kind_of, said) if k != UNKNOWN), UNKNOWN)


def number_of(head: Sequence[str]) -> str:
    """Return the number that stands alone at the head, as written, "" where none does."""
    return next((collapse(line).strip("#*_ .:") for line in head[:1] if head_number(line)), "")


def title_of(head: Sequence[str], fields: Mapping[str, str], *, numbered: bool) -> str:
    """Return the title that a field states, else the heading; of one that is a kind alone ("MEMORANDUM") the subject.

    >>> title_of(["Title: “Grain”"], {"title": '"Grain for Acre"'}, numbered=False)
    'Grain for Acre'
    >>> title_of(["MEMORANDUM", "TO: Ann Roe"], {"subject": "Grain"}, numbered=False)
    'Grain'
    """
    stated = clean(fields.get("title", ""))
    if stated:
        return stated.strip("\"'")
    title = clean(" ".join(head[i] for i in title_blocks(head, numbered=numbered)))
    bare = not title or (len(title.split()) <= 2 and kind_of(title) != UNKNOWN)
    return (clean(fields.get("subject", "")) if bare else "") or title


def title_blocks(head: Sequence[str], *, numbered: bool) -> tuple[int, ...]:
    """Return which header lines are the title: after the number, the lines before any other kind of header line."""
    found: list[int] = []
    for i in range(1 if numbered else 0, len(head)):
        words = head[i]
        if (
            is_header(words)
            or classification(words)
            or is_salutation(words)
            or words.rstrip().endswith(",")
            or byline(words)
            or not any(map(str.isalpha, words))  # a number, a rule
            or _RELEASED.match(words)
            or (head_number(words) and not numbered)
        ):
            if found:
                break
            continue
        if found and not numbered:
            if _bare(head[found[-1]]) and not _bare(words):
                found = [i]
            break
        found.append(i)
    return tuple(found[:3])


def _bare(words: str) -> bool:
    """Return whether a heading only names a kind."""
    return len(words.split()) <= 2 and kind_of(words) != UNKNOWN


def clean(title: str) -> str:
    """Return a heading as one line without emphasis marks and note marks."""
    return collapse(_EMPHASIS.sub("", title.rstrip(_MARKS))).rstrip(_MARKS)


def date_of(title: str, head: Sequence[str], body: str, known: str) -> PartialDate | None:
    """Return the date at the title's end, else of the date line, else anywhere in the title, else as known."""
    at_end = date_of_title(title[-40:])
    lines = [d for d in map(date_of_line, head) if d is not None and d.day]
    fields = head_fields(head)
    written = next(filter(None, (date_of_line(fields[f]) for f in ("date", "sent", "time") if fields.get(f))), None)
    shown = filter(None, (date_of_title(line[-40:]) for line in head if not is_source_line(line)))
    held = filter(None, (date_of_title(line) for line in head if _HELD.match(line)))
    return (
        at_end
        or written
        or next(iter(lines), None)
        or date_of_title(title)
        or next(shown, None)
        or next(held, None)
        or dateline(body)
        or (parse_date(known) if known else None)
    )


def dateline(body: str) -> PartialDate | None:
    """Return the day of a newspaper's date line ("TOLLAND, Nov. 12, 1909 -- The mill ..."), `None` without one."""
    match = _DATELINE.match(body[:120])
    days = [d.first for d in find_dates(match.group()) if d.first == d.last and d.first.day] if match else []
    return days[0] if len(days) == 1 else None
