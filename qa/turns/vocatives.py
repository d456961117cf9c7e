"""Whom the speakers of a labelled talk call by name: "Dr. Roe, you have said that ...", "Thank you, Mr. Chairman."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.names.keys import word_key
from qa.names.parts import parse_name
from qa.spans import quote
from qa.text import fold
from qa.turns.grouping import Line
from qa.turns.labels import is_role
from qa.turns.records import Basis
from qa.turns.state import Person

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Ambassador|Secretary|Senator|General|Admiral|Colonel|Governor|Madam|Sir)"
_CALLED = rf"(?P<who>{_TITLE}\.? (?P<name>[A-Z][\w’'-]+))"
_FIRST = re.compile(
    rf"(?:[A-Z ,.’']{{2,40}}:\s*)?(?:(?:Well|Yes|No|Thank you|Thanks|Okay|OK|So|And|But|Now|Oh|"
    rf"Good (?:morning|afternoon|evening))(?: very much| so much)?,? )*{_CALLED}(?=,)"
)
_LAST = re.compile(rf", {_CALLED}[.?!][”\"’')\]]*$")
_AMID = re.compile(r", (?P<who>(?:Mr\.?|Madam) (?P<name>[A-Z][\w’'-]+)),")  # "..., Mr. Chairman, ..."
_YOU = re.compile(r"\b[Yy]ou(?:r|rs)?\b|\?|\b[Tt]hank|\bmay I\b|\bI (?:would|want|wish|ask|wonder)\b")


def called_upon(lines: Sequence[Line], text: str) -> list[Line]:
    """Return the lines of a labelled talk, words in which somebody who speaks there is called by name given to him.

    What follows in the paragraph is to the same person. Where nobody of the talk is called so, or two are, nothing is
    known.
    """
    known = _callable(lines)
    found = list(lines)
    called: tuple[int, Person, Person] | None = None
    for at, line in enumerate(lines):
        said = line.said
        if said is None or said.speaker is None or said.basis is not Basis.LABEL:
            called = None
            continue
        sentence = quote(text, line.segments)
        person = _called(sentence, known)
        if person is not None and person.name != said.speaker.name:
            called = (line.block, said.speaker, person)
        if called is not None and called[:2] == (line.block, said.speaker):
            found[at] = replace(line, said=replace(said, hearers=(called[2],)))
        if _LAST.search(sentence[-80:]):
            called = None  # "Thank you, Dr. Roe." ends what is said to him
    return found


def _callable(lines: Sequence[Line]) -> dict[str, str]:
    """Return who speaks in the talk, by family name and by office as labelled; "" where two bear the name."""
    found: dict[str, str] = {}
    for line in lines:
        speaker = line.said.speaker if line.said is not None and line.said.basis is Basis.LABEL else None
        if speaker is None or is_role(speaker.name):
            continue
        keys = {word_key(parse_name(speaker.name).surname)}
        if is_role(speaker.written):
            keys.add(fold(speaker.written).strip(" .").removeprefix("the "))
        for key in keys - {""}:
            found[key] = speaker.name if found.get(key, speaker.name) == speaker.name else ""
    return found


def _called(sentence: str, known: dict[str, str]) -> Person | None:
    """Return the person whom a sentence calls by name and speaks to."""
    if not _YOU.search(sentence):
        return None
    matches = [_FIRST.match(sentence), _LAST.search(sentence[-80:]), _AMID.search(sentence)]
    people = {}
    for match in filter(None, matches):
        name = known.get(word_key(match["name"])) or known.get(fold(match["name"]))
        if name:
            people[name] = Person(name, match["who"])
    return next(iter(people.values())) if len(people) == 1 else None
