"""Who is mentioned in a sentence: names, roles ("the ambassador"), pronouns and the recorder's "I"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache

from qa.dates import PartialDate
from qa.names import NameMention, People, parse_name
from qa.names.keys import word_key
from qa.names.records import Person
from qa.names.tables import words
from qa.tables import lines
from qa.text import fold
from qa.turns.offices import Office, holder, office_of


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
class Company:
    """The people whom a document may mean: the archive's people, those present, its writer, its date."""

    people: People
    present: tuple[str, ...]
    narrator: str
    date: PartialDate | None
    first_person: bool  # the writer says "I" of himself, so "the ambassador" is somebody else
    families: Mapping[str, str] = field(default_factory=dict)  # whom the document means by a family name alone
    styled: Mapping[str, str] = field(default_factory=dict)  # whom it means by an office that looks like a given name

    def resolve(self, written: str) -> Person | None:
        """Return the archive's person whom a name or an office means here, `None` when nobody or several could be."""
        return self.people.resolve(written, scope=self.present, date=self.date)


_PRONOUN = re.compile(
    r"\[?\b(?P<self>I|me|my|myself)\b\]?|\[?\b(?P<he>[Hh]e|[Ss]he|him|her|himself|herself)\b\]?"
    r"|\b(?P<others>[Tt]hey|[Ee]veryone|[Ee]verybody|[Ss]omeone|[Oo]thers|[Tt]hose|[Mm]embers|[Tt]he (?:members|"
    r"others|delegates|guests|participants|"
    r"(?:[A-Z]\w+ )?(?:side|friends|comrades|leaders|leadership|government|delegation)))\b(?!['’]s)"
)
_OBJECT_FORMS = frozenset({"me", "my", "myself", "him", "her", "himself", "herself"})
_ADJECTIVES = (
    r"(?:(?:[A-Z][\w’'-]+|foreign|prime|acting|first|second|third|deputy|vice|former|new|old|late|head|chief|military|naval"
    r"|press|defense|defence)\s+){0,4}"
)


_NUMBER = re.compile(r"\(?[\da-z]{1,2}[.)]\s+")
_OTHERS_OFFICE = re.compile(r"\b(?:to|of|for) (?=(?P<title>[A-Z]\w+) $)")  # "secretary to President Roe"
_FIELDS = r"(?:defen[cs]e|war|state|foreign affairs|internal affairs|finance|trade|education|culture|staff|security)"
_DOMINANT = 3  # a family name alone means the person named in full so many times as often as the next of that name


@cache
def _role() -> re.Pattern[str]:
    nouns = "|".join(sorted((re.escape(w) for w in lines("roles.txt")), key=len, reverse=True))
    return re.compile(
        rf"\b(?:[Tt]he|THE|[Tt]his|[Hh]is|[Hh]er|[Oo]ur|[Mm]y|[Tt]hat|[Aa]n?|[Oo]ne|[Aa]nother)\s+{_ADJECTIVES}(?:{nouns}|(?i:{nouns}))\b"
        rf"(?:\s+(?:of|for)\s+(?:the\s+)?{_FIELDS}\b)?"
        r"(?:\s+(?:of|to|in|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:of\s+|and\s+)?(?:the\s+)?[A-Z][\w’'-]*){0,5})?"
        rf"(?P<kin>['’]s\s+(?i:{nouns})\b)?"
    )


def _opening(text: str) -> int:
    """Return where a sentence begins behind the number of its paragraph."""
    number = _NUMBER.match(text)
    return number.end() if number else 0


@cache
def _bare_role() -> re.Pattern[str]:
    """Return the pattern of an office without article that does something: "Ambassador replied"."""
    nouns = "|".join(sorted((re.escape(w).capitalize() for w in lines("roles.txt")), key=len, reverse=True))
    does = r"(?:today |yesterday |this (?:morning|afternoon|evening) )?(?:has |had )?"
    does += r"(?:then |also |again |further |\w+ly )?"
    does += r"(?:[a-z]{2,}ed|said|told|thought|felt|spoke|gave|made|began|went|sent|came|met|took|saw|brought|left|"
    does += r"says|tells|states|adds|asks|thinks|feels|believes|hopes|wishes|understands|considers|requests|informs|"
    does += r"desires|suggests|proposes|insists|expects|replies)"
    field = r"(?: (?:of|for|in|to) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,2})?"
    return re.compile(rf"(?:[A-Z][a-z]+ ){{0,2}}(?:{nouns}){field}(?P<kin>(?!))?(?= {does}\b)")


def find_actors(
    text: str,
    mentions: Sequence[NameMention],
    company: Company,
    offices: Sequence[Office],
    recent: Mapping[str, str],
) -> tuple[Actor, ...]:
    """Return the people mentioned in a sentence, in order, longest mention first where they overlap.

    `mentions` are the sentence's names, `offices` those mentioned before in the document, the most recent first,
    `recent` the people whom the paragraph has named in full, by family name.
    """
    here = {**recent, **full_names(mentions, company)}
    names = [a for m in mentions if (a := _named(text, m, company, here))]
    taken = [(a.start, a.end) for a in names]
    roles = [r for m in _role().finditer(text) if (r := _role_actor(text, m, company, offices, taken))]
    bare = _bare_role().match(text, _opening(text))
    telegraphic = _role_actor(text, bare, company, offices, taken) if bare else None
    if telegraphic is not None:  # "Ambassador replied" is another than who writes it
        roles.append(replace(telegraphic, name="") if telegraphic.name == company.narrator else telegraphic)
    roles += [k for a in names if a.object_form and (k := _kin(text, a)) is not None]
    kin = [(r.start, r.end) for r in roles]
    names = [a for a in names if not any(s <= a.start and a.end <= e for s, e in kin)]
    taken += kin
    roles = [_apposed(text, r, names) for r in roles]
    pronouns = [p for m in _PRONOUN.finditer(text) if (p := _pronoun(text, m, taken))]
    return tuple(sorted((*names, *roles, *pronouns), key=lambda a: (a.start, -a.end)))


def _apposed(text: str, role: Actor, names: Sequence[Actor]) -> Actor:
    """Return the role with the name before it that it explains: "Mr. Roe, the Polish consul, ..."."""
    before = next((a for a in names if a.end < role.start and text[a.end : role.start].strip() == ","), None)
    closed = text[role.end : role.end + 1] in {",", ";", "."}
    return replace(role, name=before.name) if before is not None and closed and not role.name else role


def within(mentions: Sequence[NameMention], start: int, end: int) -> list[NameMention]:
    """Return the mentions (in order) of a text that lie in `[start, end)`, with offsets counted from `start`."""
    found = []
    for at in range(bisect_left(mentions, start, key=lambda m: m.start), len(mentions)):
        m = mentions[at]
        if m.start >= end:
            break
        if m.end <= end:
            core = (m.core_start - start, m.core_end - start)
            found.append(replace(m, start=m.start - start, end=m.end - start, core_start=core[0], core_end=core[1]))
    return found


def family(name: str) -> str:
    """Return the key of a person's family name, "" where the name has none or is only that.

    >>> family("Jane Doe"), family("Doe")
    ('doe', '')
    """
    parsed = parse_name(name)
    return word_key(parsed.surname) if parsed.surname and (parsed.given or parsed.initials) else ""


def full_names(mentions: Iterable[NameMention], company: Company) -> dict[str, str]:
    """Return the people named in full, by family name; none for a family name that two of them bear."""
    found: dict[str, str] = {}
    for mention in mentions:
        key = family(mention.written)
        if key and not mention.weak:
            person = company.resolve(mention.written)
            name = person.name if person else ""
            found[key] = name if found.get(key, name) == name else ""
    return {key: name for key, name in found.items() if name}


def families(mentions: Iterable[NameMention], company: Company) -> dict[str, str]:
    """Return whom a document means by a family name alone: whom it names in full far more often than any other."""
    counts: Counter[tuple[str, str]] = Counter((key, name) for name in company.present if (key := family(name)))
    for mention in mentions:
        for key, name in full_names((mention,), company).items():
            counts[key, name] += 1
    best: dict[str, list[tuple[str, int]]] = {}
    for (key, name), count in counts.most_common():
        best.setdefault(key, []).append((name, count))
    return {
        key: ranked[0][0]
        for key, ranked in best.items()
        if len(ranked) == 1 or ranked[0][1] >= _DOMINANT * ranked[1][1]
    }


def called(mentions: Iterable[NameMention], company: Company) -> tuple[frozenset[str], frozenset[str]]:
    """Return the women and the men by the titles that a document gives them; who is called both is neither."""
    found: dict[str, set[str]] = {"women": set(), "men": set()}
    for mention in mentions:
        titles = {fold(t).strip(".") for t in mention.titles}
        for group in found:
            if titles & words("names_titles.toml", group) and (name := _meant(mention, company, {})):
                found[group].add(name)
    women, men = found["women"], found["men"]
    return frozenset(women - men), frozenset(men - women)


def mentioned_offices(mentions: Sequence[NameMention], company: Company) -> tuple[Office, ...]:
    """Return the offices that names bear in a text ("the Polish ambassador, comrade Roe"), last first."""
    found = []
    for mention in mentions:
        office = mention.office or " ".join(t for t in mention.titles if fold(t).strip(".") in lines("roles.txt"))
        if office:
            person = company.resolve(mention.written)
            if person is not None:
                found.append(office_of(office, person.name))
    return tuple(reversed(found))


def _named(text: str, mention: NameMention, company: Company, recent: Mapping[str, str]) -> Actor | None:
    name = _meant(mention, company, recent)
    if not name and mention.weak:
        return None
    possessive = re.match(r"['’]s?\b", text[mention.end : mention.end + 2]) is not None
    other = _OTHERS_OFFICE.search(text, mention.start, mention.core_start)
    own = other.end() if other and other["title"].casefold() in lines("roles.txt") else mention.start
    return Actor(own, mention.end, mention.written, ActorKind.NAME, name, possessive)


def _meant(mention: NameMention, company: Company, recent: Mapping[str, str]) -> str:
    """Return who is meant: a family name alone is whom the paragraph, those present or the document have told of."""
    if fold(mention.written) in company.styled:
        return company.styled[fold(mention.written)]
    alone = "" if " " in mention.written.strip() else word_key(mention.written)
    if alone and alone in recent:
        return recent[alone]
    person = company.resolve(mention.written)
    if alone and alone in company.families and (person is None or person.name not in company.present):
        return company.families[alone]
    return person.name if person else ""


def _role_actor(
    text: str, match: re.Match[str], company: Company, offices: Sequence[Office], taken: Sequence[tuple[int, int]]
) -> Actor | None:
    kin = match["kin"] is not None
    if not kin and any(s < match.end() and match.start() < e for s, e in taken):
        return None
    if re.match(r"\W{0,2}\s?(?:comrade\s+)?[A-Z][a-z]", text[match.end() : match.end() + 14]) and taken:
        follows = [s for s, _ in taken if 0 <= s - match.end() <= 3]
        if follows:
            return None  # the role belongs to the name behind it
    name = "" if kin else _holder(match.group(), company, offices)
    possessive = re.match(r"['’]s?\b", text[match.end() : match.end() + 2]) is not None
    return Actor(match.start(), match.end(), match.group(), ActorKind.ROLE, name, possessive)


def _kin(text: str, owner: Actor) -> Actor | None:
    """Return whoever is told of as somebody's: "Roe's wife"."""
    found = re.match(r"['’]s? (?P<noun>[a-z]+)\b", text[owner.end : owner.end + 20])
    if found is None or found["noun"] not in lines("roles.txt"):
        return None
    end = owner.end + found.end()
    return Actor(owner.start, end, text[owner.start : end], ActorKind.ROLE)


def _holder(phrase: str, company: Company, offices: Sequence[Office]) -> str:
    shy = company.narrator if company.first_person else ""
    told = holder(phrase, offices, shy)
    if told or re.match(r"(?i)an?\b|his\b|her\b|our\b|my\b|one\b|another\b", phrase):
        return told
    person = company.resolve(phrase)
    if person is None or person.name == shy:
        return ""
    known = person.name in company.present or person.name in company.families.values()
    return person.name if known or any(o.name == person.name for o in offices) else ""


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
