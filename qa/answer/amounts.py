"""Whether a text gives the amount that a question asks for: of that thing, in a unit of that kind."""

from __future__ import annotations

import re

from qa.text.stemming import stem
from qa.text.tokens import tokens

NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?"
    r"|twice|several|half|both|once|single)\b",
    re.I,
)
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_THING = re.compile(
    r"(?i)\bhow (?:many|much)\s+(?:more\s+|of\s+|the\s+)*(?!(?:did|do|does|was|were|is|are|has|have|had)\b)"
    rf"({_WORD}(?:\s+{_WORD}){{0,3}})"
)
_VERB = re.compile(
    r"(?i)\s+(?:did|do|does|was|were|is|are|has|have|had|would|will|can|could|should|may|might|from|for|to|in|of)\b.*"
)
_UNITS = (
    (
        re.compile(r"(?i)\bhow long\b"),
        re.compile(r"(?i)(?:second|minute|hour|day|night|week|month|year|decade|centur)(?:s|y|ies)?"),
    ),
    (
        re.compile(r"(?i)\b(?:price|cost|costs|paid|pay|spend|spent|worth|salary|wages?|sum of money)\b"),
        re.compile(
            r"(?i)(?:rubles?|roubles?|dollars?|cents?|pounds?|shillings?|pence|francs?|marks?|yuan|yen|won|lir[ae]|pesos?"
            r"|rupees?|crowns?|kron(?:or|er)|guilders?|euros?|percent)"
        ),
    ),
)
_MONEY = re.compile(r"[$£€¥]\s?\d")
_REACH = 5  # words between a number and the thing that it counts


def amount_missed(question: str, text: str) -> bool:
    """Return whether an amount is asked for and the text gives none of that thing or in such a unit.

    >>> [amount_missed("How many ships?", text) for text in ("He lost his ships.", "Six old ships")]
    [True, False]
    """
    words = [token.text for token in tokens(text)]
    after = [words[n + 1 : n + 1 + _REACH] for n, word in enumerate(words) if NUMBER.search(word)]
    if not after:
        return True
    for asking, units in _UNITS:
        if asking.search(question):
            return not _MONEY.search(text) and not any(units.fullmatch(word) for near in after for word in near)
    thing = _THING.search(question)
    if thing is None:
        return False
    wanted = {stem(token.text) for token in tokens(_VERB.sub("", thing.group(1)))}
    return not any(stem(word) in wanted for near in after for word in near)
