"""Subjects and objects of verbs in a sentence, by the order of words: the little grammar that acts of speech need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from qa.names import NameMention
from qa.tables import lines
from qa.turns.actors import Actor, ActorKind

_TOKEN = re.compile(r"[\[(]?\w[\w’'-]*[\])]?|[^\w\s]")
_WHO = re.compile(r"\s+who\s")
_WORD = re.compile(r"\w+")
_AHEAD = 3
BE = frozenset({"was", "were", "is", "are", "been", "be", "being"})
PASSIVES = frozenset({"tell", "inform", "ask", "advise", "assure", "warn", "promise", "answer", "urge"})
TRANSITIVE = PASSIVES - {"ask", "answer", "promise"} | {
    "thank",
    "congratulate",
    "greet",
    "criticize",
    "praise",
    "condemn",
}
HEARD = (
    PASSIVES
    | TRANSITIVE
    | {"remind", "interrupt", "question", "caution", "beg", "notify", "instruct", "request", "answer"}
)
_BEFORE_OBJECT = frozenset(lines("prepositions.txt"))
RELATIVE = frozenset({"that", "which", "who", "whom", "whether", "what", "how", "why"})
_OPENING = frozenset({"[", "]", "(", ")", ".", "“"})  # with a number, what stands before the beginning of a sentence
_FILLERS = frozenset(lines("between_subject_and_verb.txt"))


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb of speech: what it needs to report words, and to give them in an author's own account."""

    lemma: str
    finite: bool
    participle: bool
    needs: frozenset[str]
    shown: frozenset[str]


@cache
def verbs() -> dict[str, Verb]:
    """Return every form of the verbs of speech (`qa/data/speech_verbs.txt`)."""
    table: dict[str, Verb] = {}
    for line in lines("speech_verbs.txt"):
        forms, needs, shown = (*line.split("|"), "", "")[:3]
        base, third, past, participle, gerund = forms.split()
        rest = (frozenset(needs.split()), frozenset(shown.split()))
        table[gerund] = Verb(base, False, False, *rest)
        table.setdefault(base, Verb(base, False, False, *rest))
        table[participle] = Verb(base, False, True, *rest)
        table[third] = Verb(base, True, False, *rest)
        table[past] = Verb(base, True, past == participle, *rest)
    return table


def speaks(text: str, mention: NameMention) -> bool:
    """Return whether a verb of speech stands right behind a name, adverbs apart: "Roe then said"."""
    return says(text, mention.end)


def says(text: str, at: int) -> bool:
    """Return whether a verb of speech stands at `at`, adverbs apart.

    >>> says("Roe then said", 3), says("Roe had said", 3), says("Roe left", 3)
    (True, True, False)
    """
    behind = [m.group().casefold() for m in islice(_WORD.finditer(text, at, at + 60), _AHEAD)]
    verb = next((w for w in behind if w not in _FILLERS and not w.endswith("ly")), "")
    return verb in verbs() and verbs()[verb].finite


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a sentence, folded, brackets off."""

    start: int
    end: int
    word: str


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of a sentence."""
    return [Token(m.start(), m.end(), m.group().strip("[]()").casefold() or m.group()) for m in _TOKEN.finditer(text)]


def subject_of(text: str, tokens: Sequence[Token], i: int, actors: Sequence[Actor]) -> Actor | None:
    """Return the actor who is the verb's subject: the nearest one before it that can be, across adverbs and asides."""
    for actor in sorted((a for a in actors if a.end <= tokens[i].start), key=lambda a: -a.end):
        between = _open(text, [t for t in tokens if actor.end <= t.start and t.end <= tokens[i].start])
        if actor.object_form or is_object(tokens, actor):
            if actor.kind is ActorKind.PRONOUN and actor.object_form and not between:
                return None
            continue
        if not _reaches(text, tokens, actor, between):
            return actor if between[-1].word == "and" and _WHO.match(text, actor.end) else None
        found = _head_of_clause(tokens, actor, between, actors) or actor
        return _who(text, found, tokens[i].start, actors) or found
    return None


def _who(text: str, subject: Actor, at: int, actors: Sequence[Actor]) -> Actor | None:
    """Return whom the verb at `at` is said of in "Roe introduced Poe who greeted them and said": Poe."""
    for actor in reversed(actors):
        who = _WHO.match(text, actor.end)
        if who and subject.end < actor.start and actor.end < at and actor.kind is ActorKind.NAME:
            return actor if "," not in text[who.end() : at] else None
    return None


def _open(text: str, between: Sequence[Token]) -> list[Token]:
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
    tokens: Sequence[Token], actor: Actor, between: Sequence[Token], actors: Sequence[Actor]
) -> Actor | None:
    """Return the first subject of "X invited Y and asked", where only "and" parts Y from the verb."""
    if not between or between[0].word != "and":
        return None
    for first in actors:
        if first.end > actor.start or first.object_form or is_object(tokens, first):
            continue
        words = [t.word for t in tokens if first.end <= t.start and t.end <= actor.start]
        before = [t.word for t in tokens if t.end <= first.start]
        joined = set(words) <= {"and", ",", "the"}
        opens = not before or before[-1] in {",", ".", "]", ")"} or before[-1].isdigit() or len(before) <= 2
        return first if opens and not joined and not {",", ";", ":"} & set(words) else None
    return None


def is_object(tokens: Sequence[Token], actor: Actor) -> bool:
    """Return whether the actor stands behind a preposition or a verb of speech that takes it as object."""
    before = [t for t in tokens if t.end <= actor.start]
    if not before:
        return False
    while len(before) > 1 and before[-1].word in lines("roles.txt"):
        before.pop()  # "secretary to President Roe": the title belongs to the name
    word = before[-1].word
    if word in _BEFORE_OBJECT or (word.endswith("ing") and len(before) > 1 and before[-2].word == ","):
        return True  # "Roe, replacing Poe, said"
    verb = verbs().get(word)
    return verb is not None and (
        verb.lemma in TRANSITIVE or verb.lemma == "ask" or not (verb.finite or verb.participle)
    )


def _reaches(text: str, tokens: Sequence[Token], actor: Actor, between: Sequence[Token]) -> bool:
    """Return whether the words between subject and verb let the verb belong to the subject."""
    words = [t.word for t in between]
    if all(w in _FILLERS or w in BE or w.endswith("ly") for w in words):
        return True
    if any(w in RELATIVE or w in {";", ":", "“", '"'} for w in words):
        return _aside(words)
    if _aside(words):
        return True
    joined = words[-1] in {"and", ",", "then", "but"} or (
        len(words) > 1 and words[-1].endswith("ly") and words[-2] in {"and", ","}
    )
    before = [t.word for t in tokens if t.end <= actor.start]
    starts = all(w in _OPENING or w.isdigit() for w in before) or _after_intro(text, actor)
    return joined and (starts or len(words) <= 12)


def _aside(words: Sequence[str]) -> bool:
    """Return whether the words are an aside between two commas, with adverbs at most around it."""
    commas = [k for k, w in enumerate(words) if w == ","]
    if len(commas) < 2 or commas[-1] - commas[0] > 45 or any(words[k + 1] in BE for k in commas[1:-1]):
        return False  # "Roe, they say, was there when Poe, who was late, said"
    outside = [*words[: commas[0]], *words[commas[-1] + 1 :]]
    return all(w in _FILLERS or w.endswith("ly") for w in outside)


def _after_intro(text: str, actor: Actor) -> bool:
    return text[: actor.start].rstrip()[-1:] in {",", "]", ")"}


def object_of(tokens: Sequence[Token], i: int, actors: Sequence[Actor], links: frozenset[str]) -> Actor | None:
    """Return the actor who stands as the verb's object: right behind it, or behind one of the linking words."""
    for actor in actors:
        between = [t.word for t in tokens if tokens[i].end <= t.start and t.end <= actor.start]
        if actor.start < tokens[i].end:
            continue
        if actor.written.casefold() == "my" or actor.written.startswith("that "):
            return None  # "told that President Roe had come": what is said
        bare = not between or all(w in links or w.endswith("ly") or w in {"[", "both"} for w in between)
        linked = 0 < len(between) <= 5 and between[-1] in links and not set(between) & RELATIVE
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
    return len(words) <= 4 and all(w.isalpha() for w in words) and not set(words) & (RELATIVE | _BEFORE_OBJECT)


def stands_alone(tokens: Sequence[Token], i: int) -> bool:
    """Return whether nothing goes with the verb, so that it answers what was said before: "Roe agreed, but ..."."""
    return not tokens[i + 1 :] or tokens[i + 1].word in {".", ",", ";", "and", "but"}
