"""A question as it was understood, and the filters that a user sets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.dates import PartialDate


class AnswerKind(StrEnum):
    """What would answer the question."""

    WORDS = "words"  # what somebody said or wrote
    REASON = "reason"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    LIST = "list"
    PUBLICATION = "publication"  # who wrote, translated, recorded, holds or was present
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user demands; "" and `None` demand nothing. Names as typed, dates inclusive, partial dates allowed."""

    speaker: str = ""
    to: str = ""
    after: PartialDate | None = None
    before: PartialDate | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: evidence for the search, no wall.

    Names are canonical. `mentioned` are the people who are neither speaker nor addressee. `content` is the question
    without people, periods and question words: what it is about. `terms` are the analysed search terms, `about` those
    of the content. `matters` are the matters of publication asked about (tables in `qa/data/matters.toml`).
    """

    text: str
    kind: AnswerKind
    speakers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    after: PartialDate | None = None
    before: PartialDate | None = None
    content: str = ""
    terms: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody named, each once."""
        return tuple(dict.fromkeys((*self.speakers, *self.addressees, *self.mentioned)))
