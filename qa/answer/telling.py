"""Which windows tell of the matter of a record that is asked about."""

from __future__ import annotations

from qa.answer.windows import Window, text_of
from qa.question import Question
from qa.question.matters import tells
from qa.search.own_lines import told
from qa.search.reading import Reader
from qa.turns.records import TurnKind


def is_own(reader: Reader, window: Window) -> bool:
    """Return whether a window is of a record's own lines."""
    return reader.turn(window.turn).kind is TurnKind.APPARATUS


def told_by(reader: Reader, question: Question, window: Window) -> float:
    """Return how much of the matters asked about a window tells: by its words, a record's own line by a name too."""
    text = text_of(reader, window)
    if is_own(reader, window):
        return told(reader, reader.document_of(window.turn), text, question.matters)
    return tells(text, question.matters)
