"""The best windows as a judge reads them beside the question: does one of them answer it?"""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer.windows import Window, text_of
from qa.embedding import Judge, Reading
from qa.question import Question
from qa.search.reading import Reader
from qa.text import is_question

READ = 5  # more of them cost time and tell no more (see eval/experiments.md)


def judged(reader: Reader, judge: Judge, question: Question, windows: Sequence[Window]) -> float:
    """Return how sure the judge is of the one of the best windows of which it is surest; 0 where there is none.

    It learnt from prose, and takes a question that is asked again for its answer, so such windows are passed over.
    """
    readings = [reading_of(reader, window) for window in windows[:READ]]
    told = [r for r in readings if not is_question(r.text)] or readings
    return float(judge.judge(question.text, told).max()) if told else 0.0


def reading_of(reader: Reader, window: Window) -> Reading:
    """Return a window as it is read: its words, who says them to whom, in what, on which day, the sentence before."""
    turn, document = reader.turn(window.turn), reader.document_of(window.turn)
    hearers = ", ".join(person.name for person in turn.addressees)
    speaker = turn.speaker.name if turn.speaker is not None else ""
    who = f"{speaker} to {hearers}:" if speaker and hearers else f"{speaker}:" if speaker else ""
    date = turn.date or document.date
    head = " ".join(filter(None, (who, f"{document.title}.", date.iso if date else "")))
    before = reader.before(window.turn, window.first, 1)
    return Reading(text_of(reader, window), head, reader.sentence(*before[0]) if before else "")
