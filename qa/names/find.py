"""Known people in any text (filled below)."""

from __future__ import annotations

from collections.abc import Sequence

from qa.names.records import Person, PersonMention


class Finder:
    """An index of people's names for running text and questions."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.persons = persons

    def find(self, text: str) -> list[PersonMention]:
        """Return the known people of the text."""
        return []
