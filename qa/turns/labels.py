"""Speakers' labels at the head of a paragraph: "SECRETARY ROE:", "[Ann Roe:]", "Mr. Poe."; and what is no label."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
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
_MANY = 0.4  # a text whose blocks bear labels to this share is a transcript
_SOME = 0.15  # a known person's name at the head of fewer blocks is a heading


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


def accept_labels(texts: Sequence[str], is_person: Callable[[str], bool]) -> tuple[Label | None, ...]:
    """Return the speakers' labels of a document's blocks, `None` for blocks without.

    A label counts when it stands in brackets, when it names a known person, when it is titled or in capitals and the
    document has others, when it recurs, or when much of the document is labelled.
    """
    labels = [None if (label := read_label(text)) and _tells_of(label, text) else label for text in texts]
    found = [label for label in labels if label is not None]
    often = Counter(fold(label.name) for label in found)
    dialogue = len(found) >= 2 and len(found) >= _MANY * len(texts)
    some = len(found) >= _SOME * len(texts)

    def counts(label: Label) -> bool:
        times = often[fold(label.name)]
        if label.bracketed or (dialogue and len(often) >= 2) or (is_person(label.name) and (some or times >= 3)):
            return True
        marked = label.name.isupper() or _TITLED.match(label.name) is not None
        return len(found) >= 2 and (times >= 3 or (marked and times >= 2))

    return tuple(label if label and counts(label) else None for label in labels)


def _tells_of(label: Label, text: str) -> bool:
    """Return whether the words behind a label tell of its own person: "Mr. Roe, Far East: Mr. Roe said that ..."."""
    names = [w for w in re.findall(r"[A-Z][\w’'-]+", label.name.split(",")[0]) if len(w) > 2]
    behind = text[label.end : label.end + 60]
    return bool(names) and re.match(rf"\s*(?:\w+\.?\s+){{0,3}}{re.escape(names[-1])}\b(?!['’]s)", behind) is not None
