"""The archive's people: learned from sightings, asked for by any spelling, office or part of a name."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from qa.dates import PartialDate
from qa.names.cluster import called, cluster, compatible, filing_keys, name_keys, narrow_keys
from qa.names.find import QUESTION, Finder
from qa.names.keys import call_key, same_name, word_key
from qa.names.mentions import find_names
from qa.names.offices import Office, find_offices, normal_office
from qa.names.parts import PersonName, clean, parse_name
from qa.names.records import Addition, Holding, Person, PersonMention, Sighting, distinct
from qa.names.tables import fold


@dataclass(frozen=True)
class People:
    """Every person of an archive, sorted by canonical name; two people may not share one.

    >>> people = People.learn([Sighting("Anna B. Roe", "d/1"), Sighting("A.B. Roe", "d/1"), Sighting("Roe", "d/1")])
    >>> people.resolve("Mrs. Roe").name
    'Anna B. Roe'
    """

    persons: tuple[Person, ...] = ()
    _written: dict[str, list[Person]] = field(init=False, repr=False, compare=False)
    _filed: dict[str, list[Person]] = field(init=False, repr=False, compare=False)
    _holders: dict[str, list[Person]] = field(init=False, repr=False, compare=False)
    _lazy: list[Finder] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        written: dict[str, list[Person]] = defaultdict(list)
        filed: dict[str, list[Person]] = defaultdict(list)
        holders: dict[str, list[Person]] = defaultdict(list)
        for person in self.persons:
            for variant in dict.fromkeys((person.name, *person.variants)):
                written[fold(variant)].append(person)
                for key in filing_keys(parse_name(variant)):
                    if filed[key][-1:] != [person]:
                        filed[key].append(person)
            for title in dict.fromkeys(h.title for h in person.offices):
                holders[title].append(person)
        object.__setattr__(self, "_written", dict(written))
        object.__setattr__(self, "_filed", dict(filed))
        object.__setattr__(self, "_holders", dict(holders))
        object.__setattr__(self, "_lazy", [])

    @classmethod
    def learn(cls, sightings: Iterable[Sighting], additions: Sequence[Addition] = ()) -> People:
        """Return the people of the sightings and of the human additions; the order of sightings does not matter."""
        ordered = sorted(sightings, key=lambda s: (s.document, s.written, s.role, s.office, s.country, s.date is None))
        return cls(tuple(cluster(ordered, additions)))

    def resolve(self, written: str, *, scope: Sequence[str] = (), date: PartialDate | None = None) -> Person | None:
        """Return the person meant, `None` when nobody or several could be.

        `scope` names (canonically) those present, who win over others. Titles are taken off; an office ("the Polish
        ambassador") gives its holder, the one nearest to `date`.
        """
        name = clean(written)
        parsed = parse_name(written)
        options = self._written.get(fold(name), []) if parsed.full else []
        options = options or self._named(name, parsed)
        if options:
            return _one(options, scope)
        named = [m.written for m in find_names(written)]
        if named:
            return self.resolve(named[0], scope=scope, date=date) if len(named) == 1 and named[0] != written else None
        office = normal_office(written)
        return self._holder(office, scope, date) if office is not None else None

    def _named(self, name: str, parsed: PersonName) -> list[Person]:
        """Return everyone whom the name fits, whatever its completeness."""
        if parsed.patronymic and not parsed.surname:
            near = self._filed.get(call_key(parsed), ())
            return [p for p in near if any(called(parsed, parse_name(v)) for v in p.variants)]
        wanted = narrow_keys(parsed) if parsed.given or parsed.initials else name_keys(parsed)
        bucket = distinct(p for key in sorted(wanted) for p in self._filed.get(key, ()))
        if not parsed.given and not parsed.initials:
            exact = [p for p in bucket if _surname_is(p, name)]
            return exact or bucket
        same = [p for p in bucket if parsed.given and any(same_name(name, v) for v in p.variants)]
        return same or [p for p in bucket if _fits(parsed, p)]

    def _holder(self, office: Office, scope: Sequence[str], date: PartialDate | None) -> Person | None:
        """Return the holder of the office at the date: present ones first, then the nearest in time."""
        near = [(h, p) for p in self._holders.get(office.title, ()) for h in p.offices if _same_office(office, h)]
        present = [(h, p) for h, p in near if p.name in scope]
        options = present or near
        if date is not None:
            dated = [(_distance(h.date, date), p) for h, p in options if h.date is not None]
            best = min((d for d, _ in dated), default=None)
            people = distinct(p for d, p in dated if d == best) or distinct(p for _, p in options)
        else:
            people = distinct(p for _, p in options)
        return people[0] if len(people) == 1 else None

    def find(self, text: str) -> list[PersonMention]:
        """Return the known people in any text, also lower-cased or misspelt; the longest match wins."""
        if not self._lazy:
            self._lazy.append(Finder(self.persons))
        named = self._lazy[0].find(text)
        return sorted([*named, *self._offices(text, named)], key=lambda m: m.start)

    def _offices(self, text: str, named: Sequence[PersonMention]) -> list[PersonMention]:
        """Return the offices of a text that stand without their holder's name, where one person only held them."""
        found: list[PersonMention] = []
        if len(text) > QUESTION:
            return found
        for start, end, office in find_offices(text):
            beside = any(
                m.start < end + 10 and m.end > start and not set(text[end : m.start]) & set(".;?!") for m in named
            )
            holder = None if beside or not office.country else self._holder(office, (), None)
            if holder is not None:
                found.append(PersonMention(start, end, text[start:end], holder.name, "office"))
        return found

    def variants(self, name: str) -> tuple[str, ...]:
        """Return every spelling of the person, canonical name included; empty for nobody."""
        person = next((p for p in self._written.get(fold(name), ()) if p.name == name), None) or self.resolve(name)
        return person.variants if person is not None else ()

    def to_json(self) -> str:
        """Return the people as JSON, the same for the same people."""
        return json.dumps([asdict(p) for p in self.persons], ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> People:
        """Return the people that `to_json` wrote."""
        return cls(tuple(_person(row) for row in json.loads(text)))


def _person(row: Mapping[str, Any]) -> Person:
    holdings = tuple(
        Holding(h["title"], h["country"], h["post"], PartialDate(**h["date"]) if h["date"] else None)
        for h in row["offices"]
    )
    return Person(row["name"], tuple(row["variants"]), holdings)


def _one(options: Sequence[Person], scope: Sequence[str]) -> Person | None:
    """Return the only candidate in scope, else the only one at all."""
    people = distinct(p for p in options if p.name in scope) or distinct(options)
    return people[0] if len(people) == 1 else None


def _surname_is(person: Person, name: str) -> bool:
    return any(word_key(parse_name(v).surname) == word_key(name) for v in person.variants)


def _fits(parsed: PersonName, person: Person) -> bool:
    known = [p for p in map(parse_name, person.variants) if p.given or p.initials]
    known = [p for p in known if p.surname]
    return bool(known) and all(compatible(parsed, p) for p in known)


def _same_office(asked: Office, held: Holding) -> bool:
    """Return whether the holding can be the office asked for; a country that is asked for must be known."""
    return all(not want or want == have for want, have in ((asked.country, held.country), (asked.post, held.post)))


def _distance(one: PartialDate, two: PartialDate) -> int:
    """Return days between two dates, roughly; unknown months and days count as the middle."""

    def days(date: PartialDate) -> int:
        return date.year * 372 + (date.month or 6) * 31 + (date.day or 15)

    return abs(days(one) - days(two))
