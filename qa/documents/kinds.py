"""What kind of document a heading announces."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

UNKNOWN = "document"


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each kind with the pattern of the words that name it (`qa/data/kinds.toml`)."""
    table = tomllib.loads((files("qa") / "data" / "kinds.toml").read_text(encoding="utf-8"))
    return tuple((kind, re.compile(rf"\b(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)) for kind, words in table.items())


def kind_of(heading: str) -> str:
    """Return the kind that a heading names, "document" where it names none.

    The first word that names a kind decides ("Telegram ... transmitting a letter" is a telegram); of two that begin
    at one place the longer, so that a memorandum of conversation is no mere memorandum.

    >>> kind_of("Memorandum of Conversation, by the Assistant Secretary")
    'memorandum of conversation'
    >>> kind_of("The Consul at Harbin to the Secretary of State")
    'document'
    """
    text = " ".join(heading.split())
    found = [(match.start(), match.start() - match.end(), kind) for kind, match in _matches(text)]
    return min(found)[2] if found else UNKNOWN


def _matches(text: str) -> list[tuple[str, re.Match[str]]]:
    return [(kind, match) for kind, pattern in kinds() if (match := pattern.search(text))]
