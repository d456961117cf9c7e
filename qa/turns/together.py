"""Two and more who speak in one sentence: "Roe and Poe agreed", "Roe asked for it, and Poe agreed"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.turns.actors import Actor, ActorKind
from qa.turns.events import Event, Form
from qa.turns.grammar import is_object, tokens_of
from qa.turns.minutes import acts, head_of
from qa.turns.records import TOGETHER
from qa.turns.state import Person, Said, Setting

_JOINS = re.compile(r"(?:^|[,;\s])(?:and|but|while|whereupon)\s+$|;\s+$")
_WHEN = re.compile(r"(?:When|After|As|Upon) ")
_AGREED = re.compile(
    r", (?:there (?:was|were) |it was (?:\w+ )?(?:agreed|adopted|carried)|all |everybody |the (?:motion|\w+) agreed)"
)
_LINKS = frozenset({"and", ",", ", and"})
_SUBJECTS = frozenset({ActorKind.NAME, ActorKind.ROLE})
_TWO = 2
_FEW = 5  # words at least of a clause before the one who adds to it


def by_all(actors: Sequence[Actor], said: Said) -> Said:
    """Return the words as those of all who say them together; of nobody known where one of them is not known."""
    people = {a.name: Person(a.name, a.written) for a in actors}
    if len(people) < _TWO or not all(people):
        return replace(said, speaker=None, hearers=())
    each = tuple(people.values())
    one = Person(TOGETHER.join(p.name for p in each), TOGETHER.join(p.written for p in each))
    heard = tuple(h for h in said.hearers if h.name not in people)
    return replace(said, speaker=one, each=each, hearers=heard)


def company_of(sentence: str, actor: Actor, actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return the person with those named in one breath: "Roe, Poe and Doe", not "To Roe, Poe and Doe" with Roe."""
    tokens = tokens_of(sentence)
    chain: list[Actor] = []
    for other in actors:
        if chain and sentence[chain[-1].end : other.start].strip() in _LINKS and not is_object(tokens, chain[-1]):
            chain.append(other)
        elif actor not in chain:
            chain = [other]
    return tuple(chain) if actor in chain else (actor,)


def together(said: Said, sentence: str, first: Actor | None, actors: Sequence[Actor]) -> Said:
    """Return what nobody else is known to do as done by those who do it together: "Roe, Poe and Doe all agreed"."""
    company = company_of(sentence, first, actors) if first is not None and said.speaker is None else ()
    return by_all(company, said) if company and acts(sentence, company[-1].end) else said


def second_speaker(sentence: str, event: Event | None, actors: Sequence[Actor], setting: Setting) -> Actor | None:
    """Return who else speaks in a sentence of minutes: "Mr. Roe asked for it, and Mr. Poe agreed"."""
    if not setting.minutes:
        return None
    if event is not None and _adds(sentence, event):
        return event.speaker
    first = first_speaker(sentence, event, actors)
    if first is None or not acts(sentence, first.end):
        return None
    for actor in actors:
        if actor.start <= first.end or actor.kind not in _SUBJECTS or actor.object_form or _same(actor, first):
            continue
        joins = _JOINS.search(sentence[: actor.start])
        if joins and acts(sentence, actor.end) and not _told_of(sentence, actor, actors):
            return actor
    return None


def first_speaker(sentence: str, event: Event | None, actors: Sequence[Actor]) -> Actor | None:
    """Return with whom a sentence of minutes begins, else who says what it tells."""
    return head_of(sentence, actors) or (event.speaker if event is not None else None)


def moved(sentence: str, events: Sequence[Event], setting: Setting) -> Person | None:
    """Return who moves something to which all agree: "When Roe moved that it be so, there was agreement"."""
    when = next((e for e in events if e.form is Form.SUBORDINATE), None) if setting.minutes else None
    mover = when.speaker if when is not None and len(events) == 1 else None
    agreed = when is not None and _WHEN.match(sentence) and _AGREED.search(sentence, when.at)
    return Person(mover.name, mover.written) if mover is not None and mover.name and agreed else None


def _adds(sentence: str, event: Event) -> bool:
    """Return whether the one who speaks adds to another's words: "The quay is short, and Mr. Roe added that"."""
    if event.speaker is None or event.form is not Form.MAIN or event.speaker.kind not in _SUBJECTS:
        return False
    before = sentence[: event.speaker.start]
    return re.search(r", (?:and|but) $", before) is not None and len(before.split()) > _FEW


def _same(one: Actor, other: Actor) -> bool:
    return one.name == other.name and one.written == other.written


def _told_of(sentence: str, actor: Actor, actors: Sequence[Actor]) -> bool:
    """Return whether the person is the second of two of whom somebody says something: "that X and Y agreed"."""
    before = next((a for a in reversed(actors) if a.end <= actor.start and a is not actor), None)
    if before is None or sentence[before.end : actor.start].strip(" ,") != "and":
        return False
    return _JOINS.search(sentence[: before.start]) is None
