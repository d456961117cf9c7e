"""Speakers' labels at the head of a paragraph: "SECRETARY ROE:", "[Ann Roe:]", "Mr. Poe."; and what is no label."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.tables import lines
from qa.text import fold

_LABEL = re.compile(
    r"(?P<open>\[)?[*_]{0,3}(?P<name>[A-Z][\w.’'ʼ-]*(?:[ ,][ ]?(?:\([^()]{1,40}\)|[\w.’'ʼ&-]+)){0,7})[*_]{0,3}"
    r"\s*(?:\([^()]{1,60}\)\s*)?:[*_]{0,3}\]?(?=\s|$)"
)
_ASKED = re.compile(r"(?P<name>[QA])[.:](?=\s+(?![A-Z]\.)[\w“\"(])")
_STOPPED = re.compile(r"(?P<name>[A-Z][A-Z’'-]+\.?(?: [A-Z][A-Z’'-]+){0,3})\.(?=\s+[A-Z“\"\[(])")
_TITLED = re.compile(
    r"(?i)(?:mr|mrs|ms|miss|dr|sir|the|president|secretary|ambassador|general|chairman|senator|q|a|question|answer)\b"
)
_SALUTES = re.compile(r"(?:My )?[Dd]ear\b", re.I)
_NOT_FIRST = frozenset({"For", "To", "Via", "Re", "With", "By", "FOR", "TO"})  # "For Roe:" is to Roe
_ENDED = re.compile(r"[.!?…–—}-][\"'”’»)\]*_]*\s*$|[)\]]\s*$")  # how what somebody says ends, broken off or not
_SPOKEN = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|yes|no|yeah|oh|ok|okay|right|well|good|thanks?|uh|um|hm+)\b", re.I
)
_FEWEST = 4  # labelled lines that make a talk
_MANY = 0.4  # a text whose paragraphs bear labels to this share is a transcript


@dataclass(frozen=True, slots=True)
class Label:
    """A label `[0, end)` at the head of a block, and the name in it."""

    end: int
    name: str
    bracketed: bool


def read_label(text: str) -> Label | None:
    """Return what may be a speaker's label at the head of a text, `None` where nothing looks like one.

    >>> read_label("THE PRESIDENT. There will be one.").name, read_label("THE FACTS. There are none.")
    ('THE PRESIDENT', None)
    >>> read_label("Mr. Polk: I think so").name, read_label("Sir: I have the honor"), read_label("It was so: he left")
    ('Mr. Polk', None, None)
    """
    asked = _ASKED.match(text)
    if asked is not None:
        return Label(asked.end("name") + 1, asked["name"], False)
    stopped = _STOPPED.match(text)
    if stopped is not None and (is_role(stopped["name"]) or _names_somebody(stopped["name"])):
        return Label(stopped.end(), stopped["name"], False)
    match = _LABEL.match(text)
    if match is None:
        return None
    name = match["name"].strip(" *_,")
    if name.split()[0] in _NOT_FIRST or _SALUTES.match(name):
        return None
    name = name.removeprefix("From ")  # "From Roe:" opens a message of Roe's
    words = re.sub(r"\([^()]*\)", "", name).split()
    folded = fold(name)
    if folded in lines("not_speakers.txt") or _stem(folded) in lines("not_speakers.txt"):
        return None
    small = [
        w
        for w in words
        if w.islower() and w not in {"of", "the", "de", "von", "van", "and", "for", "da", "la", "le", "bin"}
    ]
    if small or len(words) > 6:
        return None
    return Label(match.end(), name, bool(match["open"]))


def is_marked(name: str) -> bool:
    """Return whether a label is set off as one by capitals or a title: "ROE", "Mr. Roe", "Q"."""
    return name.isupper() or _TITLED.match(name) is not None


def _names_somebody(name: str) -> bool:
    """Return whether capitals are a title with what it is the title of: "THE PRESIDENT", "SECRETARY ROE"."""
    return " " in name and _TITLED.match(name.removeprefix("THE ")) is not None


def is_role(name: str) -> bool:
    """Return whether a label names a part in the talk, not a person.

    >>> is_role("THE CHAIRMAN"), is_role("QUESTION"), is_role("Chairman Roe")
    (True, True, False)
    """
    said = fold(name).strip(" .").removeprefix("the ")
    return said in _roles() or said in lines("roles.txt")


@cache
def _roles() -> frozenset[str]:
    table = tomllib.loads(files("qa").joinpath("data", "labels.toml").read_text(encoding="utf-8"))
    return frozenset(fold(table["roles"]).split())


def _stem(folded: str) -> str:
    """Return a heading without its number ("agenda item iv" as "agenda item")."""
    return re.sub(r"\s+(?:\d+|[ivxlc]+)[a-z]?$", "", folded)


def speakers(paragraphs: Sequence[str]) -> frozenset[str]:
    """Return the labels, folded, that are speakers' in a text: at least two recur, and what they head is mostly said.

    Fields of a catalogue recur as well, but what stands behind them seldom ends as sentences do or has a word of
    talk. Where much of the text is labelled, so are those who speak but once.

    >>> talk = ["Ann Roe: Why?", "Bob Poe: It rained.", "Ann Roe: So it did", "Cy Voe: Well.", "Bob Poe: Yes."]
    >>> sorted(speakers(talk)), speakers(["Box 1", "Language: Latin", "Extent: 2", "Language: Greek", "Extent: 7"])
    (['ann roe', 'bob poe', 'cy voe'], frozenset())
    """
    read = [(label, words) for words in paragraphs if (label := read_label(words)) is not None]
    often = Counter(fold(label.name) for label, _ in read)
    mostly = len(read) >= _MANY * len(paragraphs)
    known = {fold(x.name) for x, _ in read if often[fold(x.name)] >= (2 if mostly or is_marked(x.name) else 3)}
    heads = [words for label, words in read if fold(label.name) in known]
    talk = len(read) >= _FEWEST and len(often) > 1 and 2 * sum(_says(words) for words in heads) >= len(heads) > 0
    return frozenset((often if mostly else known) if talk else ())


def _says(words: str) -> bool:
    return _ENDED.search(words[-12:]) is not None or _SPOKEN.search(words) is not None


def opens(text: str, known: Iterable[str]) -> bool:
    """Return whether the text opens with one of the known labels, folded.

    >>> opens("Ann Roe: Why?", {"ann roe"}), opens("Cy Voe: Well.", {"ann roe"})
    (True, False)
    """
    label = read_label(text[:200]) if known else None
    return label is not None and fold(label.name) in known
