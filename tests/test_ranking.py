"""Weights and what is made of them."""

import json
from importlib.resources import files
from math import isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer import features, ranking
from qa.answer.confidence import SIGNS
from qa.answer.ranking import Ranking, fitted, logistic, relative, weighted
from qa.errors import BadData


def test_the_fitted_weights_are_those_of_known_features():
    found = fitted()
    assert set(found.weights) == set(features.NAMES)
    assert {name: found.weights[name] for name in ranking.CHOSEN} == ranking.CHOSEN
    assert set(found.confidence) <= {"bias", *SIGNS}
    assert 0 < found.threshold < 1
    assert all(isfinite(w) for part in (found.weights, found.confidence) for w in part.values())


def test_the_file_names_its_schema():
    data = json.loads((files("qa") / "data" / "ranking.json").read_text(encoding="utf-8"))
    assert data["schema"] == ranking.SCHEMA


def test_another_schema_is_refused_with_the_remedy(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ranking.json").write_text('{"schema": "qa.ranking/0"}')
    monkeypatch.setattr(ranking, "files", lambda package: tmp_path)
    with pytest.raises(BadData, match=r"ranking\.json is not qa\.ranking/4: install"):
        fitted.__wrapped__()


@pytest.mark.parametrize(
    ("rows", "weights", "scores"),
    [
        ([[1, 2], [0, 0]], {"a": 1.0, "b": 0.5}, [2.0, 0.0]),
        ([[1, 2]], {"b": -1.0}, [-2.0]),
        ([[1, 2]], {"z": 9.0}, [0.0]),
        ([[1, 2]], {}, [0.0]),
    ],
)
def test_weighted(rows, weights, scores):
    assert weighted(np.array(rows, np.float32), ("a", "b"), weights).tolist() == scores


def test_weighted_nothing():
    assert weighted(np.zeros((0, 2), np.float32), ("a", "b"), {"a": 1.0}).shape == (0,)


@pytest.mark.parametrize(
    ("signs", "weights", "probability"),
    [
        ({}, {}, 0.5),
        ({"a": 1.0}, {"bias": 1.0, "a": -1.0}, 0.5),
        ({"a": 1.0}, {"a": 3.0}, 0.9526),
        ({"a": 1e9}, {"a": 1e9}, 1.0),
        ({"a": -1e9}, {"a": 1e9}, 0.0),
        ({"a": 1.0}, {"b": 5.0}, 0.5),
    ],
)
def test_logistic(signs, weights, probability):
    assert logistic(signs, weights) == pytest.approx(probability, abs=1e-4)


@given(
    signs=st.dictionaries(st.sampled_from("abc"), st.floats(-1e6, 1e6)),
    weights=st.dictionaries(st.sampled_from(["a", "b", "bias"]), st.floats(-1e6, 1e6)),
)
def test_a_probability_is_one(signs, weights):
    assert 0 <= logistic(signs, weights) <= 1


@given(low=st.floats(-5, 5), high=st.floats(-5, 5))
def test_more_of_what_speaks_for_it_is_no_less_probable(low, high):
    low, high = sorted((low, high))
    ranked = Ranking({}, {}, {"a": 2.0, "bias": -1.0}, 0.5)
    assert logistic({"a": low}, ranked.confidence) <= logistic({"a": high}, ranked.confidence)


NEAR = st.lists(st.lists(st.floats(-5, 5, width=32), min_size=2, max_size=2), min_size=1, max_size=12)


@given(NEAR)
def test_nearness_is_counted_among_the_windows_of_one_question(rows):
    given_ = np.array(rows, np.float32)
    found = relative(given_, ("meaning", "own_words"))
    assert np.array_equal(found[:, 1], given_[:, 1])  # what is there or not is no matter of degree
    assert abs(float(found[:, 0].mean())) < 1e-2
    before, after = np.subtract.outer(given_[:, 0], given_[:, 0]), np.subtract.outer(found[:, 0], found[:, 0])
    assert (before * after >= 0).all()  # the order stays


def test_a_question_without_windows_has_no_nearness():
    assert relative(np.zeros((0, 2), np.float32), ("meaning", "own_words")).shape == (0, 2)


@given(st.floats(0.25, 4.0), st.floats(-2, 2))
def test_neither_scale_nor_level_of_nearness_counts(scale, level):
    rows = np.array([[0.1], [0.5], [0.9]], np.float32)
    assert np.allclose(relative(rows * scale + level, ("meaning",)), relative(rows, ("meaning",)), atol=0.02)


USUAL = [
    # values, usual spread, distances
    ([0.0, 1.0], 0.0, [-1.0, 1.0]),
    ([0.0, 1.0], 0.5, [-1.0, 1.0]),
    ([0.0, 0.2], 0.5, [-0.2, 0.2]),  # two values tell little of a spread
    ([0.0] * 3000 + [0.2] * 3000, 0.5, [-1.0] * 3000 + [1.0] * 3000),  # thousands tell it
]


@pytest.mark.parametrize(("values", "usual", "distances"), USUAL)
def test_where_windows_are_few_the_usual_spread_counts(values, usual, distances):
    found = relative(np.array([values], np.float32).T, ("meaning",), {"meaning": usual})
    assert found[:, 0] == pytest.approx(distances, abs=0.1)
