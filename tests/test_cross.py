"""The cross-encoder: what it reads, how it is kept, and that it tells an answer from words that only sound alike."""

import numpy as np
import pytest

from qa.answer.judged import READ, judged, reading_of
from qa.answer.windows import windows_of
from qa.embedding.cross import (
    BEFORE,
    CARD,
    HEAD,
    QUESTION,
    TEXT,
    CrossEncoder,
    Reading,
    feed,
    open_cross,
    prepare_cross,
)
from qa.embedding.graph import graph_tokenizer
from qa.embedding.models import default_folder
from qa.errors import ModelError
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates


@pytest.fixture(scope="module")
def reading():
    return CrossEncoder(graph_tokenizer(default_folder() / "tokenizer.json"), None)


@pytest.fixture(scope="session")
def cross(exports):
    return open_cross(exports)


@pytest.mark.parametrize(
    ("question", "text", "head", "before", "lengths"),
    [
        ("who came", "ann came", "", "", (2, 2, 0)),
        ("who came", "ann came", "the dam", "it rained", (2, 2, 4)),
        ("why " * 50, "so " * 100, "we " * 40, "it " * 40, (QUESTION, TEXT, HEAD + BEFORE)),
    ],
)
def test_what_is_read_of_each_part(reading, question, text, head, before, lengths):
    ((pieces, kinds),) = reading.rows(question, [Reading(text, head, before)])
    asked, told, around = lengths
    assert len(pieces) == len(kinds) == asked + told + around + 4
    assert kinds == [0] * (asked + 2) + [1] * (told + 1) + [0] * (around + 1)
    assert [pieces[0], pieces[asked + 1], pieces[asked + told + 2], pieces[-1]] == [101, 102, 102, 102]


def test_of_what_stands_before_the_end_is_read(reading):
    words = " ".join(["one"] * 40 + ["two"] * BEFORE)
    ((pieces, _),) = reading.rows("who", [Reading("so", "", words)])
    assert len(set(pieces[-BEFORE - 1 : -1])) == 1


def test_rows_are_filled_up_and_masked():
    fed = feed([([101, 7, 102], [0, 0, 1]), ([101, 102], [0, 0])])
    assert fed["input_ids"].tolist() == [[101, 7, 102], [101, 102, 0]]
    assert fed["attention_mask"].tolist() == [[1, 1, 1], [1, 1, 0]]
    assert fed["token_type_ids"].tolist() == [[0, 0, 1], [0, 0, 0]]


PAIRS = [
    (
        "How many tons of coal are left?",
        "Forty tons of it remain; enough for a week.",
        "Coal rose in price in March.",
    ),
    ("Who built the bridge?", "It was built by two brothers from Dover.", "The bridge was long and very narrow."),
    ("When did the treaty end?", "It ran out in the spring of 1931.", "The treaty was of great use to all of them."),
    ("Why was it closed?", "It was closed because ice had taken the mole.", "The harbour has three cranes and a mole."),
]


@pytest.mark.parametrize(("question", "answers", "sounds"), PAIRS)
def test_an_answer_is_told_from_what_sounds_alike(cross, question, answers, sounds):
    yes, no = cross.judge(question, [Reading(answers), Reading(sounds)])
    assert yes > no


def test_rows_of_unlike_length_do_not_touch_each_other(cross):
    readings = [Reading("Ice."), Reading("Ice had taken the mole. " * 12, "Report.", "It was cold.")]
    together = cross.judge("Why was it closed?", readings)
    apart = [float(cross.judge("Why was it closed?", [r])[0]) for r in readings]
    assert together == pytest.approx(apart)
    assert not len(cross.judge("Why?", []))


def test_it_is_exported_once_and_noticed_when_altered(cross, exports, tmp_path):
    told: list[str] = []
    prepare_cross(exports, report=told.append)
    assert not told
    (tmp_path / CARD).write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="run `qa index` again"):
        CrossEncoder.open(tmp_path)


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be written: run `qa index` again"):
        prepare_cross(tmp_path / "file")


def test_the_best_windows_are_judged_with_who_speaks_where(letterbook):
    reader = letterbook.reader
    question = understand("How much coal is left?", letterbook.known)
    every = np.ones(len(reader.index.passages), np.bool_)
    windows = windows_of(reader, find_candidates(reader, letterbook.encoder, question, every, SearchSettings()))
    seen = []

    class Judge:
        def judge(self, question, readings):
            seen.extend(readings)
            return np.arange(len(readings), dtype=np.float32)

    assert judged(reader, Judge(), question, windows) == READ - 2  # one of the five asks, and is passed over
    assert not any(r.text.endswith("?") for r in seen)
    assert judged(reader, Judge(), question, ()) == 0.0
    coal = next(r for r in (reading_of(reader, w) for w in windows) if r.text.startswith("Forty tons"))
    assert coal.head == "Erik Lund to Peter Okafor: MINUTES OF THE HARBOUR BOARD. 1921-03-09"
    assert coal.before.startswith("I promised the envoy tugs")
