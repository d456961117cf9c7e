"""Records of an open index as search and answers read them: each parsed once, texts analysed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TypeVar

from qa.documents.records import Document
from qa.index import Index
from qa.names import parse_name
from qa.passages import Passage
from qa.question.understanding import search_terms
from qa.spans import quote
from qa.text import fold
from qa.turns.records import Turn

T = TypeVar("T")
_MOST = 20_000  # records and analysed sentences kept; a session over a large archive forgets the oldest


class Memory:
    """What was worked out before, by key; the oldest is forgotten when there is too much."""

    def __init__(self, most: int = _MOST) -> None:
        self._kept: dict[Hashable, object] = {}
        self._most = most

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the key, made now if nothing is."""
        if key not in self._kept:
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = make()
        return self._kept[key]  # type: ignore[return-value]


class Reader:
    """An index with a memory. Numbers are those of the index; a sentence is a turn's number and its own from 0."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._memory = Memory()

    def passage(self, number: int) -> Passage:
        """Return a passage."""
        return self._memory.get(("passage", number), lambda: self.index.passages[number])

    def turn(self, number: int) -> Turn:
        """Return a turn."""
        return self._memory.get(("turn", number), lambda: self.index.turns[number])

    def document(self, number: int) -> Document:
        """Return a document."""
        return self._memory.get(("document", number), lambda: self.index.documents[number])

    def document_of(self, turn: int) -> Document:
        """Return the document of a turn."""
        return self.document(self.index.document_numbers[self.turn(turn).document])

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """Return the sources' numbers by id."""
        return {row.id: number for number, row in enumerate(self.index.manifest.sources)}

    def text(self, document: Document) -> str:
        """Return the text that a document's segments count in."""
        return self.index.source_text(self.source_numbers[document.source])

    def sentence(self, turn: int, number: int) -> str:
        """Return a sentence's words as they are shown: without the label that tells who speaks."""

        def make() -> str:
            return quote(self.text(self.document_of(turn)), self.turn(turn).words(number))

        return self._memory.get(("sentence", turn, number), make)

    def sentences(self, passage: int) -> tuple[str, ...]:
        """Return the sentences of a passage as they are shown."""
        turn = int(self.index.columns.turn[passage])
        return tuple(self.sentence(turn, n) for n in range(*self.passage(passage).sentences))

    def sentence_terms(self, turn: int, number: int) -> frozenset[str]:
        """Return a sentence's search terms."""
        return self._memory.get(("terms", turn, number), lambda: frozenset(search_terms(self.sentence(turn, number))))

    def before(self, turn: int, number: int, count: int = 2) -> tuple[tuple[int, int], ...]:
        """Return the sentences before one, nearest last, within its document."""
        found: list[tuple[int, int]] = []
        at, sentence = turn, number
        while len(found) < count:
            sentence -= 1
            if sentence < 0:
                at -= 1
                if at < 0 or self.turn(at).document != self.turn(turn).document:
                    break
                sentence = len(self.turn(at).sentences)
                continue
            found.append((at, sentence))
        return tuple(reversed(found))

    def surnames(self, document: Document, role: str) -> frozenset[str]:
        """Return the folded surnames of those who have a role in a document; none for the role ""."""

        def make() -> frozenset[str]:
            names = (parse_name(p.name).surname for p in document.participants if role and p.role == role)
            return frozenset(fold(name) for name in names if name)

        return self._memory.get(("surnames", document.id, role), make)

    def head_terms(self, document: Document) -> frozenset[str]:
        """Return the search terms of a document's head: title, number, kind, people and offices, date."""

        def make() -> frozenset[str]:
            people = " ".join(f"{p.name} {p.office}" for p in document.participants)
            date = document.date.first.strftime("%d %B %Y") if document.date else ""
            return frozenset(search_terms(f"{document.title} {document.number} {document.kind} {people} {date}"))

        return self._memory.get(("head", document.id), make)
