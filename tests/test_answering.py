"""From a question to its answers: short, verbatim, of different passages, the same each time."""

import json
from importlib.resources import files

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.answering import AnswerSettings, chosen, pages_of, score_windows, spellings_of
from qa.answer.ranking import fitted
from qa.answer.windows import MOST_SENTENCES, MOST_WORDS
from qa.contract import answer_object, json_line
from qa.documents.records import Document, Page
from qa.errors import QAError
from qa.question import Filters
from qa.question.understanding import understand
from qa.search.candidates import SearchSettings, find_candidates
from qa.spans import Span, collapse, overlap, quote
from qa.turns.records import TurnKind

QUESTIONS = [
    "How much coal is left?",
    "Why will the harbour be closed?",
    "What did Brandt ask of Okafor?",
    "When was the treaty signed?",
    "Who translated the telegram?",
    "What happened to the tugs?",
    "ice",
]
ANY = Filters()
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((files("qa") / "data" / "answer.schema.json").read_text(encoding="utf-8"))
)


def shown(reply):
    return (*reply.answers, *reply.closest)


ANSWERED = [
    ("How much coal is left?", "coal"),
    ("Why will the harbour be closed?", "because ice has taken the northern mole"),
    ("How many ships were lost on the reef?", "Two ships were lost on the reef."),
    ("When was the treaty of navigation signed?", "28 April 1922"),
    ("Who translated the telegram?", "Translated by Ivo Kern."),
    ("What of the pilots without lamps?", "The pilots refuse to sail without lamps."),
]


@pytest.mark.parametrize(("question", "words"), ANSWERED, ids=[row[0] for row in ANSWERED])
def test_the_sentence_that_answers_comes_first(letterbook, question, words):
    assert words in letterbook.ask(question, threshold=0.0).answers[0].quote.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_verbatim_short_and_of_different_passages(letterbook, question):
    reply = letterbook.ask(question, k=5, threshold=0.0)
    assert reply.answers
    for answer in reply.answers:
        text = letterbook.text(answer.quote.source)
        assert quote(text, answer.quote.segments) == answer.quote.text
        assert answer.quote.text in collapse(text)
        assert len(answer.quote.text.split()) <= MOST_WORDS
        assert sum(overlap(s, answer.quote.segments) > 0 for s in answer.turn.sentences) <= MOST_SENTENCES
        assert " ".join(answer.quote.text.split()[:3]) in text.split("\n")[answer.line - 1]
        assert answer.document.source in answer.quote.source
        assert all(any(s.start <= m.start and m.end <= s.end for s in answer.quote.segments) for m in answer.matched)
    spans = [span for answer in reply.answers for span in ((answer.quote.source, *_ends(answer)),)]
    assert all(a[0] != b[0] or a[2] <= b[1] or b[2] <= a[1] for a in spans for b in spans if a != b)
    assert len({_passage(letterbook, answer) for answer in reply.answers}) == len(reply.answers)


def _ends(answer):
    return answer.quote.segments[0].start, answer.quote.segments[-1].end


def _passage(assistant, answer):
    start, _ = _ends(answer)
    at = [p.id for p in assistant.index.passages if p.turn == answer.turn.id and p.segments[0].start <= start]
    return at[-1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_has_the_same_reply(letterbook, question):
    first, second = (answer_object(letterbook.ask(question), letterbook.holding) for _ in range(2))
    first.pop("timings_ms")
    second.pop("timings_ms")
    assert json_line(first) == json_line(second)


@pytest.mark.parametrize("k", [1, 2, 3, 6])
def test_as_many_as_wanted_in_order(letterbook, k):
    answers = letterbook.ask("What happened to the tugs?", k=k, threshold=0.0).answers
    assert [answer.rank for answer in answers] == list(range(1, len(answers) + 1))
    assert 1 <= len(answers) <= k


@pytest.mark.parametrize(("threshold", "status"), [(0.0, "answered"), (1.0, "no_answer")])
def test_the_threshold_parts_answers_from_what_came_closest(letterbook, threshold, status):
    reply = letterbook.ask("How much coal is left?", threshold=threshold)
    assert reply.status == status
    assert bool(reply.answers) != bool(reply.closest)
    assert (reply.confidence >= threshold) == (status == "answered")
    assert len(reply.closest) <= 3


def test_the_first_answer_does_not_depend_on_how_many_are_wanted(letterbook):
    for question in QUESTIONS:
        replies = [letterbook.ask(question, k=k, threshold=0.0) for k in (1, 3, 6)]
        assert len({reply.answers[0].quote for reply in replies}) == 1


def test_who_when_and_where_come_with_the_words(letterbook):
    answer = letterbook.ask("How many ships were lost on the reef?", threshold=0.0).answers[0]
    assert (answer.turn.speaker.name, [a.name for a in answer.turn.addressees]) == ("Anna Brandt", ["Peter Okafor"])
    assert (answer.date.iso, answer.document.id, answer.quote.source) == ("1921-03-03", "telegram", "telegram.txt")
    assert letterbook.text("telegram.txt").split("\n")[answer.line - 1].startswith("The harbour") == (answer.line == 7)
    words = {letterbook.text("telegram.txt")[m.start : m.end].casefold() for m in answer.matched}
    assert {"ships", "lost", "reef"} <= words


def test_features_explain_the_score(letterbook):
    answer = letterbook.ask("How much coal is left?", threshold=0.0).answers[0]
    assert answer.score == pytest.approx(sum(answer.features.values()), abs=1e-3)
    sizes = [abs(part) for part in answer.features.values()]
    assert sizes == sorted(sizes, reverse=True)


def scored_for(assistant, text, settings):
    every = np.ones(len(assistant.index.passages), np.bool_)
    question = understand(text, assistant.known)
    candidates = find_candidates(assistant.reader, assistant.encoder, question, every, SearchSettings())
    return score_windows(assistant.reader, question, candidates, assistant.people, fitted(), settings)


@pytest.mark.parametrize("most", [1, 4, 16])
def test_windows_are_scored_best_first_and_no_more_than_asked(letterbook, most):
    scored = scored_for(letterbook, "How much coal is left?", AnswerSettings(windows=most))
    assert len(scored.windows) == len(scored.rows) == most
    assert list(scored.scores) == sorted(scored.scores, reverse=True)


def test_matters_that_are_alike_are_shown_once(letterbook):
    scored = scored_for(letterbook, "What happened to the tugs?", AnswerSettings())
    assert len(chosen(letterbook.reader, scored, 9, AnswerSettings(alike=-1.0))) == 1
    assert len(chosen(letterbook.reader, scored, 9, AnswerSettings(alike=1.1))) > 3


PAGES = (Page("7", 0, 10), Page("8", 10, 30), Page("9", 30, 40))


@pytest.mark.parametrize(
    ("segments", "labels"),
    [
        ((Span(0, 5),), ("7",)),
        ((Span(9, 10),), ("7",)),
        ((Span(10, 12),), ("8",)),
        ((Span(5, 12),), ("7", "8")),
        ((Span(0, 3), Span(35, 36)), ("7", "9")),
        ((Span(50, 60),), ()),
    ],
)
def test_pages(segments, labels):
    document = Document("d", "s", "", "letter", (), (), pages=PAGES)
    assert pages_of(document, segments) == labels


def test_spellings_hold_every_variant_folded(letterbook):
    question = understand("What did Okafor tell Lund?", letterbook.known)
    spellings = spellings_of(question, letterbook.people)
    assert set(spellings) == {"Peter Okafor", "Erik Lund"}
    assert "peter okafor" in spellings["Peter Okafor"]
    assert all(s == s.casefold() and len(s) > 3 for found in spellings.values() for s in found)


VOCABULARY = "what who why did does Brandt Lund Okafor tell say coal ice the in 1921 March about tugs ? ' ,"
WORDS = (*VOCABULARY.split(), "\n")


@given(text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_any_question_is_answered_by_the_contract_or_refused_by_name(letterbook, text):
    try:
        reply = letterbook.ask(text)
    except QAError:
        assert not text.strip()
        return
    value = json.loads(json_line(answer_object(reply, letterbook.holding)))
    SCHEMA.validate(value)
    for answer in shown(reply):
        assert quote(letterbook.text(answer.quote.source), answer.quote.segments) == answer.quote.text
        assert answer.turn.kind in TurnKind


@given(
    speaker=st.sampled_from(["", "Brandt", "Okafor", "Nobody", "'", "\x00"]) | st.text(max_size=10),
    to=st.sampled_from(["", "Lund", "Okafor"]) | st.text(max_size=10),
    document=st.sampled_from(["", "minutes", "letter"]) | st.text(max_size=10),
)
def test_any_filters_are_kept_to(letterbook, speaker, to, document):
    reply = letterbook.ask("How much coal is left?", Filters(speaker, to, None, None, document), threshold=0.0)
    for answer in shown(reply):
        assert not speaker or answer.turn.speaker is not None
        assert not to or answer.turn.addressees
        assert not document or answer.document.id == document
    if not shown(reply):
        assert reply.missing
