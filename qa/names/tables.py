"""The general word tables behind names: loaded once from `qa/data`, never changed."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from qa.text import fold as fold_text

_MARKS = str.maketrans(dict.fromkeys("’‘ʼʹʻʾʿ`´′", "'") | dict.fromkeys("‐‑‒", "-"))
_WORD = re.compile(r"[^\s'-]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text as `qa.text.fold` gives it, but with apostrophes and hyphens kept.

    Names need both: the apostrophe tells aspirates ("Ch'ang" is not "Chang"), the hyphen where a syllable ends.

    >>> fold("Ch’oe Yŏng-gŏn")
    "ch'oe yong-gon"
    """
    text = text.translate(_MARKS)
    return text.lower() if text.isascii() else _WORD.sub(lambda m: fold_text(m[0]), text)


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


_INFLECTIONS = (
    ("s", ""),
    ("es", ""),
    ("d", ""),
    ("ed", ""),
    ("ly", ""),
    ("ing", ""),
    ("ing", "e"),
    ("ies", "y"),
    ("ied", "y"),
)


@lru_cache(maxsize=200_000)
def is_english(word: str) -> bool:
    """Return whether the word is a common English word, in any case, regular inflections included.

    >>> [is_english(w) for w in ("House", "housing", "Zimin")]
    [True, True, False]
    """
    plain, known = word.lower(), _english()
    if plain in known:
        return True
    stems = (plain.removesuffix(end) + new for end, new in _INFLECTIONS if plain.endswith(end))
    return any(len(stem) >= 3 and stem in known for stem in stems)


@cache
def _english() -> frozenset[str]:
    return frozenset(word for row in rows("english_words.txt") for word in row[0].split())


def _text(name: str) -> str:
    return files("qa").joinpath("data", name).read_text(encoding="utf-8")
