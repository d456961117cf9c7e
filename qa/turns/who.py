"""Who speaks and who is spoken to, where a sentence gives a name, an office, a pronoun or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.names import NameMention
from qa.turns.actors import Actor, ActorKind
from qa.turns.events import Event
from qa.turns.grammar import says
from qa.turns.offices import holder
from qa.turns.state import Mode, Person, Setting, State

ANSWERS = frozenset({"reply", "answer", "respond", "retort", "rejoin", "assent"})
QUESTIONS = frozenset({"ask", "inquire", "enquire", "wonder", "query", "question", "want"})
_RAISES = frozenset({"raise", "pose", "put"})
_PUT = re.compile(r"\bquestions?\b(?: then)?(?: as to| of)?,? (?:whether|how|why|what|when|where|which|who|if)\b")
_LATTER = "The latter"
_WISH = re.compile(r"\w+ (?:that|for (?:\w+ ){0,2}?(?:questions?|comments?|suggestions?|remarks|views))\b")
_STRANGER = 3
_HEAD = 8  # a sentence's first person stands at its head, behind a number at most
_SECOND = re.compile(r"\b(?:interlocutor|visitor|guest|host|colleague|counterpart|interviewer)\b", re.I)


def asks(event: Event, events: Sequence[Event], sentence: str) -> bool:
    """Return whether an act of speech, or the next of the same speaker, puts a question: not "asked that it be so"."""
    own = [e for e in events if e is event or (e.at > event.at and e.speaker is not None and _same(e, event))]
    asked = [e for e in own if e.verb in QUESTIONS and (e is event or e.verb != "want")]
    return any(not _WISH.match(sentence, e.at) for e in asked)


def with_stranger(sentence: str, mentions: Sequence[NameMention], actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the persons of a sentence with the one unknown with whom it begins, who says something there."""
    first = next(iter(mentions), None)
    if first is None or first.start > _STRANGER or any(a.start <= first.start < a.end for a in actors):
        return tuple(actors)
    stranger = Actor(first.start, first.end, first.written, ActorKind.NAME)
    return (stranger, *actors) if says(sentence, first.end) else tuple(actors)


def with_latter(sentence: str, actors: Sequence[Actor], state: State) -> tuple[Actor, ...]:
    """Return the persons of a sentence with "the latter" who says something there: who was last spoken to."""
    heard = state.last.hearers if state.last is not None else ()
    if not sentence.startswith(_LATTER) or len(heard) != 1 or not says(sentence, len(_LATTER)):
        return tuple(actors)
    return (Actor(0, len(_LATTER), _LATTER, ActorKind.NAME, heard[0].name), *actors)


def _same(one: Event, other: Event) -> bool:
    he = one.speaker is not None and one.speaker.kind is ActorKind.PRONOUN and not one.speaker.object_form
    return he or (one.speaker is not None and one.speaker == other.speaker)


def raises(event: Event, sentence: str) -> bool:
    """Return whether an act of speech raises a question: "raised the question whether ..."."""
    return event.verb in _RAISES and _PUT.search(sentence, event.at, event.at + _NEAR) is not None


_NEAR = 60  # a question that is raised is named so near to the verb


def who(actor: Actor | None, state: State) -> Person | None:
    """Return the person an actor stands for, `None` when that is not certain."""
    if actor is None:
        return None
    if actor.kind is ActorKind.PRONOUN:
        fits = state.he is not None and _can_be(actor.written, state.he, state)
        return Person(state.he.name, actor.written) if state.he is not None and fits else None
    return Person(actor.name, actor.written) if actor.name else None


def _can_be(pronoun: str, person: Person, state: State) -> bool:
    """Return whether the pronoun fits the person's title: "she" is no "Mr."."""
    others = state.men if pronoun.casefold().strip("[]") in {"she", "her", "herself"} else state.women
    return person.name not in others


def hearers(event: Event, speaker: Person | None, state: State, setting: Setting) -> tuple[Person, ...]:
    """Return to whom the words are spoken: the verb's object, else whom the same speaker spoke to, the other party."""
    actor = event.hearer
    if event.to_body:
        return ()
    if actor is None:
        return _unnamed(event, speaker, state, setting) if speaker is not None else ()
    if actor.kind is ActorKind.SELF:
        return (replace(setting.narrator, written=actor.written),) if setting.narrator else ()
    person = who(actor, state)
    reflexive = person is not None and speaker is not None and person.name == speaker.name
    if reflexive and actor.kind is ActorKind.PRONOUN:
        before = state.last.hearers if state.last is not None and state.last.speaker == speaker else ()
        person = other(speaker, setting) or next(iter(before), None)
    elif reflexive:
        return ()
    if person is None and actor.kind is ActorKind.ROLE and _SECOND.search(actor.written):
        person = other(speaker, setting) or _met(speaker, state, setting)
    return (person,) if person is not None else ()


def _unnamed(event: Event, speaker: Person, state: State, setting: Setting) -> tuple[Person, ...]:
    """Return the hearers where the sentence names none."""
    if event.asker is not None and (asker := who(event.asker, state)) is not None:
        return (asker,)
    letter = state.letter if state.fresh_letter else None
    for said in (state.floor, state.last, letter):
        if said is not None and said.hearers and speaker.name in {p.name for p in (*said.each, said.speaker) if p}:
            return said.hearers
    person = other(speaker, setting) or _met(speaker, state, setting)
    if person is not None:
        return (person,)
    if setting.minutes and state.asker is not None and event.verb not in QUESTIONS and state.asker.name != speaker.name:
        return (state.asker,)  # what is said upon a question answers it
    before = state.floor.speaker if state.floor is not None else None
    answers = event.verb in ANSWERS and before is not None and before.name != speaker.name
    return (before,) if answers and before is not None else ()


def _met(speaker: Person | None, state: State, setting: Setting) -> Person | None:
    """Return the other of two who met, in a meeting that is told of; those present speak to each other, not there."""
    scene = state.scene
    if speaker is None or scene is None or len(scene.names) != 2 or speaker.name not in scene.names:
        return None
    present = setting.company.present if setting.mode is Mode.CONVERSATION else ()
    if speaker.name in present:
        return None
    name = next(n for n in scene.names if n != speaker.name)
    return Person(name, name)


def other_party(speaker: Person, setting: Setting) -> tuple[Person, ...]:
    """Return the other of a conversation's two parties, nobody where there are not just two."""
    person = other(speaker, setting)
    return (person,) if person is not None else ()


def other(speaker: Person | None, setting: Setting) -> Person | None:
    """Return the other party of a conversation of two, `None` where there are not just two."""
    if (
        speaker is None
        or setting.company_of_many
        or len(setting.parties) != 2
        or speaker.name not in {p.name for p in setting.parties}
    ):
        return None
    return next((p for p in setting.parties if p.name != speaker.name), None)


def interlocutor(actor: Actor | None, setting: Setting) -> Person | None:
    """Return whom the writer calls "my interlocutor", "our guest": the other party."""
    if actor is None or actor.kind is not ActorKind.ROLE or not _SECOND.search(actor.written):
        return None
    person = other(setting.narrator, setting) if actor.written.casefold().startswith(("my ", "our ")) else None
    return Person(person.name, actor.written) if person is not None else None


def by_office(phrase: str, state: State, speaker: Person) -> Person | None:
    """Return the person whom a form of address names by office: "Mr. Minister"."""
    words = f"the {phrase.split()[-1].lower()}"
    name = holder(words, state.offices, speaker.name)
    return Person(name, phrase) if name else None


def of_stranger(pronoun: Actor, actors: Sequence[Actor]) -> bool:
    """Return whether the sentence begins with a person unknown: "The envoy sent a note in which he said"."""
    first = next(iter(actors), pronoun)
    stranger = first.kind in {ActorKind.ROLE, ActorKind.NAME} and not first.name and not first.object_form
    return stranger and first.start <= _HEAD and first.end <= pronoun.start
