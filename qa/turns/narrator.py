"""What the writer tells of his own words: "I said ...", what he was asked to convey, what somebody was told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.dates import PartialDate
from qa.turns.actors import Actor, ActorKind
from qa.turns.events import Event, Form
from qa.turns.narrative import OURS
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Setting, State
from qa.turns.who import ANSWERS, hearers, other_party, who

_HANDED = re.compile(
    r"\[?\bI\]? (?:then |also )?(?:handed|gave|presented|passed|delivered|submitted) (?:over )?(?:to )?"
)
_EXPLAINED = re.compile(
    r"(?:\w+, )?[Ii]t was (?:\w+ ){0,2}?(?:explained|pointed out|made clear|stated|suggested|intimated|indicated) to "
)
_VISITED = re.compile(
    r"\b(?:sent for|called (?:up)?on|c[ao]me to (?:see|call on|visit)|called|summoned|received|invited|visited|saw|met"
    r"|telephoned(?: to)?|approached|sought (?:out )?|stopped|took) (?:\[?me\]?|\[?us\]?)\b"
)
_TWO = 2
_NEAR = 12  # a title at most stands between what is done and the person
_PERFECT = re.compile(r"\b(?:have|has|had|would|could|should|will|can)\b", re.I)


def by_narrator(
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
    if running and "[" not in written and not _is_recorder(sentence, first, event, state):
        return floor
    if setting.narrator is None:
        return Said(None, (), Basis.NARRATOR, date)
    met = state.scene is not None and setting.narrator.name in state.scene.names
    if setting.mode is Mode.MONOLOGUE and event.hearer is None and not met:
        return None
    basis = Basis.NARRATOR
    return Said(setting.narrator, hearers(event, setting.narrator, state, setting), basis, date)


def _is_recorder(sentence: str, first: bool, event: Event, state: State) -> bool:
    """Return whether "I said ..." in the middle of another's speech is the recorder's: told of to a third person.

    Where the other's words have so far been told in the third person ("he said that he ..."), "I" is not he.
    """
    if event.verb in ANSWERS and event.speaker is not None and event.speaker.start <= 25:
        return True
    if event.speaker is None or event.form is Form.AS or _PERFECT.search(sentence[event.speaker.end : event.at]):
        return False
    if event.speaker.start > (60 if first else 25):
        return False
    return first or event.hearer is not None or not state.direct or not OURS.search(sentence)


def handed_to(sentence: str, actors: Sequence[Actor], setting: Setting) -> tuple[Person, ...]:
    """Return to whom the writer hands or explains something: "I gave Roe a copy", "It was explained to Roe that"."""
    given = _HANDED.search(sentence) if setting.mode is Mode.CONVERSATION else None
    given = given or _EXPLAINED.match(sentence)
    if given is None:
        return ()
    taker = next((a for a in actors if given.end() <= a.start <= given.end() + _NEAR), None)
    person = taker is not None and bool(taker.name) and not taker.object_form and taker.kind is not ActorKind.SELF
    return (Person(taker.name, taker.written),) if taker is not None and person else ()


def visited(sentence: str, event: Event, setting: Setting) -> tuple[Person, ...]:
    """Return the writer, where who speaks has come to see or called him: "The Minister sent for me and said"."""
    speaker, writer = event.speaker, setting.narrator
    if speaker is None or writer is None or speaker.name == writer.name:
        return ()
    met = _VISITED.search(sentence, speaker.end, event.at)
    return (Person(writer.name, met.group().split()[-1]),) if met else ()


def told_to(event: Event, state: State, setting: Setting, date: PartialDate | None) -> Said | None:
    """Return the passive's words ("X was told that ..."): the writer's, or the other party's, to X."""
    if event.hearer is not None and event.hearer.kind is ActorKind.SELF:
        two = setting.narrator is not None and len(setting.parties) == _TWO
        hearer = Person(setting.narrator.name, event.hearer.written) if two and setting.narrator else None
    else:
        hearer = who(event.hearer, state)
    if hearer is None:
        return None
    letter = state.letter
    if letter is not None and hearer.name in {h.name for h in letter.hearers}:
        return letter
    speaker = setting.narrator
    if speaker is not None and speaker.name == hearer.name:
        speaker = next((p for p in setting.parties if p.name != hearer.name), None)
    return Said(speaker, (hearer,), Basis.REPORTED, date)


def to_others(setting: Setting, state: State) -> tuple[Person, ...]:
    """Return to whom the writer carries another's words: the person he speaks to."""
    floor = state.floor
    if floor is not None and floor.speaker == setting.narrator and floor.hearers:
        return floor.hearers
    return other_party(setting.narrator, setting) if setting.narrator is not None else ()
