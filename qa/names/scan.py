"""Words of running text with what each can be in a name: title, office, initial, name, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
from functools import cache, lru_cache

from qa.names.tables import fold, is_english, table, words

_APOSTROPHE = "'’‘ʼʹʻ`"
_LONG = "Yu|Ya|Ye|Yo|Zh|Kh|Ch|Sh|Ts|Iu|Ia|Io|Ju|Ja|Th|Ph"
_LETTER = r"[^\W\d_²³¹⁰-₟]"  # superscript digits are note marks, though Python counts them as word characters
TOKEN = re.compile(
    rf"(?P<abbreviation>\b(?:U\.\s?S\.(?:\s?S\.\s?R\.|A\.)?|U\.\s?N\.|U\.\s?K\.|D\.P\.R\.K\.|[PR]\.R\.C\.|D\.R\.V\.|[GF]\.[DR]\.[RG]\.|D\.C\.|R\.O\.K\.|S\.\s?S\.|H\.M\.S\.))"
    rf"|(?P<initial>(?<!{_LETTER})(?:(?:{_LONG}|{_LETTER})\.(?=[\s\w\],;:)-]|$)|{_LETTER}\[{_LETTER}{{1,20}}\]))"
    rf"|(?P<word>{_LETTER}+(?:[{_APOSTROPHE}-]{_LETTER}+)*)"
)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHE}][sS]$")
_CONTRACTION = re.compile(r"(?:n't|'(?:m|d|ll|ve|re|t|s))$")
_PREFIXED = re.compile(rf"(?:al|el|ul|ad|as|an|d|l|ibn|bin|ben|abu|abd)[{_APOSTROPHE}-][^\W\d_]")


class Role(Flag):
    """What a word can be."""

    NONE = 0
    NAME = auto()  # capitalised, and in no table of other words
    INITIAL = auto()
    PARTICLE = auto()
    TITLE = auto()
    ADDRESS = auto()  # a title after which any capitalised word is a name
    HEAD = auto()  # the head word of an office
    OFFICE = auto()  # a word that can stand in an office's name
    GLUE = auto()
    PLACE = auto()
    ORGANISATION = auto()
    ORDINARY = auto()
    CAPITAL = auto()  # begins with a capital
    SUFFIX = auto()
    GIVEN = auto()
    FAMILY = auto()  # an English family name that is also a word
    ENGLISH = auto()  # a common English word, in no other table


@dataclass(frozen=True, slots=True)
class Token:
    """A word or initial of the text and its roles."""

    text: str
    start: int
    end: int
    role: Role

    def is_a(self, role: Role) -> bool:
        """Return whether the word can have one of the roles."""
        return bool(self.role & role)


def tokens(text: str) -> Iterator[Token]:
    """Return the words and initials of the text in order; possessives are cut off.

    >>> [t.text for t in tokens("Dr. A.B. Roe's F[reda] 5 x")]
    ['Dr', 'A.', 'B.', 'Roe', 'F[reda]', 'x']
    """
    for match in TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        if match.lastgroup == "abbreviation":
            role = Role.ORGANISATION | Role.PLACE
        elif match.lastgroup == "initial":
            role = Role.INITIAL | Role.CAPITAL if word[0].isupper() else Role.NONE
        else:
            cut = _POSSESSIVE.search(word)
            if cut and len(word) > 3:
                word, end = word[: cut.start()], start + cut.start()
            role = role_of(word)
        yield Token(word, start, end, role)


@cache
def _roles() -> dict[str, Role]:
    """Return the roles of every word of the tables."""
    titles, offices, general, given = "names_titles.toml", "names_offices.toml", "names_words.toml", "names_given.toml"
    sources = [
        (words(titles, "titles"), Role.TITLE),
        (words(titles, "address"), Role.ADDRESS),
        (words(titles, "particles"), Role.PARTICLE),
        (words(titles, "suffixes"), Role.SUFFIX),
        (words(offices, "heads"), Role.HEAD),
        (words(offices, "before") | words(offices, "fields"), Role.OFFICE),
        (frozenset(["of", "for", "to", "in", "the", "and", "at", "on", "with", "from", "under", "by"]), Role.GLUE),
        (words(general, "organisation"), Role.ORGANISATION),
        (words(general, "months") | words(general, "other") | words(general, "ordinary"), Role.ORDINARY),
        (words(given, "given") | words(given, "slavic"), Role.GIVEN),
        (words(given, "family"), Role.FAMILY),
        (_place_words(), Role.PLACE),
    ]
    found: dict[str, Role] = {}
    for group, role in sources:
        for word in group:
            found[word] = found.get(word, Role.NONE) | role
    return found


@cache
def _place_words() -> frozenset[str]:
    data = table("places.toml")
    names = [n for group in data["places"] for n in group]
    for country in data["countries"].values():
        names += [*country["names"], *country["adjectives"], *country["capital"]]
    small = {"of", "and", "the", "la", "de", "el", "san", "st", "saint", "new", "good", "city"}
    return frozenset(w for n in names for w in fold(n).replace(".", "").split() if w not in small)


@lru_cache(maxsize=200_000)
def role_of(word: str) -> Role:
    """Return what the word can be, without its neighbours.

    >>> Role.NAME in role_of("Zimmer"), Role.NAME in role_of("Committee"), Role.TITLE in role_of("comrade")
    (True, False, True)
    """
    short = _CONTRACTION.search(fold(word))
    if short and (fold(word)[: short.start()] in _roles() or is_english(fold(word)[: short.start()])):
        return Role.ORDINARY | (Role.CAPITAL if word[0].isupper() else Role.NONE)
    role = _roles().get(fold(word), Role.NONE)
    if word[0].isupper() or (_PREFIXED.match(word) and any(c.isupper() for c in word)):
        role |= Role.CAPITAL
        parts = fold(word).split("-")
        if len(parts) > 1:
            for part in parts:
                role |= _roles().get(part, Role.NONE) & (Role.PLACE | Role.ORGANISATION)
        if not role & _OTHER and len(word) > 1:
            role |= Role.ENGLISH if is_english(word) else Role.NAME
        elif len(word) == 1 and word not in "AI":
            role |= Role.INITIAL
    return role


_OTHER = Role.OFFICE | Role.TITLE | Role.HEAD | Role.GLUE | Role.SUFFIX | Role.ORDINARY | Role.PLACE | Role.ORGANISATION
