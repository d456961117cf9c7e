"""What is known of people: where they were seen, and who they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qa.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name as it stands somewhere in the archive.

    `role` is a participant's role ("author", "present", ...), "header" for a title or heading, "" for running text;
    `office` is as written; `country` is a country's key, "" where nothing says it.
    """

    written: str
    document: str = ""
    role: str = ""
    office: str = ""
    date: PartialDate | None = None
    country: str = ""

    @property
    def source(self) -> str:
        """The id of the source: what comes before the document's own number."""
        return self.document.rpartition("/")[0] or self.document


@dataclass(frozen=True, slots=True)
class Holding:
    """An office that a person held at a date; written parts are in normal form (see `qa.names.offices`)."""

    title: str
    country: str = ""
    post: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person: the canonical name, every spelling seen (sorted), and the offices held."""

    name: str
    variants: tuple[str, ...] = ()
    offices: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """What a human adds: a name, further spellings of it, offices as written."""

    name: str
    variants: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A known person in a text: `how` is "exact", "variant", "office" or "fuzzy"."""

    start: int
    end: int
    written: str
    name: str
    how: str


def distinct(people: Iterable[Person]) -> list[Person]:
    """Return the people without repetitions, in order."""
    return list(dict.fromkeys(people))
