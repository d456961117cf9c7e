"""An open archive as a system under test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qa.contract import answer_object
from qa.evaluation.systems import PassageSpan, Ranked

if TYPE_CHECKING:
    from qa.assistant.opened import Assistant


class ArchiveSystem:
    """What an evaluation asks of a system, answered by an open archive."""

    def __init__(self, assistant: Assistant, name: str = "qa") -> None:
        self._assistant = assistant
        self._name = name

    @property
    def name(self) -> str:
        """Return the name that tables show."""
        return self._name

    def answer(self, question: str) -> Mapping[str, object]:
        """Return the answer as a contract object."""
        return answer_object(self._assistant.ask(question), self._assistant.holding)

    def rank(self, question: str, k: int) -> Sequence[Ranked]:
        """Return the best `k` passages, best first."""
        hits = self._assistant.search(question, k)
        return [Ranked(hit.passage.id, hit.source, hit.passage.segments, hit.score) for hit in hits]

    def passages(self) -> Sequence[PassageSpan]:
        """Return every passage of the index."""
        index = self._assistant.index
        names = [row.name for row in index.manifest.sources]
        sources = index.columns.source
        return [PassageSpan(p.id, names[int(sources[n])], p.segments) for n, p in enumerate(index.passages)]
