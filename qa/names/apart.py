"""East Asian names of which each syllable is a word: "Kim To Man", "Lee Song Min", whatever else the syllables mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from qa.names.asian import korean
from qa.names.scan import Role, Token
from qa.names.tables import fold, is_english
from qa.text import stop_words

_SYLLABLE = 6  # letters: "Hyeong" is as long as a syllable gets without an apostrophe
_ONE = re.compile(r"[^aeiou]*[aeiou]+[^aeiou]*")
_NO_PLACE = Role.ORGANISATION | Role.PLACE


def spelled_apart(text: str, stream: Sequence[Token], at: int, joined: Callable[[str, Token, Token], bool]) -> int:
    """Return the number of words of the Korean name that begins at the word, syllable by syllable; 0 where none does.

    Three capitalised words, the first a family name, the others a syllable each, alone among words that are not: what
    the syllables mean in English does not matter ("Kim To Man"). A family name that is a common word itself, and a
    name of two words, need a syllable that is no word.
    """
    core = stream[at : at + 3]
    if not core[0].is_a(Role.CAPITAL) or len(core[0].text) > _SYLLABLE or not korean(core[0].text):
        return 0
    for count in (3, 2):
        core = stream[at : at + count]
        if len(core) == count and _apart(text, stream, at, count, joined) and _is_name(core):
            return count
    return 0


def _apart(
    text: str, stream: Sequence[Token], at: int, count: int, joined: Callable[[str, Token, Token], bool]
) -> bool:
    """Return whether the words stand together, and no further capitalised word beside them."""
    words = stream[at : at + count]
    if not all(joined(text, a, b) and text[a.end : b.start] == " " for a, b in pairwise(words)):
        return False
    before = stream[at - 1] if at else None
    after = stream[at + count] if at + count < len(stream) else None
    beside = [before is not None and joined(text, before, words[0]) and _is_other(before)]
    beside.append(after is not None and joined(text, words[-1], after) and after.is_a(Role.CAPITAL))
    return not any(beside)


def _is_other(before: Token) -> bool:
    titled = before.is_a(Role.TITLE | Role.HEAD | Role.OFFICE | Role.ORDINARY | Role.GLUE)
    return before.is_a(Role.CAPITAL) and not titled


def _is_name(core: Sequence[Token]) -> bool:
    given = core[1:]
    if not all(t.is_a(Role.CAPITAL) and 1 <= len(t.text) <= _SYLLABLE for t in given):
        return False
    if any(t.text.isupper() and len(t.text) > 1 for t in core) or not _one_syllable_each(core):
        return False
    sure = any(t.is_a(Role.NAME) for t in given)
    first = fold(core[0].text)
    if first in stop_words():
        return False
    common = is_english(first) and not core[0].is_a(Role.GIVEN)
    return sure if common or len(core) < 3 else not all(t.is_a(_NO_PLACE) for t in given)


def _one_syllable_each(core: Sequence[Token]) -> bool:
    """Return whether the words read as a Korean name of as many syllables as words."""
    whole = " ".join(t.text for t in core)
    return all(_ONE.fullmatch(fold(t.text)) for t in core) and bool(korean(whole))
