"""Known people in any text, by every spelling of their names; in questions also lower-cased or slightly misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.names.asian import chinese, korean
from qa.names.fuzzy import Near
from qa.names.keys import word_key
from qa.names.parts import PersonName, parse_name
from qa.names.records import Person, PersonMention
from qa.names.scan import Role, role_of
from qa.names.tables import fold, is_english
from qa.text import stop_words

_LETTER = r"[^\W\d_²³¹⁰-₟]"
_PIECE = re.compile(rf"{_LETTER}+(?:['’‘ʼʹʻ`](?![sS]\b){_LETTER}+)*")
_GAP = re.compile(r"\.?\s{0,2}|-")
_LONGEST = 6  # pieces of a name
QUESTION = 1000  # characters; in longer texts words are not misspelt but other words
_PLAIN = Role.ORDINARY | Role.TITLE | Role.HEAD | Role.GLUE | Role.OFFICE | Role.ORGANISATION | Role.PARTICLE


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of letters of the text, hyphens being divisions."""

    text: str
    start: int
    end: int


class Finder:
    """An index of people's names: a dictionary from the keys of each way to write a name to the people."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._firsts: set[str] = set()
        self._spellings: set[str] = set()
        self._surnames: dict[str, set[str]] = defaultdict(set)
        self._parsed: dict[str, list[PersonName]] = {}
        self._near: Near | None = None
        for person in persons:
            names = [parse_name(v) for v in dict.fromkeys((person.name, *person.variants))]
            self._parsed[person.name] = names
            for name in names:
                self._learn(person.name, name)
            self._spellings.update(" ".join(p.text for p in pieces(fold(v))) for v in person.variants)

    def _learn(self, person: str, name: PersonName) -> None:
        for form in _forms(name):
            words = [fold(p.text) for p in pieces(form)]
            for code in _codes(words, east=bool(name.surname_first) or name.given == ""):
                self._forms[code].add(person)
                self._firsts.add(code.split(" ")[0])
            self._spellings.add(" ".join(words))
        if name.surname:
            for spelling in (fold(name.surname), word_key(name.surname)):
                self._surnames[spelling].add(person)

    def find(self, text: str) -> list[PersonMention]:
        """Return the known people of the text, in order, without overlaps."""
        words = list(pieces(text))
        found: list[PersonMention] = []
        at = 0
        misspelt = len(text) <= QUESTION
        while at < len(words):
            after_name = bool(found and at and found[-1].end == words[at - 1].end)
            match = self._longest(text, words, at, after_name)
            if match is None and misspelt:
                match = self._misspelt(text, words, at)
            if match is None:
                at += 1
                continue
            end, name, how = match
            start, stop = words[at].start, words[end - 1].end
            found.append(PersonMention(start, stop, text[start:stop], name, how))
            at = end
        return found

    def _longest(self, text: str, words: list[Piece], at: int, after_name: bool) -> tuple[int, str, str] | None:
        """Return the end, the person and the manner of the longest name that begins at the word."""
        first = fold(words[at].text)
        if not any(code in self._firsts for code in _first_codes(first)):
            return None
        reach = at + 1
        while reach < min(at + _LONGEST, len(words)) and _joined(text, words[reach - 1], words[reach]):
            reach += 1
        for end in range(reach, at, -1):
            folded = [fold(w.text) for w in words[at:end]]
            people = {p for code in _codes(folded) for p in self._forms.get(code, ())}
            exact = " ".join(folded) in self._spellings
            if len(people) != 1 or (end == at + 1 and not self._alone(text, words, at, exact)):
                continue
            name = next(iter(people))
            if self._whole(text, words, at, end, name, after_name):
                return end, name, "exact" if exact else "variant"
        return None

    def _alone(self, text: str, words: list[Piece], at: int, exact: bool) -> bool:
        """Return whether one word may stand for a person: no ordinary word in lower case or at a sentence's head."""
        word = words[at].text
        if len(word) < 2 or (not exact and not word[0].isupper()):
            return len(word) > 4
        role = role_of(word)
        if not role & _PLAIN and not (word.islower() and is_english(word)):
            return True
        return word[0].isupper() and not _opens(text, words[at].start)

    def _whole(self, text: str, words: list[Piece], at: int, end: int, name: str, after_name: bool = False) -> bool:
        """Return whether the words are the whole name, no part of somebody else's (`after_name`: one ends before)."""
        known = self._parsed[name]
        if (
            end - at == 1
            and at
            and not after_name
            and _joined(text, words[at - 1], words[at])
            and _named(words[at - 1].text)
        ):
            before = fold(words[at - 1].text)
            if not any(_given_agrees(before, n) for n in known):
                return False
        if end < len(words) and _joined(text, words[end - 1], words[end]):
            following = words[end].text
            east = any(n.surname_first for n in known)
            if east and end - at < 3 and _named(following) and _syllables(words[at : end + 1]):
                return False
            return not (following[0].isupper() and bool(role_of(following) & Role.ORGANISATION) and end - at == 1)
        return True

    def _misspelt(self, text: str, words: list[Piece], at: int) -> tuple[int, str, str] | None:
        """Return the one person whose family name is a slip away from the word."""
        word = fold(words[at].text)
        if len(word) < 5 or role_of(words[at].text) & ~(Role.NAME | Role.CAPITAL) or is_english(word):
            return None
        if self._near is None:
            self._near = Near(w for w in self._surnames if len(w) >= 4)
        near = self._near.around(word) or self._near.around(word_key(word))
        people = {p for spelling in near for p in self._surnames[spelling]}
        if len(people) != 1:
            return None
        name = next(iter(people))
        return (at + 1, name, "fuzzy") if self._whole(text, words, at, at + 1, name) else None


def pieces(text: str) -> Iterator[Piece]:
    """Return the letter runs of the text, possessives cut off.

    >>> [p.text for p in pieces("Ch'oe Sun-sin's A.B.")]
    ["Ch'oe", 'Sun', 'sin', 'A', 'B']
    """
    at = 0
    for match in _PIECE.finditer(text):
        if match[0] in {"s", "S"} and match.start() == at + 1 and text[at] in "'’":
            continue
        at = match.end()
        yield Piece(match[0], match.start(), at)


def _forms(name: PersonName) -> list[str]:
    """Return the ways in which a parsed name can stand in a text."""
    if name.surname_first:
        return [f"{name.surname} {name.given}", name.surname]
    initials = " ".join(name.initials)
    first = name.given.split()[0] if name.given else ""
    forms = [name.text, name.surname, f"{initials} {name.surname}", f"{first} {name.surname}" if first else ""]
    if name.patronymic:
        forms += [f"{name.given} {name.patronymic}", f"{name.given} {name.surname}"]
    if initials and not name.given:
        forms.append(f"{name.surname} {initials}")
    if " " in name.surname:
        forms.append(name.surname.split()[-1])
    return [f.strip() for f in dict.fromkeys(forms) if f.strip()]


def _codes(words: Sequence[str], *, east: bool = True) -> list[str]:
    """Return the keys of the words as one name, under each romanisation that can be meant."""
    codes = ["xx:" + " ".join(map(word_key, words))]
    if east and len(words) <= 3:
        whole = " ".join(words)
        codes += [r.key for r in korean(whole)] + sorted(chinese(whole))
    return codes


def _first_codes(word: str) -> list[str]:
    return ["xx:" + word_key(word), *(r.key for r in korean(word)), *chinese(word)]


def _joined(text: str, one: Piece, two: Piece) -> bool:
    return _GAP.fullmatch(text, one.end, two.start) is not None


def _opens(text: str, at: int) -> bool:
    """Return whether a sentence or line begins at the offset."""
    before = text[max(at - 3, 0) : at].rstrip(" \"'“‘([")
    return not before or before[-1] in ".!?:\n"


def _named(word: str) -> bool:
    """Return whether a neighbouring word looks like part of a name."""
    role = role_of(word)
    if fold(word) in stop_words():
        return False
    if word[0].isupper():
        return bool(role & (Role.NAME | Role.GIVEN | Role.INITIAL))
    return bool(role & Role.GIVEN) or not (role & ~Role.GIVEN or is_english(word))


def _syllables(words: Sequence[Piece]) -> bool:
    whole = " ".join(w.text for w in words)
    return bool(korean(whole) or chinese(whole))


def _given_agrees(before: str, name: PersonName) -> bool:
    """Return whether the word before a family name can be the person's given name or patronymic."""
    known = [*name.given.split(), *name.initials, *filter(None, [name.patronymic])]
    if not known:
        return False
    return any(word_key(before) == word_key(k) or (len(k.strip(".")) == 1 and before[0] == fold(k)[0]) for k in known)
