"""Questions about a publication or a record itself: who translated, signed, was present, where it is held."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.question.speech import BASE, DID_HE, DOES, NO_NOUN, marked
from qa.question.spelling import mended
from qa.text import fold

# "What did he say of the signature?", not "Where can one read his answer?"
_TO_WHOM = re.compile(r"\W*(?:and )?(?:to )?whom?\b(?!.*\b(?:say|said|tell|told)\b)")
_ASKS_WORDS = re.compile(rf"(?!{DOES}\s+(?:one|i|we|you)\b){DID_HE}{NO_NOUN}{BASE}")


@dataclass(frozen=True, slots=True)
class Matter:
    """How a matter is asked about and told of (patterns); `none` is said where an archive has no form of `sign`."""

    asked: str
    told: str
    sign: str = ""
    none: str = ""


@cache
def matters() -> Mapping[str, Matter]:
    """Return the matters by name (`qa/data/matters.toml`)."""
    rows = tomllib.loads((files("qa") / "data" / "matters.toml").read_text(encoding="utf-8"))
    return {
        name: Matter(row["asked"], row["told"], row.get("sign", ""), row.get("none", "")) for name, row in rows.items()
    }


def matters_asked(question: str) -> tuple[str, ...]:
    """Return the matters that a question asks about; none where it asks what somebody said of them.

    >>> matters_asked("Who translated the letter, and where is it kept?")
    ('translator', 'held')
    >>> matters_asked("What did the board say of the signature?")
    ()
    """
    folded = mended(fold(question))
    if _ASKS_WORDS.search(marked(folded)) and not _TO_WHOM.match(folded):
        return ()
    return tuple(name for name, matter in matters().items() if re.search(matter.asked, folded))


def tells(text: str, asked: tuple[str, ...]) -> float:
    """Return the share of the matters about which a text may tell; 0 when none is asked about.

    >>> tells("Translated by Ann Roe.", ("translator", "held"))
    0.5
    """
    if not asked:
        return 0.0
    folded = fold(text)
    return sum(re.search(matters()[m].told, folded) is not None or _raw(text, m) for m in asked) / len(asked)


def _raw(text: str, matter: str) -> bool:
    """Return whether the unfolded text shows a sign that folding takes away (brackets, quotation marks)."""
    return re.search(matters()[matter].told, text) is not None
