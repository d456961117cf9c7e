import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.abstention import Bin, Judged, Ordered, brier, reliability
from qa.evaluation.statistics import (
    Interval,
    Resampling,
    bootstrap,
    percentiles,
    randomisation_test,
    resamples,
)

FEW = Resampling(resamples=500)
ONES = np.ones((1, 4), dtype=np.int64)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # Pinned: these come out the same on every machine, to the last digit.
        ([1.0] * 30 + [0.0] * 10, Interval(0.75, 0.6, 0.875, 40)),
        ([0.0] * 5, Interval(0.0, 0.0, 0.0, 5)),
        ([0.25, 0.5, 0.75, 1.0], Interval(0.625, 0.375, 0.875, 4)),
    ],
)
def test_bootstrap_intervals(values, expected):
    assert bootstrap(values) == expected


def test_the_interval_is_near_the_normal_one_for_many_values():
    found = bootstrap([1.0, 0.0] * 500)
    half = 1.96 * math.sqrt(0.25 / 1000)
    assert found.value == 0.5
    assert found.low == pytest.approx(0.5 - half, abs=0.003)
    assert found.high == pytest.approx(0.5 + half, abs=0.003)


def test_the_order_of_values_does_not_change_the_mean_by_a_bit():
    values = [0.1, 0.2, 0.3, 1e-9, 0.7]
    assert bootstrap(values, FEW).value == bootstrap(values[::-1], FEW).value


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_interval_lies_within_the_values(values):
    found = bootstrap(values, FEW)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.value == pytest.approx(sum(values) / len(values), abs=1e-9)


def test_resamples_draw_as_many_as_there_are():
    drawn = resamples(7, Resampling(resamples=200))
    assert drawn.weights.shape == (200, 7)
    assert (drawn.weights.sum(axis=1) == 7).all()
    assert abs(drawn.weights.mean(axis=0) - 1).max() < 0.25  # every question comes about as often


def test_seeds_differ_and_repeat():
    first, again, other = (resamples(9, Resampling(50, seed)).weights for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_the_random_stream_is_the_one_that_numpy_guarantees():
    assert np.random.PCG64(20_240_229).random_raw(2).tolist() == [5499103780990583658, 14044900108115698514]


def test_nothing_cannot_be_resampled():
    with pytest.raises(ValueError, match="nothing"):
        bootstrap([])
    with pytest.raises(ValueError, match="3 values for resamples of 2"):
        resamples(2, FEW).interval([1.0, 1.0, 1.0])


@pytest.mark.parametrize(("level", "expected"), [(0.95, (25.0, 974.0)), (0.5, (250.0, 749.0)), (1.0, (0.0, 999.0))])
def test_percentiles_are_nearest_ranks(level, expected):
    assert percentiles(np.arange(1000.0)[::-1], level) == expected


def test_equal_systems_do_not_differ():
    assert randomisation_test([1.0, 0.0, 1.0], [1.0, 0.0, 1.0]) == 1.0


def test_the_p_of_few_pairs_is_what_counting_gives():
    # Four pairs that all differ by one: only 2 of 16 labellings are as extreme.
    assert randomisation_test([1.0] * 4, [0.0] * 4) == pytest.approx(2 / 16, abs=0.01)
    # Three up, one down: |sum| >= 2 in 10 of 16.
    assert randomisation_test([1, 1, 1, 0], [0, 0, 0, 1]) == pytest.approx(10 / 16, abs=0.02)


def test_a_clear_difference_is_never_quite_certain():
    assert randomisation_test([1.0] * 60, [0.0] * 60) == 1 / 10_001


def test_the_test_is_symmetric_and_needs_pairs():
    a, b = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 0.0, 1.0, 0.0]
    assert randomisation_test(a, b) == randomisation_test(b, a)
    with pytest.raises(ValueError, match="pairs"):
        randomisation_test([1.0], [1.0, 0.0])


def judged(*rows: tuple[float, str]) -> list[Judged]:
    """Rows of confidence and "r" right, "w" wrong though answerable, "u" unanswerable."""
    return [Judged(confidence, mark == "r", mark != "u") for confidence, mark in rows]


@pytest.mark.parametrize(
    ("rows", "auroc", "of_right"),
    [
        ([(0.9, "r"), (0.8, "w"), (0.2, "u"), (0.1, "u")], 1.0, 1.0),
        ([(0.1, "r"), (0.2, "w"), (0.8, "u"), (0.9, "u")], 0.0, 0.0),
        ([(0.5, "r"), (0.5, "w"), (0.5, "u"), (0.5, "u")], 0.5, 0.5),
        ([(0.9, "r"), (0.3, "w"), (0.5, "u"), (0.3, "u")], 0.625, 1.0),
    ],
)
def test_auroc_by_hand(rows, auroc, of_right):
    ordered = Ordered(judged(*rows))
    assert ordered.auroc(ONES)[0] == pytest.approx(auroc)
    assert ordered.auroc_right(ONES)[0] == pytest.approx(of_right)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=25))
def test_auroc_is_the_share_of_pairs_in_order(rows):
    good = [c for c, answerable in rows if answerable]
    bad = [c for c, answerable in rows if not answerable]
    found = Ordered([Judged(c / 5, False, answerable) for c, answerable in rows]).auroc(
        np.ones((1, len(rows)), dtype=np.int64)
    )[0]
    if not good or not bad:
        assert np.isnan(found)
    else:
        pairs = [(g > b) + 0.5 * (g == b) for g in good for b in bad]
        assert found == pytest.approx(sum(pairs) / len(pairs))


def test_weights_count_questions_as_often_as_they_come():
    rows = judged((0.9, "r"), (0.3, "w"), (0.5, "u"), (0.3, "u"))
    twice = Ordered([*rows, rows[1]])
    weighted = Ordered(rows)
    weights = np.array([[1, 2, 1, 1]], dtype=np.int64)
    assert weighted.auroc(weights) == twice.auroc(np.ones((1, 5), dtype=np.int64))
    assert weighted.area(weights) == pytest.approx(twice.area(np.ones((1, 5), dtype=np.int64)))


TEN = [(1 - i / 20, "r") for i in range(10)]  # 1.0 down to 0.55


@pytest.mark.parametrize(
    ("unanswerable", "answered", "share"),
    [
        ([0.1, 0.2], 0.9, 0.0),
        ([0.58, 0.1], 0.9, 0.0),  # below the ninth
        ([0.58, 0.1], 0.95, 0.5),  # the tenth must be answered too
        ([0.60, 0.1], 0.9, 0.5),  # tied with the ninth: answered as well
        ([0.99, 0.98], 0.9, 1.0),
    ],
)
def test_false_answers_at_a_share_answered(unanswerable, answered, share):
    rows = judged(*TEN, *((c, "u") for c in unanswerable))
    assert Ordered(rows).false_answers(np.ones((1, len(rows)), dtype=np.int64), answered)[0] == share


def test_the_risk_coverage_curve_by_hand():
    ordered = Ordered(judged((0.9, "r"), (0.8, "u"), (0.7, "r"), (0.6, "w")))
    assert ordered.curve() == [(0.25, 0.0), (0.5, 0.5), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
    assert ordered.area(ONES)[0] == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [1, 3, 0, 2]])
def test_ties_share_their_errors_evenly_whatever_their_order(order):
    rows = judged((0.5, "r"), (0.5, "w"), (0.5, "r"), (0.5, "u"))
    assert [risk for _, risk in Ordered([rows[i] for i in order]).curve()] == [0.5] * 4


def test_brier_and_calibration_by_hand():
    rows = judged((0.95, "r"), (0.85, "r"), (0.85, "u"), (0.15, "w"))
    assert sum(brier(rows)) / 4 == pytest.approx((0.0025 + 0.0225 + 0.7225 + 0.0225) / 4)
    assert reliability(rows) == [
        Bin(0.1, 0.2, 1, 0.15, 0.0),
        Bin(0.8, 0.9, 2, 0.85, 0.5),
        Bin(0.9, 1.0, 1, 0.95, 1.0),
    ]
    assert Ordered(rows).calibration_error(ONES)[0] == pytest.approx((0.15 + 2 * 0.35 + 0.05) / 4)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_the_calibration_error_is_the_gap_of_the_bins(rows):
    found = [Judged(confidence, right, True) for confidence, right in rows]
    bins = reliability(found)
    assert sum(b.count for b in bins) == len(rows)
    by_bins = sum(b.count * abs(b.confidence - b.right) for b in bins) / len(rows)
    ones = np.ones((1, len(rows)), dtype=np.int64)
    assert Ordered(found).calibration_error(ones)[0] == pytest.approx(by_bins, abs=1e-8)


def test_perfect_confidence_has_no_error():
    rows = judged((1.0, "r"), (1.0, "r"), (0.0, "u"), (0.0, "w"))
    assert Ordered(rows).calibration_error(ONES)[0] == 0.0
    assert sum(brier(rows)) == 0.0


def test_undefined_resamples_are_dropped():
    ordered = Ordered(judged((0.9, "r"), (0.1, "u")))
    found = resamples(2, FEW).interval_of(ordered.auroc)
    assert (found.value, found.low, found.high) == (1.0, 1.0, 1.0)


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.4, 0.9]), st.sampled_from("rwu")), min_size=1, max_size=12),
    st.data(),
)
def test_a_figure_of_a_resample_is_that_of_its_questions_one_by_one(rows, data):
    drawn = data.draw(st.lists(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)), min_size=1))
    weights = np.array(drawn, dtype=np.int64)
    areas = Ordered(judged(*rows)).area(weights)
    for times, area in zip(drawn, areas, strict=True):
        written_out = [row for row, count in zip(rows, times, strict=True) for _ in range(count)]
        alone = (
            Ordered(judged(*written_out)).area(np.ones((1, len(written_out)), dtype=np.int64)) if any(times) else [0]
        )
        assert area == alone[0]


def test_pairs_that_do_not_differ_do_not_change_the_test():
    a, b = [1.0, 0.0, 1.0, 1.0, 0.5, 0.0], [0.0, 0.0, 1.0, 0.0, 1.0, 0.0]
    bits = np.random.PCG64(Resampling().seed)
    signs = (bits.random_raw(10_000 * 6) >> np.uint64(63)).astype(np.float64).reshape(-1, 6) * 2 - 1
    extreme = np.abs(signs @ np.subtract(a, b)) >= 1.5 - 1e-12
    assert randomisation_test(a, b) == (extreme.sum() + 1) / 10_001
