"""The signs for and against a window, each on windows of the letter book."""

import numpy as np
import pytest

from qa.answer import features
from qa.answer.answering import spellings_of
from qa.answer.features import NAMES, features_of
from qa.answer.ranking import explain
from qa.answer.windows import text_of, vectors_of, windows_of
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates
from tests.letterbook import indexed, opened, written

TUGS = "I promised the envoy tugs."
ASKS = "I ask for coal and for two tugs."
CLOSED = "The harbour will be closed until May, because ice has taken the northern mole."
LOST = "Two ships were lost on the reef."
TONS = "Forty tons are left; enough for a week."
HOW = "How much coal is left?"
SIGNED = "The treaty of navigation was signed on 28 April 1922 by both governments."
HEAD = "From: Envoy Anna Brandt"
FROM = "Letter from Peter Okafor to Erik Lund"
KERN = "Translated by Ivo Kern."


def tabled(assistant):
    """Return the features of every window of a question, by its words."""
    every = np.ones(len(assistant.index.passages), np.bool_)
    reader, people = assistant.reader, assistant.people

    def of(text):
        question = understand(text, assistant.known)
        candidates = find_candidates(reader, assistant.encoder, question, every, SearchSettings(each=500))
        windows = windows_of(reader, candidates)
        spellings = spellings_of(question, people)
        rows = features_of(reader, question, candidates, windows, vectors_of(reader, windows), spellings)
        assert rows.shape == (len(windows), len(NAMES))
        assert np.isfinite(rows).all()
        return {
            text_of(reader, w): dict(zip(NAMES, map(float, r), strict=True)) for w, r in zip(windows, rows, strict=True)
        }

    return of


@pytest.fixture(scope="module")
def table(letterbook):
    return tabled(letterbook)


ROWS = [
    ("How much coal is left?", HOW, "words", 1.0),
    ("How much coal is left?", SIGNED, "words", 0.0),
    ("What did Brandt say?", LOST, "speaker", 1.0),
    ("What did Brandt say?", TONS, "speaker", 0.0),
    ("What did Brandt say?", TONS, "other_speaker", 1.0),
    ("What did Brandt say?", HEAD, "other_speaker", 0.0),
    ("What did Brandt tell Okafor?", ASKS, "addressee", 1.0),
    ("What did Brandt tell Okafor?", ASKS, "pair", 1.0),
    ("What did Brandt tell Okafor?", ASKS, "people", 1.0),
    ("What did Brandt tell Okafor?", TUGS, "wrong_way", 1.0),
    ("What did Brandt tell Okafor?", TUGS, "people", 0.5),
    ("What did Brandt tell Okafor?", TUGS, "pair", 0.0),
    ("What did Brandt tell Okafor?", HEAD, "people", 0.5),
    ("What did Brandt tell Okafor?", ASKS, "people_in_head", 1.0),
    ("How much coal is left?", ASKS, "speaker", 0.0),
    ("What did Brandt say in May 1922?", LOST, "other_time", 1.0),
    ("What did Brandt say in March 1921?", LOST, "other_time", 0.0),
    ("What did Brandt say in May 1922?", SIGNED, "other_time", 0.0),  # not of the one who is asked about
    ("What happened in May 1922?", LOST, "other_time", 0.0),
    ("What happened on 1 May 1922?", LOST, "other_time", 1.0),
    ("Who translated the letter of 1 May 1922?", KERN, "other_time", 1.0),
    ("Who translated the telegram of 3 March 1921?", KERN, "other_time", 0.0),
    ("Who translated the telegram from Brandt?", KERN, "matter_people", 1.0),
    ("Who translated the letter to Lund?", KERN, "matter_people", 0.0),
    ("Who translated the telegram from Brandt?", LOST, "matter_people", 0.0),
    ("Who signed the letter to Lund?", FROM, "matter", 1.0),  # a name in a record's own lines, whatever stands beside
    ("What happened in March 1921?", LOST, "date", 1.0),
    ("What happened in March 1921?", LOST, "other_date", 0.0),
    ("What happened in March 1921?", SIGNED, "other_date", 1.0),
    ("What happened?", SIGNED, "date", 0.0),
    ("How many ships were lost?", LOST, "number", 1.0),
    ("How many ships were lost?", TUGS, "number", 0.0),
    ("Which ships were lost?", LOST, "number", 0.0),
    ("Why was the harbour closed?", CLOSED, "reason", 1.0),
    ("Why was the harbour closed?", LOST, "reason", 0.0),
    ("When was it over?", SIGNED, "day", 1.0),
    ("When was it over?", LOST, "day", 0.0),
    ("Who translated the telegram?", KERN, "matter", 1.0),
    ("Who translated the telegram?", KERN, "matter_in_apparatus", 1.0),
    ("Who translated the telegram?", LOST, "matter", 0.0),
    ("ice", HEAD, "apparatus", 1.0),
    ("ice", LOST, "apparatus", 0.0),
    ("ice", HOW, "question", 1.0),
    ("ice", TONS, "question", 0.0),
    ("ice", "Dear Captain,", "introduces", 0.0),
    ("ice", TONS, "slight", 0.0),
]


@pytest.mark.parametrize(("question", "window", "name", "value"), ROWS, ids=[f"{r[2]}: {r[1][:30]}" for r in ROWS])
def test_a_sign(table, question, window, name, value):
    assert table(question)[window][name] == pytest.approx(value)


def test_a_label_is_no_part_of_what_is_said(tmp_path):
    said = "Captain Lund: Yes, agreed.\n\nMinister Okafor: Then the tugs wait for the ice.\n\nCaptain Lund: Yes.\n"
    indexed(written(tmp_path / "sources", {"talk.txt": said}), tmp_path / "index")
    rows = tabled(opened(tmp_path / "index"))("What did Lund say?")
    assert {words: row["slight"] for words, row in rows.items()} == {
        "Yes, agreed.": 1.0,
        "Then the tugs wait for the ice.": 0.0,
        "Yes.": 1.0,
    }


def test_words_count_by_their_rarity(table):
    rows = table("the ice and the reef")
    assert rows[LOST]["words"] > rows["The ice is gone and the mole stands."]["words"] > 0


def test_what_the_sentences_before_say_counts_beside_the_window(table):
    rows = table("ships lost, coal and tugs")
    assert rows[ASKS]["words_before"] > 0
    assert rows[ASKS]["words"] + rows[ASKS]["words_before"] == pytest.approx(1.0)


def test_a_word_that_the_archive_has_not_is_missing_everywhere(table):
    assert max(row["words"] for row in table("coal for zeppelins").values()) < 1.0


def test_vectors_are_compared(table, letterbook):
    question = "How much coal is left?"
    every = np.ones(len(letterbook.index.passages), np.bool_)
    asked = understand(question, letterbook.known)
    candidates = find_candidates(letterbook.reader, letterbook.encoder, asked, every, SearchSettings(each=500))
    windows = windows_of(letterbook.reader, candidates)
    rows, vectors = table(question), vectors_of(letterbook.reader, windows)
    for window, vector in zip(windows, vectors, strict=True):
        row = rows[text_of(letterbook.reader, window)]
        assert row["meaning"] == pytest.approx(float(vector @ candidates.query), abs=1e-5)
        assert row["passage"] == pytest.approx(float(candidates.meaning[window.passage]), abs=1e-5)


@pytest.mark.parametrize("name", ["words", "content_words", "words_in_head", "people", "matter"])
def test_shares_are_shares(table, name):
    for question in ("What did Brandt tell Okafor about tugs in March 1921?", "Who translated and signed it?", ""):
        assert all(0 <= row[name] <= 1.0001 for row in table(question).values())


def test_no_window_no_rows(letterbook):
    question = understand("x", letterbook.known)
    nobody = np.zeros(len(letterbook.index.passages), np.bool_)
    candidates = find_candidates(letterbook.reader, letterbook.encoder, question, nobody, SearchSettings())
    vectors = vectors_of(letterbook.reader, ())
    assert features_of(letterbook.reader, question, candidates, (), vectors, {}).shape == (0, len(NAMES))


def test_names_are_each_once():
    assert len(set(features.NAMES)) == len(features.NAMES)


EXPLAINED = [
    ([1.0, 2.0, 0.5], {"a": 1.0, "b": -2.0, "c": 0.0}, {"b": -4.0, "a": 1.0}),
    ([0.0, 0.0, 0.0], {"a": 1.0, "b": 1.0, "c": 1.0}, {}),
    ([1.0, 1.0, 1.0], {}, {}),
]


@pytest.mark.parametrize(("row", "weights", "parts"), EXPLAINED)
def test_an_explanation_names_what_adds_most_first(row, weights, parts):
    assert list(explain(("a", "b", "c"), np.array(row), weights).items()) == list(parts.items())
