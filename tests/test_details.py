"""The day, the hour or the name that a question asks for: tables of facts."""

import pytest

from qa.answer.details import name_missed, time_missed
from qa.question.records import AnswerKind

TIMES = [
    ("On which day was the wall put up?", "It was put up in August 1961.", True),
    ("On which day was the wall put up?", "It was put up on 13 August 1961.", False),
    ("On what date did he receive him?", "On August 13 he received him.", False),
    ("On what date did he receive him?", "It was received on 13.08.1961.", False),
    ("When exactly did they leave?", "They were to leave soon.", True),
    ("When exactly did they leave?", "They leave tomorrow.", False),
    ("What is the date of the letter?", "The letter of 3 May 1911 is lost.", False),
    ("At what hour did the meeting end?", "The meeting ended on 3 May.", True),
    ("At what hour did the meeting end?", "The meeting adjourned at 4:15.", False),
    ("At what hour did the meeting end?", "It ended at 5 p.m. sharp.", False),
    ("When did they leave?", "They left in spring.", False),  # no day is asked for
    ("How many days did it take?", "It took long.", False),
]


@pytest.mark.parametrize(("question", "text", "missed"), TIMES)
def test_time(question, text, missed):
    assert time_missed(question, text) is missed


NAMES = [
    (AnswerKind.PERSON, "Who conducted the Red Band?", "The Red Band played before a full house.", True),
    (AnswerKind.PERSON, "Who conducted the Red Band?", "The Red Band played under Jane Roe.", False),
    (AnswerKind.PLACE, "In which town did Roe live?", "Roe lived there for years.", True),
    (AnswerKind.PLACE, "In which town did Roe live?", "Roe lived in Acre.", False),
    (AnswerKind.LIST, "Which states voted for it?", "Many states voted for it.", True),
    (AnswerKind.LIST, "Which states voted for it?", "Among others Peru, Chile and Cuba voted for it.", False),
    (AnswerKind.FACT, "Did the band play?", "The band played.", False),
    (AnswerKind.PERSON, "Who came?", "Many came. They sang.", True),  # a sentence's first word is no name
]


@pytest.mark.parametrize(("kind", "question", "text", "missed"), NAMES)
def test_name(kind, question, text, missed):
    assert name_missed(kind, question, text) is missed
