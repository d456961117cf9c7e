"""Text made comparable: case, accents, apostrophes, hyphens and spaces levelled, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from qa.tables import lines

APOSTROPHES = frozenset("'`´‘’‚‛′‵ʹʺʻʼʽʾʿˈˊˋ‹›ʹ΄᾿")
QUOTES = frozenset('"“”„‟«»″‶〝〞')
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_DROPPED = frozenset(("Mn", "Me", "Cc", "Cf", "Cs"))
# White space in a row; an apostrophe (or several) inside a word, but not before the final s of a possessive.
_SPARE = re.compile(r"(?<=\s)\s+|(?<=[^\W_])'+(?=[^\W_])(?!s(?!'*[^\W_]))")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the offset of the raw character that it came from.

    >>> folded = fold_with_map("Gen. Ch’oe  Yong-sŏn")
    >>> at = folded.text.index("choe")
    >>> folded.raw(at, at + 4)
    (5, 10)
    """

    text: str
    offsets: Sequence[int] = field(repr=False)
    length: int

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw range of a range of the folded text; marks that belong to its last character included."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"a range needs 0 <= start < end <= {len(self.text)}, not {start}, {end}")
        following = self.offsets[end] if end < len(self.text) else self.length
        return self.offsets[start], max(self.offsets[end - 1] + 1, following)

    def at(self, raw: int) -> int:
        """Return the folded offset of the first character that comes from the raw offset or from after it."""
        return bisect_left(self.offsets, raw)


class _Table(dict[int, str]):
    """What each character folds to when it stands alone, worked out when it is first met (for `str.translate`)."""

    def __missing__(self, code: int) -> str:
        self[code] = value = _alone(chr(code))
        return value


@cache
def _table() -> _Table:
    """Return the one table of the process."""
    return _Table()


@cache
def _strokes() -> dict[str, str]:
    """Return the letters that have a base letter which Unicode does not know of."""
    rows = (line.split("\t") for line in lines("letters.tsv"))
    return {row[0]: row[1] for row in rows}


def _alone(char: str) -> str:
    """Return what one character folds to; the result folds to itself."""
    if (plain := _plain(char)) is not None:
        return plain
    pieces = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return pieces if pieces == char else "".join(map(_alone, pieces))


def _plain(char: str) -> str | None:
    """Return the plain form of a character that is no matter of case or accents, `None` for any other."""
    if char in APOSTROPHES:
        return "'"
    if char in QUOTES:
        return '"'
    if char.isspace() or char in _SUPERSCRIPTS or char == "−":
        return " "
    kind = unicodedata.category(char)
    if kind == "Pd":
        return " "
    return "" if kind in _DROPPED else _strokes().get(char)


def fold(text: str) -> str:
    """Return the text as it is compared.

    Case folded, without accents, ligatures taken apart (Unicode's NFKD), quotation marks and apostrophes plain, hyphens
    and dashes as spaces, white space collapsed and stripped, superscript digits (marks of notes) as spaces, invisible
    characters dropped. Apostrophes inside words go, so that "Ch’ang-bong" and "Chang Bong" are one; the possessive's
    stays, so that the name before it ends where it ends.

    >>> print(fold("  Kim Ch’ang-bong’s “ﬁrst” Fête² "))
    kim chang bong's "first" fete
    """
    folded = text.translate(_table())
    return _SPARE.sub("", folded).strip()


def fold_with_map(text: str) -> Folded:
    """Return the same as `fold`, with the way back to the raw text.

    >>> fold_with_map("Ça  va").offsets
    [0, 1, 2, 4, 5]
    """
    table = _table()
    parts = [table[ord(char)] for char in text]
    folded = "".join(parts)
    if len(folded) == len(parts) and "" not in parts:
        origins: Sequence[int] = range(len(parts))
    else:
        origins = [at for at, part in enumerate(parts) for _ in part]
    return _without_spare(folded, origins, len(text))


def _without_spare(folded: str, origins: Sequence[int], length: int) -> Folded:
    """Return the folded text without what needs its neighbours to be dropped."""
    lead = len(folded) - len(folded.lstrip())
    stop = len(folded.rstrip())
    texts: list[str] = []
    offsets: list[int] = []
    at = lead
    for match in _SPARE.finditer(folded, lead, stop) if lead < stop else ():
        texts.append(folded[at : match.start()])
        offsets.extend(origins[at : match.start()])
        at = match.end()
    texts.append(folded[at:stop])
    offsets.extend(origins[at:stop])
    end = origins[stop] if stop < len(folded) else length
    return Folded("".join(texts), offsets, end if lead < stop else 0)
