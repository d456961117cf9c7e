"""Stretches of time that a question or an option asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from qa.dates.finding import find_dates, parse
from qa.dates.records import DateMention, PartialDate, partial

Period = tuple[PartialDate | None, PartialDate | None]
_LEAD = {
    "past": r"(?:before|prior\s+to|earlier\s+than|preceding)",
    "until": r"(?:until|till|up\s+to(?:\s+and\s+including)?|through|no\s+later\s+than|by|to)",
    "future": r"(?:after|later\s+than|following)",
    "from": r"(?:from)",
    "since": r"(?:since|starting\s+in|starting|beginning\s+in|as\s+of)",
    "between": r"(?:between)",
    "and": r"(?:and|or)",
    "within": r"(?:in|on|during|throughout|within|over|around|at)",
}
_LEADS = {name: re.compile(rf"\b{words}\s+(?:the\s+)?(?:years?\s+)?$", re.IGNORECASE) for name, words in _LEAD.items()}
_PAIR = re.compile(r"(?:from|between)\s", re.IGNORECASE)
_ONWARD = re.compile(r"\s{0,3}(?:on(?=\s{0,3}(?:[,.;?!]|$))|onwards?|and\s+(?:after|later))\b", re.IGNORECASE)
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
    for lead, mention in _resolved(text):
        low, high = _bounds(lead, mention)
        after, before = after or low, high if lead == "or" else before or high
    crossed = after is not None and before is not None and after.first > before.last
    return (None, None) if crossed else (after, before)


def _resolved(text: str) -> Iterator[tuple[str, DateMention]]:
    """Yield each date with the word that decides what it bounds, where that hangs on its neighbours decided."""
    mentions = find_dates(text)
    leads = [_lead(text, mention) for mention in mentions]
    for at, (lead, mention) in enumerate(zip(leads, mentions, strict=True)):
        earlier = leads[at - 1] if at else ""
        if lead == "from":
            lead = "since" if leads[at + 1 : at + 2] == ["until"] else "within"
        elif lead == "between" and leads[at + 1 : at + 2] != ["and"]:
            lead = "within"
        elif lead == "and":
            lead = {"between": "until", "within": "or"}.get(earlier, "")
        yield lead, mention


def _lead(text: str, mention: DateMention) -> str:
    """Return what the words before a date make of it, "" where nothing."""
    low = max(0, mention.start - _LOOK)
    if _ONWARD.match(text, mention.end):
        return "since"
    if _PAIR.match(text, mention.start, mention.end):
        return "within"
    return next((name for name, lead in _LEADS.items() if lead.search(text, low, mention.start)), "")


def _bounds(lead: str, mention: DateMention) -> Period:
    """Return the bounds that a date sets."""
    if lead == "past":
        return None, _step(mention.first, -1)
    if lead == "future":
        return _step(mention.last, 1), None
    return {
        "until": (None, mention.last),
        "or": (None, mention.last),
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
