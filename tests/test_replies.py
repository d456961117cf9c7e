"""Replies in labelled talk are held against a question with the words to which they reply."""

import numpy as np
import pytest

from qa.answer.answering import score
from qa.answer.features import NAMES
from qa.answer.ranking import fitted
from qa.answer.windows import text_of, windows_of
from qa.question import Filters
from qa.question.understanding import understand
from qa.render import Screen, render_reply
from qa.search.candidates import SearchSettings, find_candidates
from qa.search.replies import question_before, replies
from tests.letterbook import indexed, opened, written

TALK = """Conversation between Otto Krall and Jan Lund, 4 October 1959

Krall: Welcome. Did you sleep well on the train?

Lund: Thank you. We saw new cranes all along the way.

Krall: How many cranes did the yard of Dover make last year? Is it so?

Lund: Five. The yard of Marek made seven.

Krall: Five is not many.

Lund: It is not.
"""


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talk")
    indexed(written(folder / "sources", {"talk.txt": TALK}), folder / "index")
    return opened(folder / "index")


def turn_of(reader, words):
    turns = range(len(reader.index.turns))
    return next(t for t in turns if words in reader.sentence(t, len(reader.turn(t).sentences) - 1))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("We saw new cranes", 1),
        ("The yard of Marek", 2),  # "Is it so?" asks nothing without the sentence before it
        ("Five is not many.", 0),
        ("It is not.", 0),
        ("Is it so?", 0),
    ],
)
def test_what_a_turn_replies_to(talk, words, count):
    assert question_before(talk.reader, turn_of(talk.reader, words)) == count


def test_a_window_of_a_reply_bears_its_question_and_quotes_none_of_it(talk):
    reader = talk.reader
    question = understand("How many cranes did Dover make?", talk.known)
    every = np.ones(len(reader.index.passages), np.bool_)
    candidates = find_candidates(reader, talk.encoder, question, every, SearchSettings())
    windows = {text_of(reader, w): w for w in windows_of(reader, candidates)}
    assert len(windows["Five."].asked) == 2
    assert windows["Five."].asked[-1] == windows["Five."].rows[0] - 1
    assert windows["The yard of Marek made seven."].asked == ()
    assert windows["Five is not many."].asked == ()


def test_the_reply_to_a_candidate_is_one_where_it_is_permitted(talk):
    turns = np.asarray(talk.reader.index.columns.turn)
    asking = np.flatnonzero(turns == turn_of(talk.reader, "Is it so?"))
    every = np.ones(len(turns), np.bool_)
    assert replies(talk.reader, asking, every).tolist() == [asking[-1] + 1]
    assert not len(replies(talk.reader, asking, ~every))


def test_an_answer_that_replies_is_shown_with_its_question_once(talk):
    reply = talk.ask("How many cranes did the yard of Dover make?", k=5)
    found = reply.answers or reply.closest
    first = found[0]
    assert first.quote.text.startswith("Five.")
    assert first.asked is not None
    assert first.asked.text == "How many cranes did the yard of Dover make last year? Is it so?"
    assert not [a for a in found if "How many cranes" in a.quote.text]
    assert "in reply to: How many cranes" in render_reply(reply, talk, Screen())


@pytest.mark.parametrize(
    ("question", "replied"),
    [
        (
            "How many cranes did Dover make?",
            {
                "How many cranes did the yard of Dover make last year?",
                "How many cranes did the yard of Dover make last year? Is it so?",
                "Is it so?",
            },
        ),
        ("What did Krall ask Lund about cranes?", set()),
    ],
)
def test_questions_that_are_replied_to_weigh_less_unless_questions_are_asked_for(talk, question, replied):
    read = understand(question, talk.known)
    scored = score(talk.reader, talk.encoder, read, Filters(), talk.people, fitted())
    column = NAMES.index("replied")
    marked = {text_of(talk.reader, w) for w, row in zip(scored.windows, scored.rows, strict=True) if row[column]}
    assert {text for text in marked if "cranes did" in text or text == "Is it so?"} == replied
