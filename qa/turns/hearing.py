"""To whom words are said beside the verb's own object: a body, who asked, the one with whom the speaker met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.turns.actors import Actor, ActorKind
from qa.turns.grammar import HEARD, Token, Verb

_BODY = re.compile(r"\s+(?:the\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_TO_BODY = re.compile(r"\s+(?:(?:\w+ly|back|later)\s+)?(?:to|before)\s+(?:the\s+|a\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_ANSWERING = re.compile(
    r"(?:In (?:reply|response|answer|answering)|Replying|Responding|Answering|Asked by|Questioned by)\b"
)
_WHEN = re.compile(r"(?:When|After|As) (?:(?:the|comrade) )?")
_ASKS = re.compile(r" (?:then |again |also )?(?:asked|inquired|enquired|wondered|queried)\b")
_ASIDE = re.compile(
    r",\s+(?:in )?(?:replying|reply|responding|response|answering|answer) to (?:an?|the|another|this|that|further) "
    r"(?:[\w-]+ ){0,2}?(?:question|query|inquiry|request)s? (?:from|by|of|put by|raised by) "
)
_ANSWERS = frozenset({"answer", "reply", "respond"})
_QUESTION = re.compile(r"['’]s? (?:\w+ )?(?:question|query|inquiry)\b")
_ONLY = re.compile(r"(?: in the (?:negative|affirmative))?(?: to)? (?:(?:Mr|Mrs|Dr)\. )?")
_WITHIN = re.compile(r"\b(?:that|whether|which|if)\b")  # what stands behind is told of
_IN_MEETING = re.compile(
    r"(?:\w+,? )?(?:[Ii]n|[Aa]t|[Dd]uring) (?:an?|his|her|their|the|another|this|that) (?:[\w-]+ ){0,3}?"
    r"(?:meeting|conversation|talk|discussion|interview|audience|call)s? with (?:comrade |com\. |Mr\. )?"
)
_TO_BODY_FIRST = re.compile(r"(?:^|\b)(?:to|before)\s+(?:the|a)\s+(?:[\w’'()-]+\s+){0,4}?[A-Z]\w+[^.;:]{0,40}$", re.I)


def asker_of(text: str, token: Token, verb: Verb, subject: Actor, actors: Sequence[Actor]) -> Actor | None:
    """Return whom an answer answers: "In response to a question from X, Y said", "When X asked why, Y said".

    Also "Y, replying to a question from X, said" and "Y answered X's question".
    """
    before = [a for a in actors if a.end < subject.start]
    if _ANSWERING.match(text):
        return before[0] if len(before) == 1 else None
    asks = _WHEN.match(text)
    if asks and before and before[0].start == asks.end() and _ASKS.match(text, before[0].end):
        return before[0]
    aside = _ASIDE.match(text, subject.end)
    if aside:
        return next((a for a in actors if aside.end() <= a.start and a.end < token.start), None)
    if verb.lemma in _ANSWERS:
        behind = [a for a in actors if a.start > token.end and a.object_form and _QUESTION.match(text, a.end)]
        return behind[0] if behind and _ONLY.fullmatch(text[token.end : behind[0].start]) else None
    return None


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
    return verb.lemma in HEARD and _BODY.match(text, token.end) is not None
