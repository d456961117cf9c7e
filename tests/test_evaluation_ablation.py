from dataclasses import replace

import numpy as np
import pytest

from eval.ablation import Measured, line, rounded, values, worth
from eval.ablation_parts import PARTS, Part, all_parts, single_parts, without
from eval.fit import Asked
from qa.answer import features
from qa.answer.answering import Scored
from qa.answer.confidence import SIGNS
from qa.answer.windows import Window
from qa.embedding import Pieces
from qa.search.candidates import Candidates

NONE = np.zeros(0, np.float32)
CANDIDATES = Candidates(
    np.zeros(0, np.int64), NONE, NONE, NONE > 0, NONE, NONE, Pieces(NONE.reshape(0, 1), np.zeros((0, 2), np.int64)), {}
)
WINDOWS = (Window(0, 1, 0, 1, (0,)), Window(0, 1, 0, 2, (0, 1)), Window(0, 1, 1, 2, (1,)), Window(1, 2, 0, 1, (2,)))


def asked() -> Asked:
    rows = np.arange(1, 1 + 4 * len(features.NAMES), dtype=np.float32).reshape(4, -1)
    scored = Scored(CANDIDATES, WINDOWS, np.arange(4, dtype=np.float32), rows)
    return Asked("a-1", "a", scored, np.array([True, False, False, True]), answerable=True)


def test_every_sign_of_a_window_is_in_exactly_one_part_that_is_not_of_another():
    names = [name for part in all_parts() for name in part.signs if not part.name.startswith("of it")]
    assert sorted(names) == sorted(features.NAMES)


def test_parts_name_only_signs_that_there_are():
    assert {name for part in PARTS for name in part.signs} <= set(features.NAMES)
    assert {name for part in PARTS for name in part.sure} <= set(SIGNS)
    assert len({part.name for part in all_parts()}) == len(all_parts())


def test_signs_of_no_part_are_a_part(monkeypatch):
    monkeypatch.setattr(features, "NAMES", (*features.NAMES, "new"))
    assert all_parts()[-1] == Part("the rest", ("new",))


def test_each_sign_is_switched_off_everywhere_at_once():
    parts = {part.name: part for part in single_parts()}
    assert set(parts) == {*features.NAMES, *SIGNS}
    assert parts["meaning"] == Part("meaning", ("meaning",), ("meaning",))
    assert parts["date"] == Part("date", ("date",), ())
    assert parts["lead"] == Part("lead", (), ("lead",))


@pytest.mark.parametrize(
    ("part", "reranks"),
    [
        (Part("p", ("words",)), True),
        (Part("p", windows="longest"), True),
        (Part("p", (), ("lead",)), False),
    ],
)
def test_what_changes_the_order_of_answers(part, reranks):
    assert part.reranks is reranks


def test_what_is_switched_off_is_blank_and_the_rest_as_before():
    before = asked()
    after = without(before, Part("p", ("words", "date")))
    gone = [features.NAMES.index(name) for name in ("words", "date")]
    assert not after.scored.rows[:, gone].any()
    left = [n for n in range(len(features.NAMES)) if n not in gone]
    assert (after.scored.rows[:, left] == before.scored.rows[:, left]).all()
    assert before.scored.rows.all()  # nothing was changed in place
    assert (after.right == before.right).all()


@pytest.mark.parametrize(
    ("which", "kept", "right"),
    [
        ("", [0, 1, 2, 3], [True, False, False, True]),
        ("one sentence", [0, 2, 3], [True, False, True]),
        ("longest", [1, 2, 3], [False, False, True]),
    ],
)
def test_windows_that_may_not_answer_are_dropped(which, kept, right):
    after = without(asked(), Part("p", windows=which))
    assert after.scored.windows == tuple(WINDOWS[n] for n in kept)
    assert after.right.tolist() == right
    assert after.scored.scores.tolist() == kept
    assert len(after.scored.rows) == len(kept)


FULL = Measured(
    np.array([1.0, 1.0, 1.0, 0.0]),
    np.array([1.0, 1.0, 1.0, 1.0]),
    np.array([0.9, 0.8, 0.7, 0.6, 0.2, 0.1]),
    np.array([True] * 4 + [False] * 2),
)


def test_the_measures_by_hand():
    assert values(FULL) == {"first@1": 0.75, "first@3": 1.0, "AUROC": 1.0}
    turned = replace(FULL, sure=np.array([0.1, 0.1, 0.1, 0.6, 0.6, 0.1]))
    assert values(turned)["AUROC"] == pytest.approx((3 * 0.5 + 0.5 + 1) / 8)


def test_a_part_is_worth_what_is_lost_without_it():
    less = replace(FULL, first=np.array([0.0, 1.0, 0.0, 0.0]), sure=FULL.sure[::-1].copy())
    found = worth(FULL, less)
    assert found["first@1"]["value"] == 0.25
    assert found["first@1"]["worth"] == 0.5
    assert found["first@1"]["low"] <= 0.5 <= found["first@1"]["high"]
    assert found["first@1"]["p"] == pytest.approx(0.5, abs=0.02)  # two pairs differ: 2 of 4 labellings are as extreme
    assert found["first@3"]["worth"] == 0.0
    assert found["first@3"]["p"] == 1.0
    assert found["AUROC"]["worth"] == 1.0
    assert "p" not in found["AUROC"]


def test_a_part_that_harms_is_worth_less_than_nothing():
    better = replace(FULL, first=np.ones(4))
    assert worth(FULL, better)["first@1"]["worth"] == -0.25


def test_the_line_of_a_row():
    row = {"name": "dates", "dev": worth(FULL, FULL), "test": values(FULL)}
    shown = line(row)
    assert shown.startswith("dates")
    assert shown.count("+0.000") == 3
    assert shown.count("p=1.000") == 2
    assert len(line(row, ("dev",))) < len(shown)
    assert line(row, ("test",)).split() == ["dates", "0.750", "1.000", "1.000"]


def test_json_has_six_decimals():
    assert rounded({"a": [0.12345678, ("b", 1)]}) == {"a": [0.123457, ["b", 1]]}
