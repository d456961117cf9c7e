"""Places and countries under their different spellings (general gazetteer knowledge, in `qa/data/places.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from qa.names.tables import fold, table


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Return, for each folded spelling of a place, all spellings; the first is the canonical one."""
    data = table("places.toml")
    groups = [tuple(group) for group in data["places"]]
    for country in data["countries"].values():
        groups.append(tuple(country["names"]))
    return {fold(spelling): group for group in groups for spelling in group}


@cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(_groups(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)")


def place_variants(word: str) -> frozenset[str]:
    """Return every spelling of the place, the given one among them; empty for a word that is no known place.

    >>> sorted(place_variants("peking"))
    ['Beijing', 'Beiping', 'Peiping', 'Pekin', 'Peking']
    """
    return frozenset(_groups().get(fold(word), ()))


def canonical_places(text: str) -> str:
    """Return the folded text with each place in its canonical spelling, for matching.

    >>> canonical_places("from Mukden to Peiping")
    'from shenyang to beijing'
    """
    return _pattern().sub(lambda m: fold(_groups()[m[0]][0]), fold(text))


@cache
def _countries() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of every country word and the country's key for each, folded."""
    found: dict[str, str] = {}
    for name, country in table("places.toml")["countries"].items():
        for field in ("names", "adjectives", "capital"):
            for spelling in country[field]:
                found.setdefault(fold(spelling), name)
    order = sorted(found, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, order))})(?!\w)"), found


def country_spans(text: str) -> list[tuple[int, int, str]]:
    """Return where the text names a country, by name, adjective or capital, with the country's key.

    >>> country_spans("the Polish ambassador in Sofia")
    [(4, 10, 'poland'), (25, 30, 'bulgaria')]
    """
    plain = fold(text)
    if len(plain) != len(text):
        plain = text.lower() if len(text.lower()) == len(text) else ""
    pattern, found = _countries()
    hits = ((m.start(), m.end(), m[0]) for m in pattern.finditer(plain))
    return [(s, e, found[w]) for s, e, w in hits if w != "us" or text[s:e] == "US"]


def country_words(word: str, fields: Sequence[str] = ("names", "adjectives", "capital")) -> frozenset[str]:
    """Return the names, adjectives and capitals of the country that a word is one of, empty for any other word.

    >>> sorted(country_words("Tirana")), sorted(country_words("Tirana", ["capital"]))
    (['Albania', 'Albanian', 'Albanians', 'Tirana'], ['Tirana'])
    """
    name = _countries()[1].get(fold(word))
    country = table("places.toml")["countries"].get(name, {})
    return frozenset(spelling for field in fields for spelling in country.get(field, ()))
