from itertools import pairwise

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import BadData
from qa.evaluation.gold import GoldSpan
from qa.evaluation.retrieval import MEASURES, as_run, judge_passages, retrieval_values
from qa.evaluation.systems import PassageSpan, Ranked
from qa.evaluation.trec import (
    Qrel,
    ScoredDoc,
    by_query,
    qrels_lines,
    read_qrels,
    read_run,
    run_lines,
    separated,
    write_qrels,
    write_run,
)
from qa.spans import Span

RUN = [
    ScoredDoc("q1", "d1", 3.0),
    ScoredDoc("q1", "d2", 2.0),
    ScoredDoc("q1", "d3", 1.0),
    ScoredDoc("q2", "d3", 0.5),
    ScoredDoc("q2", "d1", 0.25),
]
QRELS = [Qrel("q1", "d2", 1), Qrel("q1", "d9", 1), Qrel("q2", "d3", 1), Qrel("q3", "d1", 1)]


def test_a_run_is_written_as_trec_reads_it():
    assert run_lines(RUN[2:4], "our tag") == "q1 Q0 d3 1 1 our_tag\nq2 Q0 d3 1 0.5 our_tag\n"
    assert qrels_lines(QRELS[:1]) == "q1 0 d2 1\n"


def test_ranks_count_within_a_query():
    ranks = [line.split()[3] for line in run_lines(RUN, "t").splitlines()]
    assert ranks == ["1", "2", "3", "1", "2"]


def test_what_is_written_is_read_again(tmp_path):
    write_run(tmp_path / "run.trec", RUN, "t")
    write_qrels(tmp_path / "qrels.trec", QRELS)
    assert read_run(tmp_path / "run.trec") == RUN
    assert read_qrels(tmp_path / "qrels.trec") == QRELS
    assert by_query(RUN) == {"q1": ["d1", "d2", "d3"], "q2": ["d3", "d1"]}


@pytest.mark.parametrize("name", ["", "two words", "tab\there", "line\nbreak"])
def test_a_name_with_white_space_is_refused(name):
    with pytest.raises(ValueError, match="white space"):
        run_lines([ScoredDoc("q1", name, 1.0)], "t")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("q1 Q0 d1 1 0.5", "line 1: 5 fields where 6 belong"),
        ("q1 Q0 d1 1 0.5 t\n\nq1 Q0 d2 2 high t", "line 3: could not convert"),
    ],
)
def test_a_bad_run_names_its_line(tmp_path, text, said):
    path = tmp_path / "run.trec"
    path.write_text(text)
    with pytest.raises(BadData, match=said):
        read_run(path)


@pytest.mark.parametrize(("text", "said"), [("q1 0 d1", "3 fields"), ("q1 0 d1 yes", "line 1: invalid literal")])
def test_a_bad_qrels_file_names_its_line(tmp_path, text, said):
    path = tmp_path / "qrels.trec"
    path.write_text(text)
    with pytest.raises(BadData, match=said):
        read_qrels(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadData, match="nowhere"):
        read_run(tmp_path / "nowhere.trec")


@pytest.mark.parametrize(
    ("scores", "order"),
    [
        ([1.0, 1.0, 1.0], True),
        ([0.5, 0.7, 0.1], True),
        ([0.1, 0.1 - 1e-12], True),
        ([-1.0, -1.0], True),
        ([0.0, 0.0], True),
    ],
)
def test_separated_scores_fall_strictly_in_single_precision(scores, order):
    fixed = [np.float32(score) for score in separated(scores)]
    assert all(a > b for a, b in pairwise(fixed)) is order


@given(st.lists(st.floats(-1e6, 1e6, width=32), max_size=30))
def test_separation_keeps_falling_scores_and_always_separates(scores):
    falling = sorted(set(scores), reverse=True)
    assert separated(falling) == [float(np.float32(score)) for score in falling]
    fixed = separated(scores)
    assert all(a > b for a, b in pairwise(fixed))


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=12))
def test_scores_survive_the_file_in_single_precision(tmp_path_factory, scores):
    path = tmp_path_factory.mktemp("runs") / "run.trec"
    run = [ScoredDoc("q", f"d{i}", score) for i, score in enumerate(separated(scores))]
    write_run(path, run, "t")
    assert [np.float32(row.score) for row in read_run(path)] == [np.float32(row.score) for row in run]


def test_the_first_mention_of_a_passage_counts():
    rows = [Ranked("a", "s", (Span(0, 1),), 2.0), Ranked("b", "s", (Span(1, 2),), 2.0), Ranked("a", "s", (), 9.0)]
    run = as_run("q", rows)
    assert [row.doc_id for row in run] == ["a", "b"]
    assert run[0].score == 2.0 > run[1].score


SPAN = GoldSpan("d", "s.txt", (Span(10, 20),), "x")


@pytest.mark.parametrize(
    ("segments", "source", "relevant"),
    [
        ((Span(10, 20),), "s.txt", True),
        ((Span(0, 100),), "s.txt", True),
        ((Span(10, 15),), "s.txt", True),  # exactly half
        ((Span(10, 14),), "s.txt", False),
        ((Span(0, 12), Span(18, 30)), "s.txt", False),  # 4 of 10
        ((Span(0, 13), Span(17, 30)), "s.txt", True),  # 6 of 10
        ((Span(20, 30),), "s.txt", False),
        ((Span(0, 10),), "s.txt", False),
        ((Span(10, 20),), "other.txt", False),
    ],
)
def test_a_passage_is_relevant_when_it_holds_half_of_a_span(segments, source, relevant):
    qrels = judge_passages({"q": (SPAN,)}, [PassageSpan("p", source, segments)])
    assert qrels == ([Qrel("q", "p", 1)] if relevant else [])


def test_a_passage_that_holds_two_spans_is_judged_once():
    spans = (SPAN, GoldSpan("d", "s.txt", (Span(22, 26),), "y"))
    assert judge_passages({"q": spans}, [PassageSpan("p", "s.txt", (Span(0, 50),))]) == [Qrel("q", "p", 1)]


def test_retrieval_by_hand():
    values = retrieval_values(QRELS, RUN, ["q1", "q2", "q3", "q4"])
    assert values["q1"]["success@1"] == 0.0
    assert values["q1"]["success@3"] == 1.0
    assert values["q1"]["recall@10"] == 0.5
    assert values["q1"]["MRR"] == 0.5
    assert values["q1"]["MAP"] == pytest.approx(0.25)
    assert values["q1"]["nDCG@10"] == pytest.approx((1 / np.log2(3)) / (1 + 1 / np.log2(3)))
    assert values["q2"] == dict.fromkeys(MEASURES, 1.0)


def test_a_query_without_result_or_judgement_scores_zero():
    values = retrieval_values(QRELS, RUN, ["q3", "q4"])
    assert values == {"q3": dict.fromkeys(MEASURES, 0.0), "q4": dict.fromkeys(MEASURES, 0.0)}
    assert retrieval_values([], [], ["q"]) == {"q": dict.fromkeys(MEASURES, 0.0)}


TREC_NAMES = {
    "success@1": "success_1",
    "success@3": "success_3",
    "success@10": "success_10",
    "recall@3": "recall_3",
    "recall@10": "recall_10",
    "recall@100": "recall_100",
    "MRR": "recip_rank",
    "nDCG@10": "ndcg_cut_10",
    "MAP": "map",
}


@pytest.mark.parametrize("seed", range(5))
def test_our_figures_are_trec_evals_on_the_files_that_we_write(tmp_path, seed):
    """Tied scores included: the file must say what we ranked."""
    bits = np.random.PCG64(seed)
    names = [f"d{i}" for i in range(40)]
    run, qrels, positions = [], [], {}
    for query in (f"q{i}" for i in range(12)):
        order = np.argsort(bits.random_raw(40))
        scores = np.sort(bits.random_raw(40) % 5)[::-1]  # many ties
        ranked = [Ranked(names[i], "s", (), float(s)) for i, s in zip(order, scores, strict=True)]
        run += as_run(query, ranked)
        relevant = {names[i] for i in bits.random_raw(3) % 40}
        qrels += [Qrel(query, name, 1) for name in sorted(relevant)]
        positions[query] = min(i for i, row in enumerate(ranked, start=1) if row.id in relevant)
    write_run(tmp_path / "run.trec", run, "ours")
    write_qrels(tmp_path / "qrels.trec", qrels)
    with (tmp_path / "qrels.trec").open() as q, (tmp_path / "run.trec").open() as r:
        judged, scored = pytrec_eval.parse_qrel(q), pytrec_eval.parse_run(r)
    measures = {name.rpartition("_")[0] + "." + name.rpartition("_")[2] for name in TREC_NAMES.values() if "_" in name}
    measures = {m for m in measures if m[-1].isdigit()} | {"map", "recip_rank"}
    theirs = pytrec_eval.RelevanceEvaluator(judged, measures).evaluate(scored)
    ours = retrieval_values(qrels, run, positions)
    for query, first in positions.items():
        assert ours[query]["MRR"] == pytest.approx(1 / first)
        for name, trec_name in TREC_NAMES.items():
            assert ours[query][name] == pytest.approx(theirs[query][trec_name], abs=1e-12), name
