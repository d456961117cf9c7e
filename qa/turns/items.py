"""What in minutes is no speech: titles of items, the recorder's notes of what was decided, asides."""

from __future__ import annotations

import re

from qa.names import find_names
from qa.text import sentences, words

_END = re.compile(r"[.?!;”\"’)\]…–—-]\s*$")
_RECORDED = re.compile(
    r"(?:Actions?|Decisions?|Agreed|Resolved|Conclusions?|Results?|Voted|Follow-?up|Comments?|Notes?|Remarks?)"
    r"(?: (?:taken|required|agreed))?:\s",
    re.I,
)
_HOURS = re.compile(r"(?:[\s–—-]+\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.)+$")
_ITEM = re.compile(r"\(?\d{1,2}[.)]\s+(?=[A-Z])")
_TITLE = 8  # words of an item's title within its paragraph
_LONGEST_HEADING = 25  # words


def is_item(paragraph: str) -> bool:
    """Return whether a paragraph of minutes is the title of an item, no speech.

    >>> is_item("AGENDA ITEM 2: Election of Chairman:"), is_item("3. Status of the Northern Bridge")
    (True, True)
    >>> is_item("(a) a new bridge"), is_item("The bridge was closed.")
    (False, False)
    """
    paragraph = _HOURS.sub("", paragraph)
    words = paragraph.split()
    titled = [w for w in words if len(w) > 3 and w[0].isalpha()]
    capital = sum(w[0].isupper() for w in titled)
    if not titled or len(words) > _LONGEST_HEADING or not paragraph[:1].isalnum() or paragraph[:1].islower():
        return False
    ends = not _END.search(paragraph) or bool(re.fullmatch(r"[^a-z]+", paragraph))
    return ends and capital >= 0.6 * len(titled)


def opens_item(paragraph: str) -> bool:
    """Return whether a paragraph of minutes is a numbered item that opens with its title: whoever spoke has ended.

    >>> opens_item("2. Dog licenses. The clerk read a letter."), opens_item("2. Mr. Roe moved to adjourn.")
    (True, False)
    """
    number = _ITEM.match(paragraph)
    cut = sentences(paragraph[number.end() :]) if number else []
    if number is None or len(cut) < 2:
        return False
    title = paragraph[number.end() :][cut[0][0] : cut[0][1]]
    return title.endswith(".") and words(title) <= _TITLE and not find_names(title)


def is_aside(sentence: str) -> bool:
    """Return whether the whole sentence stands in brackets: the word of an editor or recorder.

    >>> is_aside("[The meeting rose for lunch.]"), is_aside("(Mr. Roe then left.)"), is_aside("[We] agreed to that.")
    (True, True, False)
    """
    pair = {"[": "]", "(": ")"}.get(sentence[:1], "")
    return bool(pair) and sentence.rstrip(". ").endswith(pair) and sentence.count(sentence[0]) == 1


def is_recorded(paragraph: str) -> bool:
    """Return whether a paragraph of minutes is the recorder's note of what was decided, no speech.

    >>> is_recorded("Action: The clerk should write to the owners."), is_recorded("Action was urged by Mr. Roe.")
    (True, False)
    """
    return _RECORDED.match(paragraph) is not None
