"""Letters and meetings that a text tells of: whose words they hold, to whom, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.dates import PartialDate, find_dates
from qa.turns.actors import Actor
from qa.turns.records import Basis
from qa.turns.state import Person, Said, Scene, Setting, State

_LETTER = re.compile(
    r"\b(?:letter|message|telegram|communication|note|cable|reply|memorandum|statement|dispatch)\b", re.I
)
_SENT = re.compile(r"\b(?:sent|addressed|wrote|sends|writes|dispatched|delivered|handed|cabled)\b", re.I)
_LETTER_SAYS = re.compile(
    r"^(?:In conclusion,?\s+)?(?:This|That|The|His|Her|(?P<owner>[A-Z][\w.’' -]{2,40}?)['’]s)\s+(?:\S+\s+){0,3}?"
    r"(?:letter|message|telegram|communication|note|cable|reply)\b(?:\s+to\s+[A-Z]\w+)?[^.;:]{0,60}?\b(?:said|says|"
    r"stated|states|informed|declared|expressed|ended|drew|asked|demanded|proposed|stressed|read|reads|noted|warned|called)\b"
)
_LETTER_TO = re.compile(r"\b(?:letter|message|telegram|communication|note|cable|reply)\s+to\s+(?:the\s+)?(?=[A-Z])")
_CONVEYS = re.compile(
    r"\b(?:in which (?:he|she|they)\b|(?:\w+ly\s+)?(?:saying|stating|warning|asking|declaring|informing|requesting|"
    r"demanding|proposing|complaining|explaining|insisting|announcing|expressing)\b)"
)
_MEETING = re.compile(
    r"\b(?:met|meetings?|received|conversations?|talks?|visited|discussions?|audience|invited|saw)\b", re.I
)
_WITH = re.compile(
    r"\b(?:(?:meetings?|conversations?|talks?|discussions?|audience|met|interviews?)\s+(?:with|between)|received(?:\s+by)?|"
    r"met|visited|saw)\s+(?:(?:the|comrade|Mr\.?|com\.)\s+)?$",
    re.I,
)
_LASTING = 2  # so many paragraphs of the writer's own end a meeting that was told of


def words_of_letter(sentence: str, actors: Sequence[Actor], state: State) -> Said | None:
    """Return the words of a letter told of before: its writer's, to its recipient; an unknown writer is `None`."""
    match = _LETTER_SAYS.match(sentence)
    if match is None:
        return None
    if state.letter is None:
        to = _LETTER_TO.search(sentence, 0, match.end())
        hearer = next((a for a in actors if to and a.start == to.end() and a.name), None)
        return Said(None, (Person(hearer.name, hearer.written),), Basis.QUOTED) if hearer else None
    owner = match["owner"]
    if owner and state.letter.speaker is not None and owner.split()[-1] not in state.letter.speaker.name:
        return None
    return state.letter


def conveyed(sentence: str, letter: Said | None) -> Said | None:
    """Return the words of the letter that the sentence tells of, where it also tells what stands in it."""
    sent = _SENT.search(sentence)
    return letter if letter is not None and sent and _CONVEYS.search(sentence, sent.end()) else None


def letter_told(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Said | None:
    """Return the letter that a sentence tells of, with writer and recipient, else the one told of before."""
    if not (_LETTER.search(sentence) and _SENT.search(sentence)):
        return state.letter
    verb = _SENT.search(sentence)
    writers = [a for a in named if verb and a.end <= verb.start() and not a.object_form]
    if not writers or not verb:
        return state.letter
    to = re.search(r"\bto\s+", sentence[verb.end() :])
    recipient = next((a for a in named if to and a.start >= verb.end() + to.start()), None)
    dates = _days(sentence, setting)
    date = dates[0] if len(dates) == 1 else setting.company.date
    hearers = (Person(recipient.name, recipient.written),) if recipient else ()
    return Said(Person(writers[-1].name, writers[-1].written), hearers, Basis.QUOTED, date)


def scene_told(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Scene | None:
    """Return the meeting that a sentence tells of, with those who met, else the one told of before."""
    if not _MEETING.search(sentence):
        return state.scene
    names = frozenset(a.name for a in named)
    dates = set(_days(sentence, setting))
    if len(dates) == 1 and names:
        return Scene(dates.pop(), names)
    return Scene(None, names) if len(names) == 2 and not dates and _meet(sentence, named) else state.scene


def _meet(sentence: str, named: Sequence[Actor]) -> bool:
    """Return whether the sentence says that the two people met: "a meeting with Y", "received by Y", "X met Y"."""
    return any(_WITH.search(sentence[: actor.start]) for actor in named)


def aged(scene: Scene | None, *, own: bool) -> Scene | None:
    """Return the meeting at a paragraph's beginning; the writer's own paragraphs make it fade."""
    if scene is None or not own:
        return scene
    return Scene(scene.date, scene.names, scene.age + 1) if scene.age + 1 < _LASTING else None


def _days(sentence: str, setting: Setting) -> list[PartialDate]:
    year = setting.company.date.year if setting.company.date else None
    return [d.first for d in find_dates(sentence, year) if d.first.day]


def date_said(
    sentence: str, at: int, persons: Sequence[Person | None], state: State, setting: Setting
) -> PartialDate | None:
    """Return when words were said: a day named before their verb `at`, a meeting told of, else the document's date."""
    year = setting.company.date.year if setting.company.date else None
    for found in find_dates(sentence[:at], year):
        if found.first == found.last and found.first.month:
            return found.first
    names = {p.name for p in persons if p is not None}
    if state.scene is not None and state.scene.date is not None and names & state.scene.names:
        return state.scene.date
    return setting.company.date
