import json
from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.lexical import Bm25fSettings, Terms, WordIndex, build

PASSAGES = {
    "text": [
        ["ice", "harbour", "close"],
        ["coal", "tug", "ice", "ice"],
        [],
        ["tug", "wait"],
    ],
    "context": [["telegram", "harbour"], ["minutes"], ["minutes", "coal"], ["minutes"]],
}


def plain_scores(fields, query, weights, settings=None):
    """Score as the paper writes it, with no arrays."""
    settings = settings or Bm25fSettings()
    size = len(next(iter(fields.values())))
    found = []
    for number in range(size):
        score = 0.0
        for term, weight in query.items():
            df = sum(any(term in field[n] for field in fields.values()) for n in range(size))
            frequency = 0.0
            for name, boost in weights.items():
                mean = sum(map(len, fields[name])) / size or 1
                b = settings.of(name)
                count = Counter(fields[name][number])[term]
                if count:  # an empty field at b = 1 has no norm, and no term either
                    frequency += boost * count / (1 - b + b * len(fields[name][number]) / mean)
            if frequency:
                score += weight * log(1 + (size - df + 0.5) / (df + 0.5)) * frequency / (settings.k1 + frequency)
        found.append(score)
    return found


@pytest.mark.parametrize(
    ("query", "weights", "order"),
    [
        ({"ice": 1}, {"text": 1}, [1, 0]),
        ({"harbour": 1}, {"text": 1, "context": 1}, [0]),
        ({"coal": 1}, {"text": 1, "context": 1}, [2, 1]),
        ({"coal": 1}, {"text": 3, "context": 0.5}, [1, 2]),
        ({"coal": 1}, {"text": 1}, [1]),
        ({"coal": 1}, {"text": 1, "context": 0}, [1]),
        ({"tug": 1, "wait": 1}, {"text": 1}, [3, 1]),
        ({"tug": 1, "wait": 0.0}, {"text": 1}, [3, 1]),
        ({"zeppelin": 1}, {"text": 1, "context": 1}, []),
        ({}, {"text": 1}, []),
    ],
)
def test_order_and_scores_are_the_papers(query, weights, order):
    scores = build(PASSAGES).scores(query, weights)
    assert [n for n in np.argsort(-scores, kind="stable") if scores[n] > 0] == order
    assert scores == pytest.approx(plain_scores(PASSAGES, query, weights), rel=1e-5)
    assert scores.dtype == np.float32


term = st.sampled_from(["ice", "coal", "tug", "Å", "字"])
passage = st.lists(term, max_size=8)


@given(
    rows=st.lists(st.tuples(passage, passage), min_size=1, max_size=12),
    query=st.dictionaries(term, st.floats(0.1, 3), max_size=4),
    weight=st.floats(0.1, 4),
    b=st.floats(0, 1),
)
def test_scores_are_the_papers_for_any_fields(rows, query, weight, b):
    fields = {"text": [row[0] for row in rows], "near": [row[1] for row in rows]}
    weights = {"text": 1.0, "near": weight}
    settings = Bm25fSettings(k1=1.6, default_b=0.5, b={"near": b})
    index = build(fields)
    expected = plain_scores(fields, query, weights, settings)
    assert index.scores(query, weights, settings=settings) == pytest.approx(expected, rel=1e-4, abs=1e-6)
    allowed = np.array([n % 2 == 0 for n in range(len(rows))])
    masked = index.scores(query, weights, allowed, settings)
    assert masked == pytest.approx([s if n % 2 == 0 else 0 for n, s in enumerate(expected)], rel=1e-4, abs=1e-6)


def test_a_rarer_term_weighs_more_and_an_unknown_one_nothing():
    index = build(PASSAGES)
    assert index.idf("wait") > index.idf("tug") > index.idf("minutes") > 0
    assert index.idf("zeppelin") == 0
    assert index.idf("harbour") == pytest.approx(log(1 + 3.5 / 1.5))  # in two fields of one passage


def test_fields_of_different_sizes_are_refused():
    with pytest.raises(ValueError, match=r"text.*2.*context.*1"):
        build({"text": [["a"], ["b"]], "context": [["a"]]})


@pytest.mark.parametrize("fields", [{}, {"text": []}, {"text": [[]]}])
def test_an_index_of_nothing_finds_nothing(fields, tmp_path):
    build(fields).save(tmp_path)
    index = WordIndex.load(tmp_path)
    assert not index.scores({"ice": 1}, dict.fromkeys(fields, 1.0)).any()
    assert index.near("harbour") == []


def test_a_loaded_index_scores_as_the_saved_one(tmp_path):
    built = build(PASSAGES)
    built.save(tmp_path)
    loaded = WordIndex.load(tmp_path)
    assert list(loaded.terms) == sorted({t for f in PASSAGES.values() for p in f for t in p})
    query, weights = {"ice": 1.0, "coal": 2.0}, {"text": 1.0, "context": 0.5}
    assert np.array_equal(loaded.scores(query, weights), built.scores(query, weights))
    assert isinstance(loaded.fields["text"].passages, np.memmap)
    assert json.loads((tmp_path / "words.json").read_text())["fields"] == ["text", "context"]


def test_a_missing_file_and_a_pickle_are_refused(tmp_path):
    build(PASSAGES).save(tmp_path)
    np.save(tmp_path / "words.df.npy", np.array([{}], object), allow_pickle=True)
    with pytest.raises(ValueError, match="object"):
        WordIndex.load(tmp_path)
    (tmp_path / "words.df.npy").unlink()
    with pytest.raises(OSError, match=r"words\.df"):
        WordIndex.load(tmp_path)


WORDS = sorted(["harbour", "harbours", "harvest", "coal", "goal", "cool", "ice", "kharkov", "kharkiv", "電報局長"])


@pytest.mark.parametrize(
    ("slip", "expected"),
    [
        ("harbor", ["harbour", "harbours"]),
        ("harobur", ["harbour", "harbours"]),
        ("haarbour", ["harbour", "harbours"]),
        ("harbour", ["harbours"]),
        ("caol", ["coal", "cool"]),
        ("coil", ["coal", "cool"]),
        ("kharkow", ["kharkov", "kharkiv"]),
        ("電報局丁", ["電報局長"]),
        ("icf", []),
        ("zzzzzz", []),
        ("", []),
    ],
)
def test_terms_near_a_misspelt_one(slip, expected):
    index = build({"text": [WORDS, ["coal"]]})
    assert index.near(slip) == expected


def test_the_more_frequent_of_two_equally_near_terms_comes_first():
    index = build({"text": [["coal", "cool"], ["cool"]]})
    assert index.near("coil") == ["cool", "coal"]


def slow_distance(a, b):
    """Return the optimal string alignment distance, one cell at a time."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


letters = st.text("abcé電𐌰", min_size=1, max_size=7)


@given(slip=letters, words=st.sets(letters, max_size=15), most=st.integers(1, 2))
def test_near_terms_are_all_those_within_the_distance(slip, words, most):
    terms = Terms.of(sorted(words))
    expected = {word: slow_distance(slip, word) for word in words}
    found = {terms[number]: distance for number, distance in terms.near(slip, most)}
    assert found == {word: distance for word, distance in expected.items() if distance <= most}


@given(words=st.sets(st.text(st.characters(exclude_categories=["Cs"])), max_size=20), probe=st.text(max_size=4))
def test_terms_are_found_and_only_they(words, probe):
    terms = Terms.of(sorted(words))
    assert list(terms) == sorted(words)
    assert [terms.find(word) for word in sorted(words)] == list(range(len(words)))
    assert (terms.find(probe) is None) == (probe not in words)
    assert terms.prefixed(probe) == [word for word in sorted(words) if word.startswith(probe)]


def test_prefixed_terms_are_limited():
    assert Terms.of(["a", "ab", "ac", "b"]).prefixed("a", 2) == ["a", "ab"]
    with pytest.raises(IndexError):
        Terms.of(["a"])[1]
