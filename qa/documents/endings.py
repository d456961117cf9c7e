"""How a text ends: as a sentence does, in the middle of one, or as a list."""

from __future__ import annotations

import re

from qa.spans import collapse
from qa.text import sentences

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_END = re.compile(rf"[.!?:;…][\"'”’»)\]*_{_SUPERSCRIPTS}]*\s*$")
_REMARK = re.compile(r"(?:\s*\**\[[^\][]{1,40}\]\**[\"”’]?)+\s*$")  # "[...]" or "[Document 4]" behind the sentence
_FEW_LINES, _SHORT_LINE = 2, 60  # more lines than two, none longer than this, are a list


def is_closed(text: str) -> bool:
    """Return whether the text ends as a sentence ends.

    >>> is_closed("He left.”²"), is_closed("It is not clear why")
    (True, False)
    """
    return _END.search(_REMARK.sub("", text[-80:])[-12:]) is not None


def is_open_prose(text: str) -> bool:
    """Return whether the text is running prose that stops in the middle of a sentence.

    Two signs: it holds the end of an earlier sentence, or it is long and ends on a small word.

    >>> is_open_prose("He went home. It was not until the"), is_open_prose("Letter to the Editor")
    (True, False)
    """
    if is_closed(text) or is_list(text):
        return False
    return len(sentences(collapse(text))) > 1 or (len(text.split()) >= 12 and text.rstrip()[-1:] in ",–—-")


def is_list(text: str) -> bool:
    r"""Return whether short lines stand below a heading of one line, as a list of people does.

    >>> is_list("PRESENT\nU.S.\nMr. Roe\nMr. Poe"), is_list("He went home. It\nwas not until the")
    (True, False)
    """
    lines = text.strip().split("\n")
    return len(lines) > _FEW_LINES and all(
        len(line) <= _SHORT_LINE and line[:1].isupper() for line in map(str.strip, lines)
    )
