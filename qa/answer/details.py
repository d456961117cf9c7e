"""Whether a text gives the day, the hour or a name that a question asks for."""

from __future__ import annotations

import re

from qa.question.records import AnswerKind
from qa.text.tokens import tokens

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_DETAILS = (  # asked for, given
    (
        re.compile(r"(?i)\b(?:what|which) (?:exact )?(?:hour|time)\b|\bo.clock\b"),
        re.compile(
            r"(?i)\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b|\bo.clock\b|\bhours?\b|\bnoon\b|\bmidnight\b|\bmorning\b"
            r"|\bevening\b"
        ),
    ),
    (
        re.compile(r"(?i)\b(?:what|which|the) (?:exact )?(?:days?|dates?)\b|\bwhen exactly\b|\bexactly when\b"),
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)?\.? {_MONTH}|\b{_MONTH}\.? \d{{1,2}}\b|"
            r"\b\d{1,2}[./-]\d{1,2}[./-]\d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?i:\b(?:today|tomorrow|yesterday)\b)"
        ),
    ),
)
_NAMED = frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.LIST})
_INSIDE = re.compile(r"(?<=[\w,;’'\"“”)\]] )[A-Z][\w’'-]+")  # a sentence's first word is no sign of a name


def time_missed(question: str, text: str) -> bool:
    """Return whether the day or the hour is asked for and the text gives none.

    >>> [time_missed("On which day did he leave?", text) for text in ("In May.", "He left on 3 May.")]
    [True, False]
    """
    return any(asked.search(question) and not given.search(text) for asked, given in _DETAILS)


def name_missed(kind: AnswerKind, question: str, text: str) -> bool:
    """Return whether persons or places are asked for and no name stands inside a sentence but the question's own.

    >>> [name_missed(AnswerKind.PLACE, "Where did Roe go?", text) for text in ("He left Roe.", "Roe left for Acre.")]
    [True, False]
    >>> name_missed(AnswerKind.PERSON, "Who saw Roe?", "They all saw Roe.")
    True
    """
    known = {token.text.casefold() for token in tokens(question)}
    return kind in _NAMED and all(word.casefold() in known for word in _INSIDE.findall(text))
