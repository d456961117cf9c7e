"""Stretches of time that a question or an option asks for."""

from __future__ import annotations

import re
from datetime import timedelta

from qa.dates.finding import find_dates, parse
from qa.dates.records import DateMention, PartialDate, partial

Period = tuple[PartialDate | None, PartialDate | None]
_LEAD = {
    "past": r"(?:before|prior\s+to|earlier\s+than|preceding)",
    "until": r"(?:until|till|up\s+to|through|no\s+later\s+than|by|to)",
    "future": r"(?:after|later\s+than|following)",
    "since": r"(?:since|from|starting\s+in|starting|beginning\s+in|as\s+of)",
    "between": r"(?:between)",
    "and": r"(?:and|or)",
    "within": r"(?:in|on|during|throughout|within|over|around|at)",
}
_LEADS = {name: re.compile(rf"\b{words}\s+(?:the\s+(?:year\s+)?)?$", re.IGNORECASE) for name, words in _LEAD.items()}
_ONWARD = re.compile(r"\s*(?:onwards?|and\s+(?:after|later))\b", re.IGNORECASE)
_LOOK = 30


def parse_bound(text: str, end: bool) -> PartialDate | None:
    """Return the date that a filter is given: of a stretch of time its last part if `end`, else its first.

    `None` where the text is no date.

    >>> parse_bound("1962-11", end=True), parse_bound("1964-67", end=True)
    (PartialDate(year=1962, month=11, day=0), PartialDate(year=1967, month=0, day=0))
    """
    if date := parse(text):
        return date
    whole = text.strip()
    for mention in find_dates(whole):
        if mention.end - mention.start >= len(whole.removeprefix("the ")):
            return mention.last if end else mention.first
    return None


def in_range(date: PartialDate | None, after: PartialDate | None, before: PartialDate | None) -> bool:
    """Return whether the date can lie between the bounds, both included.

    A date or bound of which only the year or month is known stands for all its days, and one day in common is enough:
    "1968" can lie after March 1968. An unknown date lies in no range but the unbounded one.

    >>> [in_range(PartialDate(1968, month), after=PartialDate(1968, 3), before=None) for month in (0, 2, 3)]
    [True, False, True]
    """
    if date is None:
        return after is None and before is None
    return (after is None or date.last >= after.first) and (before is None or date.first <= before.last)


def find_period(text: str) -> Period:
    """Return the first and the last date that the words of a question allow, both included, `None` where open.

    "before" and "after" shut the named time out, "since", "until", "by", "from ... to" and "between" take it in. Dates
    after other words ("of", "about") say what is spoken of, not when it was said, and are left alone.

    >>> find_period("What was promised before 1965?")
    (None, PartialDate(year=1964, month=0, day=0))
    """
    after: PartialDate | None = None
    before: PartialDate | None = None
    open_pair = False
    for mention in find_dates(text):
        lead = "until" if open_pair and _lead(text, mention) == "and" else _lead(text, mention)
        open_pair = lead == "between"
        low, high = _bounds(lead, mention, bool(_ONWARD.match(text, mention.end)))
        after, before = after or low, before or high
    return (after, before) if not (after and before) or after.first <= before.last else (None, None)


def _lead(text: str, mention: DateMention) -> str:
    """Return what the words before a date make of it, "" where nothing."""
    low = max(0, mention.start - _LOOK)
    own = text[mention.start : mention.end].lower().startswith(("from ", "between "))
    return "within" if own else next((n for n, p in _LEADS.items() if p.search(text, low, mention.start)), "")


def _bounds(lead: str, mention: DateMention, onward: bool) -> Period:
    """Return the bounds that a date sets."""
    if onward:
        return mention.first, None
    if lead == "past":
        return None, _step(mention.first, -1)
    if lead == "future":
        return _step(mention.last, 1), None
    return {
        "until": (None, mention.last),
        "since": (mention.first, None),
        "between": (mention.first, None),
        "within": (mention.first, mention.last),
    }.get(lead, (None, None))


def _step(date: PartialDate, by: int) -> PartialDate | None:
    """Return the day, month or year after (1) or before (-1) the date, as far as the date is known."""
    if date.day:
        day = date.first + timedelta(days=by)
        return PartialDate(day.year, day.month, day.day)
    if date.month:
        months = date.year * 12 + date.month - 1 + by
        return partial(months // 12, months % 12 + 1)
    return partial(date.year + by)
