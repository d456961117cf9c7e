"""What is told of others within somebody's running speech."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.turns.actors import Actor, ActorKind
from qa.turns.events import Event, Form
from qa.turns.minutes import lists_all
from qa.turns.offices import office_of
from qa.turns.state import Mode, Person, Setting, State
from qa.turns.who import ANSWERS, who

_BEFORE = re.compile(r"\b(?:had|has|have) (?:\w+ly |also |then |already |once |earlier )?$")
_HAS = re.compile(r"\b(?:had|has|have) \w+(?:ed|en|t|d)\b")
_HAD_BEEN = re.compile(r"\bha(?:d|s|ve) (?:\w+ly |also |just |already )?been (?:\w+ly )?$")
_AGO = re.compile(r"(?:Last|Earlier|Previously|Before|In (?:19|18|20)\d\d|(?:Two|Three|Four|Five|Some|Many) )")


def his_own(actors: Sequence[Actor], state: State, setting: Setting) -> bool:
    """Return whether a sentence of minutes is of the person who has the floor: "He was glad that ..."."""
    first = actors[0] if actors else None
    speaker = who(first, state) if first is not None and first.start == 0 and first.kind is ActorKind.PRONOUN else None
    floor = state.floor.speaker if state.floor is not None else None
    return setting.minutes and speaker is not None and floor is not None and speaker.name == floor.name


def within_speech(
    sentence: str,
    event: Event,
    persons: tuple[Person | None, Person | None],
    first: bool,
    state: State,
    setting: Setting,
) -> bool:
    """Return whether somebody who was not present is told of in the running speech of one who was."""
    floor, present = state.floor, {*setting.company.present, setting.company.narrator}
    if setting.mode is not Mode.CONVERSATION or floor is None or floor.speaker is None:
        return False
    speaker, hearer = persons
    other = speaker is None or speaker.name != floor.speaker.name
    if other and _BEFORE.search(sentence[: event.at]):
        return not first or _AGO.match(sentence) is not None
    if setting.minutes and not first and speaker is not None and _absent(speaker, state, setting):
        told_of = speaker.name in dict(state.recent).values() or _HAS.search(sentence, 0, event.at) is not None
        return told_of and speaker.name != floor.speaker.name
    if setting.minutes and not first and speaker is None and _foreign(event.speaker) and lists_all(setting):
        return True
    if event.form is Form.INSERTED or event.verb in ANSWERS or not setting.parties or setting.company_of_many:
        return False
    away = event.to_body or (hearer is not None and hearer.name not in present)
    if floor.speaker.name not in present or (speaker is None and not away):
        return False
    if speaker is not None and (speaker.name in present or (_retold(speaker, state) and not event.to_body)):
        return False
    return away or not first


def _foreign(actor: Actor | None) -> bool:
    """Return whether somebody is told of by an office and a country: "the Polish ambassador"."""
    return actor is not None and actor.kind is ActorKind.ROLE and bool(office_of(actor.written, "").countries)


def was_told(sentence: str, event: Event, state: State) -> bool:
    """Return whether the one who speaks tells what he was told before: "Roe said that it was late. He had been told."""
    hearer = who(event.hearer, state)
    floor = state.floor.speaker if state.floor is not None else None
    same = hearer is not None and floor is not None and hearer.name == floor.name
    return same and _HAD_BEEN.search(sentence[: event.at]) is not None


def _absent(speaker: Person, state: State, setting: Setting) -> bool:
    """Return whether a person is not among those present, and has neither come nor spoken so far."""
    return lists_all(setting) and speaker.name not in setting.company.present and speaker.name not in state.heard


def _retold(speaker: Person, state: State) -> bool:
    return state.scene is not None and speaker.name in state.scene.names
