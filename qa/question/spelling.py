"""Slips of the pen in the words that tell what a question asks for."""

from __future__ import annotations

import re
from functools import cache

from qa.names.fuzzy import allowed, distance
from qa.names.tables import is_english
from qa.tables import lines

_LONG = re.compile(r"[^\W\d_]{7,20}")  # shorter words have too many neighbours


def mended(folded: str) -> str:
    """Return a folded question with the words of `qa/data/asked_words.txt` as they should be written.

    A word that begins otherwise, or that the dictionary has, is left alone.

    >>> mended("who was the interpeter, and where was the signiture archieved")
    'who was the interpreter, and where was the signature archived'
    >>> mended("the orders were recorded, extended and intercepted")
    'the orders were recorded, extended and intercepted'
    """
    return _LONG.sub(lambda m: _meant(m.group()), folded)


@cache
def _asked() -> frozenset[str]:
    return frozenset(lines("asked_words.txt"))


def _meant(word: str) -> str:
    """Return the only word of the table that a slip or two make this one, else the word itself."""
    if word in _asked() or is_english(word):
        return word
    most = allowed(len(word))
    slips = {w: distance(word, w, most) for w in _asked() if w[0] == word[0] and abs(len(w) - len(word)) <= most}
    least = min(slips.values(), default=most + 1)
    near = [w for w, count in slips.items() if count == least <= most]
    return near[0] if len(near) == 1 else word
