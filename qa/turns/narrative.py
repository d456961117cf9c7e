"""Signs in a sentence that it is the writer's own account, and how far quotations reach."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.turns.actors import Actor, ActorKind
from qa.turns.records import Basis
from qa.turns.state import Mode, Said, Setting, State

_GATHERING = (
    r"(?:conversation|meeting|talk|talks|reception|dinner|lunch|luncheon|breakfast|session|discussion|exchange|audience"
    r"|interview|visit)"
)
_TOLD_OF = re.compile(rf"\b(?:an?|another|one|recent) (?:\w+ ){{0,3}}?({_GATHERING})\b")
_AGAIN = re.compile(rf"(?:The|This|That) ({_GATHERING})\b")
_NARRATIVE = re.compile(
    rf"^(?:\[\.\.\.\]\s*)?(?:(?:The|This|Our|A|An)\s+(?:\w+\s+){{0,3}}?(?:{_GATHERING}|toast|pause|silence|atmosphere|tone)\b"
    r"|After (?:this|that)(?=,|\s+(?:\[?I\b|we\b|everyone\b))|After (?:the|a|mutual) (?:\w+ ){0,2}"
    r"(?:toasts?|greetings?|dinner|lunch|pleasantries|exchange|conversation|talk|meeting|reception)\b"
    r"|It (?:could|was) (?:be )?(?:seen|felt|clear|noticeable|obvious|evident)\b"
    r"|It is difficult to say\b|(?:Also )?[Pp]resent (?:at|were)\b|Attached\b"
    r"|In the course of the (?:breakfast|lunch|dinner|reception)\b)"
)
_CLOSING = re.compile(
    r"\b(?:was|were)\s+(?:also\s+)?(?:attended|present|recorded|interpreted|written down|taken down)\b"
    r"|\b(?:conversation|meeting|talk) (?:lasted|ended|took place)\b"
    r"|\btook part in the (?:conversation|meeting|talk)\b",
)
OURS = re.compile(r"\b(?:we|our|us|ours|you|your)\b", re.I)
_NOW = re.compile(  # the writer's own word of today behind "I told Roe that it was so."
    r"\bI (?:therefore |also |still |now |do )?(?:should like|shall|think|believe|recommend|suggest|am|have|understand"
    r"|hope|fear|feel|propose|request|know|doubt|consider|expect|assume)\b|\b[Mm]ay I (?:suggest|ask|request)\b"
)
_ALL = re.compile(
    r"^(?:Everyone|Everybody|All (?:those )?present|Those present|The (?:guests|participants|audience))\b"
)
_OPENERS, _CLOSERS = "“«", "”»"
LONG_QUOTE = 4  # a quotation of so many words is somebody's words, a shorter one a borrowed phrase


def meetings_in(sentence: str) -> frozenset[str]:
    """Return the gatherings that a sentence is the first to tell of.

    >>> meetings_in("They had a meeting of the Board before the talks.")
    frozenset({'meeting'})
    """
    return frozenset(m[1] for m in _TOLD_OF.finditer(sentence))


def is_narrative(sentence: str, actors: Sequence[Actor], floor: Said, state: State, setting: Setting) -> bool:
    """Return whether a sentence without an act of speech is the recorder's own account, not the speech going on."""
    again = _AGAIN.match(sentence)
    if again and again[1] in state.spoken_of and not _CLOSING.search(sentence):
        return False  # "They had a meeting. The meeting discussed ...": told by who spoke of it
    if (not setting.minutes and _NARRATIVE.match(sentence)) or _CLOSING.search(sentence):
        return not OURS.search(sentence) or bool(_CLOSING.search(sentence))
    if setting.mode is Mode.CONVERSATION and _ALL.match(sentence) and not OURS.search(sentence):
        return True
    if any(a.kind is ActorKind.SELF and "[" in a.written for a in actors):
        return True
    if setting.mode is Mode.MONOLOGUE and floor.speaker == setting.narrator and _NOW.search(sentence):
        return True
    if floor.basis is Basis.QUOTED and setting.mode is Mode.CONVERSATION:
        return not OURS.search(sentence)
    subject = actors[0] if actors and actors[0].start <= 3 and not actors[0].object_form else None
    return subject is not None and _tells_of(subject, actors, sentence, floor, state, setting)


def _tells_of(
    subject: Actor, actors: Sequence[Actor], sentence: str, floor: Said, state: State, setting: Setting
) -> bool:
    """Return whether a sentence that begins with a person tells of him, in the recorder's words."""
    begins = state.last is None and not state.direct and setting.mode is Mode.CONVERSATION
    if _of_hearer(subject, floor, state, setting) or (begins and subject.kind is ActorKind.SELF):
        return True  # "Roe said that he was ill." and then, in a new paragraph: "I do not believe him."
    if OURS.search(sentence):
        return False
    speaks = floor.speaker.name if floor.speaker else ""
    if subject.kind is ActorKind.NAME and subject.name:
        return subject.name == speaks or subject.name in {p.name for p in setting.parties}
    return subject.kind is ActorKind.OTHERS and any(a.kind is ActorKind.SELF for a in actors[1:])


def _of_hearer(subject: Actor, floor: Said, state: State, setting: Setting) -> bool:
    """Return whether "he" is whom the writer has just told something: "I told Roe that it was so. He left."."""
    he = state.he.name if state.he is not None and subject.kind is ActorKind.PRONOUN else ""
    return floor.speaker == setting.narrator and he in {h.name for h in floor.hearers}


def quotation(sentence: str) -> int:
    """Return the number of words of the longest quotation in a sentence."""
    found = re.findall(r"[“\"«]([^“”\"«»]*)(?:[”\"»]|$)", sentence)
    return max((len(q.split()) for q in found), default=0)


def is_quotation(sentence: str) -> bool:
    """Return whether the whole sentence stands in quotation marks."""
    bare = re.sub(r"[\s⁰¹²³⁴⁵⁶⁷⁸⁹]+$", "", re.sub(r"\s*\[[^\[\]]*\]\s*$", "", sentence))
    return bare[:1] in {'"', "“", "«"} and bare[-1:] in {'"', "”", "»"} and len(bare) > 2


def opens_quote(sentence: str, was_open: bool) -> bool:
    """Return whether a quotation is open at the end of a sentence."""
    depth = sum(c in _OPENERS for c in sentence) - sum(c in _CLOSERS for c in sentence)
    straight = sentence.count('"') % 2 == 1
    if straight:
        return not was_open
    return was_open + depth > 0
