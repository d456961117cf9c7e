"""Whose words a sentence conveys, read sentence by sentence with what went before in mind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.dates import PartialDate
from qa.names import NameMention
from qa.turns.actors import Actor, ActorKind, find_actors, full_names, mentioned_offices
from qa.turns.events import Event, Form, find_events, main_event, says_quote
from qa.turns.letters import aged, conveyed, date_said, letter_told, scene_told, words_of_letter
from qa.turns.narrative import LONG_QUOTE, OURS, is_narrative, is_quotation, opens_quote, quotation
from qa.turns.offices import holder
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Scene, Setting, State
from qa.turns.who import ANSWERS, hearers, other_party, who

_PERFECT = re.compile(r"\b(?:have|has|had|would|could|should|will|can)\b", re.I)
_CARRIED = re.compile(
    r"ask(?:ed|s) (?:\[?(?:me|us|him)\]? )?to "
    r"(?:pass on|convey|transmit|tell (?:you|him)|inform (?:you|him)|give you)\b"
)
_IN_WORDS = re.compile(r"\b(?:[Ii]n the words of|[Tt]o quote|[Aa]ccording to)\s+")
_OWN_WORDS = re.compile(r"\b(?:by (?:his|her) own (?:admission|account)|in (?:his|her) (?:own )?(?:words|phrase))\b")
_VOCATIVE = re.compile(
    r",\s+(?P<who>(?:[Cc]omrade|[Mm]r\.?|[Mm]adam|[Mm]y dear|[Dd]ear)\s+(?:[Mm]inister|[Aa]mbassador|[Pp]resident|"
    r"[Cc]hairman|[Ss]ecretary|[Pp]remier|[Gg]eneral|[A-Z][\w’'-]+))(?=[,.?!])"
)


def attribute(
    sentence: str, mentions: Sequence[NameMention], first: bool, state: State, setting: Setting
) -> tuple[Said, State]:
    """Return whose words a sentence conveys, and the state after it.

    `mentions` are the names in the sentence; `first`: it begins a paragraph.
    """
    state = _before(sentence, first, state, setting)
    actors = find_actors(sentence, mentions, setting.company, state.offices, dict(state.recent))
    events = find_events(sentence, actors, own=setting.mode is Mode.MONOLOGUE)
    said, state = _decide(sentence, first, actors, events, state, setting)
    called = _addressed(sentence, actors, said, state, setting)
    if called is not said and state.floor is said:
        state = replace(state, floor=called)
    said = called
    event = main_event(events)
    return said, _after(sentence, mentions, actors, event, said, state, setting)


def _before(sentence: str, first: bool, state: State, setting: Setting) -> State:
    """Return the state as a new sentence finds it: a monologue's quotations end with their paragraph."""
    if not first:
        return state
    keeps = state.introduced or setting.mode is Mode.CONVERSATION
    opens = sentence.lstrip("[( ")[:1] in {'"', "“", "«"}
    goes_on = state.open_quote and opens  # a quotation that runs on repeats its mark at each paragraph
    floor = state.floor if keeps or goes_on else None
    return replace(
        state,
        open_quote=goes_on,
        introduced=False,
        held=state.introduced,
        floor=floor,
        last=None,
        recent=(),
        fresh_letter=False,
        scene=aged(state.scene, own=state.last is None),
    )


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
    letter = _of_letter(sentence, actors, state, setting)
    if letter is not None:
        return letter, state
    quoted = _quoted(sentence, actors, setting) or _left_open(sentence, first, state)
    if quoted is not None:
        return quoted, replace(state, floor=quoted)
    if state.floor is not None and not is_narrative(sentence, actors, state.floor, setting):
        return state.floor, state
    return _narrated(setting), replace(state, floor=None)


def _quoted(sentence: str, actors: Sequence[Actor], setting: Setting) -> Said | None:
    """Return whose a quotation is that no act of speech of a person gives: "in the words of X"; of nobody known."""
    if setting.mode is not Mode.MONOLOGUE or quotation(sentence) < LONG_QUOTE:
        return None
    date = setting.company.date
    for match in _IN_WORDS.finditer(sentence):
        actor = next((a for a in actors if match.end() <= a.start <= match.end() + 4 and a.name), None)
        if actor is not None:
            return Said(Person(actor.name, actor.written), (), Basis.QUOTED, date)
    own = _OWN_WORDS.search(sentence)
    named = {a.name: a for a in actors if own and a.name and a.end <= own.start()}
    if len(named) == 1:
        actor = next(iter(named.values()))
        return Said(Person(actor.name, actor.written), (), Basis.QUOTED, date)
    return Said(None, (), Basis.QUOTED, date) if says_quote(sentence) else None


def _left_open(sentence: str, first: bool, state: State) -> Said | None:
    """Return whose a bare quotation is: of whoever spoke in the sentence before it."""
    if first:
        return None
    if state.quoted is not None and is_quotation(sentence):
        return state.quoted
    last = state.last
    runs_on = sentence[:1] in {"“", "«", '"'} and opens_quote(sentence, False) and quotation(sentence) >= LONG_QUOTE
    if last is not None and last.speaker is not None and (runs_on or is_quotation(sentence)):
        return replace(last, basis=Basis.QUOTED)
    return None


def _of_letter(sentence: str, actors: Sequence[Actor], state: State, setting: Setting) -> Said | None:
    if setting.mode is Mode.CONVERSATION and state.letter is None:
        return None
    letter = words_of_letter(sentence, actors, state)
    if letter is not None:
        return letter
    if setting.mode is Mode.MONOLOGUE:
        return conveyed(sentence, letter_told(sentence, _known(actors, state), replace(state, letter=None), setting))
    return None


def _narrated(setting: Setting) -> Said:
    return Said(setting.narrator, setting.recipients, setting.narrator_basis, setting.company.date)


def _addressed(sentence: str, actors: Sequence[Actor], said: Said, state: State, setting: Setting) -> Said:
    """Return the words with whom they call upon ("as I see it, comrade minister, ...") as the person addressed."""
    if said.speaker is None or said.basis is Basis.HEADER:
        return said
    for match in _VOCATIVE.finditer(sentence):
        actor = next((a for a in actors if a.start <= match.end("who") and a.end >= match.end("who")), None)
        person = who(actor, state) if actor is not None else _by_office(match["who"], state, said.speaker)
        if person is not None and person.name != said.speaker.name:
            return replace(said, hearers=(replace(person, written=match["who"]),))
    return said


def _by_office(phrase: str, state: State, speaker: Person) -> Person | None:
    words = f"the {phrase.split()[-1].lower()}"
    name = holder(words, state.offices, speaker.name)
    return Person(name, phrase) if name else None


def _of_event(
    sentence: str, first: bool, event: Event, actors: Sequence[Actor], state: State, setting: Setting
) -> Said | None:
    """Return whose words an act of speech conveys, `None` when it is none for us (within somebody's own speech)."""
    persons = (who(event.speaker, state), who(event.hearer, state))
    date = setting.company.date
    if setting.mode is Mode.MONOLOGUE:
        date = date_said(sentence, event.at, persons, state, setting)
    if event.speaker is None:
        return _told(event, state, setting, date)
    if event.speaker.kind is ActorKind.SELF:
        return _by_narrator(sentence, first, event, state, setting, date)
    speaker = persons[0]
    if speaker is None and event.form is Form.AS and quotation(sentence) < LONG_QUOTE:
        return None  # "as is said": the sentence is not theirs
    if speaker is not None and speaker.name not in setting.company.present and _CARRIED.search(sentence, event.at):
        return Said(speaker, _to_others(setting, state), Basis.REPORTED, date)
    if _within_speech(event, persons, first, state, setting):
        return state.floor
    basis = Basis.QUOTED if quotation(sentence) >= LONG_QUOTE else Basis.REPORTED
    if event.joint:
        return Said(None, (), basis, date)
    return Said(speaker, hearers(event, speaker, state, setting), basis, date)


def _to_others(setting: Setting, state: State) -> tuple[Person, ...]:
    """Return to whom the writer carries another's words: the person he speaks to."""
    floor = state.floor
    if floor is not None and floor.speaker == setting.narrator and floor.hearers:
        return floor.hearers
    return other_party(setting.narrator, setting) if setting.narrator is not None else ()


def _within_speech(
    event: Event, persons: tuple[Person | None, Person | None], first: bool, state: State, setting: Setting
) -> bool:
    """Return whether somebody who was not present is told of in the running speech of one who was."""
    floor, present = state.floor, {*setting.company.present, setting.company.narrator}
    if setting.mode is not Mode.CONVERSATION or floor is None or floor.speaker is None:
        return False
    if event.form is Form.INSERTED or event.verb in ANSWERS or not setting.parties or setting.company_of_many:
        return False
    speaker, hearer = persons
    away = event.to_body or (hearer is not None and hearer.name not in present)
    if floor.speaker.name not in present or (speaker is None and not away):
        return False
    if speaker is not None and (speaker.name in present or (_retold(speaker, state) and not event.to_body)):
        return False
    return away or not first


def _retold(speaker: Person, state: State) -> bool:
    return state.scene is not None and speaker.name in state.scene.names


def _told(event: Event, state: State, setting: Setting, date: PartialDate | None) -> Said | None:
    """Return the passive's words ("X was told that ..."): the writer's, or the other party's, to X."""
    hearer = who(event.hearer, state) if event.hearer is not None and event.hearer.kind is not ActorKind.SELF else None
    if event.hearer is None or event.hearer.kind is ActorKind.SELF or hearer is None:
        return None
    letter = state.letter
    if letter is not None and hearer.name in {h.name for h in letter.hearers}:
        return letter
    speaker = setting.narrator
    if speaker is not None and speaker.name == hearer.name:
        speaker = next((p for p in setting.parties if p.name != hearer.name), None)
    return Said(speaker, (hearer,), Basis.REPORTED, date)


def _by_narrator(
    sentence: str,
    first: bool,
    event: Event,
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
    return Said(setting.narrator, hearers(event, setting.narrator, state, setting), basis, date)


def _is_recorder(sentence: str, first: bool, event: Event) -> bool:
    """Return whether "I said ..." in the middle of another's speech is the recorder's: told of to a third person."""
    if event.speaker is None or event.form is Form.AS or _PERFECT.search(sentence[event.speaker.end : event.at]):
        return False
    if event.speaker.start > (60 if first else 25):
        return False
    return first or event.hearer is not None or not OURS.search(sentence)


def _after(
    sentence: str,
    mentions: Sequence[NameMention],
    actors: Sequence[Actor],
    event: Event | None,
    said: Said,
    state: State,
    setting: Setting,
) -> State:
    """Return the state that a sentence leaves."""
    opened = opens_quote(sentence, state.open_quote)
    introduced = sentence.rstrip().endswith(":") and event is not None
    named = _known(actors, state)
    spoken = said.speaker is not None and said.basis in {Basis.REPORTED, Basis.QUOTED}
    letter = letter_told(sentence, named, state, setting)
    return replace(
        state,
        floor=_floor(said, state, setting, goes_on=opened or introduced or state.held),
        open_quote=opened,
        introduced=introduced,
        he=_he(named, event, said, state, setting),
        offices=(mentioned_offices(mentions, setting.company) + state.offices)[:40],
        letter=letter,
        fresh_letter=state.fresh_letter or letter is not state.letter,
        scene=_scene(sentence, actors, event, said, state, setting),
        quoted=said if said.basis is Basis.QUOTED else None,
        told_by_letter=said is state.letter,
        last=said if spoken else state.last,
        recent=tuple({**dict(state.recent), **full_names(mentions, setting.company)}.items()),
    )


def _known(actors: Sequence[Actor], state: State) -> list[Actor]:
    """Return the people named, and "he" where it is known who that is."""
    he = state.he.name if state.he is not None else ""
    known = [replace(a, name=he) if a.kind is ActorKind.PRONOUN and not a.object_form else a for a in actors]
    return [a for a in known if a.name and a.kind is not ActorKind.SELF]


def _scene(
    sentence: str, actors: Sequence[Actor], event: Event | None, said: Said, state: State, setting: Setting
) -> Scene | None:
    """Return the meeting that is told of after the sentence; words to somebody else end it."""
    reported = said.basis in {Basis.REPORTED, Basis.QUOTED}
    he = said.speaker if reported else state.he
    me = state.floor.speaker if state.floor is not None else setting.narrator
    stands = {ActorKind.PRONOUN: he, ActorKind.SELF: me}
    known = [replace(a, name=p.name) if not a.name and (p := stands.get(a.kind)) else a for a in actors]
    scene = scene_told(sentence, [a for a in known if a.name], state, setting)
    if scene is not state.scene or scene is None or event is None or said.speaker is None:
        return scene
    elsewhere = event.to_body or any(h.name not in scene.names for h in said.hearers)
    return None if said.speaker.name in scene.names and elsewhere else scene


def _floor(said: Said, state: State, setting: Setting, *, goes_on: bool) -> Said | None:
    """Return whose speech runs on: in a monologue only what is announced, left open, or told by the writer."""
    floor = state.floor
    told = floor is not None and floor.speaker == setting.narrator and bool(floor.hearers)
    return floor if setting.mode is Mode.CONVERSATION or goes_on or told else None


def _he(named: Sequence[Actor], event: Event | None, said: Said, state: State, setting: Setting) -> Person | None:
    """Return who "he" is in the next sentence: who spoke, else the only one named."""
    if event is not None and event.speaker is not None and event.speaker.kind is not ActorKind.SELF:
        return said.speaker
    narrator = setting.narrator.name if setting.narrator else ""
    others = list(dict.fromkeys(a.name for a in named if a.name != narrator))
    if len(others) == 1:
        return next(Person(a.name, a.written) for a in named if a.name == others[0])
    return None if others else state.he
