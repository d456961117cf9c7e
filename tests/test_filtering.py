"""Filters: what they permit, before anything is scored."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from qa.dates import parse_bound
from qa.names import People
from qa.names.records import Person
from qa.question import Filters
from qa.question.understanding import understand
from qa.search.filtering import _numbers, canonical, permitted, told_of

PEOPLE = People(
    (
        Person("Kim Il Sung", ("Kim Il Sung", "Kim Il-sŏng")),
        Person("Kim Il", ("Kim Il",)),
        Person("Anna Brandt", ("Anna Brandt", "Brandt")),
    )
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Kim Il", "Kim Il"),
        ("kim il", "Kim Il"),
        ("Kim Il Sung", "Kim Il Sung"),
        ("Kim Il-song", "Kim Il Sung"),
        ("brandt", "Anna Brandt"),
        ("Brandt", "Anna Brandt"),
        ("Nobody", "Nobody"),
        ("", ""),
        ("Brandt and Kim Il", "Brandt and Kim Il"),
    ],
)
def test_the_canonical_form_of_a_name_as_typed(typed, name):
    assert canonical(typed, PEOPLE) == name


def _bound(text, end):
    return parse_bound(text, end) if text else None


def filters(speaker="", to="", after="", before="", document=""):
    return Filters(speaker, to, _bound(after, False), _bound(before, True), document)


def allowed(assistant, wanted):
    mask = permitted(assistant.index, wanted, assistant.people)
    return {assistant.index.passages[int(n)].id for n in np.flatnonzero(mask)}


MINUTES = {f"minutes#{n}.1" for n in range(1, 7)}
TELEGRAM = {f"telegram#{n}.1" for n in range(1, 6)}
LETTER = {f"letter#{n}.1" for n in range(1, 6)}
ROWS = [
    (filters(), MINUTES | TELEGRAM | LETTER),
    (filters(speaker="Lund"), {"minutes#5.1"}),
    (filters(speaker="erik lund"), {"minutes#5.1"}),
    (filters(speaker="Okafor"), {"minutes#4.1", "minutes#6.1", "letter#4.1"}),
    (filters(to="Lund"), {"letter#4.1"}),
    (filters(speaker="Brandt", to="Okafor"), {"telegram#4.1"}),
    (filters(speaker="Brandt", to="Lund"), set()),
    (filters(speaker="Okaf"), set()),
    (filters(document="minutes"), MINUTES),
    (filters(document="minute"), set()),
    (filters(document="minutes", speaker="Lund"), {"minutes#5.1"}),
    (filters(after="1922"), LETTER),
    (filters(before="1921"), MINUTES | TELEGRAM),
    (filters(before="1921-03-03"), TELEGRAM),
    (filters(before="1921-03"), MINUTES | TELEGRAM),
    (filters(after="1921-03-09", before="1921-03-09"), MINUTES),
    (filters(after="1921-03-04", before="1921-03-08"), set()),
    (filters(after="1923"), set()),
]


@pytest.mark.parametrize(("wanted", "passages"), ROWS)
def test_what_filters_permit(letterbook, wanted, passages):
    assert allowed(letterbook, wanted) == passages


@pytest.mark.parametrize("wanted", [row[0] for row in ROWS])
def test_every_filter_only_takes_away(letterbook, wanted):
    assert allowed(letterbook, wanted) <= allowed(letterbook, filters(wanted.speaker))


TOLD = [
    ("What did Lund say?", {"minutes#5.1"}),
    ("What did Brandt tell Okafor about coal?", {"telegram#4.1"}),
    ("What did Brandt tell Lund?", set()),
    ("What did Okafor say on 9 March 1921?", {"minutes#4.1", "minutes#6.1"}),
    ("What happened on 9 March 1921?", MINUTES),
    ("How much coal is left?", set()),
]


@pytest.mark.parametrize(("question", "passages"), TOLD, ids=[row[0] for row in TOLD])
def test_what_is_by_whom_to_whom_and_of_when_a_question_says(letterbook, question, passages):
    mask = told_of(letterbook.index, understand(question, letterbook.known))
    assert {letterbook.index.passages[int(n)].id for n in np.flatnonzero(mask)} == passages


QUESTIONS = ["How much coal is left?", "Why will the harbour be closed?", "ice", "Who won the cup?"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_filter_that_permits_one_passage_finds_it_whatever_is_asked(letterbook, question):
    """A list that is filtered after it was cut would lose the passage."""
    only = filters(speaker="Lund")
    assert [hit.passage.id for hit in letterbook.search(question, 10, only)] == ["minutes#5.1"]
    reply = letterbook.ask(question, only, threshold=0.0)
    assert {answer.turn.id for answer in reply.answers} == {"minutes#5"}
    assert {answer.turn.speaker.name for answer in reply.answers} == {"Erik Lund"}


@pytest.mark.parametrize("wanted", [row[0] for row in ROWS if not row[1]])
def test_a_filter_that_permits_nothing_gives_silence(letterbook, wanted):
    reply = letterbook.ask("How much coal is left?", wanted, threshold=0.0)
    assert (reply.status, reply.answers, reply.closest, reply.confidence) == ("no_answer", (), (), 0.0)
    assert letterbook.search("How much coal is left?", 10, wanted) == ()


@pytest.mark.parametrize(
    ("name", "people", "numbers"),
    [
        ("Anna Roe", ("Anna Roe", "Anna Roe and Li Wei", "Li Wei"), [0, 1]),
        ("Li Wei", ("Anna Roe", "Anna Roe and Li Wei", "Li Wei"), [1, 2]),
        ("Anna Roe and Li Wei", ("Anna Roe", "Anna Roe and Li Wei", "Li Wei"), [1]),
        ("Li", ("Anna Roe", "Anna Roe and Li Wei", "Li Wei"), []),
    ],
)
def test_one_of_several_who_speak_together_is_found_by_his_name(name, people, numbers):
    index: Any = SimpleNamespace(columns=SimpleNamespace(people=people))
    assert _numbers(index, name, People(())) == numbers
