"""The days of a diary whose entries open with their date in the same paragraph: "January 4. Rested."."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.dates import PartialDate, find_dates

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
    found = next(iter(find_dates(opening, before.year if before else None)), None)
    if found is None or found.first != found.last or not found.first.day:
        return before
    stopped = opening[found.end - 1] == "." or _ENDS.match(opening, found.end)
    if not (_WEEKDAY.fullmatch(opening[: found.start]) and stopped):
        return before
    day = found.first
    told = str(day.year) in opening[found.start : found.end]
    turned = before is not None and not told and before.month - day.month > _HALF
    return replace(day, year=day.year + 1) if turned else day
