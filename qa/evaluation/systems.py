"""What a system under test must offer, and its answers read from the contract `qa.answer/1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from qa.errors import BadData
from qa.spans import Segments, Span


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that a system returns for a query, best first."""

    id: str
    source: str
    segments: Segments
    score: float


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """A passage of the index; judgements of passages are derived from gold spans by overlap."""

    id: str
    source: str
    segments: Segments


class System(Protocol):
    """A system that answers and ranks; source names are those of the gold set's texts."""

    @property
    def name(self) -> str:
        """Return the name that tables show."""

    def answer(self, question: str) -> Mapping[str, object]:
        """Return the answer as a contract object."""

    def rank(self, question: str, k: int) -> Sequence[Ranked]:
        """Return the best `k` passages, best first."""

    def passages(self) -> Sequence[PassageSpan]:
        """Return every passage of the index."""


@dataclass(frozen=True, slots=True)
class Given:
    """One quotation that a system gave; segments are of one source."""

    quote: str
    source: str
    segments: Segments
    speaker: str | None
    addressees: tuple[str, ...]
    document: str
    pages: tuple[str, ...]
    date: str | None = None
    basis: str | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a system gave for one question: `ranked` holds its answers or, where it was silent, what came nearest."""

    answered: bool
    confidence: float
    ranked: tuple[Given, ...]


def read_outcome(answer: Mapping[str, Any]) -> Outcome:
    """Return the outcome that a contract object states; `BadData` where it breaks the contract.

    >>> read_outcome({"status": "no_answer", "confidence": 0.25, "answers": [], "closest": []})
    Outcome(answered=False, confidence=0.25, ranked=())
    """
    try:
        answered = {"answered": True, "no_answer": False}[answer["status"]]
        confidence = float(answer["confidence"])
        given = answer["answers"] if answered else answer["closest"]
        ranked = tuple(_given(one) for one in given)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadData(f"an answer breaks the contract qa.answer/1 ({error!r}); mend the system") from error
    if not 0 <= confidence <= 1:
        raise BadData(f"an answer's confidence is {confidence}, not between 0 and 1; mend the system")
    if answered and not ranked:
        raise BadData("an answer has the status 'answered' and no quotation; mend the system")
    return Outcome(answered, confidence, ranked)


def _given(one: Mapping[str, Any]) -> Given:
    sources = {segment["source"] for segment in one["segments"]}
    if len(sources) != 1:
        raise ValueError(f"a quotation is cut from one source, not {len(sources)}")
    return Given(
        quote=str(one["quote"]),
        source=sources.pop(),
        segments=tuple(Span(segment["start"], segment["end"]) for segment in one["segments"]),
        speaker=one["speaker"]["name"] if one["speaker"] else None,
        addressees=tuple(addressee["name"] for addressee in one["addressees"]),
        document=one["document"]["id"],
        pages=tuple(one["pages"]),
        date=one.get("date"),
        basis=one["speaker"].get("basis") if one["speaker"] else None,
        citation=one.get("citation", ""),
    )
