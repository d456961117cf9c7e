"""What the attribution of speech carries from sentence to sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from qa.dates import PartialDate
from qa.turns.actors import Company
from qa.turns.offices import Office
from qa.turns.records import Basis


class Mode(StrEnum):
    """How a document gives speech."""

    CONVERSATION = "conversation"  # a record of what several persons said: speech goes on until somebody else speaks
    MONOLOGUE = "monologue"  # one writer: others speak only where it says so


@dataclass(frozen=True, slots=True)
class Person:
    """A canonical name and the name as written at that place."""

    name: str
    written: str


@dataclass(frozen=True, slots=True)
class Said:
    """Whose words a sentence conveys (`None`: not known), to whom, how it is known, when they were said."""

    speaker: Person | None
    hearers: tuple[Person, ...]
    basis: Basis
    date: PartialDate | None = None
    asks: bool = False  # the sentence puts a question
    raises: bool = False  # ... or raises one, before all
    each: tuple[Person, ...] = ()  # of two and more who speak as one, each
    calls: bool = False  # the sentence calls upon its hearer: "as I see it, comrade minister"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document's head says of its speech: mode, writer, the two parties if two, recipients, company."""

    mode: Mode
    narrator: Person | None
    narrator_basis: Basis
    parties: tuple[Person, ...]
    recipients: tuple[Person, ...]
    company: Company
    sides: tuple[Person | None, Person | None] = (None, None)  # who asks and who answers in an interview
    minutes: bool = False  # the paragraphs of minutes begin with who speaks
    company_of_many: bool = False  # a reception, a dinner: nobody speaks to one other alone
    private: bool = False  # a diary that is no record of a conversation

    def on(self, day: PartialDate | None) -> Setting:
        """Return the same on another day."""
        return replace(self, company=replace(self.company, date=day))


@dataclass(frozen=True, slots=True)
class Scene:
    """A meeting told of, its day where it is given, who met, and how many of the writer's own paragraphs ago."""

    date: PartialDate | None
    names: frozenset[str]
    age: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What the sentences before have left: whose speech runs on, an open quotation, who "he" is, a letter spoken of."""

    floor: Said | None = None
    open_quote: bool = False
    introduced: bool = False  # the floor's words begin in the next paragraph
    held: bool = False  # the whole paragraph is the floor's words, announced in the one before
    he: Person | None = None
    offices: tuple[Office, ...] = ()
    letter: Said | None = None
    fresh_letter: bool = False  # the letter was told of in this paragraph
    scene: Scene | None = None
    quoted: Said | None = None  # the sentence before was a quotation
    told_by_letter: bool = False  # the sentence before gave words of the letter
    last: Said | None = None  # who was last reported to speak in this paragraph
    asker: Person | None = None  # who has put a question that nobody has answered yet
    women: frozenset[str] = frozenset()  # who is called "Mrs." and the like in the document: never "he"
    men: frozenset[str] = frozenset()
    points: Said | None = None  # whose points, announced, are told in numbered paragraphs
    point: int = 0  # the number of the last
    heard: frozenset[str] = frozenset()  # who has spoken in the meeting, or come to it
    direct: bool = False  # the floor's words say "I" and "we" of the speaker
    spoken_of: frozenset[str] = frozenset()  # meetings and talks of which the floor has just spoken
    recent: tuple[tuple[str, str], ...] = ()  # whom this paragraph has named in full, by family name
