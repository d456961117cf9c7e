"""Family names that are ordinary words ("Glad", "Herring"), known by the list of those present."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from qa.names import parse_name
from qa.names.tables import words
from qa.turns.actors import Actor, ActorKind

_DOES = (
    r"(?:then |also |again |further |both |all |\w+ly )?"
    r"(?:[a-z]{2,}ed|said|told|thought|felt|spoke|gave|made|began|went)\b"
)


def worded(text: str, actors: Sequence[Actor], present: tuple[str, ...]) -> list[Actor]:
    """Return those present who do something at the head of a clause under a name that is an ordinary word.

    `actors` are those whom the sentence names beyond doubt.

    >>> [(a.written, a.name) for a in worded("Glad said no; Bell asked.", (), ("Ann Glad", "Anna Bell"))]
    [('Glad', 'Ann Glad'), ('Bell', 'Anna Bell')]
    >>> worded("Glad to hear it, they left.", (), ("Ann Glad",))
    []
    """
    names, pattern = _pattern(present)
    if pattern is None:
        return []
    taken = [(a.start, a.end) for a in actors]
    return [
        Actor(m.start("who"), m.end("who"), m["who"], ActorKind.NAME, names[m["surname"]])
        for m in pattern.finditer(text)
        if not any(s < m.end("who") and m.start("who") < e for s, e in taken)
    ]


def with_worded(text: str, actors: Sequence[Actor], present: tuple[str, ...]) -> tuple[Actor, ...]:
    """Return those whom a sentence names and those present whom it names by an ordinary word, in order."""
    return tuple(sorted((*actors, *worded(text, actors, present)), key=lambda a: (a.start, -a.end)))


@lru_cache(maxsize=256)
def _pattern(present: tuple[str, ...]) -> tuple[dict[str, str], re.Pattern[str] | None]:
    """Return the people by family names that one alone bears, and the pattern of their acts."""
    surnames = {name: parse_name(name).surname for name in present}
    counts = Counter(surnames.values())
    names = {s: name for name, s in surnames.items() if s and counts[s] == 1 and s[:1].isupper()}
    if not names:
        return names, None
    title = "|".join(
        sorted((t.capitalize() for t in words("names_titles.toml", "titles") if t.isalpha()), key=len)[::-1]
    )
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return names, re.compile(
        rf"(?:^(?:\(?[\da-z]{{1,2}}[.)]\s+)?|; |, (?:and|but) )(?P<who>(?:(?:{title})\.? )?(?P<surname>{listed}))"
        rf"(?= {_DOES}|,? and [A-Z]|, [A-Z])"
    )
