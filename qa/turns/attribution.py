"""Whose words a sentence conveys, read sentence by sentence with what went before in mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.dates import PartialDate, find_dates
from qa.turns.actors import Actor, ActorKind, find_actors, mentioned_offices
from qa.turns.events import Event, Form, find_events, main_event
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Scene, Setting, State

_LETTER = re.compile(
    r"\b(?:letter|message|telegram|communication|note|cable|reply|memorandum|statement|dispatch)\b", re.I
)
_SENT = re.compile(r"\b(?:sent|addressed|wrote|sends|writes|dispatched|delivered|handed|cabled)\b", re.I)
_LETTER_SAYS = re.compile(
    r"^(?:In conclusion,?\s+)?(?:This|That|The|His|Her|(?P<owner>[A-Z][\w.’' -]{2,40}?)['’]s)\s+(?:\S+\s+){0,3}?"
    r"(?:letter|message|telegram|communication|note|cable|reply)\b(?:\s+to\s+[A-Z]\w+)?[^.;:]{0,60}?\b(?:said|says|"
    r"stated|states|informed|declared|expressed|ended|drew|asked|demanded|proposed|stressed|read|reads|noted|warned|called)\b"
)
_NARRATIVE = re.compile(
    r"^(?:\[\.\.\.\]\s*)?(?:(?:The|This|Our|A|An)\s+(?:\w+\s+){0,3}?(?:conversation|meeting|talk|talks|reception|dinner"
    r"|lunch|luncheon|breakfast|toast|pause|silence|session|discussion|exchange|audience|interview|visit|atmosphere|tone)\b"
    r"|After (?:this|that|the|a|mutual)\b|It (?:could|was) (?:be )?(?:seen|felt|clear|noticeable|obvious|evident)\b"
    r"|It is difficult to say\b|(?:Also )?[Pp]resent (?:at|were)\b|Attached\b"
    r"|In the course of the (?:breakfast|lunch|dinner|reception)\b)"
)
_CLOSING = re.compile(
    r"\b(?:was|were)\s+(?:also\s+)?(?:attended|present|recorded|interpreted|written down|taken down)\b"
    r"|\b(?:conversation|meeting|talk) (?:lasted|ended|took place)\b"
    r"|\btook part in the (?:conversation|meeting|talk)\b",
)
_PERFECT = re.compile(r"\b(?:have|has|had|would|could|should|will|can)\b", re.I)
_OURS = re.compile(r"\b(?:we|our|us|ours|you|your)\b", re.I)
_MEETING = re.compile(
    r"\b(?:met|meeting|received|conversation|talk|talks|visited|discussion|audience|invited|saw)\b", re.I
)
_OPENERS, _CLOSERS = "“«", "”»"
_LONG_QUOTE = 4  # a quotation of so many words is somebody's words, a shorter one a borrowed phrase


def attribute(sentence: str, first: bool, state: State, setting: Setting) -> tuple[Said, State]:
    """Return whose words a sentence conveys, and the state after it. `first`: it begins a paragraph."""
    actors = find_actors(sentence, setting.company, state.offices)
    events = find_events(sentence, actors)
    state = _before(sentence, first, state, setting)
    said, state = _decide(sentence, first, actors, events, state, setting)
    return said, _after(sentence, actors, main_event(events), said, state, setting)


def _before(sentence: str, first: bool, state: State, setting: Setting) -> State:
    """Return the state as a new sentence finds it: a monologue's quotations end with their paragraph."""
    if not first:
        return state
    keeps = state.introduced or setting.mode is Mode.CONVERSATION
    opens = sentence.lstrip("[( ")[:1] in {'"', "“", "«"}
    goes_on = state.open_quote and opens  # a quotation that runs on repeats its mark at each paragraph
    floor = state.floor if keeps or goes_on else None
    return replace(state, open_quote=goes_on, introduced=False, held=state.introduced, floor=floor)


def _decide(
    sentence: str, first: bool, actors: Sequence[Actor], events: Sequence[Event], state: State, setting: Setting
) -> tuple[Said, State]:
    if state.open_quote and state.floor is not None and not first:
        return replace(state.floor, basis=Basis.QUOTED), state
    event = main_event(events)
    if event is not None:
        said = _of_event(sentence, first, event, actors, state, setting)
        if said is not None:
            return said, replace(state, floor=said)
    if state.quoted is not None and not first and _is_quotation(sentence):
        return state.quoted, state
    letter = _of_letter(sentence, state)
    if letter is not None:
        return letter, state
    if state.floor is not None and not _is_narrative(sentence, actors, state.floor, setting):
        return state.floor, state
    return _narrated(setting), replace(state, floor=None)


def _narrated(setting: Setting) -> Said:
    return Said(setting.narrator, setting.recipients, setting.narrator_basis, setting.company.date)


def _of_event(
    sentence: str, first: bool, event: Event, actors: Sequence[Actor], state: State, setting: Setting
) -> Said | None:
    """Return whose words an act of speech conveys, `None` when it is none for us (within somebody's own speech)."""
    date = _date(sentence, event, state, setting)
    if event.speaker is None:
        return _told(event, state, setting, date)
    if event.speaker.kind is ActorKind.SELF:
        return _by_narrator(sentence, first, event, actors, state, setting, date)
    speaker = _who(event.speaker, state)
    if speaker is None and event.form is Form.AS:
        return None  # "as is said": the sentence is not theirs
    basis = Basis.QUOTED if _quotation(sentence) >= _LONG_QUOTE else Basis.REPORTED
    return Said(speaker, _hearers(event, speaker, state, setting), basis, date)


def _told(event: Event, state: State, setting: Setting, date: PartialDate | None) -> Said | None:
    """Return the passive's words ("X was told that ..."): the writer's, or the other party's, to X."""
    hearer = _who(event.hearer, state) if event.hearer is not None and event.hearer.kind is not ActorKind.SELF else None
    if event.hearer is None or event.hearer.kind is ActorKind.SELF or hearer is None:
        return None
    speaker = setting.narrator
    if speaker is not None and speaker.name == hearer.name:
        speaker = next((p for p in setting.parties if p.name != hearer.name), None)
    return Said(speaker, (hearer,), Basis.REPORTED, date)


def _by_narrator(
    sentence: str,
    first: bool,
    event: Event,
    actors: Sequence[Actor],
    state: State,
    setting: Setting,
    date: PartialDate | None,
) -> Said | None:
    """Return the writer's own words told as such; inside somebody's running speech "I" is that person."""
    written = event.speaker.written if event.speaker is not None else ""
    floor = state.floor
    running = floor is not None and floor.speaker is not None and floor.speaker != setting.narrator
    if running and "[" not in written and not _is_recorder(sentence, first, event):
        return floor
    if setting.narrator is None:
        return Said(None, (), Basis.NARRATOR, date)
    if setting.mode is Mode.MONOLOGUE and event.hearer is None:
        return None
    basis = Basis.NARRATOR
    return Said(setting.narrator, _hearers(event, setting.narrator, state, setting), basis, date)


def _is_recorder(sentence: str, first: bool, event: Event) -> bool:
    """Return whether "I said ..." in the middle of another's speech is the recorder's: told of to a third person."""
    if event.speaker is None or event.form is Form.AS or _PERFECT.search(sentence[event.speaker.end : event.at]):
        return False
    if event.speaker.start > (60 if first else 25):
        return False
    return first or event.hearer is not None or not _OURS.search(sentence)


def _who(actor: Actor | None, state: State) -> Person | None:
    """Return the person an actor stands for, `None` when that is not certain."""
    if actor is None:
        return None
    if actor.kind is ActorKind.PRONOUN:
        return Person(state.he.name, actor.written) if state.he is not None else None
    return Person(actor.name, actor.written) if actor.name else None


def _hearers(event: Event, speaker: Person | None, state: State, setting: Setting) -> tuple[Person, ...]:
    """Return to whom the words are spoken: the verb's object, else the other of two parties."""
    actor = event.hearer
    if actor is not None:
        if actor.kind is ActorKind.SELF:
            return (replace(setting.narrator, written=actor.written),) if setting.narrator else ()
        person = _who(actor, state)
        if (
            actor.kind is ActorKind.PRONOUN
            and person is not None
            and speaker is not None
            and person.name == speaker.name
        ):
            person = _other(speaker, setting)
        return (person,) if person is not None and (speaker is None or person.name != speaker.name) else ()
    if speaker is None:
        return ()
    if state.floor is not None and state.floor.speaker is not None and state.floor.speaker.name == speaker.name:
        return state.floor.hearers
    other = _other(speaker, setting)
    if other is not None:
        return (other,)
    before = state.floor.speaker if state.floor is not None else None
    if event.verb in {"reply", "answer", "respond"} and before is not None and before.name != speaker.name:
        return (before,)
    return ()


def other_party(speaker: Person, setting: Setting) -> tuple[Person, ...]:
    """Return the other of a conversation's two parties, nobody where there are not just two."""
    other = _other(speaker, setting)
    return (other,) if other is not None else ()


def _other(speaker: Person, setting: Setting) -> Person | None:
    """Return the other party of a conversation of two, `None` where there are not just two."""
    if setting.company_of_many or len(setting.parties) != 2 or speaker.name not in {p.name for p in setting.parties}:
        return None
    return next((p for p in setting.parties if p.name != speaker.name), None)


def _of_letter(sentence: str, state: State) -> Said | None:
    """Return the words of a letter told of before: its writer's, to its recipient."""
    match = _LETTER_SAYS.match(sentence)
    if match is None or state.letter is None:
        return None
    owner = match["owner"]
    if owner and state.letter.speaker is not None and owner.split()[-1] not in state.letter.speaker.name:
        return None
    return state.letter


def _is_narrative(sentence: str, actors: Sequence[Actor], floor: Said, setting: Setting) -> bool:
    """Return whether a sentence without an act of speech is the recorder's own account, not the speech going on."""
    if _NARRATIVE.match(sentence) or _CLOSING.search(sentence):
        return not _OURS.search(sentence) or bool(_CLOSING.search(sentence))
    if any(a.kind is ActorKind.SELF and "[" in a.written for a in actors):
        return True
    if floor.basis is Basis.QUOTED and setting.mode is Mode.CONVERSATION:
        return not _OURS.search(sentence)
    subject = actors[0] if actors and actors[0].start <= 3 and not actors[0].object_form else None
    if subject is None or _OURS.search(sentence):
        return False
    speaks = floor.speaker.name if floor.speaker else ""
    if subject.kind is ActorKind.NAME and subject.name:
        return subject.name == speaks or subject.name in {p.name for p in setting.parties}
    return subject.kind is ActorKind.OTHERS and any(a.kind is ActorKind.SELF for a in actors[1:])


def _quotation(sentence: str) -> int:
    """Return the number of words of the longest quotation in a sentence."""
    found = re.findall(r"[“\"«]([^“”\"«»]*)(?:[”\"»]|$)", sentence)
    return max((len(q.split()) for q in found), default=0)


def _is_quotation(sentence: str) -> bool:
    """Return whether the whole sentence stands in quotation marks."""
    bare = re.sub(r"[\s⁰¹²³⁴⁵⁶⁷⁸⁹]+$", "", re.sub(r"\s*\[[^\[\]]*\]\s*$", "", sentence))
    return bare[:1] in {'"', "“", "«"} and bare[-1:] in {'"', "”", "»"} and len(bare) > 2


def _opens_quote(sentence: str, was_open: bool) -> bool:
    """Return whether a quotation is open at the end of a sentence."""
    depth = sum(c in _OPENERS for c in sentence) - sum(c in _CLOSERS for c in sentence)
    straight = sentence.count('"') % 2 == 1
    if straight:
        return not was_open
    return was_open + depth > 0


def _date(sentence: str, event: Event, state: State, setting: Setting) -> PartialDate | None:
    """Return when the words were said: a day named before the verb, a meeting told of, else the document's date."""
    if setting.mode is Mode.CONVERSATION:
        return setting.company.date
    year = setting.company.date.year if setting.company.date else None
    for found in find_dates(sentence[: event.at], year):
        if found.first == found.last and found.first.month:
            return found.first
    persons = {p.name for p in (_who(a, state) for a in (event.speaker, event.hearer)) if p is not None}
    if state.scene is not None and persons & state.scene.names:
        return state.scene.date
    return setting.company.date


def _after(
    sentence: str, actors: Sequence[Actor], event: Event | None, said: Said, state: State, setting: Setting
) -> State:
    """Return the state that a sentence leaves."""
    opened = _opens_quote(sentence, state.open_quote)
    introduced = sentence.rstrip().endswith(":") and event is not None
    floor = state.floor
    told = floor is not None and floor.speaker == setting.narrator and bool(floor.hearers)
    if setting.mode is Mode.MONOLOGUE and not (opened or introduced or state.held or told):
        floor = None
    named = [a for a in actors if a.name and a.kind is not ActorKind.SELF]
    narrator = setting.narrator.name if setting.narrator else ""
    others = list(dict.fromkeys(a.name for a in named if a.name != narrator))
    he = state.he
    if event is not None and event.speaker is not None and event.speaker.kind is not ActorKind.SELF:
        he = said.speaker
    elif len(others) == 1:
        he = next(Person(a.name, a.written) for a in named if a.name == others[0])
    elif len(others) > 1:
        he = None
    return replace(
        state,
        floor=floor,
        open_quote=opened,
        introduced=introduced,
        he=he,
        offices=(mentioned_offices(sentence, setting.company) + state.offices)[:40],
        letter=_letter(sentence, named, state, setting),
        scene=_scene(sentence, named, state, setting),
        quoted=said if said.basis is Basis.QUOTED else None,
    )


def _letter(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Said | None:
    """Return the letter that a sentence tells of, with writer and recipient, else the one told of before."""
    if not (_LETTER.search(sentence) and _SENT.search(sentence)):
        return state.letter
    verb = _SENT.search(sentence)
    writers = [a for a in named if verb and a.end <= verb.start() and not a.object_form]
    if not writers or not verb:
        return None
    to = re.search(r"\bto\s+", sentence[verb.end() :])
    recipient = next((a for a in named if to and a.start >= verb.end() + to.start()), None)
    dates = [
        d.first
        for d in find_dates(sentence, setting.company.date.year if setting.company.date else None)
        if d.first.day
    ]
    date = dates[0] if len(dates) == 1 else setting.company.date
    hearers = (Person(recipient.name, recipient.written),) if recipient else ()
    return Said(Person(writers[-1].name, writers[-1].written), hearers, Basis.QUOTED, date)


def _scene(sentence: str, named: Sequence[Actor], state: State, setting: Setting) -> Scene | None:
    """Return the dated meeting that a sentence tells of, else the one told of before."""
    if not _MEETING.search(sentence):
        return state.scene
    dates = [
        d.first
        for d in find_dates(sentence, setting.company.date.year if setting.company.date else None)
        if d.first.day
    ]
    if len(set(dates)) != 1:
        return state.scene
    names = frozenset(a.name for a in named)
    return Scene(dates[0], names) if names else state.scene
