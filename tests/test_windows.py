"""Windows: one to three sentences of one turn, at most 120 words, verbatim."""

from itertools import pairwise

import numpy as np
import pytest

from qa.answer.windows import (
    MOST_QUOTED,
    MOST_SENTENCES,
    MOST_WORDS,
    quoting,
    segments_of,
    text_of,
    unfinished,
    vectors_of,
    windows_of,
)
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates
from qa.spans import ordered, quote
from qa.turns.records import TurnKind
from tests.letterbook import indexed, opened, written

LONG = (
    "Alpha " + "word " * 69 + "end. " + "Beta " + "word " * 49 + "end. " + "Gamma " + "word " * 199 + "end. Delta ends."
)


def candidates_of(assistant, text="How much coal is left?"):
    every = np.ones(len(assistant.index.passages), np.bool_)
    question = understand(text, assistant.known)
    return find_candidates(assistant.reader, assistant.encoder, question, every, SearchSettings())


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    indexed(written(folder / "sources", {"long.txt": f"Report\n\n{LONG}\n"}), folder / "index")
    return opened(folder / "index")


@pytest.fixture(params=["letterbook", "long"])
def assistant(request):
    return request.getfixturevalue(request.param)


def test_every_window_is_one_to_three_sentences_of_one_turn(assistant):
    windows = windows_of(assistant.reader, candidates_of(assistant))
    assert windows
    for window in windows:
        assert 1 <= window.end - window.first <= MOST_QUOTED
        if window.end - window.first > MOST_SENTENCES:
            assert '"' in text_of(assistant.reader, window)
        assert window.end <= len(assistant.reader.turn(window.turn).sentences)
        words = len(text_of(assistant.reader, window).split())
        assert words <= MOST_WORDS or window.end - window.first == 1
    keys = [(w.turn, w.first, w.end) for w in windows]
    assert len(set(keys)) == len(keys)


def test_every_sentence_of_a_candidate_begins_a_window(assistant):
    candidates = candidates_of(assistant)
    begun = {(w.turn, w.first) for w in windows_of(assistant.reader, candidates)}
    for number in candidates.passages:
        turn = int(assistant.index.columns.turn[int(number)])
        assert {(turn, n) for n in range(*assistant.reader.passage(int(number)).sentences)} <= begun


def test_the_words_of_a_window_are_those_of_its_segments(assistant):
    for window in windows_of(assistant.reader, candidates_of(assistant)):
        text = assistant.reader.text(assistant.reader.document_of(window.turn))
        segments = segments_of(assistant.reader, window)
        assert ordered(segments)
        assert quote(text, segments) == text_of(assistant.reader, window)


def test_vectors_are_unit_means_of_the_sentences(assistant):
    windows = windows_of(assistant.reader, candidates_of(assistant))
    vectors = vectors_of(assistant.reader, windows)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(windows)), abs=1e-5)
    for window, vector in list(zip(windows, vectors, strict=True))[:9]:
        rows = assistant.index.sentence_vectors.rows(np.array(window.rows))
        mean = rows.mean(axis=0)
        assert vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_no_window_no_vectors(letterbook):
    assert vectors_of(letterbook.reader, ()).shape == (0, letterbook.encoder.dimension)


def test_three_sentences_of_one_turn(letterbook):
    texts = [text_of(letterbook.reader, w) for w in windows_of(letterbook.reader, candidates_of(letterbook))]
    assert "Two ships were lost on the reef." in texts
    assert "Two ships were lost on the reef. I ask for coal and for two tugs." in texts
    assert not any("lamps came yesterday. Minister" in text for text in texts)


def test_a_long_sentence_stands_alone(long):
    starts = [text_of(long.reader, w) for w in windows_of(long.reader, candidates_of(long))]
    assert max(len(text.split()) for text in starts if text.startswith("Gamma")) <= 201
    assert not [t for t in starts if t.startswith("Alpha") and "Beta" in t and len(t.split()) > MOST_WORDS]


def test_windows_do_not_leave_their_turn(letterbook):
    turns = [letterbook.reader.turn(w.turn) for w in windows_of(letterbook.reader, candidates_of(letterbook))]
    assert len({turn.id for turn in turns}) > 3
    assert all(a.document in ("letter", "minutes", "telegram") for a, _ in pairwise(turns))


def test_no_window_is_longer_than_a_quote_may_be(long):
    windows = windows_of(long.reader, candidates_of(long))
    assert all(len(text_of(long.reader, window).split()) <= MOST_WORDS for window in windows)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Lund wrote: “The ice is gone.", True),
        ("Lund wrote: “The ice is gone.”", False),
        ("gone.” Then he left.", False),
        ("gone.” Then he said: “I go.", True),
        ("“‘No,’ he said.", True),
        ("He said: « Non.", True),
        ('He said: "No. I go.', True),
        ('He said: "No."', False),
        ('no." He left.', False),
        ('("No")', False),
        ("It is 5'10\" high.", False),
        ("", False),
    ],
)
def test_where_a_text_ends_within_a_quotation(text, inside):
    assert quoting(text) is inside


QUOTED = (
    'The envoy was told the following: "We have a treaty. Its essence is known to you. It is a shield. It is no sword."'
    " He left at noon. The ice was gone. The tugs came."
)


def test_a_quotation_is_not_left_before_it_ends(tmp_path):
    indexed(written(tmp_path / "sources", {"note.txt": f"Report\n\n{QUOTED}\n"}), tmp_path / "index")
    assistant = opened(tmp_path / "index")
    texts = [text_of(assistant.reader, w) for w in windows_of(assistant.reader, candidates_of(assistant))]
    told = [text for text in texts if text.startswith("The envoy")]
    assert told == [QUOTED[: QUOTED.index(" He left")], QUOTED[: QUOTED.index(" The ice")]][: len(told)]
    assert told[0].endswith('no sword."')
    assert "Its essence is known to you." in texts
    assert not [text for text in texts if quoting(text)]


LISTED = (
    "Report\n\nThe sitting began at noon. The following ships were lost: the Ida, the Jutta and the Karl. "
    "All hands were saved."
)
HEADED = (
    "MINUTES\n\n9 March 1921\n\nPresent: Minister Okafor, Captain Lund\n\nElection of a chairman:\n\n"
    "Minister Okafor: I name Lund.\n"
)


@pytest.mark.parametrize("text", [LISTED, HEADED])
def test_what_only_announces_is_no_answer(tmp_path, text):
    indexed(written(tmp_path / "sources", {"note.txt": f"{text}\n"}), tmp_path / "index")
    assistant = opened(tmp_path / "index")
    windows = windows_of(assistant.reader, candidates_of(assistant))
    assert windows
    kinds = [assistant.reader.turn(w.turn).kind for w in windows]
    texts = [text_of(assistant.reader, w) for w in windows]
    assert not [t for t, k in zip(texts, kinds, strict=True) if t.endswith(":") and k is not TurnKind.APPARATUS]


@pytest.mark.parametrize(("text", "goes_on"), [("the following:", True), ("“No", True), ("No.", False), ("", False)])
def test_where_a_text_is_unfinished(text, goes_on):
    assert unfinished(text) is goes_on
