"""Questions and replies in labelled talk: "How many?", and "Five." in the next turn, whoever gives it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.search.filtering import Mask
from qa.search.reading import Reader
from qa.text import is_question, words
from qa.turns.records import Basis, Turn

_SHORT = 5  # words: a question so short ("Is that so?") is asked together with the sentence before it
_MOST = 2  # sentences


def question_before(reader: Reader, turn: int) -> int:
    """Return how many sentences right before a turn ask what it replies to, 0 where it is no reply."""
    if turn == 0 or not _is_reply(reader.turn(turn), reader.turn(turn - 1)):
        return 0
    asking = reader.turn(turn - 1)
    last = len(asking.sentences) - 1
    if not is_question(reader.sentence(turn - 1, last)):
        return 0
    short = words(reader.sentence(turn - 1, last)) <= _SHORT and last > 0
    return _MOST if short else 1


def _is_reply(turn: Turn, before: Turn) -> bool:
    """Return whether somebody speaks under a label right behind another."""
    if turn.document != before.document or turn.speaker is None or before.speaker is None:
        return False
    labelled = turn.speaker.basis is Basis.LABEL and before.speaker.basis is Basis.LABEL
    return labelled and turn.speaker.name != before.speaker.name


def replies(reader: Reader, passages: NDArray[np.int64], allowed: Mask) -> NDArray[np.int64]:
    """Return the permitted passages that begin a reply to the question with which one of the passages ends."""
    turns = reader.index.columns.turn
    behind = [n + 1 for n in passages.tolist() if n + 1 < len(turns) and allowed[n + 1] and turns[n + 1] != turns[n]]
    return np.array([n for n in behind if question_before(reader, int(turns[n]))], np.int64)
