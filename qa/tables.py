"""The package's data files: general tables of words, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a table in `qa/data`, without comments (`#`) and empty ones.

    >>> "box" in lines("locators.txt")
    True
    """
    text = files("qa").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
