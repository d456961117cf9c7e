"""Keys under which all spellings of one name fall together, and the strict test that two names are one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from qa.names.asian import chinese, korean
from qa.names.parts import PersonName, clean, parse_name
from qa.names.tables import fold, table, words

_DATA = "romanisation.toml"
_NOT_LETTERS = re.compile(r"[^\w]+")


@cache
def _endings() -> re.Pattern[str]:
    endings = sorted(table(_DATA)["russian"]["endings"].split(), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, endings))})$")


@cache
def _slavic_given() -> frozenset[str]:
    return frozenset(_slavic(name) for name in words("names_given.toml", "slavic"))


@lru_cache(maxsize=65536)
def _slavic(plain: str) -> str:
    """Return a folded East Slavic word in one transliteration."""
    for old, new in table(_DATA)["russian"]["rules"]:
        plain = plain.replace(old, new)
    return re.sub(r"(?<=[^aeiou])io|^io(?=s)", lambda m: "e" if m.start() else "io", plain).replace("eev", "eev")


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """Return the word without apostrophes, hyphens and diacritics; East Slavic words in one transliteration.

    >>> word_key("Aleksey") == word_key("Alexei") == word_key("Aleksei")
    True
    >>> word_key("Zimyanskii") == word_key("Zimianskiy") == word_key("Zimiansky")
    True
    >>> word_key("Smyth") == word_key("Smith")
    False
    """
    plain = _NOT_LETTERS.sub("", fold(word))
    if len(plain) < 4:
        return plain
    if plain.startswith("mac") and len(plain) > 6:
        plain = "mc" + plain[3:]
    turned = _slavic(plain)
    if turned in _slavic_given() or (len(plain) > 4 and _endings().search(plain)):
        return turned
    return plain


@lru_cache(maxsize=65536)
def surname_keys(surname: str) -> frozenset[str]:
    """Return every key under which a family name alone can be looked for."""
    found = {r.key for r in korean(surname)} | chinese(surname)
    return frozenset(found | {"xx:" + word_key(surname)})


@lru_cache(maxsize=65536)
def keys(written: str) -> frozenset[str]:
    """Return the keys of the name under every romanisation that it can be read in."""
    name = parse_name(written)
    text = clean(written)
    if name.surname_first:
        text = f"{name.surname} {name.given}"
        return frozenset({r.key for r in korean(text)} | chinese(text))
    single = not name.given and not name.initials and not name.patronymic
    return surname_keys(name.surname) if single else frozenset({_western(name)})


def key(written: str) -> str:
    """Return one key that spellings of the name share; the name's own key gives itself.

    Where a name can be read in two romanisations the Korean one counts first; `same_name` weighs all of them.

    >>> key("Kim Sam Sun") == key("Kim Sam-sŏn")
    True
    >>> key(key("A.A. Roe")) == key("A. A. ROE")
    True
    """
    if written[:3] in {"ko:", "zh:", "xx:"}:
        return written
    return min(keys(written), key=lambda k: (k.startswith("xx:"), k.startswith("zh:"), k), default="xx:")


def _western(name: PersonName) -> str:
    parts = [*map(word_key, name.given.split()), *(fold(i).strip(".") for i in name.initials)]
    parts += [word_key(p) for p in (name.patronymic, name.surname) if p]
    return " ".join(["xx:" + parts[0], *parts[1:]]) if parts else "xx:"


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool:
    """Return whether two spellings give the same name, part for part; no edit distance, no missing parts.

    >>> same_name("Kim Il", "Kim Il Sung")
    False
    >>> same_name("Chou Tung-hai", "Zhou Donghai")
    True
    """
    first, second = parse_name(a), parse_name(b)
    if first.surname_first and second.surname_first:
        one, two = (f"{n.surname} {n.given}" for n in (first, second))
        if any(x.agrees(y) for x in korean(one) for y in korean(two)):
            return True
        return bool(chinese(one) & chinese(two))
    return bool(keys(a) & keys(b))


def initials_agree(name: PersonName, other: PersonName) -> bool:
    """Return whether given names and initials can belong to one person; nothing known contradicts nothing.

    >>> initials_agree(parse_name("A.B. Roe"), parse_name("Anna Berta Roe"))
    True
    >>> initials_agree(parse_name("A.B. Roe"), parse_name("A.C. Roe"))
    False
    """
    return all(_part_agrees(a, b) for a, b in zip(_line(name), _line(other), strict=False))


def _line(name: PersonName) -> list[str]:
    """Return given names and initials in order; an initial keeps its full stop."""
    given = name.given.split()
    if name.surname_first:
        given = [re.sub(r"[\s-]", "", name.given)]
    return [*given, *name.initials, *filter(None, [name.patronymic])]


def letters(name: PersonName) -> str:
    """Return the first letters of given names and initials, in one transliteration.

    >>> letters(parse_name("Yu. D. Roe")), letters(parse_name("Iurii Roe"))
    ('id', 'i')
    """
    return "".join(_slavic(fold(part).strip("."))[:1] for part in _line(name))


def call_key(name: PersonName) -> str:
    """Return the key of a given name with patronymic, "" where fewer than two letters are known.

    >>> call_key(parse_name("Ivan Petrovich")) == call_key(parse_name("I. P. Roe"))
    True
    """
    first = "" if name.surname_first else letters(name)
    return f"call:{first[:2]}" if len(first) > 1 else ""


def long_forms(given: str) -> frozenset[str]:
    """Return the given names that a word can stand for, itself among them.

    >>> sorted(long_forms("Jim")), sorted(long_forms("Anna"))
    (['james', 'jim'], ['anna'])
    """
    plain = fold(given)
    return frozenset({plain, *table("names_given.toml")["short"].get(plain, "").split()})


def _part_agrees(a: str, b: str) -> bool:
    if not a.endswith(".") and not b.endswith("."):
        return word_key(a) == word_key(b) or bool(long_forms(a) & long_forms(b))
    one, two = (_slavic(fold(p).strip(".")) for p in (a, b))
    plain = [fold(p).strip(".") for p in (a, b)]
    return one.startswith(two) or two.startswith(one) or plain[0].startswith(plain[1]) or plain[1].startswith(plain[0])


@lru_cache(maxsize=65536)
def looks_slavic(word: str) -> bool:
    """Return whether the word has the ending of an East Slavic family name.

    >>> looks_slavic("Zimyanskii"), looks_slavic("Roe")
    (True, False)
    """
    plain = fold(word)
    return len(plain) > 4 and _FAMILY.search(plain) is not None


_FAMILY = re.compile(
    r"(?:[^aeiou]ov|[^aeiou]ev|[aeiou]ev|ova|eva|sk(?:y|ii|iy|ij|i|aya|aia)|ts(?:ky|kii)|enko|chuk|iuk|yuk|yn)$"
)


def is_slavic_given(word: str) -> bool:
    """Return whether the word is an East Slavic given name in some transliteration.

    >>> is_slavic_given("Alexey"), is_slavic_given("Oxford")
    (True, False)
    """
    return word_key(word) in _slavic_given()
