"""Numbered points of one who announces them: "Roe reviewed the year:", then paragraphs "1. ...", "2. ..."."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.turns.state import State

_NUMBER = re.compile(r"\(?(\d{1,2})[.)]:?\s")


def at_point(sentence: str, state: State) -> State:
    """Return the state at the beginning of a paragraph: the next of announced points is of who announced them."""
    number = int(match[1]) if (match := _NUMBER.match(sentence)) else 0
    if number == 1 and state.held:
        return replace(state, points=state.floor, point=1)
    if state.points is None or not number or number != state.point + 1:
        return state
    return replace(state, floor=state.points, held=True, point=number)
