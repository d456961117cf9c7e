"""Word by word: questions and windows of a small archive, where equal words are equal vectors."""

import numpy as np
import pytest

from qa.answer.windows import windows_of
from qa.answer.wordwise import NAMES, attributed, wordwise
from qa.question import AnswerKind, Question
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates
from qa.turns.records import Attribution, Basis, Turn, TurnKind

CODE = 0.08  # what two bits a coordinate lose of a cosine in 32 dimensions


def looked_at(assistant, text):
    question = understand(text, assistant.known)
    every = np.ones(len(assistant.index.passages), np.bool_)
    candidates = find_candidates(assistant.reader, assistant.encoder, question, every, SearchSettings())
    windows = windows_of(assistant.reader, candidates)
    return windows, wordwise(assistant.reader, question, candidates, windows)


def test_there_is_one_value_a_window_of_each(letterbook):
    windows, found = looked_at(letterbook, "How much coal is left?")
    assert tuple(found) == NAMES
    assert all(values.shape == (len(windows),) and np.isfinite(values).all() for values in found.values())


@pytest.mark.parametrize("question", ["Forty tons are left;", "The ice is gone", "No ship has been lost since."])
def test_words_that_stand_in_a_sentence_are_found_there(letterbook, question):
    windows, found = looked_at(letterbook, question)
    best = int(np.argmax(found["word_by_word"] - 1e-3 * np.array([w.end - w.first for w in windows])))
    window = windows[best]
    text = " ".join(letterbook.reader.sentence(window.turn, n) for n in range(window.first, window.end))
    assert question.rstrip(".") in text
    assert found["weakest_words"][best] > 1 - 2 * CODE


def test_more_words_never_take_a_match_away(letterbook):
    windows, found = looked_at(letterbook, "Who paid for the tugs?")
    place = {(w.turn, w.first, w.end): n for n, w in enumerate(windows)}
    longer = [(place[t, f, e], place[t, f, e + 1]) for (t, f, e) in place if (t, f, e + 1) in place]
    assert longer
    for short, long in longer:
        assert found["word_by_word"][long] >= found["word_by_word"][short] - 1e-6
    assert (found["by_word_before"] >= found["word_by_word"] - 1e-6).all()


def test_the_weakest_are_never_above_the_mean(letterbook):
    _, found = looked_at(letterbook, "When was the treaty of navigation signed?")
    for weakest, mean in (("weakest_words", "word_by_word"), ("weakest_before", "by_word_before")):
        assert (found[weakest] <= found[mean] + 1e-6).all()


def test_the_sentences_before_count_as_before_within_a_document_only(letterbook):
    windows, found = looked_at(letterbook, "How much coal is left?")
    first = [n for n, w in enumerate(windows) if w.rows[0] == 0]
    assert first
    assert found["by_word_before"][first] == pytest.approx(found["word_by_word"][first])
    columns = letterbook.index.columns
    starts = np.asarray(columns.sentence_starts)
    for n, window in enumerate(windows):
        passage = int(np.searchsorted(starts, window.rows[0], side="right")) - 1
        if window.rows[0] == starts[passage] and passage and columns.document[passage] != columns.document[passage - 1]:
            assert found["by_word_before"][n] == pytest.approx(found["word_by_word"][n])


def test_a_question_of_function_words_has_weights_all_the_same(letterbook):
    _, found = looked_at(letterbook, "What is it?")
    assert found["rare_words"] == pytest.approx(found["word_by_word"], abs=1e-5)


def test_nothing_to_look_at_gives_nothing(letterbook):
    question = understand("How much coal is left?", letterbook.known)
    none = np.zeros(len(letterbook.index.passages), np.bool_)
    candidates = find_candidates(letterbook.reader, letterbook.encoder, question, none, SearchSettings())
    found = wordwise(letterbook.reader, question, candidates, ())
    assert tuple(found) == NAMES
    assert all(values.shape == (0,) for values in found.values())


def test_who_speaks_counts_as_named_whether_a_label_repeats_the_name_or_not(letterbook):
    question = understand("What did Lund tell Okafor about the lamps?", letterbook.known)
    said = [t for t in letterbook.index.turns if t.speaker and t.speaker.name == "Erik Lund" and t.addressees]
    assert said
    for turn in said:
        heard = "Peter Okafor" in {a.name for a in turn.addressees}
        assert attributed(question, turn) == ("Erik Lund", *(("Peter Okafor",) if heard else ()))
    other = next(t for t in letterbook.index.turns if t.speaker and t.speaker.name == "Anna Brandt")
    assert "Erik Lund" not in attributed(question, other)


@pytest.mark.parametrize(
    ("speaker", "asked", "found"),
    [
        ("Anna Roe", ("Anna Roe",), ("Anna Roe",)),
        ("Anna Roe and Li Wei", ("Li Wei",), ("Li Wei",)),
        ("Anna Roe and Li Wei", ("Ivo Kern",), ()),
        ("", ("Anna Roe",), ()),
    ],
)
def test_who_speaks_with_others_speaks(speaker, asked, found):
    who = Attribution(speaker, speaker, Basis.REPORTED) if speaker else None
    turn = Turn("d#1", "d", TurnKind.SPEECH, (), (), who)
    assert attributed(Question("?", AnswerKind.WORDS, speakers=asked), turn) == found
