"""A written personal name taken apart: titles off, brackets resolved, given names from family name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.names.asian import chinese, korean
from qa.names.tables import fold, words

_TITLES = "names_titles.toml"
_COMPLETED = re.compile(r"(?<!\w)([^\W\d_])\[([^\W\d_]{1,20})\.?\]")
_VARIANT = re.compile(r"(?<=\w)\s*\[[^\]]{1,60}\]\s*$")
_BRACKETS = re.compile(r"[\[\]()*?\"“”]")
_INITIAL_RUN = re.compile(r"(?<!\w)((?:Yu|Ya|Ye|Yo|Zh|Kh|Ch|Sh|Ts|Iu|Ia|Io|Ju|Ja|Th|Ph|[^\W\d_])\.)\s*(?=\w)")
_INITIAL = re.compile(r"(?:Yu|Ya|Ye|Yo|Zh|Kh|Ch|Sh|Ts|Iu|Ia|Io|Ju|Ja|Th|Ph|[^\W\d_])\.|[^\W\d_]")
_PATRONYMIC = re.compile(r"(?:[oe]vich|[oe]vitch|[oe]vic|^(?:kuzm|nikit|savv)ich|[oe]vna|ichna|inichna)$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name as written (capitals made normal); "" or empty where the name does not give them.

    `initials` hold the given names that stand as initials only, with their full stops. `surname_first` is true for
    East Asian names, false for others, `None` where the order is not known.
    """

    given: str = ""
    patronymic: str = ""
    surname: str = ""
    initials: tuple[str, ...] = ()
    suffix: str = ""
    surname_first: bool | None = None

    @property
    def full(self) -> bool:
        """Whether a given name stands with the family name."""
        return bool(self.given and self.surname)

    @property
    def text(self) -> str:
        """The name in one line, in the order that is usual for it."""
        before = (self.given, *self.initials, self.patronymic) if self.given else (*self.initials, self.patronymic)
        order = (self.surname, self.given) if self.surname_first else (*before, self.surname)
        return " ".join(filter(None, (*order, self.suffix)))


def clean(written: str) -> str:
    """Return the name without brackets, titles, possessive and surrounding punctuation.

    Brackets that complete an initial or supply a part are kept as plain text; a bracketed second spelling is left out.

    >>> clean("comrades [Nikita] Khrushchev")
    'Nikita Khrushchev'
    >>> clean("F[idel] Castro")
    'Fidel Castro'
    >>> clean("Pak Il-u [Pak Il U]")
    'Pak Il-u'
    >>> clean("Gen. J. B. Doe, Jr.")
    'J. B. Doe, Jr.'
    >>> clean("Secretary of State Roe"), clean("Deputy Assistant Secretary A.B. Roe")
    ('Roe', 'A.B. Roe')
    """
    text = _COMPLETED.sub(r"\1\2", " ".join(written.split()))
    text = _BRACKETS.sub("", _VARIANT.sub("", text))
    text = re.sub(r"['’]s$", "", text.strip(" ,;:-–—"))
    parts = text.split(" ")
    if is_office(text):
        return text
    while len(parts) > 1 and (_is_title(parts[0]) or _ranks(parts)):
        parts = parts[1:]
        while n := _field(parts):
            parts = parts[n:]
    return " ".join(parts).strip(" ,;:-–—")


def is_office(text: str) -> bool:
    """Return whether the words are an office's name and no person's.

    >>> is_office("Secretary of State"), is_office("Acting Minister for Foreign Affairs"), is_office("the Secretary")
    (True, True, False)
    >>> is_office("Secretary of State Roe"), is_office("Chief John Roe"), is_office("Count of Roe")
    (False, False, False)
    """
    parts = [fold(part) for part in text.split()]
    parts = parts[1:] if parts[:1] == ["the"] else parts
    n = next((n for n, part in enumerate(parts) if part not in words("names_offices.toml", "before")), len(parts))
    field = parts[n + 2 :]
    known = words("names_offices.toml", "fields") | {"the", "and", "of", "for"}
    headed = n + 1 < len(parts) and parts[n] in words("names_offices.toml", "heads") and parts[n + 1] in {"of", "for"}
    return headed and bool(field) and all(part in known for part in field)


def _ranks(parts: list[str]) -> bool:
    """Return whether a word that ranks an office stands before its title: "Assistant Secretary Roe"."""
    ranks = words("names_offices.toml", "before")
    n = next((n for n, part in enumerate(parts) if fold(part) not in ranks), len(parts))
    return 0 < n < len(parts) - 1 and _is_title(parts[n])


def _field(parts: list[str]) -> int:
    """Return how many words behind a title say what the office is of: "of State", "for Foreign Affairs"."""
    if fold(parts[0]) not in {"of", "for"}:
        return 0
    n = 1
    while n < len(parts) - 1 and fold(parts[n]) in words("names_offices.toml", "fields") | {"the", "and"}:
        n += 1
    return n if n > 1 else 0


def _is_title(word: str) -> bool:
    plain = fold(word).strip(".,")
    if len(plain) == 1 or (word.endswith(".") and len(word) == 2):
        return False
    return plain in words(_TITLES, "titles")


@lru_cache(maxsize=65536)
def parse_name(written: str) -> PersonName:
    """Return the parts of the name; a single word is a family name, unless its ending says patronymic.

    >>> parse_name("A.A. Roe")
    PersonName(given='', patronymic='', surname='Roe', initials=('A.', 'A.'), suffix='', surname_first=False)
    >>> parse_name("ROE JOHN M.") == parse_name("Roe John M.")
    True
    >>> parse_name("Kim Sam-sun").surname
    'Kim'
    """
    text = _INITIAL_RUN.sub(r"\1 ", clean(written))
    parts, suffix = _suffix(_invert(text).split())
    parts = [_capitalised(part) for part in parts]
    if not parts:
        return PersonName()
    spoken = " ".join(parts)
    if len(parts) > 1 and not any("." in p for p in parts) and (korean(spoken) or chinese(spoken)):
        return PersonName(given=" ".join(parts[1:]), surname=parts[0], suffix=suffix, surname_first=True)
    initials = tuple(p if p.endswith(".") else p + "." for p in parts if _INITIAL.fullmatch(p))
    trailing = bool(initials) and _INITIAL.fullmatch(parts[-1]) is not None
    rest = [p for p in parts if not _INITIAL.fullmatch(p)]
    return _western(rest, initials, suffix, trailing)


def _invert(text: str) -> str:
    """Return "Roe, John" as "John Roe"; a comma before a suffix stays out of it."""
    surname, comma, rest = text.partition(",")
    if not comma or fold(rest).strip(" .") in words(_TITLES, "suffixes"):
        return text.replace(",", "")
    return f"{rest.replace(',', ' ')} {surname}"


def _suffix(parts: list[str]) -> tuple[list[str], str]:
    if len(parts) > 1 and fold(parts[-1]).strip(".,") in words(_TITLES, "suffixes"):
        return parts[:-1], parts[-1]
    return parts, ""


def _capitalised(part: str) -> str:
    """Return an all-capital word with one capital for each of its names.

    >>> _capitalised("MCDONALD-ROE"), _capitalised("CH'OL"), _capitalised("A."), _capitalised("O'BRIEN")
    ('McDonald-Roe', "Ch'ol", 'A.', "O'Brien")
    """
    letters = [c for c in part if c.isalpha()]
    if len(letters) < 2 or not part.isupper() or fold(part).strip(".") in words(_TITLES, "suffixes"):
        return part
    text = "-".join(p.capitalize() for p in part.split("-"))
    return re.sub(r"\b(Mc|[OD]['’])([a-z])", lambda m: m[1] + m[2].upper(), text)


def _western(rest: list[str], initials: tuple[str, ...], suffix: str, trailing: bool) -> PersonName:
    if not rest:
        return PersonName(initials=initials, suffix=suffix)
    if len(rest) > 1 and is_patronymic(rest[-1]) and (len(rest) == 2 or not is_patronymic(rest[1])):
        surname = rest[0] if len(rest) > 2 else ""
        return PersonName(rest[-2], rest[-1], surname, initials, suffix, surname_first=False)
    if len(rest) == 1 and is_patronymic(rest[0]) and not initials:
        return PersonName(patronymic=rest[0])
    if trailing and len(rest) == 1:
        return PersonName(surname=rest[0], initials=initials, suffix=suffix, surname_first=False)
    cut = len(rest) - 1
    while cut > 0 and fold(rest[cut - 1]) in words(_TITLES, "particles"):
        cut -= 1
    surname = " ".join(rest[cut:])
    before = rest[:cut]
    patronymic = before.pop() if len(before) > 1 and is_patronymic(before[-1]) else ""
    order = None if not before and not initials else False
    return PersonName(" ".join(before), patronymic, surname, initials, suffix, order)


def is_patronymic(word: str) -> bool:
    """Return whether the word has the ending of an East Slavic patronymic and is long enough to be one.

    >>> is_patronymic("Ivanovich"), is_patronymic("Milovic"), is_patronymic("rich")
    (True, False, False)
    """
    plain = fold(word)
    return len(plain) >= 7 and _PATRONYMIC.search(plain) is not None and not plain.endswith("ovic")
