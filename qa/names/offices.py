"""Offices: found beside a name, and brought to one normal form with the country they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from qa.names.places import country_spans
from qa.names.scan import Role, Token
from qa.names.tables import fold, table

_Joined = Callable[[str, Token, Token], bool]
_PART = Role.HEAD | Role.OFFICE | Role.GLUE | Role.PLACE | Role.ORGANISATION | Role.TITLE
_ENVOYS = frozenset({"ambassador", "charge d'affaires", "military attache", "consul", "consul general"})
_RANK = re.compile(r"(?:the )?(acting|assistant|deputy assistant|associate|under|former|ex)[ -]")
_HIS = frozenset({"of", "by", "with", "from"})
_LONGEST = 24  # words; a longer office is a sentence misread


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """An office in normal form: whose (country key or ""), what, and where to ("" but for envoys)."""

    title: str
    country: str = ""
    post: str = ""


def office_before(
    text: str, stream: Sequence[Token], at: int, end: int, joined: _Joined
) -> tuple[tuple[str, ...], str, int]:
    """Return the titles, the office and the start of what stands before the name at `stream[at]`."""
    titles: list[str] = []
    here = at
    while here and joined(text, stream[here - 1], stream[here]) and _plain_title(stream[here - 1]):
        here -= 1
        titles.insert(
            0, text[stream[here].start : stream[here].end + (text[stream[here].end : stream[here].end + 1] == ".")]
        )
    first = _office_start(text, stream, here, end, joined, bool(titles))
    if first is None:
        return tuple(titles), "", stream[here].start
    last = stream[here - 1]
    office = " ".join(text[stream[first].start : last.end].split())
    if last.is_a(Role.TITLE) and here == at:
        titles.insert(0, last.text)
    return tuple(titles), office, stream[first].start


def _plain_title(token: Token) -> bool:
    return token.is_a(Role.TITLE) and not token.is_a(Role.HEAD) and (token.is_a(Role.CAPITAL) or len(token.text) > 2)


def _office_start(text: str, stream: Sequence[Token], here: int, end: int, joined: _Joined, titled: bool) -> int | None:
    """Return where the office that ends before `stream[here]` begins, `None` where none stands there."""
    if not here:
        return None
    gap = text[stream[here - 1].end : stream[here].start].strip("\n []")
    after = text[stream[end - 1].end : stream[end - 1].end + 1]
    apposition = (gap == "," and (titled or after in {",", ")"})) or (gap == "(" and after == ")")
    if not (apposition or joined(text, stream[here - 1], stream[here])) or not _office_word(stream[here - 1]):
        return None
    first = here - 1
    while first and here - first < _LONGEST and _office_word(stream[first - 1]):
        if not joined(text, stream[first - 1], stream[first]):
            break
        first -= 1
    while first < here and stream[first].is_a(Role.GLUE) and not _under_secretary(stream, first):
        first += 1
    first = _behind_a_thing(stream, first, here)
    window = stream[first:here]
    if not any(t.is_a(Role.HEAD) for t in window) or window[-1].is_a(Role.GLUE):
        return None
    return first


def _under_secretary(stream: Sequence[Token], at: int) -> bool:
    """Return whether "Under Secretary" stands there, an office, no preposition."""
    words = [fold(t.text) for t in stream[at : at + 2]]
    return words == ["under", "secretary"] and stream[at].is_a(Role.CAPITAL)


def _behind_a_thing(stream: Sequence[Token], first: int, here: int) -> int:
    """Return where the office begins without a thing that is its holder's: "Press Conference of President Roe"."""
    for at in range(first + 1, here - 1):
        if stream[at].is_a(Role.GLUE) and fold(stream[at].text) in _HIS:
            heads = any(t.is_a(Role.HEAD | Role.TITLE) for t in stream[first:at])
            if not heads and any(t.is_a(Role.HEAD) for t in stream[at + 1 : here]):
                return at + 1
            return first
    return first


def _office_word(token: Token) -> bool:
    short = token.text.isupper() and 2 <= len(token.text) <= 5
    return token.is_a(_PART) or short


def office_after(text: str, stream: Sequence[Token], end: int, joined: _Joined) -> str:
    """Return the office in apposition after the name (", Minister of Trade,"), "" where none stands there."""
    if end >= len(stream) or text[stream[end - 1].end : stream[end].start].strip() != ",":
        return ""
    last = end
    while last < len(stream) and last - end < _LONGEST and _office_word(stream[last]):
        if last > end and not joined(text, stream[last - 1], stream[last]):
            break
        last += 1
    window = stream[end:last]
    closed = last > end and text[stream[last - 1].end : stream[last - 1].end + 1] in {",", ".", ";", ")", "\n", ""}
    if not closed or not any(t.is_a(Role.HEAD) for t in window[:5]) or window[-1].is_a(Role.GLUE):
        return ""
    first = window[1] if window[0].is_a(Role.GLUE) and len(window) > 1 else window[0]
    return " ".join(text[first.start : window[-1].end].split())


@cache
def _normal() -> tuple[tuple[str, str], ...]:
    pairs = [(fold(s), title) for title, group in table("names_offices.toml")["normal"].items() for s in group]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def normal_office(written: str, country: str = "") -> Office | None:
    """Return the office in normal form, `None` when it is none of the table's offices.

    >>> normal_office("Soviet Ambassador to North Korea") == normal_office("ambassador of the USSR in the DPRK")
    True
    >>> normal_office("Minister of Foreign Affairs of the DPRK")
    Office(title='foreign minister', country='dprk', post='')
    """
    plain = re.sub(r"[.,\[\]]", "", fold(written))
    plain = re.sub(r"\b(?:national|union) defen[sc]e\b", "defense", " ".join(plain.split()))
    spans = country_spans(written)
    for old, name in _place_texts(written):
        plain = plain.replace(old, "~", 1) if name else plain
    plain = re.sub(r"\s*\b(?:of|in|to|for)\s+(?:the\s+)?~|~", "", plain)
    plain = " ".join(plain.split())
    title = next((title for spelling, title in _normal() if re.search(rf"\b{re.escape(spelling)}\b", plain)), None)
    if title is None:
        return None
    rank = _RANK.match(plain)
    if rank and not title.startswith(("deputy", "vice", "first deputy")):
        title = f"{rank[1]} {title}"  # an acting or assistant secretary is not the secretary
    return _placed(title, written, spans, country)


def _place_texts(written: str) -> list[tuple[str, str]]:
    return [(re.sub(r"[.,\[\]]", "", fold(written[s:e])), name) for s, e, name in country_spans(written)]


def _placed(title: str, written: str, spans: list[tuple[int, int, str]], country: str) -> Office:
    """Return the office with whose it is and where to: "of" and an adjective say whose, "to" and "in" where."""
    whose, post = country, ""
    for start, _, name in spans:
        before = fold(written[:start]).split()
        link = next((w for w in reversed(before) if w != "the"), "")
        if link in {"to", "in", "at"} and title in _ENVOYS:
            post = name
        else:
            whose = name
    if title == "party leader" and whose == "un":
        title = "secretary general"
    return Office(title, whose, post)


def find_offices(text: str) -> list[tuple[int, int, Office]]:
    """Return the offices that the text speaks of with their country ("the Polish ambassador", "premier of France").

    >>> [(o.title, o.country) for _, _, o in find_offices("what did the polish foreign minister want?")]
    [('foreign minister', 'poland')]
    """
    plain = text.lower() if len(text.lower()) == len(text) else text
    spans = country_spans(text)
    found = []
    for match in _office_pattern().finditer(plain):
        start, end = match.span()
        for s, e, _ in spans:
            if e <= start and not plain[e:start].strip():
                start = s
        for s, e, _ in spans:
            if s >= end and _LINK.fullmatch(plain, end, s):
                end = e
        office = normal_office(text[start:end])
        if office is not None:
            found.append((start, end, office))
    return found


_LINK = re.compile(r"\s+(?:of|to|in|for)\s+(?:the\s+)?")


@cache
def _office_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(spelling) for spelling, _ in _normal())})(?!\w)")
