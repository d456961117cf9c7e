"""To whom words are said beside the verb's own object: a body, the one with whom the speaker met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.turns.actors import Actor, ActorKind
from qa.turns.grammar import HEARD, TRANSITIVE, Token, Verb

_BODY = re.compile(r"\s+(?:the\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_TO_BODY = re.compile(r"\s+(?:(?:\w+ly|back|later)\s+)?(?:to|before)\s+(?:the\s+|a\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_WITHIN = re.compile(r"\b(?:that|whether|which|if)\b")  # what stands behind is told of
_IN_MEETING = re.compile(
    r"(?:\w+,? )?(?:[Ii]n|[Aa]t|[Dd]uring) (?:an?|his|her|their|the|another|this|that) (?:[\w-]+ ){0,3}?"
    r"(?:meeting|conversation|talk|discussion|interview|audience|call)s? with (?:comrade |com\. |Mr\. )?"
)
_TO_BODY_FIRST = re.compile(r"(?:^|\b)(?:to|before)\s+(?:the|a)\s+(?:[\w’'()-]+\s+){0,4}?[A-Z]\w+[^.;:]{0,40}$", re.I)


def met_with(text: str, subject: Actor, actors: Sequence[Actor]) -> Actor | None:
    """Return with whom the speaker met: "In a meeting with X in May, Y said"."""
    return next(
        (
            a
            for a in actors
            if a.end < subject.start and a.kind is ActorKind.NAME and _IN_MEETING.fullmatch(text[: a.start])
        ),
        None,
    )


def can_hear(text: str, token: Token, verb: Verb, hearer: Actor) -> bool:
    """Return whether the person behind a verb can be spoken to: with "to", or behind a verb that needs no "to"."""
    return verb.lemma in HEARD or re.search(r"\w", text[token.end : hearer.start]) is not None


def to_body(text: str, token: Token, subject: Actor, verb: Verb) -> bool:
    """Return whether a body is addressed, behind the verb or before the subject ("To the Plenum X described ...")."""
    first = _TO_BODY_FIRST.search(text[: subject.start])
    if _TO_BODY.match(text, token.end) or (first and not _WITHIN.search(text, 0, first.start())):
        return True
    return verb.lemma in TRANSITIVE and _BODY.match(text, token.end) is not None
