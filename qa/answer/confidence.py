"""How probable it is that the first answer answers: a small logistic model on a handful of named signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.answer import wordwise
from qa.answer.amounts import amount_missed
from qa.answer.details import name_missed, time_missed
from qa.answer.features import NAMES
from qa.answer.meant import dates_in
from qa.question.records import AnswerKind, Question

Row = NDArray[np.float32]
SIGNS = (
    "meaning",
    "content",
    "passage",
    *wordwise.NAMES,
    "words",
    "content_words",
    "words_around",  # words in the window, the sentences before it or its document's head
    "rarest_word",  # whether the question's rarest word stands there
    "speaker_agrees",
    "speaker_differs",
    "addressee_agrees",
    "wrong_way",
    "people",
    "date_agrees",
    "date_differs",
    "judged",  # read together with the question, one of the best windows answers
    "lead",  # how far the first is ahead of the next answer
    "score",
    "unknown_words",  # share of the question's words that the archive has nowhere
    "unknown_names",  # whether there is a proper name among them
    "names_apart",  # share of the other proper names that do not stand in or around the answer
    "speaker_absent",  # the one asked about speaks nowhere
    "pair_absent",  # the one asked about never speaks to the other
    "kind_missed",  # a number, day, person or reason is asked for and none stands there
    "amount_missed",  # a number is asked for, and none of that thing or unit stands there
    "period_absent",  # nothing in the archive is of the period asked about
    "time_missed",  # the day or the hour is asked for and none stands there
    "name_missed",  # persons or places are asked for and only those of the question stand there
    "matter_missed",  # a matter of publication is asked about and nothing there tells of it
    "matter_elsewhere",  # it is told of a document of another date than the question's
    "other_voice",  # a person's words are asked for and these are another's
    "stranger",  # who is said to speak or to be spoken to is named nowhere
)
# Not fitted, since hidden documents make unanswerable questions that name nothing new. Nobody who is named nowhere said
# or heard anything here. Another's words answer no question for somebody's: of 211 right first answers of the
# development split none is so, of the 296 others two, both to questions that the archive does not answer. A proper name
# that stands nowhere is in 1.6 % of the questions that FriendsQA, QMSum and SelQA answer, and in 16 % of the
# unanswerable ones of the development split: the weight is the logarithm of the ratio.
CERTAIN = {"stranger": -12.0, "other_voice": -6.0, "unknown_names": -2.3}


_SHOWN = {
    AnswerKind.NUMBER: "number",
    AnswerKind.DATE: "day",
    AnswerKind.PERSON: "person",
    AnswerKind.REASON: "reason",
}


@dataclass(frozen=True, slots=True)
class Absent:
    """What of a question the archive has nowhere: words, proper names, the speaker, the pair of persons, the period.

    `known` are the proper names that it has, people apart, each as the terms that may stand for it; `stranger` tells
    that somebody who is said to speak or to be spoken to is named nowhere.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    known: tuple[frozenset[str], ...] = ()
    speaker: bool = False
    pair: bool = False
    period: bool = False
    stranger: bool = False


def signs_of(
    question: Question,
    row: Row,
    scores: Sequence[float],
    weights: Mapping[str, float],
    near: frozenset[str],
    absent: Absent,
    text: str = "",
    judged: float = 0.0,
) -> dict[str, float]:
    """Return the signs of the first answer.

    Args:
        question: What was asked.
        row: The answer's features (`qa.answer.features.NAMES`).
        scores: The answers' scores, best first.
        weights: The question's words with their rarity; those the archive has nowhere have none.
        near: The search terms in and around the answer.
        absent: What of the question the archive has nowhere.
        text: The answer's words.
        judged: How sure the judge is that one of the best windows answers.
    """
    of = dict(zip(NAMES, map(float, row), strict=True))
    unknown = max(weights.values(), default=1.0) * len(absent.words)  # what stands nowhere is as rare as can be
    total = sum(weights.values()) + unknown
    rarest = max(weights, key=lambda t: weights[t], default="")
    return {
        "meaning": of["meaning"],
        "content": of["content"],
        "passage": of["passage"],
        **{name: of[name] for name in wordwise.NAMES},
        "words": of["words"],
        "content_words": of["content_words"] * (1 - len(absent.words) / max(len(question.terms), 1)),
        "words_around": sum(w for t, w in weights.items() if t in near) / total if total else 0.0,
        "rarest_word": float(rarest in near),
        "speaker_agrees": of["speaker"],
        "speaker_differs": float(bool(question.speakers)) - of["speaker"],
        "addressee_agrees": of["addressee"],
        "wrong_way": of["wrong_way"],
        "people": of["people"] if question.people else 0.5,
        "date_agrees": of["date"],
        "date_differs": of["other_date"],
        "judged": judged,
        "lead": scores[0] - scores[1] if len(scores) > 1 else 0.0,
        "score": scores[0] if len(scores) else 0.0,
        "unknown_words": len(absent.words) / len(question.terms) if question.terms else 1.0,
        "unknown_names": float(bool(absent.names)),
        "names_apart": sum(map(near.isdisjoint, absent.known)) / max(len(absent.known), 1),
        "speaker_absent": float(absent.speaker),
        "pair_absent": float(absent.pair),
        "amount_missed": float(question.kind is AnswerKind.NUMBER and amount_missed(question.text, text)),
        "kind_missed": float(question.kind in _SHOWN and not of[_SHOWN[question.kind]]),
        "period_absent": float(absent.period),
        "time_missed": float(time_missed(question.text, text)),
        "name_missed": float(name_missed(question.kind, question.text, text)),
        "matter_missed": float(bool(question.matters) and not of["matter"]),
        "other_voice": of["other_voice"],
        "stranger": float(absent.stranger),
        "matter_elsewhere": float(bool(question.matters and dates_in(question.text)) and not of["dated"]),
    }
