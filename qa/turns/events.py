"""Acts of speech in a sentence: who says, to whom, in which form.

The forms are those by which reported speech is recognised in quotation attribution (Muzny et al. 2017, "A two-stage
sieve approach for quote attribution", E17-1044): a name beside a verb of speech, in either order, here with the
passive and with the persons addressed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qa.tables import lines
from qa.turns.actors import Actor, ActorKind
from qa.turns.complements import QUOTES, begun, complemented, participial
from qa.turns.grammar import (
    BE,
    PASSIVES,
    RELATIVE,
    TRANSITIVE,
    Token,
    Verb,
    is_object,
    object_of,
    stands_alone,
    subject_of,
    tokens_of,
    verbs,
)
from qa.turns.hearing import asker_of, can_hear, met_with, to_body

_SUBORDINATORS = frozenset(lines("subordinators.txt"))
_CLOSERS = frozenset({",", "”", '"', "’", "?", "!", "-", "–", "—", "]", "."})
_CLAUSE_ENDS = frozenset({",", ";", ":", "and", "but", "“", '"', "–", "—", "("})
_NOT_SAID = frozenset({"to", "would", "will", "shall", "should", "must", "can", "may", "might", "not"})
_SURVEYS = frozenset({"review", "summarize", "outline", "describe", "sketch", "recount", "trace"})
_LINKS = frozenset({"to", "with"})
_ASSENTS = frozenset({"agree", "concur", "disagree"})
_THOUGHT = frozenset({"believe", "think", "feel", "hope", "doubt", "wonder", "regret"})
_PEOPLE = frozenset({ActorKind.NAME, ActorKind.ROLE})
_JOINED = re.compile(r" [A-Z][\w’'-]+ (?:both |then |also |\w+ly )*[a-z]{3,}")  # "Roe and Poe then asked"
_CLEFT = re.compile(  # "It was in this connection that Roe asked"
    r"It (?:was|is) (?:not |only |also |just |\w+ly )*(?:in|on|at|by|with|for|from|to|along|under|upon|during|after"
    r"|here|there|then)\b[^,;:.]{0,90} that (?:(?:Mr|Mrs|Dr|Com)\. )?"
)
_CLAUSE = 4  # words at least of a clause with a verb of its own
_TIMES = frozenset({"after", "before", "since", "until"})
_PHRASE = 8  # words at most of a phrase that begins with somebody's act
_NEAR_START = 60  # the first person of a sentence stands near its beginning
_BEFORE_NAME = frozenset({"the", "a", "an", "his", "her", "our", "comrade", "com", "mr", "mrs", ".", "["})


class Form(StrEnum):
    """How an act of speech stands in its sentence, the surest first."""

    INSERTED = "inserted"  # "..., said X, ..." or "..., X said, ..."
    MAIN = "main"  # "X said that ..."
    AS = "as"  # "as X pointed out, ..."
    PASSIVE = "passive"  # "X was told that ..."
    SUBORDINATE = "subordinate"  # "when X said that ..."


@dataclass(frozen=True, slots=True)
class Event:
    """One act of speech: `speaker` is `None` in a passive without an agent, `hearer` where none is named."""

    form: Form
    verb: str
    at: int
    speaker: Actor | None
    hearer: Actor | None
    joint: bool = False  # said by two, "X and Y"
    asker: Actor | None = None  # "In reply to X's question, Y said"
    to_body: bool = False  # said to a body ("told the Plenum", "reported to the Council")


def find_events(text: str, actors: Sequence[Actor], *, own: bool = False) -> tuple[Event, ...]:
    """Return the acts of speech in a sentence, in order; `own`: it stands in an author's own account of the past."""
    tokens = tokens_of(text)
    table = verbs()
    found = []
    for i, token in enumerate(tokens):
        verb = table.get(token.word)
        if verb is None or not complemented(tokens, i, verb, own) or _inside(actors, token):
            continue
        event = _event(text, tokens, i, verb, actors)
        if event is not None:
            found.append(event)
    return tuple(found)


def main_event(events: Sequence[Event]) -> Event | None:
    """Return the act of speech to which the whole sentence belongs, `None` where none can be told.

    "he said" within what a person named before says ("Roe replied that it was, he said, slow") is that person's.
    """
    named = next((e for e in events if e.form is Form.MAIN and _is_named(e)), None)
    if named is not None:
        events = [e for e in events if e.at <= named.at or not _is_pronoun(e)]
    for form in (Form.INSERTED, Form.MAIN, Form.AS, Form.PASSIVE):
        for event in events:
            if event.form is form:
                return event
    return None


def _is_named(event: Event) -> bool:
    return event.speaker is not None and event.speaker.kind in _PEOPLE


def _is_pronoun(event: Event) -> bool:
    return event.speaker is not None and event.speaker.kind is ActorKind.PRONOUN


def _inside(actors: Sequence[Actor], token: Token) -> bool:
    return any(a.start <= token.start < a.end for a in actors)


def _event(text: str, tokens: Sequence[Token], i: int, verb: Verb, actors: Sequence[Actor]) -> Event | None:
    if verb.participle and verb.lemma in PASSIVES and any(t.word in BE for t in tokens[max(i - 3, 0) : i]):
        subject = subject_of(text, tokens, i, actors)
        agent = object_of(tokens, i, actors, frozenset({"by"}))
        if agent is None and any(t.word in {"is", "are"} for t in tokens[max(i - 2, 0) : i]):
            return None  # "Roe is informed that": what he knows
        return Event(Form.PASSIVE, verb.lemma, tokens[i].start, agent, subject) if subject else None
    if i and tokens[i - 1].word in BE:
        return None
    started = begun(tokens, i)
    if started is None and not verb.finite:
        return _beside(tokens, i, verb, actors) if participial(tokens, i) else None
    if started is None and i and tokens[i - 1].word in _NOT_SAID and not _inside(actors, tokens[i - 1]):
        return None
    inverted = _inverted(text, tokens, i, verb, actors)
    if inverted is not None:
        return Event(Form.INSERTED, verb.lemma, tokens[i].start, inverted, None)
    subject = subject_of(text, tokens, i if started is None else started, actors)
    return _active(text, tokens, i, verb, subject, actors) if subject is not None else None


def _active(text: str, tokens: Sequence[Token], i: int, verb: Verb, subject: Actor, actors: Sequence[Actor]) -> Event:
    """Return the act of speech of a subject before its verb."""
    hearer = object_of(tokens, i, actors, _LINKS | {"for"} if verb.lemma in _SURVEYS else _LINKS)
    joint = _joint(text, tokens, subject, actors)
    if hearer is not None and hearer.kind is ActorKind.PRONOUN:
        hearer = _antecedent(subject, hearer, actors)
    if hearer is not None and (
        hearer.kind is subject.kind is ActorKind.SELF or not can_hear(text, tokens[i], verb, hearer)
    ):
        hearer = None  # "said Roe had come": what is said, not to whom
    body = hearer is None and to_body(text, tokens[i], subject, verb)
    hearer = hearer or (None if body else met_with(text, subject, actors))
    return Event(
        _form(text, tokens, i, subject, actors),
        "assent" if verb.lemma in _ASSENTS and stands_alone(tokens, i) else verb.lemma,
        tokens[i].start,
        subject,
        hearer,
        joint,
        asker_of(text, tokens[i], verb, subject, actors),
        body,
    )


def _antecedent(subject: Actor, pronoun: Actor, actors: Sequence[Actor]) -> Actor:
    """Return whom "him" means in "X invited Y and asked him", Y, and in "X called and I told him", X."""
    begins, ends = (0, subject.start) if subject.kind is ActorKind.SELF else (subject.end, pronoun.start)
    named = [a for a in actors if begins <= a.start and a.end <= ends and not a.object_form and a.kind in _PEOPLE]
    return named[0] if len(named) == 1 else pronoun


def _joint(text: str, tokens: Sequence[Token], subject: Actor, actors: Sequence[Actor]) -> bool:
    """Return whether the subject is one of two: "X and Y said"."""
    behind = next((t for t in tokens if t.start >= subject.end), None)
    if behind is not None and behind.word == "and" and _JOINED.match(text, behind.end):
        return True
    before = next((a for a in reversed(actors) if a.end < subject.start), None)
    if before is None or before.object_form or is_object(tokens, before):
        return False
    between = [t.word for t in tokens if before.end <= t.start and t.end <= subject.start]
    return between in (["and"], [",", "and"])


def _beside(tokens: Sequence[Token], i: int, verb: Verb, actors: Sequence[Actor]) -> Event | None:
    """Return the act of speech of "X wrote to Y, declaring that ...": the sentence's first person speaks."""
    before = [a for a in actors if a.end <= tokens[i].start]
    if (
        verb.lemma in _THOUGHT
        or not before
        or before[0].kind is ActorKind.OTHERS
        or before[0].object_form
        or is_object(tokens, before[0])
        or before[0].start > _NEAR_START
    ):
        return None
    to = (a for a in before[1:] if any(t.end <= a.start <= t.end + 2 and t.word == "to" for t in tokens))
    return Event(Form.MAIN, verb.lemma, tokens[i].start, before[0], next(to, None))


def says_quote(text: str) -> bool:
    """Return whether a verb of speech gives a quotation, whoever its subject is.

    >>> says_quote('Diplomats concluded: "it is so"'), says_quote('The "great leap" was over')
    (True, False)
    """
    tokens = tokens_of(text)
    return any(
        (verb := verbs().get(t.word)) is not None
        and verb.finite
        and any(u.word in QUOTES for u in tokens[i + 1 : i + 4])
        for i, t in enumerate(tokens)
    )


def _inverted(text: str, tokens: Sequence[Token], i: int, verb: Verb, actors: Sequence[Actor]) -> Actor | None:
    """Return the subject right behind the verb in "..., said X"."""
    if verb.lemma in TRANSITIVE or (i and tokens[i - 1].word not in _CLOSERS):
        return None
    if i == 0 or (verb.lemma == "ask" and tokens[i - 1].word == ","):
        return None
    behind = next((a for a in actors if 0 <= a.start - tokens[i].end <= 1), None)
    if behind is None or behind.object_form or behind.kind is ActorKind.OTHERS:
        return None
    rest = text[behind.end :].lstrip()
    return (
        behind
        if not rest
        or not rest[0].isalpha()
        or re.match(r"(?:further|then|again|in|at|on|to|later|after|with|when)\b", rest)
        else None
    )


def _form(text: str, tokens: Sequence[Token], i: int, subject: Actor, actors: Sequence[Actor]) -> Form:
    before = [t.word for t in tokens if t.end <= subject.start]
    behind = text[tokens[i].end :].lstrip()
    inserted = before and before[-1] in {",", "“", '"', "”", "–", "—"} and re.match(r"(?:\w+\s+){0,2}[,–—]", behind)
    if inserted and not re.match(r"(?i)(?:when|after|as|if)\b", text):
        return Form.INSERTED
    if before and before[-1] == "as":
        return Form.AS if len(before) == 1 or before[-2] in _CLAUSE_ENDS else Form.SUBORDINATE
    clause = before[
        len(before) - next((k for k, w in enumerate(reversed(before)) if w in {",", ";", ":"}), len(before)) :
    ]
    if _CLEFT.fullmatch(text[: subject.start]):
        return Form.MAIN
    if clause and clause[0] in _SUBORDINATORS:
        return Form.MAIN if _behind_clause(tokens, len(before) - len(clause), clause, actors) else Form.SUBORDINATE
    while clause and clause[-1] in _BEFORE_NAME:
        clause.pop()
    return Form.SUBORDINATE if clause and clause[-1] in RELATIVE else Form.MAIN


def _behind_clause(tokens: Sequence[Token], at: int, clause: Sequence[str], actors: Sequence[Actor]) -> bool:
    """Return whether what stands before the subject is no clause of its: "When I told Roe of it | he said".

    Nor is a phrase that begins with somebody's act: "After Roe's departure | Poe said".
    """
    opens = next((a for a in actors if a.start == tokens[at + 1].start), None) if len(tokens) > at + 1 else None
    if opens is not None and opens.object_form and clause[0] in _TIMES and len(clause) <= _PHRASE:
        return True
    if len(clause) < _CLAUSE or clause[-1] in RELATIVE | {"and", "or", "but", "nor"}:
        return False
    return any(a.start == tokens[at + 1].start and not a.object_form for a in actors)
