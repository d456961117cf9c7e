"""From sightings to people: spellings of one person brought together, full names first, doubtful ones left alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qa.names.asian import chinese, korean
from qa.names.keys import call_key, initials_agree, keys, letters, long_forms, same_name, surname_keys, word_key
from qa.names.offices import normal_office
from qa.names.parts import PersonName, clean, is_office, parse_name
from qa.names.records import Addition, Holding, Person, Sighting

_HEADER_WEIGHT = 5  # a spelling in a heading or a list of participants counts as much as five in running text
_USUAL = 3  # a short form of a given name is a person's name where it stands more than so many times as often


@dataclass(slots=True)
class Cluster:
    """One person in the making."""

    names: Counter[str] = field(default_factory=Counter)
    sightings: list[Sighting] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    fixed: str = ""
    aliases: set[str] = field(default_factory=set)

    def add(self, name: str, seen: Iterable[Sighting], *, alias: bool = False) -> None:
        """Take in the sightings of one spelling; an alias is no candidate for the canonical name."""
        for sighting in seen:
            self.sightings.append(sighting)
            self.documents.add(sighting.document)
            self.sources.add(sighting.source)
            if not alias:
                self.names[name] += _HEADER_WEIGHT if sighting.role else 1
        if alias:
            self.aliases.add(name)


Spellings = dict[str, list[Sighting]]


def cluster(sightings: Iterable[Sighting], additions: Sequence[Addition] = ()) -> list[Person]:
    """Return the people of the sightings, sorted by name.

    Full names are brought together where `same_name` or initials allow; then initials with a family name, then family
    names alone and given name with patronymic, each only where one person fits: in the document, else in the source,
    else in the archive. What fits several people is left out, for a wrong person is worse than none.
    """
    spellings: Spellings = defaultdict(list)
    for sighting in sightings:
        name = clean(sighting.written)
        if name and not is_office(name):
            spellings[name].append(sighting)
    builder = _Builder()
    for addition in additions:
        builder.fix(addition)
    for stage in (builder.full, builder.initialled, builder.partial):
        for name in sorted(spellings, key=lambda n: (-len(spellings[n]), n)):
            stage(name, spellings[name])
    return sorted((_person(c) for c in builder.clusters), key=lambda p: p.name)


class _Builder:
    """The clusters so far, and under which keys they are filed."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self.parsed: dict[int, list[PersonName]] = {}
        self.filed: dict[str, list[Cluster]] = defaultdict(list)

    def fix(self, addition: Addition) -> None:
        """Start a person whom a human has named."""
        made = self._new(addition.name, ())
        made.fixed = addition.name
        made.aliases.update(addition.variants)
        made.sightings += [Sighting(addition.name, office=office) for office in addition.offices]
        for variant in addition.variants:
            self._know(made, parse_name(variant))

    def full(self, name: str, seen: list[Sighting]) -> None:
        """Place a full name: with the one person it can be, or as a new one."""
        parsed = parse_name(name)
        if parsed.full:
            self._place(name, parsed, seen, strict=True)

    def initialled(self, name: str, seen: list[Sighting]) -> None:
        """Place initials with a family name, document by document."""
        parsed = parse_name(name)
        if parsed.initials and parsed.surname and not parsed.given:
            self._place(name, parsed, seen, strict=False)

    def partial(self, name: str, seen: list[Sighting]) -> None:
        """Place a family name alone, or a given name with patronymic."""
        parsed = parse_name(name)
        if parsed.patronymic and not parsed.surname:
            self._patronymic(name, parsed, seen)
        elif parsed.surname and not parsed.given and not parsed.initials:
            self._surname(name, parsed, seen)

    def _new(self, name: str, seen: Iterable[Sighting]) -> Cluster:
        made = Cluster()
        made.add(name, seen)
        self.clusters.append(made)
        self._know(made, parse_name(name))
        return made

    def _know(self, made: Cluster, parsed: PersonName) -> None:
        known = self.parsed.setdefault(id(made), [])
        if parsed in known:
            return
        known.append(parsed)
        for key in sorted(filing_keys(parsed)):
            if not any(made is c for c in self.filed[key][-1:]):
                self.filed[key].append(made)

    def _bucket(self, keys_of_name: Iterable[str]) -> list[Cluster]:
        found = (c for key in sorted(keys_of_name) for c in self.filed.get(key, ()))
        return list({id(c): c for c in found}.values())

    def _place(self, name: str, parsed: PersonName, seen: list[Sighting], *, strict: bool) -> None:
        options = [c for c in self._bucket(narrow_keys(parsed)) if self._fits(c, name, parsed)]
        if strict:
            options = [c for c in options if any(same_name(name, n) for n in c.names)] or options
        if not options:
            self._new(name, seen)
            return
        for sighting in seen:
            chosen = _nearest(options, sighting)
            if chosen is not None:
                chosen.add(name, [sighting])
                self._know(chosen, parsed)

    def _fits(self, made: Cluster, name: str, parsed: PersonName) -> bool:
        """Return whether no spelling of the person contradicts the name."""
        if made.fixed and any(same_name(name, n) for n in (made.fixed, *made.aliases)):
            return True
        known = [p for p in self.parsed[id(made)] if p.given or p.initials]
        return bool(known) and all(compatible(parsed, p) for p in known)

    def _surname(self, name: str, parsed: PersonName, seen: list[Sighting]) -> None:
        options = self._bucket(name_keys(parsed))
        exact = [c for c in options if any(word_key(p.surname) == word_key(name) for p in self.parsed[id(c)])]
        known = [c for c in exact or options if not _stranger(c, seen)]
        if not known:
            self._new(name, seen)
            return
        for sighting in seen:
            chosen = _nearest(known, sighting)
            if chosen is not None:
                chosen.add(name, [sighting], alias=name not in chosen.names)

    def _patronymic(self, name: str, parsed: PersonName, seen: list[Sighting]) -> None:
        if not parsed.given:
            return
        options = self._bucket([call_key(parsed)])
        options = [c for c in options if any(called(parsed, p) for p in self.parsed[id(c)])]
        for sighting in seen:
            chosen = _nearest(options, sighting)
            if chosen is not None:
                chosen.add(name, [sighting], alias=True)


def _stranger(made: Cluster, seen: Sequence[Sighting]) -> bool:
    """Return whether somebody named once, elsewhere and in passing, cannot be who holds an office by the family name.

    One Franklin Roe in a list of clerks is not the Roe who signs as ambassador.
    """
    holds = any(s.role and s.office for s in seen)
    passing = len(made.documents) == 1 and not any(s.role or s.office for s in made.sightings) and not made.fixed
    return holds and passing and not made.documents & {s.document for s in seen}


def _nearest(options: Sequence[Cluster], sighting: Sighting) -> Cluster | None:
    """Return the only candidate of the document, else of the source, else of all; `None` when several fit."""
    for near in (
        [c for c in options if sighting.document in c.documents],
        [c for c in options if sighting.source in c.sources],
        list(options),
    ):
        if near:
            return near[0] if len(near) == 1 else None
    return None


def name_keys(name: PersonName) -> frozenset[str]:
    """Return the keys under which a person of this name is filed: those of the family name in its order."""
    if not name.surname:
        return frozenset()
    if name.surname_first:
        whole = f"{name.surname} {name.given}"
        readings = {f"ko:{r.surname} " for r in korean(whole)} | {key.split(" ")[0] for key in chinese(whole)}
        return frozenset(r.strip() for r in readings) | {"xx:" + word_key(name.surname)}
    if name.given or name.initials:
        bare = name.surname.split()[-1]
        return frozenset({"xx:" + word_key(name.surname), "xx:" + word_key(bare)})
    return surname_keys(name.surname)


def narrow_keys(name: PersonName) -> frozenset[str]:
    """Return the keys under which only people are filed who share the first letter (or the East Asian name) too."""
    if name.surname_first:
        return keys(f"{name.surname} {name.given}")
    firsts = (
        {letters(name)[:1], *(form[:1] for form in long_forms(name.given.split()[0]))}
        if name.given
        else {letters(name)[:1]}
    )
    return frozenset(f"{key}|{first}" for key in name_keys(name) for first in firsts if first)


def filing_keys(name: PersonName) -> frozenset[str]:
    """Return every key under which a person of this name can be looked for."""
    call = call_key(name)
    return name_keys(name) | narrow_keys(name) | (frozenset({call}) if call else frozenset())


def compatible(a: PersonName, b: PersonName) -> bool:
    """Return whether two names with one family name can be one person's.

    >>> compatible(parse_name("John P. Roe"), parse_name("J. Roe"))
    True
    >>> compatible(parse_name("Kim Il"), parse_name("Kim Il Nam"))
    False
    """
    if a.suffix and b.suffix and word_key(a.suffix) != word_key(b.suffix):
        return False
    if a.surname_first and b.surname_first:
        return same_name(f"{a.surname} {a.given}", f"{b.surname} {b.given}")
    if bool(a.surname_first) != bool(b.surname_first):
        return False
    return word_key(a.surname) == word_key(b.surname) and initials_agree(a, b)


def called(spoken: PersonName, known: PersonName) -> bool:
    """Return whether "Given Patronymic" can be the known person, who must have two given parts or the patronymic."""
    two = bool(known.patronymic) or len(known.initials) > 1 or bool(known.given and known.initials)
    return two and not known.surname_first and initials_agree(spoken, known)


def _person(made: Cluster) -> Person:
    name = made.fixed or _canonical(made.names)
    variants = sorted({name, *made.names, *made.aliases})
    holdings: dict[Holding, None] = {}
    for sighting in made.sightings:
        office = normal_office(sighting.office, sighting.country) if sighting.office else None
        if office is not None:
            holdings[Holding(office.title, office.country, office.post, sighting.date)] = None
    order = sorted(holdings, key=lambda h: (h.title, h.country, h.post, h.date is not None, h.date or 0))
    return Person(name, tuple(variants), tuple(order))


def _long(best: str, names: Counter[str]) -> str:
    """Return a spelling with the given name in full in place of a short form that is not far more usual."""
    short = parse_name(best)
    if short.surname_first or len(long_forms(short.given)) < 2:
        return best
    longer = [n for n in names if parse_name(n).full and len(long_forms(parse_name(n).given.split()[0])) == 1]
    often = [n for n in sorted(longer) if names[n] * _USUAL >= names[best]]
    return max(often, key=lambda n: names[n], default=best)


def _canonical(names: Counter[str]) -> str:
    """Return the best spelling: a full given name before initials, then frequency and weight, capitals made normal."""

    def rank(item: tuple[str, int]) -> tuple[bool, bool, bool, int, int, str]:
        name, count = item
        parsed = parse_name(name)
        return (not parsed.full, not parsed.surname, name.isupper(), -count, -len(name), name)

    best = _long(min(names.items(), key=rank)[0], names)
    return parse_name(best).text if best.isupper() else best
