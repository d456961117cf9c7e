"""What the head of a military or diplomatic cable says: when it was sent, from where, to whom, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A date-time group: day, hour and minute, zone Z, month, year (Allied Communications Publication 121).
_GROUP = re.compile(r"\b(?P<day>[0-3]\d)[0-2]\d[0-5]\dZ (?P<month>[A-Z]{3}) (?P<year>\d{2}|[12]\d{3})\b")
_FROM = re.compile(r"FM\s+(?P<value>[A-Z].{2,80})")
_TO = re.compile(r"TO\s+(?P<value>[A-Z].*?)(?:\s+(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE))?(?:\s+\d{1,5})?")
_SUBJECT = re.compile(r"SUBJ(?:ECT)?\s*:\s*(?P<value>\S.*)")
_FORMS = (("sending post", _FROM), ("receiving post", _TO), ("title", _SUBJECT))
_CENTURY = 45  # two digits of a year: such cables begin with the end of the Second World War


def cable_fields(head: Sequence[str]) -> dict[str, str]:
    r"""Return what the lines of a cable's head say, by field; nothing without a date-time group and a sender.

    >>> cable_fields(["R 041512Z APR 75\nFM AMEMBASSY MOSCOW\nTO SECSTATE WASHDC 8912", "SUBJECT: GRAIN"])
    {'date': '04 APR 1975', 'sending post': 'AMEMBASSY MOSCOW', 'receiving post': 'SECSTATE WASHDC', 'title': 'GRAIN'}
    >>> cable_fields(["FM THE SEA", "SUBJECT: GRAIN"])
    {}
    """
    lines = [line.strip() for words in head for line in words.split("\n")]
    sent = next(filter(None, map(_GROUP.search, lines)), None)
    if sent is None or not any(map(_FROM.fullmatch, lines)):
        return {}
    year = int(sent["year"])
    full = year if year > 99 else year + (1900 if year >= _CENTURY else 2000)
    found = {"date": f"{sent['day']} {sent['month']} {full}"}
    for field, form in _FORMS:
        match = next(filter(None, map(form.fullmatch, lines)), None)
        if match is not None:
            found[field] = match["value"]
    return found
