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
from qa.search.reading import Reader
from qa.turns.records import TurnKind

Floats = NDArray[np.float32]


def told_of(reader: Reader, question: Question, windows: Sequence[Window]) -> Floats:
    """Return for each window of a record's own lines how much of the matters asked about it tells; 0 for all others."""
    if not question.matters:
        return np.zeros(len(windows), np.float32)
    own = [reader.turn(w.turn).kind is TurnKind.APPARATUS for w in windows]
    told = (tells(text_of(reader, w), question.matters) if o else 0.0 for w, o in zip(windows, own, strict=True))
    return np.array(list(told), np.float32)


def matter_features(
    reader: Reader, question: Question, windows: Sequence[Window], document: Floats, content: Floats
) -> dict[str, Floats]:
    """Return whether windows tell of the matters asked about, and whether of the document that is meant.

    `document` and `content` say how near the nearest of a window's document comes to the question and its content.
    """
    told = np.array([tells(text_of(reader, w), question.matters) for w in windows], np.float32)
    dates = dates_in(question.text)
    of_date = np.array([dated(dates, reader.document_of(w.turn).date) for w in windows], np.float32)
    return {
        "matter": told,
        "matter_in_apparatus": told_of(reader, question, windows),
        "matter_dated": told * of_date,
        "matter_document": np.sign(told) * standing_out(document),
        "matter_content": np.sign(told) * standing_out(content),
    }
