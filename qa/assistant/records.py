"""What an index keeps of an archive besides documents, turns and passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.names.records import Person
from qa.sources.records import Description


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What a citation needs of a source besides its documents, and the file that it was read from."""

    description: Description = field(default_factory=Description)
    path: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveCard:
    """What is learnt of an archive as a whole: its people, and a card a source by name."""

    persons: tuple[Person, ...] = ()
    sources: Mapping[str, SourceCard] = field(default_factory=dict)
