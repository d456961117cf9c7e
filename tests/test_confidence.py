"""The signs of how probable it is that the first answer answers."""

import numpy as np
import pytest

from qa.answer import features
from qa.answer.confidence import SIGNS, Absent, signs_of
from qa.answer.ranking import Ranking, fitted, logistic
from qa.question import AnswerKind, Question

ASKED = Question(
    "What did Roe tell Li?",
    AnswerKind.WORDS,
    speakers=("Anna Roe",),
    addressees=("Li Wei",),
    terms=("roe", "tell", "li", "treaty"),
    about=("treaty",),
)
PLAIN = Question("Which treaty?", AnswerKind.FACT, terms=("treaty", "coal"), about=("treaty", "coal"))
MATTER = Question("Who translated the letter of 3 May 1911?", AnswerKind.PUBLICATION, matters=("translator",))
WEIGHTS = {"treaty": 3.0, "coal": 1.0}


def signs(question=PLAIN, row=None, scores=(2.0, 1.5), weights=WEIGHTS, near=("treaty",), absent=None):
    given = np.array([(row or {}).get(name, 0.0) for name in features.NAMES], np.float32)
    return signs_of(question, given, scores, weights, frozenset(near), absent or Absent())


def test_there_is_one_value_for_every_sign():
    assert set(signs()) == set(SIGNS)
    assert all(np.isfinite(value) for value in signs().values())


ROWS = [
    ({"row": {"meaning": 0.5}}, "meaning", 0.5),
    ({"row": {"word_by_word": 0.75}}, "word_by_word", 0.75),
    ({"row": {"weakest_before": 0.25}}, "weakest_before", 0.25),
    ({}, "words_around", 0.75),
    ({"near": ("coal",)}, "words_around", 0.25),
    ({"near": ("coal", "treaty")}, "words_around", 1.0),
    ({"near": ()}, "words_around", 0.0),
    ({"weights": {}}, "words_around", 0.0),
    ({}, "rarest_word", 1.0),
    ({"near": ("coal",)}, "rarest_word", 0.0),
    ({"question": ASKED, "row": {"speaker": 1.0}}, "speaker_agrees", 1.0),
    ({"question": ASKED, "row": {"speaker": 1.0}}, "speaker_differs", 0.0),
    ({"question": ASKED}, "speaker_differs", 1.0),
    ({}, "speaker_differs", 0.0),
    ({"question": ASKED, "row": {"wrong_way": 1.0}}, "wrong_way", 1.0),
    ({"question": ASKED, "row": {"people": 1.0}}, "people", 1.0),
    ({}, "people", 0.5),
    ({}, "lead", 0.5),
    ({"scores": (2.0,)}, "lead", 0.0),
    ({"scores": ()}, "score", 0.0),
    ({}, "unknown_words", 0.0),
    ({"absent": Absent(words=("coal",))}, "unknown_words", 0.5),
    ({"question": Question("?", AnswerKind.FACT)}, "unknown_words", 1.0),
    ({"absent": Absent(names=("Oslo",))}, "unknown_names", 1.0),
    ({"absent": Absent(names=("A", "B", "C"))}, "unknown_names", 1.0),
    ({"absent": Absent(known=(frozenset({"oslo"}),))}, "names_apart", 1.0),
    ({"absent": Absent(known=(frozenset({"oslo"}), frozenset({"norway", "treaty"})))}, "names_apart", 0.5),
    ({"absent": Absent(pair=True)}, "pair_absent", 1.0),
    ({"absent": Absent(period=True)}, "period_absent", 1.0),
    ({"absent": Absent(stranger=True)}, "stranger", 1.0),
    ({"question": ASKED, "row": {"other_voice": 1.0}}, "other_voice", 1.0),
    ({"question": MATTER, "row": {"matter": 0.0}}, "matter_missed", 1.0),
    ({"question": MATTER, "row": {"matter": 1.0}}, "matter_missed", 0.0),
    ({"row": {"matter": 0.0}}, "matter_missed", 0.0),
    ({"question": MATTER, "row": {"dated": 0.0}}, "matter_elsewhere", 1.0),
    ({"question": MATTER, "row": {"dated": 1.0}}, "matter_elsewhere", 0.0),
]


@pytest.mark.parametrize(("given", "name", "value"), ROWS, ids=[f"{n}={v}" for _, n, v in ROWS])
def test_a_sign(given, name, value):
    assert signs(**given)[name] == pytest.approx(value)


WORSE = [
    ({"row": {"meaning": 0.8}}, {"row": {"meaning": 0.3}}),
    ({"row": {"weakest_before": 0.8}}, {"row": {"weakest_before": 0.3}}),
    ({}, {"absent": Absent(names=("Roe",))}),
    ({}, {"absent": Absent(period=True)}),
    ({}, {"row": {"other_voice": 1.0}}),
]


@pytest.mark.parametrize(("better", "worse"), WORSE)
def test_the_fitted_weights_trust_what_speaks_for_the_answer(better, worse):
    weights = fitted().confidence
    assert logistic(signs(**better), weights) > logistic(signs(**worse), weights)


@pytest.mark.parametrize("bias", [-3.0, 0.0, 3.0])
def test_the_reply_carries_the_probability(letterbook, monkeypatch, bias):
    constant = Ranking(fitted().weights, fitted().spread, {"bias": bias}, 0.5)
    monkeypatch.setattr("qa.answer.ranking.fitted", lambda: constant)
    reply = letterbook.ask("How much coal is left?")
    assert reply.confidence == pytest.approx(1 / (1 + np.exp(-bias)))
    assert reply.status == ("answered" if bias >= 0 else "no_answer")


def test_nothing_found_is_no_confidence(letterbook):
    from qa.question import Filters

    assert letterbook.ask("How much coal is left?", Filters(speaker="Nobody")).confidence == 0.0
