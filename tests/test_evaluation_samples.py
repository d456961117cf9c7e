from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.gold import GoldQuestion, GoldSet, GoldSpan, Split
from qa.evaluation.report import Row
from qa.evaluation.samples import pleasing, said, varied, worst
from qa.evaluation.systems import Given, Outcome
from qa.spans import Span

HERE = (Span(0, 3),)


def given_in(document="a", **more) -> Given:
    values = {"speaker": None, "addressees": (), "pages": (), **more}
    return Given("Yes.", "a.txt", HERE, document=document, **values)


def row(name, confidence, kind="words", split="dev", failure="", unanswerable=False, **values) -> Row:
    held = {"hit@1": 1.0, "hit@3": 1.0} if not failure and not unanswerable else {}
    return Row(name, split, kind, unanswerable, confidence, {**held, **values}, failure)


def gold_of(rows) -> GoldSet:
    questions = tuple(
        GoldQuestion(r.id, f"What of {r.id}?", r.kind, Split(r.split), unanswerable=r.unanswerable, why="no word of it")
        for r in rows
    )
    spans = {r.id: (GoldSpan("a", "a.txt", HERE, f"Yes, {r.id}."),) for r in rows if not r.unanswerable}
    return GoldSet(questions, spans, {})


def outcomes_of(rows, documents="", silent=""):
    places = dict(zip((r.id for r in rows), documents or "a" * len(rows), strict=False))
    return {r.id: Outcome(r.id not in silent, r.confidence, (given_in(places[r.id]),)) for r in rows}


def names(samples):
    return [one.id for one in samples]


PLEASING = [
    # rows as (id, confidence, kind), the document of each answer, how many are wanted, who pleases
    ([("p", 0.9, "x"), ("q", 0.8, "y")], "ab", 2, ["p", "q"]),
    ([("p", 0.8, "x"), ("q", 0.9, "y")], "ab", 2, ["q", "p"]),  # the surest first
    ([("p", 0.9, "x"), ("q", 0.8, "x"), ("r", 0.7, "y")], "abc", 2, ["p", "r"]),  # no kind twice
    ([("p", 0.9, "x"), ("q", 0.8, "y"), ("r", 0.7, "z")], "aab", 2, ["p", "r"]),  # no document twice
    ([("p", 0.9, "x"), ("q", 0.8, "x"), ("r", 0.7, "y")], "abc", 3, ["p", "r", "q"]),  # unless there is no other
    ([("q", 0.9, "x"), ("p", 0.9, "y")], "ab", 2, ["p", "q"]),  # equals by name
    ([], "", 3, []),
]


@pytest.mark.parametrize(("rows", "documents", "most", "expected"), PLEASING)
def test_who_pleases(rows, documents, most, expected):
    made = [row(*one) for one in rows]
    assert names(pleasing(made, gold_of(made), outcomes_of(made, documents), most)) == expected


@pytest.mark.parametrize(
    "fault",
    [
        {"failure": "right quotation, wrong speaker", "hit@1": 1.0},
        {"failure": "another document", "hit@1": 0.0},
        {"split": "test"},
        {"unanswerable": True},
    ],
)
def test_what_has_a_fault_or_is_kept_for_testing_does_not_please(fault):
    rows = [row("p", 0.9, **fault), row("q", 0.1, kind="y")]
    assert names(pleasing(rows, gold_of(rows), outcomes_of(rows))) == ["q"]


def wrong(name, confidence, **more):
    return row(name, confidence, failure="another document", **{"hit@1": 0.0, "hit@3": 0.0, **more})


def false(name, confidence, **more):
    return row(name, confidence, unanswerable=True, failure="answered", **more)


WORST = [
    ([wrong("p", 0.9), false("u", 0.8)], 2, "", ["p", "u"]),
    ([wrong("p", 0.7), false("u", 0.8)], 2, "", ["u", "p"]),  # the surest first
    ([wrong("p", 0.9), wrong("q", 0.8), false("u", 0.1)], 2, "", ["p", "u"]),  # half of each
    ([wrong("p", 0.9), wrong("q", 0.8)], 2, "", ["p", "q"]),  # more of one where the other lacks
    ([false("u", 0.9), false("v", 0.8)], 2, "", ["u", "v"]),
    ([wrong("p", 0.9), false("u", 0.8)], 2, "p", ["u"]),  # silence is no mistake that misleads
    ([wrong("p", 0.9), false("u", 0.8)], 2, "u", ["p"]),
    ([wrong("p", 0.9, **{"hit@3": 1.0}), wrong("q", 0.1)], 2, "", ["q"]),  # one of the first three answers
    ([wrong("p", 0.9, split="test"), false("u", 0.8, split="test"), wrong("q", 0.1)], 2, "", ["q"]),
    ([row("p", 0.9)], 2, "", []),
]


@pytest.mark.parametrize(("rows", "most", "silent", "expected"), WORST)
def test_what_is_worst(rows, most, silent, expected):
    assert names(worst(rows, gold_of(rows), outcomes_of(rows, silent=silent), most)) == expected


def test_a_sample_shows_what_was_expected_and_what_was_given():
    rows = [wrong("p", 0.9), false("u", 0.8)]
    one, two = worst(rows, gold_of(rows), outcomes_of(rows), 2)
    assert (one.question, one.expected, one.quote) == ("What of p?", ("Yes, p.",), "Yes.")
    assert (one.failure, one.confidence, one.kind) == ("another document", 0.9, "words")
    assert (two.expected, two.why) == ((), "no word of it")


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, ""),
        ({"speaker": "Anna Roe"}, "Anna Roe"),
        ({"speaker": "Anna Roe", "basis": "label"}, "Anna Roe"),
        ({"speaker": "Anna Roe", "basis": "quoted"}, "Anna Roe, quoted by another"),
        ({"addressees": ("Li Wei", "Bo")}, "somebody to Li Wei and Bo"),
        ({"date": "1968"}, "1968"),
        (
            {"speaker": "Anna Roe", "addressees": ("Li Wei",), "date": "1968-02-01", "basis": "reported"},
            "Anna Roe to Li Wei, 1968-02-01, in reported speech",
        ),
    ],
)
def test_who_said_it(more, line):
    assert said(given_in(**more)) == line


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=9, unique=False), st.integers(0, 9))
def test_as_many_as_there_are_and_none_twice(keys, most):
    rows = [row(str(n), 0.5, kind=kind) for n, (_, kind) in enumerate(keys)]
    documents = {str(n): document for n, (document, _) in enumerate(keys)}
    kept = varied(rows, lambda one: (documents[one.id], one.kind), most)
    assert len({one.id for one in kept}) == len(kept) == min(most, len(rows))


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=12))
def test_no_key_comes_twice_before_every_other_came_once(keys):
    rows = [row(str(n), 0.5, kind=key) for n, key in enumerate(keys)]
    for most in range(1, len(rows) + 1):
        counts = Counter(one.kind for one in varied(rows, lambda one: (one.kind,), most))
        if max(counts.values()) > 1:
            assert set(counts) == set(keys)
