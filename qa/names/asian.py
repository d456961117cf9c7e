"""Korean and Chinese names under every usual romanisation.

Sources of the tables: McCune and Reischauer (1939), Revised Romanization of Korean (2000), older Russian practice,
Wade-Giles (Giles 1912), Hanyu Pinyin (1958); the tables themselves are in `qa/data`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from qa.names.tables import fold, rows, table

_PIECE = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Korean:
    """A Korean reading: the family name's key, the sounds of the rest (what each letter can be), its syllables.

    `breaks` are the places, counted in sounds, where the writer divided the given name; empty when written as one.
    """

    surname: str
    classes: str
    sounds: tuple[frozenset[str], ...]
    breaks: tuple[int, ...]

    @property
    def key(self) -> str:
        """The key that all spellings of the name share."""
        return f"ko:{self.surname} {self.classes}".rstrip()

    def agrees(self, other: Korean) -> bool:
        """Return whether both spellings can stand for the same sounds."""
        if self.key != other.key:
            return False
        if self.breaks and other.breaks and self.breaks != other.breaks:
            return False
        return all(a & b for a, b in zip(self.sounds, other.sounds, strict=True))


@cache
def _korean_surnames() -> dict[str, str]:
    lines = table("romanisation.toml")["korean"]["surnames"].replace("\n", "|").split("|")
    found: dict[str, str] = {}
    for line in lines:
        spellings = line.split()
        for spelling in spellings:
            found.setdefault(spelling, spellings[0])
    return found


@cache
def _letters() -> tuple[re.Pattern[str], dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, str]]:
    data = table("romanisation.toml")["korean"]
    consonants = {k: frozenset(v.split()) for k, v in data["consonants"].items()}
    vowels = {k: frozenset(v.split()) for k, v in data["vowels"].items()}
    order = sorted((*consonants, *vowels), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, order))), consonants, vowels, data["classes"]


@lru_cache(maxsize=65536)
def korean(written: str) -> tuple[Korean, ...]:
    """Return the readings of the words as a Korean name, family name first; empty when they cannot be one.

    >>> [r.key for r in korean("Kim Ch'ang-bong")] == [r.key for r in korean("kim changbong")]
    True
    >>> korean("John Smith")
    ()
    """
    pieces = _PIECE.split(_korean_fold(written).strip())
    surname = _korean_surnames().get(pieces[0].replace("'", ""))
    if surname is None or len(pieces) > 3:
        return ()
    found = [_reading(surname, pieces[1:])]
    older = table("romanisation.toml")["korean"]["russian"]
    if any(piece in older for piece in pieces[1:]):
        options = [older.get(piece, piece).split() for piece in pieces[1:]]
        found += [_reading(surname, list(choice)) for choice in product(*options)]
    return tuple(dict.fromkeys(r for r in found if r is not None))


def _korean_fold(written: str) -> str:
    lower = written.lower().replace("ŏ", "eo").replace("ŭ", "eu")
    return fold(lower)


def _reading(surname: str, pieces: list[str]) -> Korean | None:
    sounds: list[frozenset[str]] = []
    classes: list[str] = []
    breaks: list[int] = []
    syllables = 0
    for piece in pieces:
        read = _piece(piece)
        if read is None:
            return None
        breaks.append(len(sounds))
        for kind, options in read:
            classes.append(kind)
            sounds.append(options)
        syllables += sum(kind in _VOWEL_CLASSES for kind, _ in read)
    if syllables > 3:
        return None
    return Korean(surname, "".join(classes), tuple(sounds), tuple(breaks[1:]))


_VOWEL_CLASSES = frozenset({"o", "y", "w", "e", "a", "ja", "wa", "i"})


@lru_cache(maxsize=65536)
def _piece(piece: str) -> tuple[tuple[str, frozenset[str]], ...] | None:
    """Return the sounds of one written piece, `None` when it is not made of Korean syllables."""
    pattern, consonants, vowels, classes = _letters()
    spelled = pattern.findall(piece.removesuffix("h") if len(piece) > 1 else piece)
    if not spelled or len("".join(spelled)) < len(piece.removesuffix("h")):
        return None
    read: list[tuple[str, frozenset[str]]] = []
    run = 0
    for at, letter in enumerate(spelled):
        following = spelled[at + 1] if at + 1 < len(spelled) else ""
        options = vowels.get(letter) or consonants[letter]
        kind = classes[min(options)]
        run = 0 if letter in vowels else run + 1
        if run > 2 or (run == 2 and at == 1):
            return None
        if letter in consonants and following not in vowels:
            if kind in "jch" or (kind == "s" and not following):
                return None
            options = frozenset(o for o, c in classes.items() if c == kind)
        elif letter == "u" and not following:
            options = frozenset({"u", "eu"})
        read.append((kind, options))
    return tuple(read) if any(kind in _VOWEL_CLASSES for kind, _ in read) else None


@cache
def _chinese_tables() -> tuple[frozenset[str], dict[str, frozenset[str]], frozenset[str]]:
    """Return the pinyin syllables, Wade-Giles spellings with their pinyin, and the family names."""
    pinyin: set[str] = set()
    wade: dict[str, set[str]] = {}
    for syllable, spellings in rows("chinese_syllables.tsv"):
        plain = fold(syllable)
        pinyin.add(plain)
        for spelling in map(fold, spellings.split()):
            wade.setdefault(spelling, set()).add(plain)
            wade.setdefault(spelling.replace("'", ""), set()).add(plain)
    surnames = frozenset(fold(word) for row in rows("chinese_surnames.txt") for word in row[0].split())
    return frozenset(pinyin), {k: frozenset(v) for k, v in wade.items()}, surnames


@lru_cache(maxsize=65536)
def chinese(written: str) -> frozenset[str]:
    """Return the keys (in pinyin) of the words as a Chinese name, family name first; empty when they cannot be one.

    >>> chinese("Chou En-lai") & chinese("Zhou Enlai")
    frozenset({'zh:zhou enlai'})
    """
    pinyin, wade, surnames = _chinese_tables()
    pieces = _PIECE.split(fold(written).strip())
    if len(pieces) > 3:
        return frozenset()
    plain = [_segment(piece.replace("'", ""), pinyin) for piece in pieces]
    older = [tuple(wade.get(piece, ())) for piece in pieces]
    found: set[str] = set()
    for reading in (plain, older):
        if not all(reading):
            continue
        for first, *rest in product(*reading):
            if first in surnames and sum(map(len, rest)) <= 14:
                found.add(f"zh:{first} {''.join(rest)}".rstrip())
    return frozenset(found)


@lru_cache(maxsize=65536)
def _segment(piece: str, syllables: frozenset[str]) -> tuple[str, ...]:
    """Return the piece when it is one or two syllables, nothing otherwise."""
    if piece in syllables:
        return (piece,)
    cuts = range(1, len(piece))
    return (piece,) if any(piece[:c] in syllables and piece[c:] in syllables for c in cuts) else ()
