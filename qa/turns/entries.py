"""The days under which words stand: entries of a diary ("January 4. Rested."), a date alone as a heading."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.dates import DateMention, PartialDate, find_dates

_OPENING = 40  # characters within which an entry tells its day
_WEEKDAY = re.compile(r"\W*(?:[A-Z][a-z]{2,5}day,?\s+)?")
_ENDS = re.compile(r"\s*(?:[.:;(—–-]|$)")
_HALF = 6  # months: a day so much earlier in the year is of the next one


def entry_day(words: str, before: PartialDate | None) -> PartialDate | None:
    """Return the day under which a paragraph of a diary stands: the one it opens with, else that of the one before.

    >>> day = entry_day("December 30, 1862. Rain.", None)
    >>> [entry_day(words, day).iso for words in ("No bread.", "Monday, Dec. 31: Sun.", "January 2. Rest.")]
    ['1862-12-30', '1862-12-31', '1863-01-02']
    >>> entry_day("January 2 was a cold day.", day).iso
    '1862-12-30'
    """
    opening = words[:_OPENING]
    found = _first_day(opening, before.year if before else None)
    if found is None:
        return before
    stopped = opening[found.end - 1] == "." or _ENDS.match(opening, found.end)
    if not (_WEEKDAY.fullmatch(opening[: found.start]) and stopped):
        return before
    day = found.first
    told = str(day.year) in opening[found.start : found.end]
    turned = before is not None and not told and before.month - day.month > _HALF
    return replace(day, year=day.year + 1) if turned else day


def day_of_heading(words: str, before: PartialDate | None) -> PartialDate | None:
    """Return the day that a heading consists of, the one before where it is no date alone.

    >>> day_of_heading("Wednesday, 28th October, 1987", None).iso, day_of_heading("Letter of May 4, 1961", None)
    ('1987-10-28', None)
    """
    found = _first_day(words)
    if found is None:
        return before
    alone = _WEEKDAY.fullmatch(words[: found.start]) and not words[found.end :].strip(" .,:")
    return found.first if alone else before


def _first_day(words: str, year: int | None = None) -> DateMention | None:
    """Return the first date of the words if it is of one day; `year` is that of dates that name none."""
    found = next(iter(find_dates(words, year)), None)
    return found if found is not None and found.first == found.last and found.first.day else None
