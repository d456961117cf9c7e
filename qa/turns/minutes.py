"""Minutes in reported speech: who takes the floor, what the meeting does as one, which sentence holds two speakers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from qa.names import NameMention
from qa.turns.actors import Actor, ActorKind
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Setting, State
from qa.turns.who import other_party

_WITH_OTHERS = re.compile(r",? and (?:the|his|her|their|other|others|some|several|all|an?) (?:[\w’'-]+ ){0,3}?\w+ed\b")
_PERFECT = re.compile(r"\s+(?:had|has|have|would|could|might|should)\b")
_DISCUSSED = re.compile(
    r"(?:In|During|After|Following) (?:the|a|some|further|much|considerable)? ?(?:\w+ ){0,3}?"
    r"(?:discussion|debate|exchange)\b"
)
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.)]\s+)?")
_SURE = re.compile(
    r" (?:was|is) (?:\w+ly |also |not |quite |very )*"
    r"(?:of the (?:opinion|view)|convinced|certain|sure|confident|in (?:no )?doubt) that\b"
)
_SUBJECTS = frozenset({ActorKind.NAME, ActorKind.ROLE})
_FEW = 3  # so many people present are a list of those present


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What the words of `qa/data/minutes.toml` look like in a sentence."""

    moves: re.Pattern[str]  # behind a person: comes, goes, presides
    comes: re.Pattern[str]  # a sentence in which somebody comes whose name is not its beginning
    acts: re.Pattern[str]  # behind a person: has the floor
    introduced: re.Pattern[str]  # before a person
    own_view: re.Pattern[str]  # behind "Mr. Roe's"
    in_view: re.Pattern[str]  # behind "In Mr. Roe's"
    replies: re.Pattern[str]  # in "Mr. Roe's answer was"
    done: re.Pattern[str]  # a sentence that tells what a meeting does
    unnamed: re.Pattern[str]  # a sentence that tells what somebody says


@cache
def _table() -> dict[str, str]:
    """Return each list of words as one alternative of a pattern."""
    table = tomllib.loads(files("qa").joinpath("data", "minutes.toml").read_text(encoding="utf-8"))
    return {key: "|".join(words.split() if isinstance(words, str) else words) for key, words in table.items()}


@cache
def _patterns() -> _Patterns:
    t = _table()
    adverbs = rf"(?:(?:{t['adverbs']}|\w+ly),? )*"
    views = rf"(?:\w+ ){{0,2}}?(?:{t['views']})s?"
    is_so = rf"was (?:not |also |very |quite |most )*(?:{t['stances']})"
    not_done = rf"(?:did|could|would|does) not (?!{t['moves']})\w+|had no (?:\w+ )?(?:{t['lacks']})"
    moves = rf"(?:,[^,;:]{{1,90}},)?\s+{adverbs}(?:{t['moves']}|(?:was|were) (?:{t['suffered']}))\b"
    return _Patterns(
        moves=re.compile(moves),
        comes=re.compile(rf"(?:{t['introducing']})\b[^;:]{{0,160}}, [A-Z][^;:]{{0,120}}? (?:{t['comes']})\b"),
        acts=re.compile(rf"(?:,(?= \w+,))?\s+{adverbs}(?:\w+ed|{t['acts']}|{not_done}|{is_so})\b"),
        introduced=re.compile(
            rf"(?:{t['introducing']})\b(?:[^.;:?!]|(?<=\b(?:Mr|Ms|Dr))\.|(?<=\bMrs)\.){{0,160}},\s+"
            r"|(?:At th(?:is|at) (?:point|time|stage|juncture)|Then|Later|Thereupon|Afterwards) "
        ),
        own_view=re.compile(rf"['’]s? {views},? (?:\([^()]*\) )?(?:was|is|were)\b"),
        in_view=re.compile(r"['’]s? (?:\w+ )?(?:view|opinion|judgment|judgement)(?:,| (?!of|on|paper))"),
        replies=re.compile(rf"\b(?:{t['replies']})\b"),
        done=_done(t, adverbs),
        unnamed=re.compile(rf"It was (?:\w+ ){{0,2}}?(?:{t['unnamed']})\b"),
    )


def _done(t: Mapping[str, str], adverbs: str) -> re.Pattern[str]:
    """Return the pattern of what a meeting does: "The Committee then approved ...", "There was no reply"."""
    when = rf"(?:\[?(?i:{t['times']})\b[^;:?!]{{0,120}}?[, ]\s?)?"
    body = rf"(?i:the) (?:[\w’'-]+ ){{0,4}}?(?i:{t['bodies']}) {adverbs}(?!(?:{t['spoken_of']})\b)"
    deeds = rf"(?:(?:was|were|had been) (?:\w+ )?(?:{t['treated']})|\w+ed|{t['done']})\b"
    exchange = rf"(?:\w+ ){{0,3}}(?:{t['exchanges']})\b"
    follow = rf"(?i:discussion|a {exchange}[^;:]{{0,80}}?) (?:then |was )?(?:{t['follows']}|taken|made|held|carried)\b"
    there = rf"(?i:there) (?:was|were|followed|ensued|being|\w+ed) (?:then |also |\w+ly )?(?:(?:{t['sizes']}) )*"
    there += rf"(?:\w+ )?(?:{t['exchanges']})\b"
    agreed = rf"(?i:it was (?:\w+ ){{0,2}}?(?:{t['agreed']})|so (?:voted|ordered|agreed))\b"
    some = rf"(?i:{t['some']}) (?:of the )?(?:\w+ ){{0,3}}?(?:{t['members']})\b[^.;:]{{0,40}}? (?:{t['said']})\b"
    dealt = rf"[^;:]{{3,160}} (?:was|were) (?:then |also |next |\w+ly )*(?:{t['dealt']})"
    dealt += r"(?: (?:until|till|for) [^.;:]{3,60})?\.$"
    return re.compile(rf"{when}(?:{body}{deeds}|{follow}|{there}|{agreed}|{dealt}|{some})")


def acts(sentence: str, at: int) -> bool:
    """Return whether what stands at `at`, behind a person, tells what that person says or does in the meeting.

    >>> acts("Roe gave a report.", 3), acts("Roe is old.", 3)
    (True, False)
    """
    return _patterns().acts.match(sentence, at) is not None


def head_of(sentence: str, actors: Sequence[Actor]) -> Actor | None:
    """Return the person with whom a sentence begins as its subject, whatever phrase or heading stands before.

    A heading that names the speaker himself ("Mr. Roe, Far East: Mr. Roe gave ...") is passed over.
    """
    heads = [a for a in actors if a.kind in _SUBJECTS and not a.object_form]
    for first, second in pairwise(heads):
        between = sentence[first.end : second.start].rstrip()
        if first.start <= 3 and between.endswith(":") and first.name == second.name:
            return second
    for actor in heads:
        before = sentence[: actor.start]
        if actor.start <= 3 or _patterns().introduced.fullmatch(before):
            return actor
    return None


def takes_floor(
    sentence: str, first: bool, actors: Sequence[Actor], floor: Said | None, setting: Setting
) -> Said | None:
    """Return whose a sentence of minutes is that begins with a person and tells of no act of speech.

    Who does something there ("Mr. Roe distributed a chart") has the floor; who comes or goes has not, and what is
    told of somebody in the midst of another's speech ("Mr. Roe was at work on it") is that speech (`None`).
    """
    head = head_of(sentence, actors) if setting.minutes else None
    nobody = Said(None, (), Basis.REPORTED, setting.company.date)
    if head is None:
        comes = setting.minutes and first and _patterns().comes.match(sentence)
        return nobody if comes else _view(sentence, actors, floor, setting)
    if _patterns().moves.match(sentence, head.end) or _WITH_OTHERS.match(sentence, head.end):
        return nobody
    partner = _partner(sentence, head, actors)
    if (
        partner is not None
        and _patterns().acts.match(sentence, partner.end)
        and not _PERFECT.match(sentence, partner.end)
    ):
        return nobody
    same = floor is not None and floor.speaker is not None and floor.speaker.name == head.name
    if same and floor is not None:
        return floor
    if not head.name or not _belongs(head.name, setting):
        acts = (first or not lists_all(setting)) and _patterns().acts.match(sentence, head.end)
        return nobody if acts else None
    if partner is not None:
        return None if _PERFECT.match(sentence, partner.end) else nobody
    if _patterns().acts.match(sentence, head.end):
        return Said(Person(head.name, head.written), (), Basis.REPORTED, setting.company.date)
    return nobody if first else None


def _partner(sentence: str, head: Actor, actors: Sequence[Actor]) -> Actor | None:
    """Return the last of those who do something together: "Mr. Roe and Mr. Poe both urged ..."."""
    last = head
    for actor in actors:
        if actor.start > last.end and sentence[last.end : actor.start].strip() in {"and", ",", ", and"}:
            last = actor
    return last if last is not head else None


def _belongs(name: str, setting: Setting) -> bool:
    """Return whether a person is one of those present; where hardly anybody is listed, anybody may be."""
    return name in setting.company.present or not lists_all(setting)


def lists_all(setting: Setting) -> bool:
    """Return whether the head of the minutes lists those present."""
    return len(setting.company.present) >= _FEW


def _view(sentence: str, actors: Sequence[Actor], floor: Said | None, setting: Setting) -> Said | None:
    """Return whose view a sentence gives: "Mr. Roe's answer was ...", "In Mr. Roe's opinion, ..."."""
    if setting.mode is not Mode.CONVERSATION:
        return None
    for actor in actors:
        if actor.kind not in _SUBJECTS or not actor.name or not _belongs(actor.name, setting):
            continue
        gives, holds = _gives(sentence, actor), _holds(sentence, actor, setting)
        if gives or holds:
            person = Person(actor.name, actor.written)
            before = floor.speaker if floor is not None and gives and _patterns().replies.search(gives[0]) else None
            heard = (before,) if before is not None and before.name != actor.name else other_party(person, setting)
            return Said(person, heard, Basis.REPORTED, setting.company.date)
    return None


def _gives(sentence: str, actor: Actor) -> re.Match[str] | None:
    """Return the words behind "Mr. Roe" in "Mr. Roe's answer was ...", behind an office only "... was that"."""
    found = _patterns().own_view.match(sentence, actor.end) if actor.object_form and actor.start <= 3 else None
    return found if found and (actor.kind is ActorKind.NAME or sentence.startswith(" that", found.end())) else None


def _holds(sentence: str, actor: Actor, setting: Setting) -> bool:
    """Return whether the view is the person's: "In Roe's opinion", "According to Roe,", "Roe was sure that"."""
    before = sentence[: actor.start].strip()
    if actor.object_form:
        return before == "In" and _patterns().in_view.match(sentence, actor.end) is not None
    if before == "According to":
        return sentence[actor.end : actor.end + 1] == ","
    return not setting.minutes and actor.start <= 3 and _SURE.match(sentence, actor.end) is not None


def done_by_all(sentence: str, first: bool, setting: Setting) -> bool:
    """Return whether a sentence tells what a meeting did or what nobody in particular said."""
    if setting.mode is not Mode.CONVERSATION:
        return False
    if _DISCUSSED.match(sentence):
        return True
    unnamed = first and _patterns().unnamed.match(sentence)
    begins = _NUMBER.match(sentence)
    return setting.minutes and bool(_patterns().done.match(sentence, begins.end() if begins else 0) or unnamed)


def impersonal(sentence: str, setting: Setting) -> bool:
    """Return whether a sentence within a speech may be anybody's: "It was pointed out that ..."."""
    return setting.minutes and _patterns().unnamed.match(sentence) is not None and "decided" not in sentence


def answer_given(sentence: str, state: State, setting: Setting) -> Said | None:
    """Return whose "The answer was that ..." is: of the one person asked in the sentence before."""
    floor, asker = state.floor, state.asker
    if not setting.minutes or asker is None or floor is None or len(floor.hearers) != 1 or floor.speaker != asker:
        return None
    given = re.match(rf"The (?:{_table()['replies']}) (?:was|is)\b", sentence)
    return Said(floor.hearers[0], (asker,), Basis.REPORTED, setting.company.date) if given else None


def by_stranger(sentence: str, first: NameMention | None, actors: Sequence[Actor], setting: Setting) -> Said | None:
    """Return that a sentence is nobody's whom we know, which begins with an unknown person who does something there."""
    if not setting.minutes or first is None or first.start > 3 or any(a.start <= first.start < a.end for a in actors):
        return None
    acts = _patterns().acts.match(sentence, first.end)
    return Said(None, (), Basis.REPORTED, setting.company.date) if acts else None


def closed(state: State) -> State:
    """Return the state behind the title of an item: nobody has the floor, no question waits."""
    return replace(state, floor=None, last=None, asker=None)
