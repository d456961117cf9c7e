"""Labelled talk: under whose label a paragraph stands, who asks and who answers, who "The Chair" is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa.text import fold
from qa.turns.grammar import speaks
from qa.turns.interviews import Sides, asked, is_verdict, sides_after, sides_named
from qa.turns.labels import is_role
from qa.turns.offices import Office, office_of
from qa.turns.paragraphs import Paragraph
from qa.turns.records import Basis
from qa.turns.state import Person, Said, Setting
from qa.turns.who import other_party


@dataclass(frozen=True, slots=True)
class Talk:
    """What labelled talk has told: who asked and who answered last, who "The Chair" is, whether a question waits.

    `below` says that a heading stands before the next paragraph.
    """

    labelled: bool
    lately: Sides = (None, None)
    parts: Mapping[str, str] = field(default_factory=dict)
    question: bool = False
    below: bool = False


def voice_of(
    paragraph: Paragraph,
    before: Said | None,
    talk: Talk,
    setting: Setting,
    offices: Sequence[Office],
) -> tuple[Said | None, Talk]:
    """Return under whose label a paragraph stands, `None` for nobody's, and the talk behind it."""
    label = paragraph.speaker
    if not label and (is_verdict(paragraph.view.text) or (talk.below and _is_told(paragraph))):
        return None, talk
    if not label:
        sides = sides_named(paragraph.view.text, talk.lately, setting.company) if talk.labelled else None
        return (None, replace(talk, lately=sides)) if sides else (before, talk)
    named = talk.parts.get(fold(label), label)
    voice = _labelled(named, setting, talk.lately, offices)
    if named != label and voice.speaker is not None:
        voice = replace(voice, speaker=replace(voice.speaker, written=label))
    parts = {**talk.parts, fold(paragraph.part): label} if paragraph.part else talk.parts
    sworn = paragraph.label is not None and paragraph.label.sworn
    lately = (None, voice.speaker) if sworn else sides_after(talk.lately, before, talk.question, voice)
    return voice, replace(talk, lately=lately, parts=parts)


def _is_told(paragraph: Paragraph) -> bool:
    """Return whether a paragraph opens with what somebody named says, in a narrator's words."""
    first = paragraph.mentions[0] if paragraph.mentions else None
    return first is not None and first.start == 0 and speaks(paragraph.view.text, first)


def _labelled(name: str, setting: Setting, lately: Sides, offices: Sequence[Office]) -> Said:
    """Return the words of a labelled speaker; an unknown label is the name itself."""
    company = setting.company
    part = asked(name, setting.sides, lately)
    if part is not None:
        return Said(part[0], (part[1],) if part[1] else (), Basis.LABEL, company.date)
    person = None if is_role(name) else company.resolve(name)
    role = office_of(name, "").words
    holders = {o.name for o in offices if role and o.words == role and o.name in company.present}
    known = person.name if person else next(iter(holders)) if len(holders) == 1 else name
    speaker = Person(known, name)
    return Said(speaker, other_party(speaker, setting), Basis.LABEL, company.date)
