"""Speakers' labels at the head of paragraphs, as in "SECRETARY DOE: Thank you".

A label is believed when its own form is beyond doubt (bold or capitals, a title that is no common word), or when the
document is plainly a transcript, in which labels come again and again. A salutation ("Mr. Minister:") and the
heading of a part ("AGENDA ITEM 1:") look much the same, so one of doubtful form that stands alone is not taken.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files

from qa.sources.records import Mark, MarkKind

_LONGEST = 60
_MOST_WORDS = 6
_SHARE_OF_TRANSCRIPT = 0.2  # of paragraphs that must be labelled before bare names are believed
_BRACKETED = re.compile(r"\s*[\[(][^\[\]()]{1,40}[\])]\s*$")
_STOPS = re.compile(r"[.,·]*[.·][.,·]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Form(IntEnum):
    """How sure the form of a label makes it."""

    NONE = 0
    NAME = 1  # a bare name: only in a transcript, and only when it comes again
    TITLED = 2  # a title or a role: in a transcript
    CERTAIN = 3  # alone too


@dataclass(frozen=True, slots=True)
class Lead:
    """A paragraph that could begin with a label; `bold` where bold print opens it, `named` where a tagged name does."""

    start: int
    end: int
    document: str
    bold: bool = False
    named: bool = False


@cache
def table(key: str) -> frozenset[str]:
    """Return a set of words of `qa/data/labels.toml`."""
    return frozenset(str(_data()[key]).split())


@cache
def _data() -> dict[str, object]:
    return tomllib.loads((files("qa") / "data" / "labels.toml").read_text(encoding="utf-8"))


@cache
def _people() -> tuple[tuple[str, re.Pattern[str]], ...]:
    people = _data()["people"]
    assert isinstance(people, dict)
    return tuple((role, re.compile(rf"(?:{'|'.join(forms)}) ?:?", re.IGNORECASE)) for role, forms in people.items())


def role_of_list(heading: str) -> str:
    """Return the role of those whom a list under this heading names, "" where it announces no people.

    >>> role_of_list("Participants:"), role_of_list("Reported by:"), role_of_list("Schedule")
    ('present', 'recorder', '')
    """
    return next((role for role, pattern in _people() if pattern.fullmatch(heading)), "")


def label_at(text: str, start: int, end: int, bold: bool = False) -> str:
    """Return what stands before a colon at the head of the paragraph, "" where nothing short does.

    After a bold label the space is often missing; elsewhere a colon inside a word or a time of day is no label's.

    >>> label_at("MR. DOE [Cont.]: Yes.", 0, 21)
    'MR. DOE'
    """
    colon = text.find(":", start, min(end, start + _LONGEST))
    if colon < 0 or colon + 1 >= end or not (text[colon + 1].isspace() or (bold and not text[colon + 1].isdigit())):
        return ""
    return _BRACKETED.sub("", text[start:colon]).rstrip()


def form(label: str, bold: bool = False, named: bool = False) -> Form:
    """Return how sure the label's own form makes it.

    >>> [form(x).name for x in ("MR. DOE", "Ambassador Doe", "DOE", "Mr. Minister", "AGENDA ITEM I", "He said")]
    ['CERTAIN', 'TITLED', 'NAME', 'NONE', 'NONE', 'NONE']
    """
    core = _STOPS.sub(" ", label)
    parts = core.split()
    words = [part.casefold() for part in parts]
    if not _is_name_like(parts) or table("never").intersection(words):
        return Form.NONE
    if words[0] == "the":
        words = words[1:]
    if words and all(word in table("roles") for word in words):
        return Form.CERTAIN if bold else Form.TITLED
    while len(words) > 2 and words[0] in table("modifiers"):
        words = words[1:]
    if len(words) > 1 and words[0] in table("titles"):
        return _titled(words, bold, label)
    return Form.TITLED if named or (bold and label.isupper()) else Form.NAME


def _titled(words: list[str], bold: bool, label: str) -> Form:
    if all(word in table("offices") for word in words[1:]):
        return Form.NONE
    capitals = sum(c.isupper() for c in label) * 2 > sum(c.isalpha() for c in label)
    return Form.CERTAIN if bold or (capitals and words[0] not in table("ambiguous")) else Form.TITLED


def _is_name_like(parts: Sequence[str]) -> bool:
    if not 0 < len(parts) <= _MOST_WORDS or not parts[0][0].isupper():
        return False
    return all(_WORD.fullmatch(part) and (part[0].isupper() or part in table("small")) for part in parts)


def speakers(text: str, leads: Sequence[Lead]) -> list[Mark]:
    """Return a mark for each paragraph of the leads that begins with a speaker's label."""
    documents: dict[str, list[Lead]] = {}
    for lead in leads:
        documents.setdefault(lead.document, []).append(lead)
    return [mark for group in documents.values() for mark in _of_document(text, group)]


def _of_document(text: str, leads: Sequence[Lead]) -> list[Mark]:
    labels = [label_at(text, lead.start, lead.end, lead.bold) for lead in leads]
    forms = [
        form(label, lead.bold, lead.named) if label else Form.NONE for label, lead in zip(labels, leads, strict=True)
    ]
    counts = Counter(label for label, sure in zip(labels, forms, strict=True) if sure)
    transcript = _is_transcript(labels, forms, counts)
    # Where speakers go by their titles, a bare name before a colon is a book or a subject.
    bare = sum(sure == Form.NAME and counts[x] > 1 for x, sure in zip(labels, forms, strict=True)) >= sum(
        sure > Form.NAME for sure in forms
    )
    found = []
    for label, lead, sure in zip(labels, leads, forms, strict=True):
        enough = sure == Form.CERTAIN or (transcript and (sure == Form.TITLED or (bare and sure and counts[label] > 1)))
        if enough:
            found.append(Mark(MarkKind.SPEAKER, lead.start, lead.start + len(label), {"name": label}))
    return found


def _is_transcript(labels: Sequence[str], forms: Sequence[Form], counts: Counter[str]) -> bool:
    pairs = list(zip(labels, forms, strict=True))
    if any(sure >= Form.TITLED and counts[label] > 1 for label, sure in pairs):
        return True
    if sum(sure == Form.CERTAIN for sure in forms) > 1:
        return True
    again = {label for label, sure in pairs if sure and counts[label] > 1}
    return len(again) > 1 and sum(map(bool, forms)) >= _SHARE_OF_TRANSCRIPT * len(forms)
