"""Whether words hold what a question's kind asks for: a number, a reason, a day, a person."""

from __future__ import annotations

import re

from qa.answer.amounts import NUMBER
from qa.question import AnswerKind, Question
from qa.text import tokens

_REASON = re.compile(
    r"\b(?:because|since|in order to|so that|so as to|therefore|due to|reasons?|thanks to|as a result|owing to"
    r"|in view of|considering|consequently|lest|for fear|otherwise)\b",
    re.I,
)
_DAY = re.compile(
    r"\b\d{4}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|morning"
    r"|evening|yesterday|today|tomorrow|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+|\b(?:[Cc]omrade|Mr|Mrs|Dr|General)\.?\s+[A-Z]"
)
_KINDS = (
    (AnswerKind.NUMBER, "number", NUMBER),
    (AnswerKind.REASON, "reason", _REASON),
    (AnswerKind.DATE, "day", _DAY),
)


def of_kind(question: Question, text: str, shown: str) -> dict[str, float]:
    """Return 1 for the sign of the question's kind if a text shows it, nothing else.

    `shown` is the text behind the label under which it is said, since that names somebody too.
    """
    if question.kind is AnswerKind.PERSON:
        return {"person": float(_names_another(question.text, shown))}
    return {name: 1.0 for kind, name, sign in _KINDS if question.kind is kind and sign.search(text)}


def _names_another(question: str, text: str) -> bool:
    """Return whether a text has a name that the question has not."""
    asked = {token.text for token in tokens(question)}
    return any(not asked.issuperset(t.text for t in tokens(name.group())) for name in _NAME.finditer(text))
