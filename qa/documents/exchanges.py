"""Questions and answers that run on in one paragraph, as old reports of trials print them: "Q. Why? - A. It rained"."""

from __future__ import annotations

import re

from qa.spans import Span, trim

_TURN = re.compile(r"(?<=[.?!:;)\"”’])\s+(?:[-–—]{1,2}\s*)?(?=(?P<letter>[QA])\.\s+[\"“(\[]?[A-Z])")
_ASKS = re.compile(r"\s*Q\.\s")
_LABEL = re.compile(r"\s*(?!.*\bby\b)[A-Z][\w’'.]*(?: [A-Z][\w’'.]*){0,2}\.")  # "Court. Q. Why?" is the court's


def exchanges(text: str, block: Span) -> list[Span]:
    r"""Return a block cut where a question or an answer begins; whole where not both run on in it.

    >>> text = "Q. Why? - A. It rained. Q. How long? A. Not long."
    >>> [text[s.start : s.end] for s in exchanges(text, Span(0, len(text)))]
    ['Q. Why?', 'A. It rained.', 'Q. How long?', 'A. Not long.']
    """
    turns = list(_TURN.finditer(text, block.start, block.end))
    letters = ("Q" if _ASKS.match(text, block.start) else "") + "".join(m["letter"] for m in turns)
    if "QA" not in letters:
        return [block]
    bounds = [(block.start, block.start)]  # where a turn ends and the next begins
    for turn in turns:
        if turn["letter"] == "A" or not _LABEL.fullmatch(text, bounds[-1][1], turn.start()):
            bounds.append((turn.start(), turn.end()))
    ends = [end for end, _ in bounds[1:]] + [block.end]
    spans = (trim(text, start, end) for (_, start), end in zip(bounds, ends, strict=True))
    return [span for span in spans if span is not None]
