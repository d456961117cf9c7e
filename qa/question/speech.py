"""The words by which a question asks for somebody's words: one table for all who read questions.

A question is marked before it is read: every word of the table becomes as many signs of its kind, so that a pattern
says `VERB` where it would else list hundreds of forms, and every offset stays what it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from qa.tables import lines

_IS_VERB, _IS_FINITE, _IS_HEARD, _IS_NOUN, _IS_BASE = 1, 2, 4, 8, 16
_FIRST = 0xE000  # Unicode's private use area, which no question has
_WORD = re.compile(r"[^\W\d_]+")


def _signs(kind: int) -> str:
    return f"[{''.join(chr(_FIRST + bits) for bits in range(32) if bits & kind)}]+"


VERB = _signs(_IS_VERB)  # of speech, writing or opinion, in any form
BASE = _signs(_IS_BASE)  # as it stands behind "did"
FINITE = _signs(_IS_FINITE)  # in a form that stands without "did"
HEARD = _signs(_IS_HEARD)  # whose object is addressed
NOUN = _signs(_IS_NOUN)  # for what somebody said, wrote or thought
SPEECH = _signs(_IS_VERB | _IS_NOUN)
NO_NOUN = r"(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s)(?<!\bhis\s)(?<!\bher\s)(?<!\btheir\s)(?<!\bof\s)(?<!\bin\s)"
DOES = r"\b(?:did|didn['’]?t|does|do|had|has|have|would|could|can|will|should)"
# "did the board of trade": a subject of a few words has an article at its head only, and no clause.
DID_HE = rf"{DOES}\s+(?:(?:the|an?|his|her|their)\s+)?(?:(?!(?:the|an?|who|which|that)\b)\S+\s+){{1,6}}?"


def marked(text: str) -> str:
    """Return a text of the same length in which the words of speech are signs.

    >>> bool(re.search(f"did he {VERB}", marked("What did he say?")))
    True
    """
    table = _table()

    def sign(word: re.Match[str]) -> str:
        bits = table.get(word.group().casefold())
        return chr(_FIRST + bits) * len(word.group()) if bits else word.group()

    return _WORD.sub(sign, text)


@cache
def _table() -> Mapping[str, int]:
    """Return what each form of the words of speech can be."""
    table: dict[str, int] = defaultdict(int)
    for forms, heard in _verbs():
        for form in forms:
            table[form] |= _IS_VERB | (_IS_HEARD if heard else 0)
        table[forms[0]] |= _IS_BASE
        for form in forms[1:4]:
            table[form] |= _IS_FINITE
    for noun in lines("asked_nouns.txt"):
        for form in (noun, f"{noun}s"):
            table[form] |= _IS_NOUN
    return dict(table)


def _verbs() -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield the forms of each verb (base, third person, past, participle, gerund), and whether its object hears."""
    known = {forms[0]: forms for forms in (tuple(line.split("|")[0].split()) for line in lines("speech_verbs.txt"))}
    for line in lines("asked_verbs.txt"):
        words, _, mark = line.partition("|")
        forms = tuple(words.split())
        yield (forms if len(forms) > 1 else known[forms[0]]), mark.strip() == "heard"
