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
    r"demanding|proposing|complaining|explaining|insisting|announcing|expressing|agreeing|promising|refusing)\b)"
)
_MEETING = re.compile(
    r"\b(?:met|meetings?|received|called|summoned|sent for|conversations?|talks?|visited|discussions?|audience|invited"
    r"|saw)\b",
    re.I,
)
_WITH = re.compile(
    r"\b(?:(?:meetings?|conversations?|talks?|discussions?|audience|met|interviews?)\s+(?:with|between)|received(?:\s+by)?|"
    r"met|visited|saw)\s+(?:(?:the|comrade|Mr\.?|com\.)\s+)?$",
    re.I,
)
_SPOKEN_OF = re.compile(  # "thanked him for the conversation with X": no meeting that is told of
    r"\b(?:for|about|of|regarding|concerning|on|after|before|since)\s+(?:the|his|her|their|this|that|an?)\s+(?:\w+\s+)?"
    r"(?:meeting|conversation|talk|discussion)s?\s+with\s+(?:(?:the|comrade|Mr\.?|com\.)\s+)?$"
)
_ME = re.compile(
    r"\b(?:(?:called|summoned|received|invited) me\b|sent for me\b"
    r"|I (?:called (?:\w+ ){0,3}?(?:up)?on|saw|met|visited|received)\b)"
)
_SUBORDINATE = re.compile(r"\b(?:that|which|who|whom|whether|as|when|because|since|if|although|though)\b", re.I)
_LASTING = 2  # so many paragraphs of the writer's own end a meeting that was told of


_SENDS = re.compile(r"\b(?:send|sent|address(?:ed)?|dispatch(?:ed)?|convey(?:ed)?|transmit(?:ted)?)\b[^.;:]{0,40}?$")
_BEHALF = re.compile(
    r"\bon behalf of (?:the )?(?P<body>[A-Z][\w’'-]+(?: [\w’'-]+){0,3}?(?: [Gg]overnment| [A-Z][\w’'-]+)?)(?=[.,;:]|$)"
)
_IMPERSONAL = re.compile(
    r"^(?:[A-Z][\w ]{2,30},?\s+)?[Ii]t was (?:also |further )?"
    r"(?:stressed|noted|said|added|stated|pointed out|emphasi[sz]ed|underlined|declared|explained) "
)


def words_of_letter(sentence: str, actors: Sequence[Actor], state: State) -> Said | None:
    """Return the words of a letter told of before: its writer's, to its recipient; an unknown writer is `None`."""
    match = _LETTER_SAYS.match(sentence)
    if match is None:
        told_on = state.told_by_letter and _IMPERSONAL.match(sentence)
        return state.letter if told_on else None
    to = _LETTER_TO.search(sentence, 0, match.end())
    if state.letter is None or (to and not _is_to(state.letter, actors, to.end())):
        hearer = next((a for a in actors if to and a.start == to.end() and a.name), None)
        return Said(None, (Person(hearer.name, hearer.written),), Basis.QUOTED) if hearer else None
    owner = match["owner"]
    if owner and state.letter.speaker is not None and owner.split()[-1] not in state.letter.speaker.name:
        return None
    return state.letter


def _is_to(letter: Said, actors: Sequence[Actor], at: int) -> bool:
    named = next((a.name for a in actors if a.start == at), "")
    return named in {h.name for h in letter.hearers}


def conveyed(sentence: str, letter: Said | None) -> Said | None:
    """Return the words of the letter that the sentence tells of, where it also tells what stands in it."""
    sent = _SENT.search(sentence)
    return letter if letter is not None and sent and _CONVEYS.search(sentence, sent.end()) else None


def letter_told(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Said | None:
    """Return the letter that a sentence tells of, with writer and recipient, else the one told of before."""
    if not (_LETTER.search(sentence) and _SENT.search(sentence)):
        return _of_body(sentence, named) or state.letter
    verb = _SENT.search(sentence)
    writers = [a for a in named if verb and a.end <= verb.start() and not a.object_form]
    if not writers or not verb:
        return _of_body(sentence, named) or state.letter
    to = re.search(r"\bto\s+", sentence[verb.end() :])
    recipient = next((a for a in named if to and a.start >= verb.end() + to.start()), None)
    dates = _days(sentence, setting)
    date = dates[0] if len(dates) == 1 else setting.company.date
    hearers = (Person(recipient.name, recipient.written),) if recipient else _answered(sentence, writers[-1], state)
    return Said(Person(writers[-1].name, writers[-1].written), hearers, Basis.QUOTED, date)


def _answered(sentence: str, writer: Actor, state: State) -> tuple[Person, ...]:
    """Return to whom a reply goes: who wrote the letter that it answers."""
    letter = state.letter
    answers = letter is not None and re.search(r"\b(?:reply|answer|response)\b", sentence) is not None
    if not answers or letter is None or letter.speaker is None or writer.name not in {h.name for h in letter.hearers}:
        return ()
    return (letter.speaker,)


def _of_body(sentence: str, named: Sequence[Actor]) -> Said | None:
    """Return the letter that is sent on behalf of a body."""
    body = _BEHALF.search(sentence)
    to = _LETTER_TO.search(sentence)
    hearer = next((a for a in named if to and a.start == to.end()), None)
    if body is None or to is None or hearer is None or not _SENDS.search(sentence[: to.start()]):
        return None
    return Said(Person(body["body"], body["body"]), (Person(hearer.name, hearer.written),), Basis.QUOTED)


def scene_told(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Scene | None:
    """Return the meeting that a sentence tells of, with those who met, else the one told of before."""
    if not _MEETING.search(sentence):
        return state.scene
    named = [a for a in named if not _SPOKEN_OF.search(sentence[: a.start])]
    names = frozenset(a.name for a in named)
    dates = set(_days(sentence, setting, told=False))
    if len(dates) == 1 and names:
        return Scene(dates.pop(), names)
    return Scene(None, names) if len(names) == 2 and not dates and _meet(sentence, named) else state.scene


def _meet(sentence: str, named: Sequence[Actor]) -> bool:
    """Return whether the sentence says that the two people met: "a meeting with Y", "received by Y", "X met Y"."""
    if _ME.search(sentence):
        return True
    return any(_WITH.search(sentence[: actor.start]) for actor in named)


def aged(scene: Scene | None, *, own: bool) -> Scene | None:
    """Return the meeting at a paragraph's beginning; the writer's own paragraphs make it fade."""
    if scene is None or not own:
        return scene
    return Scene(scene.date, scene.names, scene.age + 1) if scene.age + 1 < _LASTING else None


def _days(sentence: str, setting: Setting, *, told: bool = True) -> list[PartialDate]:
    """Return the days that a sentence names; `told`: also those within what is said or thought there."""
    year = setting.company.date.year if setting.company.date else None
    found = [d for d in find_dates(sentence, year) if d.first.day]
    return [d.first for d in found if told or not _SUBORDINATE.search(sentence, 0, d.start)]


def date_said(
    sentence: str, at: int, persons: Sequence[Person | None], state: State, setting: Setting
) -> PartialDate | None:
    """Return when words were said: a day named before their verb `at`, a meeting told of, else the document's date."""
    year = setting.company.date.year if setting.company.date else None
    for found in find_dates(sentence[:at], year):
        if found.first == found.last and found.first.month and not _SUBORDINATE.search(sentence, 0, found.start):
            return found.first
    names = {p.name for p in persons if p is not None}
    if state.scene is not None and state.scene.date is not None and names & state.scene.names:
        return state.scene.date
    return setting.company.date
