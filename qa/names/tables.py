"""The general word tables behind names: loaded once from `qa/data`, never changed."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʹʻ`´′", "'") | dict.fromkeys("‐‑‒", "-"))


def fold(text: str) -> str:
    """Return the text in lower case, without diacritics, with one kind of apostrophe and hyphen.

    >>> fold("Ch’oe Yŏng-gŏn")
    "ch'oe yong-gon"
    """
    if text.isascii():
        return text.lower().translate(_APOSTROPHES)
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@cache
def table(name: str) -> MappingProxyType[str, Any]:
    """Return a TOML table of `qa/data`, read once."""
    return MappingProxyType(tomllib.loads(_text(name)))


@cache
def words(name: str, field: str) -> frozenset[str]:
    """Return the set of words of one field of a table.

    >>> "comrade" in words("names_titles.toml", "titles")
    True
    """
    return frozenset(table(name)[field].split())


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a tab-separated table or word list of `qa/data`, comments left out."""
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)


def _text(name: str) -> str:
    return files("qa").joinpath("data", name).read_text(encoding="utf-8")
