"""Offices by which a document refers to people: "the ambassador", "the North Korean minister of defense"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.names.places import country_spans
from qa.text import fold

_SMALL = frozenset({"the", "of", "to", "in", "and", "for", "a", "an", "his", "our", "this", "that"})
_AT = re.compile(r"\b(?:to|in|at)\s+(?:the\s+)?$", re.I)
_RANKS = frozenset({"deputy", "vice", "assistant", "under"})  # "the minister" is not the deputy minister


@dataclass(frozen=True, slots=True)
class Office:
    """An office or part and the person last mentioned with it.

    `words` are folded, without countries; `countries` are keys of whose it is, `posts` of where ("ambassador to").
    """

    words: frozenset[str]
    name: str
    countries: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()


def office_of(written: str, name: str) -> Office:
    """Return the office as written with its holder.

    >>> sorted(office_of("Polish Minister of Trade", "Jan Roe").words), office_of("Polish envoy", "").countries
    (['minister', 'trade'], frozenset({'poland'}))
    """
    spans = country_spans(written)
    bare = list(written)
    for start, end, _ in spans:
        bare[start:end] = " " * (end - start)
    words = frozenset(fold("".join(bare)).replace(".", "").split()) - _SMALL
    posts = frozenset(key for start, _, key in spans if _AT.search(written[:start]))
    return Office(words, name, frozenset(key for _, _, key in spans) - posts, posts)


def holder(phrase: str, offices: Sequence[Office], shy: str = "") -> str:
    """Return the person last mentioned with the office that the phrase names, "" where there is none.

    `shy` is who says "I" in the document, and is not meant. A phrase without a country takes the only holder; one
    with a country takes one of that country, else the only one of whom no country is told: an ambassador "in Chile" is
    any country's but Chile's.

    >>> told = (office_of("Foreign Minister", "Ann Roe"), office_of("Polish Deputy Minister of Trade", "Jan Poe"))
    >>> holder("the minister", told), holder("the Polish minister", told), holder("the deputy minister", told)
    ('Ann Roe', 'Ann Roe', 'Jan Poe')
    """
    wanted = office_of(phrase, "")
    fit = [o for o in offices if o.name != shy and _fits(wanted, o)]
    if not wanted.countries:
        return fit[0].name if len({o.name for o in fit}) == 1 else ""
    same = [o.name for o in fit if wanted.countries & o.countries]
    open_ = list(dict.fromkeys(o.name for o in fit if not (o.countries or o.posts)))
    if same:
        return same[0]
    return open_[0] if len(open_) == 1 else ""


def _fits(wanted: Office, office: Office) -> bool:
    ranked = (office.words ^ wanted.words) & _RANKS
    placed = not wanted.posts or not office.posts or bool(wanted.posts & office.posts)
    return wanted.words <= office.words and not ranked and placed
