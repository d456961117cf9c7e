"""Which windows tell of the matter of a record that is asked about, and whether of the record that is meant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.answer.meant import dated, dates_in
from qa.answer.ranking import standing_out
from qa.answer.windows import Window, text_of
from qa.question import Question
from qa.question.matters import tells
from qa.search.own_lines import told
from qa.search.reading import Reader
from qa.turns.records import TurnKind

Floats = NDArray[np.float32]


def told_of(reader: Reader, question: Question, windows: Sequence[Window]) -> Floats:
    """Return for each window of a record's own lines how much of the matters asked about it tells; 0 for all others."""
    if not question.matters:
        return np.zeros(len(windows), np.float32)
    return np.array([_told(reader, question.matters, w) for w in windows], np.float32)


def _told(reader: Reader, matters: tuple[str, ...], window: Window) -> float:
    if reader.turn(window.turn).kind is not TurnKind.APPARATUS:
        return 0.0
    return told(reader.document_of(window.turn), text_of(reader, window), matters)


def matter_features(
    reader: Reader, question: Question, windows: Sequence[Window], document: Floats, content: Floats
) -> dict[str, Floats]:
    """Return whether windows tell of the matters asked about, and whether of the document that is meant.

    `document` and `content` say how near the nearest of a window's document comes to the question and its content.
    """
    own = told_of(reader, question, windows)
    every = np.maximum(own, np.array([tells(text_of(reader, w), question.matters) for w in windows], np.float32))
    dates = dates_in(question.text)
    of_date = np.array([dated(dates, reader.document_of(w.turn).date) for w in windows], np.float32)
    return {
        "matter": every,
        "matter_in_apparatus": own,
        "matter_dated": every * of_date,
        "matter_document": np.sign(every) * standing_out(document),
        "matter_content": np.sign(every) * standing_out(content),
    }
