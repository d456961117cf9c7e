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
from functools import cache

from qa.tables import lines
from qa.turns.actors import Actor, ActorKind


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
    to_body: bool = False  # said to a body ("told the Plenum", "reported to the Council")


@dataclass(frozen=True, slots=True)
class _Verb:
    lemma: str
    finite: bool
    participle: bool
    needs: frozenset[str]
    shown: frozenset[str]


_TOKEN = re.compile(r"[\[(]?\w[\w’'-]*[\])]?|[^\w\s]")
_BE = frozenset({"was", "were", "is", "are", "been", "be", "being"})
_PASSIVES = frozenset({"tell", "inform", "ask", "advise", "assure", "warn", "promise", "answer", "urge"})
_TRANSITIVE = _PASSIVES - {"ask", "answer", "promise"} | {
    "thank",
    "congratulate",
    "greet",
    "criticize",
    "praise",
    "condemn",
}
_BEFORE_OBJECT = frozenset(lines("prepositions.txt"))
_SUBORDINATORS = frozenset(lines("subordinators.txt"))
_RELATIVE = frozenset({"that", "which", "who", "whom", "whether", "what", "how", "why"})
_CLOSERS = frozenset({",", "”", '"', "’", "?", "!", "-", "–", "—", "]", "."})
_CLAUSE_ENDS = frozenset({",", ";", ":", "and", "but", "“", '"', "–", "—", "("})
_ASPECT = frozenset(
    {"started", "began", "continued", "proceeded", "kept", "resumed", "starts", "begins", "continues", "went"}
)
_THOUGHT = frozenset({"believe", "think", "feel", "hope", "doubt", "wonder", "regret"})
_QUOTES = frozenset({"“", '"', "«"})
_GIVEN = _QUOTES | {"that", ":"}
_NEAR_START = 60  # the first person of a sentence stands near its beginning
_BEFORE_NAME = frozenset({"the", "a", "an", "his", "her", "our", "comrade", "com", "mr", "mrs", ".", "["})
_BODY = re.compile(r"\s+(?:the\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_TO_BODY = re.compile(r"\s+(?:(?:\w+ly|back|later)\s+)?(?:to|before)\s+(?:the\s+|a\s+)(?:[\w’'-]+\s+){0,3}?[A-Z]\w")
_TO_BODY_FIRST = re.compile(r"(?:^|\b)(?:to|before)\s+(?:the|a)\s+(?:[\w’'()-]+\s+){0,4}?[A-Z]\w+[^.;:]{0,40}$", re.I)
_FILLERS = frozenset(lines("between_subject_and_verb.txt"))


@cache
def _verbs() -> dict[str, _Verb]:
    table: dict[str, _Verb] = {}
    for line in lines("speech_verbs.txt"):
        forms, needs, shown = (*line.split("|"), "", "")[:3]
        base, third, past, participle, gerund = forms.split()
        rest = (frozenset(needs.split()), frozenset(shown.split()))
        table[gerund] = _Verb(base, False, False, *rest)
        table.setdefault(base, _Verb(base, False, False, *rest))
        table[participle] = _Verb(base, False, True, *rest)
        table[third] = _Verb(base, True, False, *rest)
        table[past] = _Verb(base, True, past == participle, *rest)
    return table


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.start(), m.end(), m.group().strip("[]()").casefold() or m.group()) for m in _TOKEN.finditer(text)]


def find_events(text: str, actors: Sequence[Actor], *, own: bool = False) -> tuple[Event, ...]:
    """Return the acts of speech in a sentence, in order; `own`: it stands in an author's own account of the past."""
    tokens = _tokens(text)
    verbs = _verbs()
    found = []
    for i, token in enumerate(tokens):
        verb = verbs.get(token.word)
        if verb is None or not _complemented(tokens, i, verb, own) or _inside(actors, token):
            continue
        event = _event(text, tokens, i, verb, actors)
        if event is not None:
            found.append(event)
    return tuple(found)


def main_event(events: Sequence[Event]) -> Event | None:
    """Return the act of speech to which the whole sentence belongs, `None` where none can be told."""
    for form in (Form.INSERTED, Form.MAIN, Form.AS, Form.PASSIVE):
        for event in events:
            if event.form is form:
                return event
    return None


def _inside(actors: Sequence[Actor], token: _Token) -> bool:
    return any(a.start <= token.start < a.end for a in actors)


def _complemented(tokens: Sequence[_Token], i: int, verb: _Verb, own: bool) -> bool:
    """Return whether what the verb needs to report words follows within eight tokens (40 in an author's account)."""
    if own and verb.shown and not any(t.word in verb.shown for t in tokens[i + 1 : i + 41]):
        return False
    return not verb.needs or any(t.word in verb.needs for t in tokens[i + 1 : i + 9])


def _event(text: str, tokens: Sequence[_Token], i: int, verb: _Verb, actors: Sequence[Actor]) -> Event | None:
    token = tokens[i]
    if verb.participle and verb.lemma in _PASSIVES and any(t.word in _BE for t in tokens[max(i - 3, 0) : i]):
        subject = _subject(text, tokens, i, actors)
        agent = _after(tokens, i, actors, frozenset({"by"}))
        return Event(Form.PASSIVE, verb.lemma, token.start, agent, subject) if subject else None
    if any(t.word in _BE for t in tokens[max(i - 1, 0) : i]):
        return None
    begun = _begun(tokens, i)
    if begun is None and not verb.finite and _participial(tokens, i):
        return _beside(tokens, i, verb, actors)
    if not verb.finite and begun is None:
        return None
    if (
        begun is None
        and i
        and tokens[i - 1].word in {"to", "would", "will", "shall", "should", "must", "can", "may", "might", "not"}
    ):
        return None
    inverted = _inverted(text, tokens, i, verb, actors)
    if inverted is not None:
        return Event(Form.INSERTED, verb.lemma, token.start, inverted, None)
    subject = _subject(text, tokens, i if begun is None else begun, actors)
    if subject is None:
        return None
    hearer = _after(tokens, i, actors, frozenset({"to", "with"}))
    joint = _joint(tokens, subject, actors)
    if hearer is not None and hearer.kind is ActorKind.PRONOUN:
        hearer = _antecedent(subject, hearer, actors)
    body = hearer is None and _to_body(text, token, subject, verb)
    return Event(_form(text, tokens, i, subject), verb.lemma, token.start, subject, hearer, joint, body)


def _antecedent(subject: Actor, pronoun: Actor, actors: Sequence[Actor]) -> Actor:
    """Return whom "him" means in "X invited Y and asked him": Y."""
    between = [a for a in actors if subject.end <= a.start and a.end <= pronoun.start and not a.object_form]
    named = [a for a in between if a.kind in {ActorKind.NAME, ActorKind.ROLE}]
    return named[0] if len(named) == 1 else pronoun


def _to_body(text: str, token: _Token, subject: Actor, verb: _Verb) -> bool:
    """Return whether a body is addressed, behind the verb or before the subject ("To the Plenum X described ...")."""
    if _TO_BODY.match(text, token.end) or _TO_BODY_FIRST.search(text[: subject.start]):
        return True
    return verb.lemma in _TRANSITIVE and _BODY.match(text, token.end) is not None


def _joint(tokens: Sequence[_Token], subject: Actor, actors: Sequence[Actor]) -> bool:
    """Return whether the subject is the second of two: "X and Y said"."""
    before = next((a for a in reversed(actors) if a.end < subject.start), None)
    if before is None or before.object_form or _is_object(tokens, before):
        return False
    return [t.word for t in tokens if before.end <= t.start and t.end <= subject.start] == ["and"]


def _participial(tokens: Sequence[_Token], i: int) -> bool:
    """Return whether "..., declaring that" or "..., adding: " stands here."""
    parted = i > 3 and (tokens[i - 1].word == "," or (tokens[i - 1].word.endswith("ly") and tokens[i - 2].word == ","))
    return tokens[i].word.endswith("ing") and parted and any(t.word in _GIVEN for t in tokens[i + 1 : i + 4])


def _beside(tokens: Sequence[_Token], i: int, verb: _Verb, actors: Sequence[Actor]) -> Event | None:
    """Return the act of speech of "X wrote to Y, declaring that ...": the sentence's first person speaks."""
    before = [a for a in actors if a.end <= tokens[i].start]
    if verb.lemma in _THOUGHT or not before or before[0].kind is ActorKind.OTHERS or before[0].object_form or _is_object(tokens, before[0]) or before[0].start > _NEAR_START:
        return None
    to = (a for a in before[1:] if any(t.end <= a.start <= t.end + 2 and t.word == "to" for t in tokens))
    return Event(Form.MAIN, verb.lemma, tokens[i].start, before[0], next(to, None))


def says_quote(text: str) -> bool:
    """Return whether a verb of speech gives a quotation, whoever its subject is.

    >>> says_quote('Diplomats concluded: "it is so"'), says_quote('The "great leap" was over')
    (True, False)
    """
    tokens = _tokens(text)
    return any(
        (verb := _verbs().get(t.word)) is not None
        and verb.finite
        and any(u.word in _QUOTES for u in tokens[i + 1 : i + 4])
        for i, t in enumerate(tokens)
    )


def _begun(tokens: Sequence[_Token], i: int) -> int | None:
    """Return where "began" stands in "began to explain", "started explaining", "went on to say"."""
    words = [t.word for t in tokens[max(i - 3, 0) : i]]
    while words and (words[-1] in {"to", "on"} or words[-1].endswith("ly")):
        words.pop()
    at = max(i - 3, 0) + len(words) - 1
    aspect = words and words[-1] in _ASPECT
    return at if aspect and (tokens[i].word.endswith("ing") or tokens[i - 1].word == "to") else None


def _inverted(text: str, tokens: Sequence[_Token], i: int, verb: _Verb, actors: Sequence[Actor]) -> Actor | None:
    """Return the subject right behind the verb in "..., said X"."""
    if verb.lemma in _TRANSITIVE or (i and tokens[i - 1].word not in _CLOSERS):
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


def _subject(text: str, tokens: Sequence[_Token], i: int, actors: Sequence[Actor]) -> Actor | None:
    """Return the actor who is the verb's subject: the nearest one before it that can be, across adverbs and asides."""
    for actor in sorted((a for a in actors if a.end <= tokens[i].start), key=lambda a: -a.end):
        between = _open(text, [t for t in tokens if actor.end <= t.start and t.end <= tokens[i].start])
        if actor.object_form or _is_object(tokens, actor):
            if actor.kind is ActorKind.PRONOUN and actor.object_form and not between:
                return None
            continue
        if not _reaches(text, tokens, actor, between):
            return None
        return _head_of_clause(tokens, actor, between, actors) or actor
    return None


def _open(text: str, between: Sequence[_Token]) -> list[_Token]:
    """Return the tokens that stand outside parentheses and brackets."""
    kept, depth = [], 0
    for token in between:
        opened = text[token.start] in "(["
        closed = text[token.end - 1] in ")]"
        if not depth and not opened and not closed:
            kept.append(token)
        depth = max(depth + opened - closed, 0)
    return kept


def _head_of_clause(
    tokens: Sequence[_Token], actor: Actor, between: Sequence[_Token], actors: Sequence[Actor]
) -> Actor | None:
    """Return the first subject of "X invited Y and asked", where only "and" parts Y from the verb."""
    if not between or between[0].word != "and":
        return None
    for first in actors:
        if first.end > actor.start or first.object_form or _is_object(tokens, first):
            continue
        words = [t.word for t in tokens if first.end <= t.start and t.end <= actor.start]
        before = [t.word for t in tokens if t.end <= first.start]
        joined = set(words) <= {"and", ",", "the"}
        opens = not before or before[-1] in {",", ".", "]", ")"} or before[-1].isdigit() or len(before) <= 2
        return first if opens and not joined and not {",", ";", ":"} & set(words) else None
    return None


def _is_object(tokens: Sequence[_Token], actor: Actor) -> bool:
    """Return whether the actor stands behind a preposition or a verb of speech that takes it as object."""
    before = [t for t in tokens if t.end <= actor.start]
    if not before:
        return False
    word = before[-1].word
    if word in _BEFORE_OBJECT:
        return True
    verb = _verbs().get(word)
    return verb is not None and (verb.lemma in _TRANSITIVE or verb.lemma == "ask" or not verb.finite)


def _reaches(text: str, tokens: Sequence[_Token], actor: Actor, between: Sequence[_Token]) -> bool:
    """Return whether the words between subject and verb let the verb belong to the subject."""
    words = [t.word for t in between]
    if all(w in _FILLERS or w in _BE or w.endswith("ly") for w in words):
        return True
    if any(w in _RELATIVE or w in {";", ":", "“", '"'} for w in words):
        return _aside(words)
    if _aside(words):
        return True
    joined = words[-1] in {"and", ",", "then", "but"} or (
        len(words) > 1 and words[-1].endswith("ly") and words[-2] in {"and", ","}
    )
    starts = not any(t.end <= actor.start and t.word not in {"[", "]", ".", "“"} for t in tokens) or _after_intro(
        text, actor
    )
    return joined and (starts or len(words) <= 12)


def _aside(words: Sequence[str]) -> bool:
    """Return whether the words are an aside between two commas, with adverbs at most around it."""
    commas = [k for k, w in enumerate(words) if w == ","]
    if len(commas) < 2 or commas[-1] - commas[0] > 45:
        return False
    outside = [*words[: commas[0]], *words[commas[-1] + 1 :]]
    return all(w in _FILLERS or w.endswith("ly") for w in outside)


def _after_intro(text: str, actor: Actor) -> bool:
    return text[: actor.start].rstrip()[-1:] in {",", "]", ")"}


def _after(tokens: Sequence[_Token], i: int, actors: Sequence[Actor], links: frozenset[str]) -> Actor | None:
    """Return the actor who stands as the verb's object: right behind it, or behind one of the linking words."""
    for actor in actors:
        between = [t.word for t in tokens if tokens[i].end <= t.start and t.end <= actor.start]
        if actor.start < tokens[i].end:
            continue
        bare = not between or all(w in links or w.endswith("ly") or w in {"[", "both"} for w in between)
        linked = 0 < len(between) <= 5 and between[-1] in links and not set(between) & _RELATIVE
        if bare or linked or _apposed(between, actor):
            near = actor.start - tokens[i].end <= 40
            return (
                actor
                if near and not (actor.object_form and actor.kind is not ActorKind.PRONOUN and not _self(actor))
                else None
            )
        return None
    return None


def _self(actor: Actor) -> bool:
    return actor.kind is ActorKind.SELF


def _apposed(between: Sequence[str], actor: Actor) -> bool:
    """Return whether the words are what stands before a name: "his Polish colleague"."""
    words = [w for w in between if w not in {"to", "with"}]
    if actor.kind is not ActorKind.NAME or not words or words[0] not in {"his", "her", "the", "their", "our", "my"}:
        return False
    return len(words) <= 4 and all(w.isalpha() for w in words) and not set(words) & (_RELATIVE | _BEFORE_OBJECT)


def _form(text: str, tokens: Sequence[_Token], i: int, subject: Actor) -> Form:
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
    if clause and clause[0] in _SUBORDINATORS:
        return Form.SUBORDINATE
    while clause and clause[-1] in _BEFORE_NAME:
        clause.pop()
    return Form.SUBORDINATE if clause and clause[-1] in _RELATIVE else Form.MAIN
