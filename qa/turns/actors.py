"""Who is mentioned in a sentence: names, roles ("the ambassador"), pronouns and the recorder's "I"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qa.dates import PartialDate
from qa.names import NameMention, People, find_names
from qa.names.places import country_spans
from qa.tables import lines
from qa.text import fold


class ActorKind(StrEnum):
    """How a person is mentioned."""

    SELF = "self"  # I, me, [I]
    NAME = "name"
    ROLE = "role"  # the ambassador
    PRONOUN = "pronoun"  # he, she, him
    OTHERS = "others"  # they, everyone, the comrades


@dataclass(frozen=True, slots=True)
class Actor:
    """A mention of a person at `[start, end)` of a sentence.

    `name` is the canonical name, "" when it is not known who is meant; `object_form` says that the word cannot be a
    subject (me, him, "X's").
    """

    start: int
    end: int
    written: str
    kind: ActorKind
    name: str = ""
    object_form: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """An office or part and the person last mentioned with it in a document; `words` are folded."""

    words: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """The people whom a document may mean: the archive's people, those present, its writer, its date."""

    people: People
    present: tuple[str, ...]
    narrator: str
    date: PartialDate | None
    first_person: bool  # the writer says "I" of himself, so "the ambassador" is somebody else


_PRONOUN = re.compile(
    r"\[?\b(?P<self>I|me|my|myself)\b\]?|\[?\b(?P<he>[Hh]e|[Ss]he|him|her|himself|herself)\b\]?"
    r"|\b(?P<others>[Tt]hey|[Ee]veryone|[Ee]verybody|[Ss]omeone|[Oo]thers|[Tt]hose|[Mm]embers|[Tt]he (?:members|"
    r"others|delegates|guests|participants|"
    r"(?:[A-Z]\w+ )?(?:side|friends|comrades|leaders|leadership|government|delegation)))\b"
)
_OBJECT_FORMS = frozenset({"me", "my", "myself", "him", "her", "himself", "herself"})
_ADJECTIVES = (
    r"(?:(?:[A-Z][\w’'-]+|foreign|prime|acting|first|second|third|deputy|vice|former|new|old|late|head|chief|military|naval"
    r"|press|defense|defence)\s+){0,4}"
)


@cache
def _role() -> re.Pattern[str]:
    nouns = "|".join(sorted((re.escape(w) for w in lines("roles.txt")), key=len, reverse=True))
    return re.compile(
        rf"\b(?:[Tt]he|[Tt]his|[Hh]is|[Oo]ur|[Tt]hat|[Aa]n?)\s+{_ADJECTIVES}(?:{nouns}|(?i:{nouns}))\b"
        r"(?:\s+(?:of|to|in|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+|and\s+)?(?:the\s+)?[A-Z][\w’'-]*){0,5})?"
    )


def find_actors(text: str, company: Company, offices: Sequence[Office]) -> tuple[Actor, ...]:
    """Return the people mentioned in a sentence, in order, longest mention first where they overlap.

    `offices` are those mentioned before in the document, the most recent first.
    """
    names = [_named(text, m, company) for m in find_names(text)]
    names = [a for a in names if a is not None]
    taken = [(a.start, a.end) for a in names]
    roles = [r for m in _role().finditer(text) if (r := _role_actor(text, m, company, offices, taken))]
    taken += [(a.start, a.end) for a in roles]
    pronouns = [p for m in _PRONOUN.finditer(text) if (p := _pronoun(text, m, taken))]
    return tuple(sorted((*names, *roles, *pronouns), key=lambda a: (a.start, -a.end)))


def mentioned_offices(text: str, company: Company) -> tuple[Office, ...]:
    """Return the offices that the text joins with a name ("the Polish ambassador, comrade Roe"), last first."""
    found = []
    for mention in find_names(text):
        if mention.office:
            person = company.people.resolve(mention.written, scope=company.present, date=company.date)
            if person is not None:
                found.append(Office(office_words(mention.office), person.name))
    return tuple(reversed(found))


def office_words(office: str) -> frozenset[str]:
    """Return the words of an office that tell it from another."""
    return frozenset(fold(office).split()) - {
        "the",
        "of",
        "to",
        "in",
        "and",
        "for",
        "a",
        "an",
        "his",
        "our",
        "this",
        "that",
    }


def _named(text: str, mention: NameMention, company: Company) -> Actor | None:
    person = company.people.resolve(mention.written, scope=company.present, date=company.date)
    if person is None and mention.weak:
        return None
    possessive = re.match(r"['’]s?\b", text[mention.end : mention.end + 2]) is not None
    name = person.name if person else ""
    return Actor(mention.start, mention.end, mention.written, ActorKind.NAME, name, possessive)


def _role_actor(
    text: str, match: re.Match[str], company: Company, offices: Sequence[Office], taken: Sequence[tuple[int, int]]
) -> Actor | None:
    if any(s < match.end() and match.start() < e for s, e in taken):
        return None
    if re.match(r"\W{0,2}\s?(?:comrade\s+)?[A-Z][a-z]", text[match.end() : match.end() + 14]) and taken:
        follows = [s for s, _ in taken if 0 <= s - match.end() <= 3]
        if follows:
            return None  # the role belongs to the name behind it
    name = _holder(match.group(), company, offices)
    possessive = re.match(r"['’]s?\b", text[match.end() : match.end() + 2]) is not None
    return Actor(match.start(), match.end(), match.group(), ActorKind.ROLE, name, possessive)


def _holder(phrase: str, company: Company, offices: Sequence[Office]) -> str:
    """Return who is meant by an office: the last person mentioned with it here, else its holder at the time."""
    wanted = office_words(phrase)
    shy = {company.narrator} if company.first_person else set()
    for office in offices:
        if office.name not in shy and wanted <= office.words:
            return office.name
    if re.match(r"(?i)an?\b|his\b|our\b", phrase):
        return ""
    person = company.people.resolve(phrase, scope=company.present, date=company.date)
    if person is None or person.name in shy:
        return ""
    told = person.name in company.present or any(o.name == person.name for o in offices)
    return person.name if told or country_spans(phrase) else ""


def _pronoun(text: str, match: re.Match[str], taken: Sequence[tuple[int, int]]) -> Actor | None:
    if any(s < match.end() and match.start() < e for s, e in taken):
        return None
    word = match.group().strip("[]")
    if match["self"]:
        if word == "I" and re.match(r"[.\d]", text[match.end() : match.end() + 1]):
            return None  # an initial or a numeral
        return Actor(match.start(), match.end(), match.group(), ActorKind.SELF, "", word in _OBJECT_FORMS)
    kind = ActorKind.PRONOUN if match["he"] else ActorKind.OTHERS
    return Actor(match.start(), match.end(), match.group(), kind, "", word.casefold() in _OBJECT_FORMS)
