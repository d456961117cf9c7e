"""The forms in which dates are written, as patterns with named groups; `finding` says what they mean."""

from __future__ import annotations

import re
from functools import cache

from qa.tables import lines

_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN = {n: i for i, n in enumerate(_NUMERALS, start=1)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 0}
_QUARTER = r"early|mid|late|(?:the\s)?(?:beginning|start|middle|end)\sof(?:\sthe)?"
_DASH = r"[-‐‑–—]"
_LEFT = r"(?<![^\W_])(?<!\d[.,:/])"


@cache
def months() -> dict[str, int]:
    """Return each written form of a month's name, in lower case, and the month's number."""
    rows = (line.split("\t") for line in lines("months.tsv"))
    return {row[0]: int(row[1]) for row in rows}


@cache
def units() -> frozenset[str]:
    """Return words before which a number counts something and dates nothing."""
    return frozenset(lines("units.txt"))


def _day(name: str) -> str:
    """Return the pattern of a day's number, quoted where a clerk filled it in."""
    number = rf"(?P<{name}>0?[1-9]|[12]\d|3[01])(?!\d)"
    return rf"(?P<{name}quote>[“”\"«\[])?{number}(?({name}quote)[”“\"»\]])(?:\s?(?:st|nd|rd|th|er|d)\b|[º.])?"


def _month(name: str) -> str:
    """Return the pattern of a month's name, perhaps short, perhaps in an editor's brackets."""
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    return rf"(?P<{name}open>\[)?(?P<{name}>{names})(?![^\W\d_])\.?(?({name}open)\])"


def _year(name: str) -> str:
    """Return the pattern of a year after a month, perhaps in an editor's brackets."""
    return (
        rf"(?:\s{{0,3}},?\s{{0,3}}(?:(?:of|de|in)\s{{1,3}})?(?P<{name}open>[\[(])?(?P<{name}>[12]\d{{3}})(?({name}open)[\])])(?![^\W_])"
        rf"|,?\s{{1,3}}(?:of\s)?(?P<{name}this>(?:this|the\s(?:current|present|same))\syear)\b"
        rf"|,?\s{{1,3}}['’](?P<{name}short>\d\d)(?![^\W_]))"
    )


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each form of a date; all are bounded, so that time grows with the text alone."""
    span = rf"\s{{0,3}}(?:{_DASH}|to|through|until)\s{{0,3}}"
    days = rf"(?:\s{{0,3}}(?P<join>{_DASH}|/|to|through|until|and)\s{{0,3}}{_day('d2')})?"
    of = r"\s{0,3}(?:(?:day\s)?(?:of|de)\s{1,3}(?:the\smonth\sof\s)?)?"
    year = r"(?P<y1>[12]\d{3})"
    source = {
        "iso": rf"{_LEFT}(?<!\d-){year}-(?P<n1>\d\d?)(?:-(?P<d1>\d\d?))?(?![\w-]|\.\d)",
        "dotted": rf"{_LEFT}(?P<d1>\d\d?)(?P<sep>[./])\s?(?P<n1>\d\d?|[IVX]{{1,4}})(?P=sep)\s?"
        r"(?P<y1>\d{4}|\d\d)(?![^\W_]|[./]\d)",
        "day month": rf"{_LEFT}{_day('d1')}{days}{of}{_month('m1')}{_year('y1')}?",
        "month day": rf"{_LEFT}{_month('m1')}\s{{0,3}}(?:(?:the|ye)\s)?{_day('d1')}{days}(?![^\W_]){_year('y1')}?",
        "day month span": rf"{_LEFT}{_day('d1')}{of}{_month('m1')}{_year('y1')}?{span}"
        rf"{_day('d2')}{of}{_month('m2')}{_year('y2')}?",
        "month day span": rf"{_LEFT}{_month('m1')}\s{{0,3}}{_day('d1')}{_year('y1')}?{span}"
        rf"{_month('m2')}\s{{0,3}}{_day('d2')}{_year('y2')}?",
        "month": rf"{_LEFT}(?:(?P<part>{_QUARTER})[\s-]{{1,3}})?{_month('m1')}"
        rf"(?:\s{{0,3}}(?:{_DASH}|to|and|through|or|/)\s{{0,3}}{_month('m2')})?{_year('y1')}?(?!\s?\d|{_DASH}\d)",
        "season": rf"{_LEFT}(?P<season>{'|'.join(SEASONS)})\s{{1,3}}(?:of\s{{1,3}}|in\s{{1,3}})?{year}"
        rf"(?:(?:{_DASH}|/)(?P<y2>\d{{4}}|\d\d))?(?![^\W_])",
        "decade": rf"{_LEFT}(?:(?P<part>{_QUARTER})[\s-]{{1,3}}(?:(?:to|and)[\s-](?P<part2>mid|late)[\s-])?)?"
        r"(?P<y1>[12]\d\d0)['’]?s\b",
        "years": rf"{_LEFT}(?<![-–/]){year}\s?(?:{_DASH}|/)\s?(?P<y2>[12]\d{{3}}|\d\d)(?![^\W_]|[-–/]\d)",
        "from year": rf"(?:from|between)\s{{1,3}}{year}\s{{1,3}}(?:to|and|until|till|through)"
        r"\s{1,3}(?P<y2>[12]\d{3})(?![^\W_])",
        "year": rf"{_LEFT}(?:(?P<part>{_QUARTER})[\s-]{{1,3}}|(?<![-–/.$£€#№])){year}(?![^\W_]|[-–/.,]\d|%)",
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in source.items()}
