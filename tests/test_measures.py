from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.errors import BadData
from qa.evaluation.baselines import (
    ParagraphSystem,
    bm25,
    dense,
    fused,
    paragraphs,
    plain_systems,
    squeezed,
    tokens,
)
from qa.evaluation.failures import failure
from qa.evaluation.gold import GoldQuestion, GoldSpan, Split
from qa.evaluation.measures import Judging, folded_equal, judge, normalised, token_f1, words
from qa.evaluation.systems import read_outcome
from qa.spans import Span, quote

TEXT = (
    "[Page 7]\n\nThe envoy came at noon. He asked for grain. The king refused him.\n\n"
    "[Page 8]\n\nA year later the envoy came again, and the king gave grain.\n"
)
TEXTS = {"a.txt": TEXT}


def at(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))


SPANS = (
    GoldSpan("a/1", "a.txt", (at("The king refused him."),), "The king refused him."),
    GoldSpan("a/2", "a.txt", (at("the king gave grain"),), "the king gave grain"),
)
ASKED = GoldQuestion("q1", "What did the king say?", "words", Split.DEV, (), speaker="The King", addressee="Envoy Roe")
NEVER = GoldQuestion("q2", "Who is she?", "person", Split.DEV, unanswerable=True, why="nobody is named")


def given_answer(text: str, document: str = "a/1", pages: tuple[str, ...] = ("7",)) -> dict[str, Any]:
    segments = [at(text)]
    return {
        "quote": quote(TEXT, segments),
        "segments": [{"source": "a.txt", "start": s.start, "end": s.end} for s in segments],
        "speaker": {"name": "The King"},
        "addressees": [{"name": "Envoy Roe"}],
        "document": {"id": document},
        "pages": list(pages),
    }


def contract(*answers: dict[str, Any], status: str = "answered", confidence: float = 0.8) -> dict[str, Any]:
    shown = list(answers)
    none = status == "no_answer"
    return {
        "status": status,
        "confidence": confidence,
        "answers": [] if none else shown,
        "closest": shown if none else [],
    }


RIGHT = given_answer("He asked for grain. The king refused him.")
WRONG = given_answer("The envoy came at noon.", document="a/1")
OTHER = given_answer("A year later", document="a/2", pages=("8",))


def judged(
    *answers: dict[str, Any], question: GoldQuestion = ASKED, judging: Judging | None = None, status: str = "answered"
) -> dict[str, float | None]:
    return judge(question, SPANS, read_outcome(contract(*answers, status=status)), TEXTS, judging or Judging())


@pytest.mark.parametrize(
    ("answers", "status", "expected"),
    [
        ((RIGHT,), "answered", {"hit@1": 1, "hit@3": 1, "first@1": 1, "first@3": 1, "answered": 1, "any length@1": 1}),
        ((WRONG, OTHER, RIGHT), "answered", {"hit@1": 0, "hit@3": 1, "first@1": 0, "first@3": 1, "any length@1": 0}),
        ((WRONG, OTHER, WRONG, RIGHT), "answered", {"hit@1": 0, "hit@3": 0, "first@3": 0}),
        ((RIGHT,), "no_answer", {"hit@1": 0, "hit@3": 0, "first@1": 1, "first@3": 1, "answered": 0}),
        (
            (),
            "no_answer",
            {"hit@1": 0, "hit@3": 0, "first@1": 0, "first@3": 0, "answered": 0, "F1": 0, "verbatim": None},
        ),
    ],
)
def test_hits(answers, status, expected):
    values = judged(*answers, status=status)
    assert {name: values[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("The king refused him.", 1),
        ("The king refused him", 1),  # the stop is no word
        ("king refused him.", 0),  # a word is missing
        ("The king refused him.\n\n[Page 8]\n\nA year later", 1),
        ("and the king gave grain.", 1),  # the other acceptable span
        ("He asked for grain.", 0),
    ],
)
def test_a_quotation_must_hold_a_whole_span(text, hit):
    assert judged(given_answer(text))["first@1"] == hit


@pytest.mark.parametrize(("limit", "hit"), [(8, 1), (7, 0), (1, 0)])
def test_a_quotation_that_is_too_long_is_no_hit(limit, hit):
    values = judged(RIGHT, judging=Judging(max_words=limit))
    assert (values["hit@1"], values["any length@1"]) == (hit, 1)
    assert ("speaker" in values) is bool(hit)


def test_the_same_words_elsewhere_are_no_hit():
    elsewhere = {**RIGHT, "segments": [{"source": "b.txt", "start": 0, "end": 40}]}
    values = judge(ASKED, SPANS, read_outcome(contract(elsewhere)), {**TEXTS, "b.txt": TEXT}, Judging())
    assert values["first@1"] == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (RIGHT, {"speaker": 1, "wrong speaker": 0, "addressee": 1, "wrong addressee": 0, "document": 1, "page": 1}),
        ({**RIGHT, "speaker": None}, {"speaker": 0, "wrong speaker": 0}),
        ({**RIGHT, "speaker": {"name": "Envoy Roe"}}, {"speaker": 0, "wrong speaker": 1}),
        ({**RIGHT, "speaker": {"name": "the  KING"}}, {"speaker": 1, "wrong speaker": 0}),
        ({**RIGHT, "addressees": []}, {"addressee": 0, "wrong addressee": 0}),
        ({**RIGHT, "addressees": [{"name": "The Queen"}]}, {"addressee": 0, "wrong addressee": 1}),
        ({**RIGHT, "addressees": [{"name": "The Queen"}, {"name": "Envoy Roe"}]}, {"addressee": 1}),
        ({**RIGHT, "document": {"id": "a/2"}}, {"document": 0}),  # the span that it holds is the one of a/1
        ({**RIGHT, "pages": ["8"]}, {"page": 0}),
        ({**RIGHT, "pages": []}, {"page": 0}),
        ({**RIGHT, "quote": "He asked for grain. The king refused."}, {"verbatim": 0}),
    ],
)
def test_attribution_and_place_of_a_right_quotation(answer, expected):
    values = judged(answer)
    assert {name: values[name] for name in expected} == expected


def test_nothing_is_said_of_the_speaker_of_a_wrong_quotation():
    values = judged(WRONG)
    assert not {"speaker", "addressee", "document", "page"} & set(values)


def test_nothing_is_said_of_a_speaker_that_the_question_does_not_turn_on():
    plain = GoldQuestion("q3", "Why?", "reason", Split.DEV, ())
    assert not {"speaker", "addressee"} & set(judged(RIGHT, question=plain))


def test_a_span_can_have_its_own_speaker():
    spans = (GoldSpan("a/1", "a.txt", SPANS[0].segments, SPANS[0].text, speaker="Envoy Roe"),)
    values = judge(ASKED, spans, read_outcome(contract(RIGHT)), TEXTS)
    assert (values["speaker"], values["wrong speaker"]) == (0, 1)


def test_names_are_compared_as_they_are_told_to_be():
    same = Judging(same_name=lambda a, b: a[0] == b[0])
    assert judged({**RIGHT, "speaker": {"name": "Tom"}}, judging=same)["speaker"] == 1


def test_pages_that_the_gold_set_states_count_before_those_of_the_text():
    spans = (GoldSpan("a/1", "a.txt", SPANS[0].segments, SPANS[0].text, ("viii",)),)
    values = judge(ASKED, spans, read_outcome(contract({**RIGHT, "pages": ["viii"]})), TEXTS)
    assert values["page"] == 1


def test_pages_are_not_judged_where_no_page_is_known():
    texts = {"a.txt": TEXT.replace("[Page 7]", "(seven) ")}
    assert "page" not in judge(ASKED, SPANS, read_outcome(contract(RIGHT)), texts)


@pytest.mark.parametrize(("status", "false"), [("answered", 1), ("no_answer", 0)])
def test_an_unanswerable_question_should_stay_unanswered(status, false):
    assert judged(WRONG, question=NEVER, status=status) == {"verbatim": 1, "false answers": false}


@pytest.mark.parametrize(
    ("segments", "verbatim"),
    [([(0, 8)], 1), ([(0, 9)], 1), ([(0, 7)], 0), ([(0, 8), (10, 13)], 0), ([(0, 10_000)], 0)],
)
def test_a_quotation_is_cut_anew(segments, verbatim):
    answer = {**WRONG, "quote": "[Page 7]"}
    answer["segments"] = [{"source": "a.txt", "start": a, "end": b} for a, b in segments]
    assert judged(answer)["verbatim"] == verbatim


def test_one_false_quotation_of_three_is_not_verbatim():
    assert judged(RIGHT, {**OTHER, "quote": "A  year later"}, WRONG)["verbatim"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "maybe"}, "maybe"),
        ({"status": "answered", "answers": []}, "no quotation"),
        ({"confidence": 1.5}, "not between 0 and 1"),
        ({"confidence": None}, "NoneType"),
        ({"answers": [{"quote": "x"}]}, "segments"),
        ({"answers": [{**RIGHT, "segments": []}]}, "one source, not 0"),
        ({"answers": [{**RIGHT, "segments": [{"source": "a", "start": 5, "end": 5}]}]}, "0 <= start < end"),
    ],
)
def test_a_broken_contract_is_an_error(change, said):
    with pytest.raises(BadData, match=said):
        read_outcome({**contract(RIGHT), **change})


@pytest.mark.parametrize(
    ("given", "gold", "f1"),
    [
        ("the red cat", "a cat", 2 / 3),
        ("The cat.", "“cat”", 1.0),
        ("cat cat", "cat", 2 / 3),
        ("dog", "cat", 0.0),
        ("", "cat", 0.0),
        ("the", "a", 0.0),
        ("king's men", "kings men", 1.0),
    ],
)
def test_token_f1(given, gold, f1):
    assert token_f1(given, gold) == pytest.approx(f1)


@given(st.text(max_size=40), st.text(max_size=40))
def test_token_f1_is_symmetric_and_bounded(a, b):
    assert token_f1(a, b) == token_f1(b, a)
    assert 0 <= token_f1(a, b) <= 1
    assert token_f1(a, a) == (1.0 if normalised(a) else 0.0)


def test_the_best_of_all_spans_counts_for_f1():
    assert judged(given_answer("the king gave grain"))["F1"] == 1.0


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Jon O'Neil", "JON O’NEIL", True),
        ("J. Roe", "J Roe", True),
        ("Jon Roe", "Jan Roe", False),
        ("Roe", "Jon Roe", False),
    ],
)
def test_names_equal_but_for_case_and_punctuation(a, b, same):
    assert folded_equal(a, b) is same


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a b", 2), (" a\n b—c ", 2)])
def test_words_are_counted_at_white_space(text, count):
    assert words(text) == count


@pytest.mark.parametrize(
    ("answers", "status", "question", "found", "said"),
    [
        ((RIGHT,), "answered", ASKED, 1.0, ""),
        ((), "no_answer", ASKED, 0.0, "nothing given; no relevant passage retrieved"),
        ((WRONG,), "no_answer", ASKED, 0.5, "silent; first relevant passage at rank 2"),
        ((RIGHT,), "no_answer", ASKED, 1.0, "silent, though the nearest quotation answers; first relevant"),
        ((WRONG, RIGHT), "answered", ASKED, 1.0, "right quotation at rank 2 or 3"),
        ((WRONG,), "answered", ASKED, 0.1, "another passage of the right document; first relevant passage at rank 10"),
        (({**WRONG, "document": {"id": "z"}},), "answered", ASKED, 0.0, "another document; no relevant"),
        (({**RIGHT, "speaker": {"name": "X"}},), "answered", ASKED, 1.0, "right quotation, wrong speaker"),
        (({**RIGHT, "speaker": None},), "answered", ASKED, 1.0, "right quotation, speaker unknown"),
        (({**RIGHT, "addressees": []},), "answered", ASKED, 1.0, "right quotation, addressee unknown"),
        (({**RIGHT, "pages": []},), "answered", ASKED, 1.0, "right quotation, wrong page"),
        (({**RIGHT, "document": {"id": "a/2"}},), "answered", ASKED, 1.0, "right quotation, wrong document"),
        (({**RIGHT, "quote": "x"},), "answered", ASKED, 1.0, "a quotation is not verbatim"),
        ((WRONG,), "answered", NEVER, 0.0, "answered, though the archive does not say"),
        ((WRONG,), "no_answer", NEVER, 0.0, ""),
    ],
)
def test_why_an_answer_fails(answers, status, question, found, said):
    outcome = read_outcome(contract(*answers, status=status))
    values = {**judge(question, SPANS, outcome, TEXTS), "MRR": found}
    reason = failure(question, SPANS, outcome, values)
    assert reason.startswith(said)
    assert bool(reason) == bool(said)


def test_a_quotation_that_is_too_long_is_told():
    outcome = read_outcome(contract(RIGHT))
    values = judge(ASKED, SPANS, outcome, TEXTS, Judging(max_words=3))
    assert failure(ASKED, SPANS, outcome, values).startswith("the answer stands in a quotation that is too long")


UNITS = paragraphs({"a.txt": TEXT, "b.txt": "Too short\n\nOne two three four five six\n"})


def test_paragraphs_are_blocks_of_five_words():
    assert [(unit.source, unit.text[:14]) for unit in UNITS] == [
        ("a.txt", "The envoy came"),
        ("a.txt", "A year later t"),
        ("b.txt", "One two three "),
    ]
    texts = {"a.txt": TEXT}
    assert all(quote(texts[u.source], (u.span,)) == u.text for u in UNITS[:2])


def test_bm25_by_hand():
    # One of two texts holds "b": idf = ln(1 + 1.5/1.5); its length 3 against a mean of 2 gives norm 1.2 * 1.375.
    assert bm25(["a", "a b b"])("b")[1] == pytest.approx(np.log(2) * 2 / (2 + 1.2 * 1.375))
    assert bm25(["a", "a b b"])("c").tolist() == [0, 0]
    assert bm25(["a", "b"])("b b")[1] == pytest.approx(2 * bm25(["a", "b"])("b")[1])


def test_fusion_by_hand():
    scores = fused([lambda _: np.array([3.0, 2.0, 1.0]), lambda _: np.array([1.0, 3.0, 2.0])])("")
    assert scores.tolist() == pytest.approx([1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62])


class Letters:
    """An encoder of two letters."""

    def encode(self, texts: Sequence[str], kind: str) -> NDArray[np.float32]:
        rows = np.array([[text.count("a") + 0.1, text.count("k") + 0.1] for text in texts], dtype=np.float32)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit


def test_dense_is_the_cosine():
    assert dense(["aa", "kk"], Letters())("a").tolist() == pytest.approx([0.9950, 0.1388], abs=0.01)


def test_plain_systems_keep_the_contract():
    found = list(plain_systems(UNITS, Letters()))
    assert [system.name for system in found] == ["BM25", "dense", "BM25 + dense (RRF)"]
    assert [system.name for system in plain_systems(UNITS, None)] == ["BM25"]
    for system in found:
        outcome = read_outcome(system.answer("did the king refuse the envoy"))
        assert outcome.answered
        assert [given.segments[0] for given in outcome.ranked] == [
            row.segments[0] for row in system.rank("did the king refuse the envoy", 3)
        ]
        assert len(system.passages()) == 3


def test_a_plain_system_that_finds_nothing_is_silent():
    system = ParagraphSystem("BM25", UNITS, bm25([unit.text for unit in UNITS]))
    assert system.rank("zebra", 10) == []
    assert read_outcome(system.answer("zebra")) == read_outcome({"status": "no_answer", "confidence": 0, "closest": []})


def test_equal_scores_keep_the_order_of_the_archive():
    system = ParagraphSystem("same", UNITS, lambda _: np.ones(3))
    assert [row.id for row in system.rank("x", 3)] == [unit.id for unit in UNITS]


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_squeezing_keeps_the_order_within_bounds(a, b):
    assert 0 <= squeezed(a) <= 1
    assert (squeezed(a) <= squeezed(b)) or a > b


def test_tokens():
    assert tokens("Kim Ch'ang-bong, 1968.") == ["kim", "ch", "ang", "bong", "1968"]
