"""Stems of English words, by the Snowball project's stemmer."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Protocol, cast


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    """Return the stemmer; it is loaded when the first word asks for it."""
    from snowballstemmer import stemmer  # type: ignore[import-untyped, unused-ignore]

    return cast(_Stemmer, stemmer("english"))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word.

    Porter's second algorithm (M. F. Porter, "Snowball: a language for stemming algorithms", 2001,
    https://snowballstem.org/algorithms/english/stemmer.html).

    >>> stem("armies"), stem("withdrawing"), stem("1968")
    ('armi', 'withdraw', '1968')
    """
    return _stemmer().stemWord(word)
