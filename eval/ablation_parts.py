"""What an ablation switches off: the parts of the answering by name, and a question's windows without one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eval.fit import Asked
from qa.answer import features, wordwise
from qa.answer.confidence import SIGNS
from qa.answer.windows import Window


@dataclass(frozen=True)
class Part:
    """What is switched off: signs of windows, of the confidence; or which windows may answer."""

    name: str
    signs: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    windows: str = ""

    @property
    def reranks(self) -> bool:
        """Return whether answers change order without it, and not only how much they are believed."""
        return bool(self.signs or self.windows)


WEAKEST = ("weakest_words", "weakest_content", "weakest_before")
CONTENT = ("content_by_word", "weakest_content")
AROUND = ("by_word_before", "weakest_before")
PARTS = (
    Part("vectors of question and passage", ("meaning", "content", "passage"), ("meaning", "content", "passage")),
    Part("words of passage and quotation", ("words", "content_words", "passage_words"),
         ("words", "content_words", "rarest_word")),
    Part("words of context and heading", ("words_before", "words_in_head"), ("words_around",)),
    Part("who said it to whom",
         ("speaker", "other_speaker", "addressee", "pair", "wrong_way", "people", "people_in_head",
          "own_words", "other_voice"),
         ("speaker_agrees", "speaker_differs", "addressee_agrees", "wrong_way", "people", "pair_absent")),
    Part("dates", ("date", "other_date", "dated", "other_time"), ("date_agrees", "date_differs", "period_absent")),
    Part("kind of answer wanted", ("number", "reason", "day", "person", "words_of_somebody"),
         ("kind_missed", "time_missed", "name_missed")),
    Part("matters of publication",
         ("matter", "matter_in_apparatus", "matter_dated", "matter_document", "matter_content", "matter_people"),
         ("matter_missed", "matter_elsewhere")),
    Part("of it, which document is meant",
         ("matter_dated", "matter_document", "matter_content", "matter_people"), ("matter_elsewhere",)),
    Part("place and form", ("apparatus", "note", "introduces", "question", "replied", "slight")),
    Part("nearness of the document", ("document",)),
    Part("primary before secondary", ("primary",)),
    Part("word by word", wordwise.NAMES, wordwise.NAMES),
    Part("of it, the weakest words", WEAKEST, WEAKEST),
    Part("of it, the content apart", CONTENT, CONTENT),
    Part("of it, the sentences before", AROUND, AROUND),
    Part("confidence: what the archive lacks", (),
         ("unknown_words", "unknown_names", "pair_absent", "period_absent", "other_voice", "stranger")),
    Part("confidence: the cross-encoder", (), ("judged",)),
    Part("confidence: word by word", (), wordwise.NAMES),
    Part("confidence: who said it to whom", (),
         ("speaker_agrees", "speaker_differs", "addressee_agrees", "wrong_way", "people")),
    Part("quotations of more than one sentence", windows="one sentence"),
    Part("quotations shorter than they may be", windows="longest"),
)  # fmt: skip


def all_parts() -> tuple[Part, ...]:
    """Return the parts, signs that are in none of them as one more."""
    named = {name for part in PARTS for name in part.signs}
    rest = tuple(name for name in features.NAMES if name not in named)
    return (*PARTS, Part("the rest", rest)) if rest else PARTS


def single_parts() -> tuple[Part, ...]:
    """Return a part for each sign by itself; a sign that also tells how far an answer is believed, for both."""
    names = dict.fromkeys((*features.NAMES, *SIGNS))
    return tuple(
        Part(name, (name,) if name in features.NAMES else (), (name,) if name in SIGNS else ()) for name in names
    )


def without(question: Asked, part: Part) -> Asked:
    """Return the question with the part's signs blanked, or the windows dropped that may not answer.

    A blanked sign is one number throughout: scaled, it is nothing.
    """
    scored = question.scored
    rows = scored.rows.copy()
    rows[:, [i for i, name in enumerate(features.NAMES) if name in part.signs]] = 0.0
    kept = np.flatnonzero(_kept(scored.windows, part.windows))
    windows = tuple(scored.windows[i] for i in kept)
    left = replace(scored, windows=windows, scores=scored.scores[kept], rows=rows[kept])
    return replace(question, scored=left, right=question.right[kept])


def _kept(windows: Sequence[Window], which: str) -> NDArray[np.bool_]:
    """Return which windows may answer: those of one sentence, the longest of each beginning, or all."""
    if which == "one sentence":
        return np.array([w.end - w.first == 1 for w in windows], np.bool_)
    if which == "longest":
        most: dict[tuple[int, int], int] = {}
        for w in windows:
            most[w.turn, w.first] = max(most.get((w.turn, w.first), 0), w.end)
        return np.array([w.end == most[w.turn, w.first] for w in windows], np.bool_)
    return np.ones(len(windows), np.bool_)
