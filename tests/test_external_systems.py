"""How ours and the plain systems order the units of an archive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.external_scores import answers, sentences, turns
from eval.external_sets import friendsqa, qmsum, selqa, squad
from eval.external_systems import Latest, Places, Plain, by_window, ceiling, plain, stems
from qa.evaluation.baselines import Paragraph, bm25
from qa.spans import Span
from tests.external_made import ARTICLES, MEETINGS, SCENES, SECTIONS, ours_over
from tests.letterbook import Words


def units_of(*rows):
    """Units named by letters, from (source, start, end)."""
    return [Paragraph("abcdefgh"[at], source, Span(*span), "x") for at, (source, *span) in enumerate(rows)]


# Units


@pytest.mark.parametrize(
    ("segments", "held"),
    [
        ([(0, 10)], ["a"]),
        ([(0, 4)], ["a"]),  # all of it in a longer unit
        ([(8, 22)], ["b"]),  # a little of the first, the whole second
        ([(0, 20)], ["a", "b"]),
        ([(5, 10), (11, 16)], ["a", "b"]),  # half of what is held in each
        ([(2, 4), (22, 26)], ["c"]),
        ([(20, 22)], []),  # between two units
        ([(90, 99)], []),
    ],
)
def test_what_segments_hold(segments, held):
    units = units_of(("x", 0, 10), ("x", 11, 20), ("x", 22, 60), ("y", 0, 60))
    assert Places(units).held("x", tuple(Span(*s) for s in segments)) == held


def test_units_of_a_source_stand_in_its_order():
    places = Places(units_of(("x", 0, 9), ("y", 0, 9), ("x", 9, 12)))
    assert (places.ids("x"), places.ids(), places.held("z", (Span(0, 1),))) == (["a", "c"], ["a", "c", "b"], [])


@pytest.mark.parametrize(
    ("windows", "order"),
    [
        ([], []),
        ([["a"], ["b"]], ["a", "b"]),
        ([["a", "b", "c"], ["c"], ["b", "c"], ["b"], ["a"]], ["c", "b", "a"]),
        ([["a", "b"], ["c"], ["b"], ["a"]], ["c", "b", "a"]),  # both together are better than each
        ([["b", "a"], ["a"]], ["b", "a"]),  # no window holds b alone
        ([["c", "b", "a"], ["a", "b"], ["b"]], ["c", "a", "b"]),
        ([["a", "b"], ["b"], ["a"]], ["b", "a"]),
        ([["b", "a"]], ["b", "a"]),  # nothing tells them apart: the order of the text, in which they are held
        ([["a"], ["a", "b"], ["c"], ["b"]], ["a", "c", "b"]),
    ],
)
def test_units_stand_where_their_own_best_window_stands(windows, order):
    assert by_window(windows) == order


@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=3, unique=True), max_size=8))
def test_every_unit_is_ordered_once_by_the_best_window_of_fewest_units(windows):
    order = by_window(windows)

    def best(unit):
        own = [(len(held), at) for at, held in enumerate(windows) if unit in held]
        return min(own)[1]

    assert sorted(order) == sorted({unit for held in windows for unit in held})
    assert [best(unit) for unit in order] == sorted(map(best, order))


# Plain systems


def test_bm25_reads_stems_and_leaves_words_of_questions_out():
    assert stems("Which pilots are WAITING for the ship's lamps?") == "pilot wait ship s lamp"
    assert stems("What is it?") == ""


def test_no_text_scores_more_than_the_ceiling():
    texts = ["coal coal coal coal coal", "coal and tugs", "tugs"]
    score, most = bm25(texts), ceiling(texts)
    for question in ("coal", "coal tugs", "tugs lamps"):
        assert score(question).max() < most(question)
    assert not most("")


def test_an_order_names_every_unit_and_leaves_other_sources_out():
    units = [Paragraph(n, n[0], Span(0, 9), t) for n, t in [("x1", "coal"), ("x2", "tug"), ("y1", "coal tug")]]
    system = Plain("words", units, bm25([unit.text for unit in units]))
    assert system.order("tug coal")[0] == "y1"
    assert system.order("tug", "x") == ["x2", "x1"]
    assert system.order("lamps") == ["x1", "x2", "y1"]


def test_the_last_scores_are_kept_and_no_others():
    calls = []

    def counting(question):
        calls.append(question)
        return np.zeros(1)

    score = Latest(counting)
    for question in ("a", "a", "b", "a"):
        score(question)
    assert calls == ["a", "b", "a"]


def test_four_plain_systems_order_the_same_units():
    (archive,) = selqa(SECTIONS)
    systems = list(plain(archive.units, Words()))
    assert [system.name for system in systems] == ["BM25", "dense", "BM25 + dense (RRF)", "BM25 + dense (sum)"]
    assert {frozenset(system.order("When was the mole built?")) for system in systems} == {
        frozenset(unit.id for unit in archive.units)
    }


# Ours


def test_ours_orders_all_turns_and_the_window_that_answers_brings_its_own(tmp_path):
    (archive,) = friendsqa(SCENES)
    ours = ours_over(archive, tmp_path)
    order = ours.order("Who paid for the coal ?")
    assert sorted(order) == sorted(unit.id for unit in archive.units)
    alone = ours.order("Who paid for the coal ?", "s01.txt")
    assert sorted(alone) == sorted(unit.id for unit in archive.units if unit.source == "s01.txt")
    texts = {unit.id: unit.text for unit in archive.units}
    assert "paid for the coal" in texts[alone[0]]
    assert order == ours.order("Who paid for the coal ?")


@pytest.mark.parametrize(
    ("archives", "score", "names"),
    [
        (friendsqa(SCENES), answers, {"first@1", "hit@1", "MRR", "success@1 in its scene"}),
        (squad(ARTICLES), answers, {"first@1", "any length@1", "MRR"}),
        (qmsum(MEETINGS), turns, {"success@1", "recall@10", "recall@500 words"}),
        (selqa(SECTIONS), sentences, {"MRR", "MAP"}),
    ],
)
def test_ours_and_the_plain_are_scored_alike(tmp_path, archives, score, names):
    archive, steps = archives[0], []
    for system in (ours_over(archive, tmp_path), *plain(archive.units, Words())):
        rows = score(system, archive, lambda: steps.append(1))
        assert [r.id for r in rows] == [q.id for q in archive.gold.questions]
        right = [r for r in rows if not r.unanswerable]
        assert all(names <= r.values.keys() for r in right)
        assert all(0 <= value <= 1 for r in right for value in r.values.values() if value is not None)
        if system.name != "ours" and score is answers:
            assert {r.values.get("speaker") for r in right} == {None}
    assert len(steps) == 5 * len(archive.gold.questions)
