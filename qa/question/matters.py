"""Questions about a publication or a record itself: who translated, signed, was present, where it is held."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from qa.text import fold


@cache
def _table() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    rows = tomllib.loads((files("qa") / "data" / "matters.toml").read_text(encoding="utf-8"))
    return {name: (re.compile(row["asked"]), re.compile(row["told"])) for name, row in rows.items()}


def matters_asked(question: str) -> tuple[str, ...]:
    """Return the matters that a question asks about.

    >>> matters_asked("Who translated the letter, and where is it kept?")
    ('translator', 'held')
    """
    folded = fold(question)
    return tuple(name for name, (asked, _) in _table().items() if asked.search(folded))


def tells(text: str, matters: tuple[str, ...]) -> float:
    """Return the share of the matters about which a text may tell; 0 when none is asked about.

    >>> tells("Translated by Ann Roe.", ("translator", "held"))
    0.5
    """
    if not matters:
        return 0.0
    folded = fold(text)
    return sum(_table()[m][1].search(folded) is not None or _raw(text, m) for m in matters) / len(matters)


def _raw(text: str, matter: str) -> bool:
    """Return whether the unfolded text shows a sign that folding takes away (brackets, quotation marks)."""
    return _table()[matter][1].search(text) is not None
