from dataclasses import replace

import numpy as np
import pytest

from eval.ablation import Measured, Remembering, line, rounded, values, worth
from eval.ablation_parts import LATE, PARTS, Part, all_parts, single_parts, without
from eval.fit import Asked
from qa.answer import closer, features
from qa.answer.answering import Scored
from qa.answer.confidence import SIGNS
from qa.answer.windows import Window
from qa.search.candidates import Candidates

NONE = np.zeros(0, np.float32)
CANDIDATES = Candidates(np.zeros(0, np.int64), NONE, NONE, NONE, NONE, {})
WINDOWS = (Window(0, 1, 0, 1, (0,)), Window(0, 1, 0, 2, (0, 1)), Window(0, 1, 1, 2, (1,)), Window(1, 2, 0, 1, (2,)))


def asked() -> Asked:
    rows = np.arange(1, 1 + 4 * len(features.NAMES), dtype=np.float32).reshape(4, -1)
    looks = np.full((4, len(closer.NAMES)), 0.5, np.float32)
    looks[3] = 0.0  # not read again
    scored = Scored(CANDIDATES, WINDOWS, np.arange(4, dtype=np.float32), rows, looks)
    return Asked("a-1", "a", scored, np.array([True, False, False, True]), answerable=True)


def test_every_sign_of_a_window_is_in_exactly_one_part():
    names = [name for part in all_parts() for name in part.first]
    assert sorted(names) == sorted(features.NAMES)


def test_parts_name_only_signs_that_there_are():
    assert {name for part in PARTS for name in part.second} <= set(closer.NAMES)
    assert {name for part in PARTS for name in part.sure} <= set(SIGNS)
    assert len({part.name for part in all_parts()}) == len(all_parts())


def test_signs_of_no_part_are_a_part(monkeypatch):
    monkeypatch.setattr(features, "NAMES", (*features.NAMES, "new"))
    assert all_parts()[-1] == Part("the rest", ("new",))


def test_each_sign_is_switched_off_everywhere_at_once():
    parts = {part.name: part for part in single_parts()}
    assert set(parts) == {*features.NAMES, *closer.NAMES, *SIGNS}
    assert parts["meaning"] == Part("meaning", ("meaning",), (), ("meaning",))
    assert parts["in_context"] == Part("in_context", (), ("in_context",), ("in_context",))
    assert parts["lead"] == Part("lead", (), (), ("lead",))


@pytest.mark.parametrize(
    ("part", "reranks"),
    [
        (Part("p", ("words",)), True),
        (Part("p", (), LATE), True),
        (Part("p", windows="longest"), True),
        (Part("p", (), (), ("lead",)), False),
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


def test_a_blank_closer_look_still_tells_what_was_read_again():
    after = without(asked(), Part("p", (), closer.NAMES))
    assert after.scored.looks.any(axis=1).tolist() == [True, True, True, False]
    assert np.ptp(after.scored.looks[:3]) == 0


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
    assert len(after.scored.rows) == len(after.scored.looks) == len(kept)


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


class Counting:
    name = "counting"

    def __init__(self):
        self.read = []

    def encode_tokens(self, texts, kind):
        self.read += [(kind, text) for text in texts]
        return [np.full((1, 2), len(text), np.float32) for text in texts]


def test_no_text_is_read_twice():
    inner = Counting()
    encoder = Remembering(inner)  # type: ignore[arg-type]
    first = encoder.encode_tokens(["a", "bb", "a"], "passage")
    again = encoder.encode_tokens(["bb", "ccc"], "passage")
    encoder.encode_tokens(["a"], "query")
    assert inner.read == [("passage", "a"), ("passage", "bb"), ("passage", "ccc"), ("query", "a")]
    assert [rows[0, 0] for rows in (*first, *again)] == [1, 2, 1, 2, 3]
    assert encoder.name == "counting"
