"""What a sentence leaves for the next: whose speech runs on, who "he" is, which letter and meeting were told of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.names import NameMention
from qa.turns.actors import Actor, ActorKind, full_names, mentioned_offices
from qa.turns.events import Event
from qa.turns.letters import letter_told, scene_told
from qa.turns.narrative import meetings_in, opens_quote
from qa.turns.quotations import encloses
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Scene, Setting, State

_FIRST_PERSON = re.compile(r"(?<![\[.])\b(?:I(?![.\d])|[Ww]e|[Oo]urs?|us)\b")
_COMES = re.compile(r"\b(?:introduc|(?:re)?join|arriv|enter|welcom|invit|present)\w*|\bcalled (?:up)?on\b")
_HEAD = 3  # a sentence begins with whoever stands so near to its beginning


def state_after(
    sentence: str,
    mentions: Sequence[NameMention],
    actors: Sequence[Actor],
    event: Event | None,
    said: Said,
    state: State,
    setting: Setting,
) -> State:
    """Return the state that a sentence leaves."""
    opened = opens_quote(sentence, state.open_quote) and (state.open_quote or not encloses(sentence, event))
    tells = event is not None or (setting.minutes and said.speaker is not None and said.basis is Basis.REPORTED)
    introduced = sentence.rstrip().endswith(":") and tells
    named = known(actors, state)
    spoken = said.speaker is not None and said.basis in {Basis.REPORTED, Basis.QUOTED}
    letter = letter_told(sentence, named, state, setting)
    return replace(
        state,
        floor=_floor(said, state, setting, goes_on=opened or introduced or state.held),
        open_quote=opened,
        introduced=introduced,
        he=_he(actors, named, event, said, state, setting),
        offices=(mentioned_offices(mentions, setting.company) + state.offices)[:40],
        letter=letter,
        fresh_letter=state.fresh_letter or letter is not state.letter,
        scene=_scene(sentence, actors, event, said, state, setting),
        quoted=said if said.basis is Basis.QUOTED else None,
        told_by_letter=said is state.letter,
        last=said if spoken else state.last,
        asker=_asker(said, state),
        heard=state.heard | _heard(sentence, actors, said),
        direct=introduced or state.direct or _FIRST_PERSON.search(sentence) is not None,
        spoken_of=meetings_in(sentence) if spoken else frozenset(),
        recent=tuple({**dict(state.recent), **full_names(mentions, setting.company)}.items()),
    )


def known(actors: Sequence[Actor], state: State) -> list[Actor]:
    """Return the people named, and "he" where it is known who that is."""
    he = state.he.name if state.he is not None else ""
    known = [replace(a, name=he) if a.kind is ActorKind.PRONOUN and not a.object_form else a for a in actors]
    return [a for a in known if a.name and a.kind is not ActorKind.SELF]


def _heard(sentence: str, actors: Sequence[Actor], said: Said) -> frozenset[str]:
    """Return who is known by the sentence to take part in the meeting: who speaks there, who comes."""
    comes = [a.name for a in actors if a.name] if _COMES.search(sentence) else []
    spoken = [p.name for p in said.each or (said.speaker,) if p is not None]
    return frozenset(comes + spoken if said.basis is Basis.REPORTED or said.basis is Basis.QUOTED else comes)


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


def _asker(said: Said, state: State) -> Person | None:
    """Return who waits for an answer after the sentence: who asked last, until somebody else speaks."""
    if said.asks or said.raises:
        return said.speaker
    same = state.asker is not None and said.speaker is not None and state.asker.name == said.speaker.name
    return state.asker if same else None


def _he(
    actors: Sequence[Actor], named: Sequence[Actor], event: Event | None, said: Said, state: State, setting: Setting
) -> Person | None:
    """Return who "he" is in the next sentence: who spoke, else the only one named; nobody behind an unknown subject."""
    if event is not None and event.speaker is not None and event.speaker.kind is not ActorKind.SELF:
        return said.speaker
    if _unknown_subject(actors):
        return None
    narrator = setting.narrator.name if setting.narrator else ""
    others = list(dict.fromkeys(a.name for a in named if a.name != narrator))
    if _he_acts(actors):
        return state.he
    if len(others) == 1:
        return next(Person(a.name, a.written) for a in named if a.name == others[0])
    if not others:
        return state.he
    first = actors[0]
    if first.kind is ActorKind.NAME and first.name and first.start <= _HEAD and not first.object_form:
        return Person(first.name, first.written)
    return state.floor.speaker if state.floor is not None and setting.mode is Mode.CONVERSATION else None


def _unknown_subject(actors: Sequence[Actor]) -> bool:
    """Return whether a sentence begins with a person of whom it is not known who it is: "The Minister opened it."."""
    first = next(iter(actors), None)
    if first is None or first.start > _HEAD or first.kind not in {ActorKind.ROLE, ActorKind.NAME}:
        return False
    return not (first.name or first.object_form)


def _he_acts(actors: Sequence[Actor]) -> bool:
    """Return whether "he" stands before anybody named: "He expects that Roe will come" leaves him who he was."""
    first = next((a for a in actors if a.kind in {ActorKind.PRONOUN, ActorKind.NAME, ActorKind.ROLE}), None)
    return first is not None and first.kind is ActorKind.PRONOUN and not first.object_form
