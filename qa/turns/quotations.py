"""Whose a quotation is that no act of speech gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.turns.actors import Actor
from qa.turns.events import Event, says_quote
from qa.turns.narrative import LONG_QUOTE, is_quotation, opens_quote, quotation
from qa.turns.records import Basis
from qa.turns.state import Mode, Person, Said, Setting, State

_IN_WORDS = re.compile(r"\b(?:[Ii]n the words of|[Tt]o quote|[Aa]ccording to)\s+")
_OWNED = re.compile(
    r"['’]s? (?:\w+ )?(?:injunction|statement|words|remark|warning|claim|assertion|advice|comment|declaration|promise|"
    r"complaint|contention|admission|plea|appeal|threat|order|instruction)\b[^.;“\"«]{0,90}?(?:that|:|,)?\s[“\"«]"
    r"|['’]s? (?:mind|view|opinion|judge?ment|phrase|eyes),?\s[“\"«]"
)
_MARKS = frozenset({"“", "«", '"'})
_CLOSING = frozenset({"”", "»", '"'})
_BESIDE = re.compile(r"(?:[:,]|\b(?:that|of|words))\s*[“«\"]")
_NEAR = 80  # so near to the verb a quotation opens that it gives
_CONTENT = re.compile(r"\b(?:that|whether|how|why)\b|[:“\"«]")
_CITED = re.compile(  # "Roe, Speech to the Board, May 4: “..."
    r", (?:[\w’'.,()-]+ ){0,8}?(?i:speech|letter|statement|address|report|remarks|interview|message|telegram|memoirs)\b"
    r"[^“”\"«:]{0,120}:\s*[“\"«]"
)
_OWN_WORDS = re.compile(r"\b(?:by (?:his|her) own (?:admission|account)|in (?:his|her) (?:own )?(?:words|phrase))\b")


def gives_quotation(sentence: str, at: int, setting: Setting) -> bool:
    """Return whether the verb of speech at `at` gives a quotation; in a record it stands beside the verb.

    In a record a phrase between quotation marks further on is one that the speaker himself quotes.
    """
    if quotation(sentence) < LONG_QUOTE:
        return False
    beside = _BESIDE.search(sentence, at, at + _NEAR) is not None or sentence[:1] in _MARKS
    return setting.mode is Mode.MONOLOGUE or beside


def tells(sentence: str, at: int) -> bool:
    """Return whether words follow near behind the verb of speech at `at`: "that ...", a colon, a quotation."""
    return _CONTENT.search(sentence, at, at + _NEAR) is not None


def encloses(sentence: str, event: Event | None) -> bool:
    """Return whether a quotation that opens the sentence holds the one who speaks too: “Roe told me that it was so."""
    if event is None or event.speaker is None or sentence[:1] not in _MARKS:
        return False
    return not any(mark in sentence[1 : event.speaker.start] for mark in _CLOSING)


def quoted_words(sentence: str, actors: Sequence[Actor], setting: Setting) -> Said | None:
    """Return whose a quotation is that no act of speech of a person gives: "in the words of X"; of nobody known."""
    if setting.mode is not Mode.MONOLOGUE or quotation(sentence) < LONG_QUOTE:
        return None
    date = setting.company.date
    for match in _IN_WORDS.finditer(sentence):
        actor = next((a for a in actors if match.end() <= a.start <= match.end() + 4 and a.name), None)
        if actor is not None:
            return Said(Person(actor.name, actor.written), (), Basis.QUOTED, date)
    source = _CITED.match(sentence, actors[0].end) if actors and actors[0].start == 0 else None
    if source is not None and actors[0].name:
        return Said(Person(actors[0].name, actors[0].written), (), Basis.QUOTED, date)
    owner = next((a for a in actors if a.name and a.object_form and _OWNED.match(sentence, a.end)), None)
    if owner is not None:
        return Said(Person(owner.name, owner.written), (), Basis.QUOTED, date)
    own = _OWN_WORDS.search(sentence)
    named = {a.name: a for a in actors if own and a.name and a.end <= own.start()}
    if len(named) == 1:
        actor = next(iter(named.values()))
        return Said(Person(actor.name, actor.written), (), Basis.QUOTED, date)
    return Said(None, (), Basis.QUOTED, date) if says_quote(sentence) else None


def quotation_left_open(sentence: str, first: bool, state: State) -> Said | None:
    """Return whose a bare quotation is: of whoever spoke in the sentence before it."""
    if first:
        return None
    if state.quoted is not None and is_quotation(sentence):
        return state.quoted
    last = state.last
    runs_on = sentence[:1] in _MARKS and opens_quote(sentence, False) and quotation(sentence) >= LONG_QUOTE
    if last is not None and last.speaker is not None and (runs_on or is_quotation(sentence)):
        return replace(last, basis=Basis.QUOTED)
    return None
