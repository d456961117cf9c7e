"""A ranked passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.documents.records import Document
from qa.passages import Passage
from qa.turns.records import Turn


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, best first from rank 1, with the features that its score is made of."""

    rank: int
    score: float
    passage: Passage
    turn: Turn
    document: Document
    source: str  # the source's name, as shown
    text: str
    features: Mapping[str, float] = field(default_factory=dict)
