"""Candidates: nearest by meaning or by words, among what is permitted, compared with plain arithmetic."""

from dataclasses import replace

import numpy as np
import pytest

from qa.question import Filters
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates, term_weights
from qa.search.filtering import permitted

SETTINGS = SearchSettings()


def found(assistant, text, settings=SETTINGS, allowed=None):
    everything = np.ones(len(assistant.index.passages), np.bool_)
    mask = everything if allowed is None else allowed
    return find_candidates(assistant.reader, assistant.encoder, understand(text, assistant.known), mask, settings)


def test_scores_are_those_of_plain_arithmetic(letterbook):
    candidates = found(letterbook, "How much coal is left?")
    index = letterbook.index
    query = letterbook.encoder.encode(["How much coal is left?"], "query")[0]
    assert candidates.query == pytest.approx(query)
    vectors = index.passage_vectors.rows(np.arange(len(index.passages)))
    assert candidates.meaning == pytest.approx(vectors[candidates.passages] @ query, abs=1e-5)
    every = np.ones(len(index.passages), np.bool_)
    words = index.words.scores(candidates.weights, SETTINGS.fields, every)
    assert candidates.words == pytest.approx(words[candidates.passages] / words.max(), abs=1e-5)


def test_they_come_best_first_each_once(letterbook):
    candidates = found(letterbook, "How much coal is left?")
    fused = candidates.meaning + SETTINGS.fusion * candidates.words
    assert list(fused) == sorted(fused, reverse=True)
    assert len(set(candidates.passages)) == len(candidates.passages)
    assert len(candidates.passages) == len(candidates.meaning) == len(candidates.words)
    assert letterbook.index.passages[int(candidates.passages[0])].id == "minutes#4.1"


@pytest.mark.parametrize("each", [1, 2, 5])
def test_few_are_taken_from_each_list(letterbook, each):
    candidates = found(letterbook, "How much coal is left?", replace(SETTINGS, each=each))
    assert 1 <= len(candidates.passages) <= 5 * each  # two vectors in two indexes, and the words


def test_the_nearest_to_the_question_and_to_its_content_are_among_them(letterbook):
    candidates = found(letterbook, "What did Roe say of the coal?", replace(SETTINGS, each=1))
    index, starts = letterbook.index, np.asarray(letterbook.index.columns.sentence_starts)
    vectors = index.passage_vectors.rows(np.arange(len(index.passages)))
    sentences = index.sentence_vectors.rows(np.arange(len(index.sentence_vectors)))
    for query in (candidates.query, candidates.about):
        owner = int(np.searchsorted(starts, int(np.argmax(sentences @ query)), side="right")) - 1
        assert {int(np.argmax(vectors @ query)), owner} <= set(map(int, candidates.passages))


@pytest.mark.parametrize(("records", "there"), [(1, True), (0, False)])
def test_the_own_lines_of_a_record_are_looked_at_where_one_is_asked_about(letterbook, records, there):
    settings = replace(SETTINGS, each=1, records=records)
    candidates = found(letterbook, "Who put the news of the northern mole into English?", settings)
    lines = {s for n in candidates.passages for s in letterbook.reader.sentences(int(n))}
    assert ("Translated by Ivo Kern." in lines) is there


@pytest.mark.parametrize(("told", "there"), [(40, True), (1, False)])
def test_what_was_written_on_the_day_asked_about_is_looked_at_whatever_its_words(letterbook, told, there):
    candidates = found(letterbook, "What of the ice on 9 March 1921?", replace(SETTINGS, each=1, told=told))
    ids = {letterbook.index.passages[int(n)].id for n in candidates.passages}
    assert ({f"minutes#{n}.1" for n in range(1, 7)} <= ids) is there


def test_a_word_finds_what_meaning_does_not(letterbook):
    settings = replace(SETTINGS, each=1)
    names = {letterbook.index.passages[int(n)].id for n in found(letterbook, "reef", settings).passages}
    assert "telegram#4.1" in names


@pytest.mark.parametrize("number", [0, 3, 9, 15])
def test_only_what_is_permitted_is_found(letterbook, number):
    mask = np.zeros(len(letterbook.index.passages), np.bool_)
    mask[number] = True
    assert list(found(letterbook, "How much coal is left?", allowed=mask).passages) == [number]


def test_nothing_permitted_finds_nothing(letterbook):
    mask = np.zeros(len(letterbook.index.passages), np.bool_)
    candidates = found(letterbook, "How much coal is left?", allowed=mask)
    assert [len(a) for a in (candidates.passages, candidates.meaning, candidates.words)] == [0, 0, 0]
    assert len(candidates.query) == letterbook.encoder.dimension


@pytest.mark.parametrize("wanted", [Filters(speaker="Okafor"), Filters(to="Lund"), Filters(document="letter")])
def test_filters_and_candidates_agree(letterbook, wanted):
    mask = permitted(letterbook.index, wanted, letterbook.people)
    assert mask[found(letterbook, "the coal and the tugs", allowed=mask).passages].all()


TERMS = [
    (["coal"], {"coal": 1.0}),
    (["coal", "tug"], {"coal": 1.0, "tug": 1.0}),
    (["harbuor"], {"harbour": 0.7}),
    (["coal", "caol"], {"coal": 1.0}),
    (["zeppelin"], {}),
    ([], {}),
]


@pytest.mark.parametrize(("terms", "weights"), TERMS, ids=str)
def test_a_slip_of_the_pen_is_repaired_for_less(letterbook, terms, weights):
    assert term_weights(letterbook.reader, terms, 0.7) == weights
