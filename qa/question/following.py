"""Questions that follow one another: whom "he" or "she" means is told by the question before."""

from __future__ import annotations

import re

from qa.question.records import Question
from qa.question.understanding import Known

_SUBJECT = re.compile(r"(?i)\b(?:he|she)\b")
_OBJECT = re.compile(r"(?i)\bhim\b|\bher\b(?=\s*(?:$|[?.,;]|(?:about|of|on|to|in|at|for|that|why|when|how|what)\b))")
_OWN = re.compile(r"(?i)\b(?:his|her)\b(?=\s+\w)")
_BACK = re.compile(r"(?i)\b(?:repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?|react(?:ed)?|say back|retort(?:ed)?)\b")


def followed(text: str, before: Question, known: Known) -> str:
    """Return a question with its "he" and "her" named after the people of the question before, where they are certain.

    Who spoke goes on speaking, and whom he spoke to listens; of a reply it is the other way round. Where the question
    before named several people, and none of them as speaking, nothing is put in.
    """
    named = {m.name for m in known.find(text)}
    speaker, hearer = ([p for p in group if p not in named][:1] for group in (before.speakers, before.addressees))
    alone = [p for p in before.people if p not in named] if len(before.people) == 1 else []
    if _BACK.search(text) and hearer:
        speaker, hearer = hearer, speaker
    subject = speaker or alone
    listener = hearer if _SUBJECT.search(text) else hearer or subject
    for pattern, meant, end in ((_SUBJECT, subject, ""), (_OBJECT, listener, ""), (_OWN, subject, "'s")):
        for name in meant:
            text = f"{name}{end}".join(pattern.split(text))
    return text
