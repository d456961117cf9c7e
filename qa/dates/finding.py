"""What the written forms of dates mean, and where a text holds them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qa.dates.patterns import ROMAN, SEASONS, forms, months, units
from qa.dates.records import DateMention, PartialDate, partial

Range = tuple[PartialDate | None, PartialDate | None]
_BEFORE_YEAR = re.compile(
    r"(?:[12]\d{3},?\s(?:or|and)\s|\b(?:in|of|since|until|till|by|before|after|during|from|to|through|throughout|year|years|circa|ca|around|about|including"
    r"|back\sto|as\s(?:early|late)\sas|than|within|en|im|в|с|до)\.?\s{1,3}(?:the\syear\s)?|\($)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\bthe\s{1,3}$", re.IGNORECASE)
_MODERN = 1500  # "the 1425 pages" counts more often than it dates
_BEFORE_MONTH = re.compile(r"\b(?:in|of|since|until|till|by|before|after|during|from|this|last)\s{1,3}$", re.IGNORECASE)
_BEFORE_DAYS = re.compile(r"\b(?:from|between)\s{1,3}(?:the\s)?$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(r"\s{0,2}([^\W\d_]+(?:\.[^\W\d_]\.)?)")
_WEEKDAY = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,3}|(?:the|on)\s{1,3})+", re.IGNORECASE)
_AROUND = " \t\r\n\f\v\xa0.,;:?"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A match of a form in a text, and the year of dates that name none."""

    match: re.Match[str]
    default: int | None

    def group(self, name: str) -> str:
        """Return what a group holds, "" where it holds nothing or is not of this form."""
        return self.match.groupdict().get(name) or ""

    def day(self, name: str = "d1") -> int:
        """Return the number of a day or year, 0 where there is none."""
        return int(self.group(name) or 0)

    def month(self, name: str = "m1") -> int:
        """Return the number of a month, 0 where there is none."""
        return months().get(self.group(name).lower(), 0)

    def year(self, name: str = "y1") -> int:
        """Return the year as it is named, else the default, 0 where neither is known."""
        named = self.group(name)
        if named:
            return int(named)
        if short := self.group(name + "short"):
            return self.century(int(short))
        return 0 if self.default is None else self.default

    def century(self, short: int) -> int:
        """Return the year of two digits: in the default's century, else in the twentieth."""
        return ((self.default or 1900) // 100) * 100 + short

    def named(self) -> bool:
        """Return whether a year stands there."""
        return any(self.group(name) for name in ("y1", "y1this", "y1short", "y2", "y2this", "y2short"))

    def before(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the words before the match are of the pattern."""
        return bool(pattern.search(self.match.string, max(0, self.match.start() - 20), self.match.start()))

    def alone(self) -> bool:
        """Return whether the match is all that the text says."""
        return self.match.string.strip(_AROUND) == self.match[0]

    def counts(self) -> bool:
        """Return whether the match counts something: "march 1200 men"."""
        unit = _UNIT.match(self.match.string, self.match.end())
        return unit is not None and unit[1].lower() in units()


def _one(date: PartialDate | None) -> Range:
    return date, date


def _iso(hit: _Hit) -> Range:
    return _one(partial(hit.year(), hit.day("n1"), hit.day()) if hit.day("n1") else None)


def _dotted(hit: _Hit) -> Range:
    """Return day, month, year; with slashes only where no American could read it otherwise."""
    number, year = hit.group("n1").upper(), hit.group("y1")
    month = ROMAN.get(number) or (int(number) if number.isdigit() else 0)
    if hit.group("sep") == "/" and number.isdigit() and month != hit.day() <= 12:
        return None, None
    if len(year) == 2 and number.isdigit() and not hit.alone():
        return None, None
    full = int(year) if len(year) == 4 else hit.century(int(year))
    return _one(partial(full, month, hit.day()) if month else None)


def _days(hit: _Hit) -> Range:
    """Return one day of a month or several; of days parted by a stroke, ten to thirteen apart, the later.

    Those are the Julian and the Gregorian date of one day (C. R. Cheney, A Handbook of Dates, 1945, on Old Style). Of
    "3 and 5 May" only the later is returned, since the former number may count something else.
    """
    year, month, day, other = hit.year(), hit.month(), hit.day(), hit.day("d2")
    if not year or (not hit.named() and hit.group("m1") in ("may", "march")):
        return None, None
    if hit.group("join").lower() == "and" and other != day + 1 and not hit.before(_BEFORE_DAYS):
        day = other
    last = partial(year, month, other or day)
    if hit.group("join") == "/" and 10 <= other - day <= 13:
        return _one(last)
    return partial(year, month, day), last


def _day_span(hit: _Hit) -> Range:
    later = hit.year("y2")
    named = hit.group("y1") or hit.group("y1short")
    year = hit.year() if named else later
    return partial(year, hit.month(), hit.day()), partial(later, hit.month("m2"), hit.day("d2"))


def _months(hit: _Hit) -> Range:
    """Return a month, months, or about a third of one; without a year only after a word that asks for a month."""
    year, month, other = hit.year(), hit.month(), hit.month("m2")
    if not year or (not hit.named() and not _bare_month(hit)):
        return None, None
    if part := _part(hit.group("part")):
        last = monthrange(year, month)[1]
        return partial(year, month, 10 * part - 9), partial(year, other or month, (10, 20, last)[part - 1])
    earlier = year - 1 if other and other < month else year
    return partial(earlier, month), partial(year, other or month)


def _bare_month(hit: _Hit) -> bool:
    """Return whether a month without a year is one: written in full, with a capital, after a preposition."""
    name = hit.group("m1")
    return name[0].isupper() and (len(name) > 3 or name.lower() == "may") and hit.before(_BEFORE_MONTH)


def _season(hit: _Hit) -> Range:
    """Return the three months of a season, as meteorologists of the northern hemisphere count them.

    (American Meteorological Society, Glossary of Meteorology, "season": spring is March to May.) Which winter "the
    winter of 1962" is cannot be known: the year stands for it; "the winter of 1962-63" is December to February.
    """
    year, start = hit.year(), SEASONS[hit.group("season").lower()]
    if not start:
        later = _later(year, hit.group("y2"))
        return (partial(year, 12), partial(later, 2)) if later else _one(partial(year))
    return partial(year, start), partial(year, start + 2)


def _decade(hit: _Hit) -> Range:
    """Return the ten years of a decade, or of its early (0-3), middle (4-6) or late (7-9) part, as thirds."""
    year, part = hit.year(), _part(hit.group("part"))
    until = _part(hit.group("part2")) or part
    first = (0, 0, 4, 7)[part]
    return partial(year + first), partial(year + (9, 3, 6, 9)[until])


def _years(hit: _Hit) -> Range:
    later = _later(hit.year(), hit.group("y2"))
    return (partial(hit.year()), partial(later)) if later else (None, None)


def _later(year: int, written: str) -> int:
    """Return the second year of "1964-67", 0 where it is not later than the first."""
    if not written:
        return 0
    later = int(written) if len(written) == 4 else year // 100 * 100 + int(written)
    return later if later > year else 0


def _one_year(hit: _Hit) -> Range:
    """Return a year that its surroundings show to be one, or about a third of it."""
    year, part = hit.year(), _part(hit.group("part"))
    if year > 2100:
        return None, None
    if part:
        return partial(year, 4 * part - 3), partial(year, 4 * part)
    text, start, end = hit.match.string, *hit.match.span()
    enclosed = text[max(0, start - 1) : start] in ("(", "[") and text[end : end + 1] in (")", "]", ",", ";")
    cited = text[max(0, start - 2) : start] == ", " and text[end : end + 1] == ")"
    noun = year >= _MODERN and hit.before(_ARTICLE)
    return _one(partial(year) if enclosed or cited or noun or hit.alone() or hit.before(_BEFORE_YEAR) else None)


def _part(words: str) -> int:
    """Return 1 for the early, 2 for the middle, 3 for the late part of a time, 0 for none."""
    for part, names in enumerate((("early", "beg", "start"), ("mid",), ("late", "end")), start=1):
        if any(name in words.lower() for name in names):
            return part
    return 0


_MEANING: dict[str, Callable[[_Hit], Range]] = {
    "day month span": _day_span,
    "month day span": _day_span,
    "from year": _years,
    "day month": _days,
    "month day": _days,
    "dotted": _dotted,
    "years": _years,
    "iso": _iso,
    "season": _season,
    "decade": _decade,
    "month": _months,
    "year": _one_year,
}


def _mentions(text: str, default: int | None) -> Iterator[tuple[str, DateMention]]:
    """Yield every reading of every form, with the form's name, in any order."""
    for name, form in forms().items():
        for match in form.finditer(text):
            hit = _Hit(match, default)
            start, (first, last) = match.start(), _MEANING[name](hit)
            if first and last and first.first <= last.last and not hit.counts():
                yield name, DateMention(start, match.end(), first, last)


def find_dates(text: str, default_year: int | None = None) -> list[DateMention]:
    """Return the dates and stretches of time that the text names, in order, none overlapping.

    A date without a year is given `default_year`, and left out where none is given. A bare year counts only after a
    word such as "in" or "since", or in parentheses; other numbers of four digits are pages, sums and shelf marks.
    Impossible dates (31 February) are left out. "mid-1964", "early March" are thirds; "fall" is September to November.

    >>> [(d.first.iso, d.last.iso) for d in find_dates("On 6 February [1968] and in the fall of 1962")]
    [('1968-02-06', '1968-02-06'), ('1962-09', '1962-11')]
    """
    if default_year is None and not _DIGIT.search(text):
        return []
    order = {name: rank for rank, name in enumerate(_MEANING)}
    readings = sorted(_mentions(text, default_year), key=lambda m: (m[1].start, -m[1].end, order[m[0]]))
    found: list[DateMention] = []
    for _, mention in readings:
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def parse(text: str) -> PartialDate | None:
    """Return the date that the whole text is, `None` where it is none, an impossible one, or more than one.

    >>> parse("February 26, 1968"), parse("26.II.50"), parse("31 February 1968")
    (PartialDate(year=1968, month=2, day=26), PartialDate(year=1950, month=2, day=26), None)
    """
    whole = " ".join(text.split()).strip(_AROUND)
    if whole[:1] + whole[-1:] in ("()", "[]"):
        whole = whole[1:-1].strip(_AROUND)
    if not _DIGIT.search(whole):
        return None
    weekday = _WEEKDAY.match(whole)
    whole = whole[weekday.end() :] if weekday else whole
    dates = {m.first for _, m in _mentions(whole, None) if m.first == m.last and m.end - m.start == len(whole)}
    return dates.pop() if len(dates) == 1 else None
