"""What a question is understood to ask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.names import People
from qa.names.records import Person
from qa.question import AnswerKind
from qa.question.matters import matters_asked, tells
from qa.question.understanding import Known, kind_of_answer, search_terms, understand

PEOPLE = People(
    (
        Person("Anna Brandt", ("Anna Brandt", "Brandt")),
        Person("Peter Okafor", ("Peter Okafor", "Okafor")),
        Person("Erik Lund", ("Erik Lund", "Lund")),
        Person("Otto Lund", ("Otto Lund",)),
        Person("Kim Il Sung", ("Kim Il Sung", "Kim Il-sŏng")),
        Person("Kim Ch'ang Bong", ("Kim Ch'ang Bong", "Kim Chang-bong")),
    )
)
KNOWN = Known(PEOPLE, {"Anna Brandt": 40, "Peter Okafor": 9, "Kim Il Sung": 30, "Kim Ch'ang Bong": 10})

WHO = [
    ("What did Brandt tell Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("what did okafor tell brandt", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What was Peter Okafor told by Anna Brandt?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("What was Brandt told?", (), ("Anna Brandt",), ()),
    ("What was Ambassador Brandt asked by Mr. Okafor?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What did the Chairman ask Dr. Brandt?", (), ("Anna Brandt",), ()),
    ("What did Okafor tell the Danish Ambassador Brandt?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("What did Mrs. Brandt say to Mr. Peter Okafor?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Why did Brandt ask?", ("Anna Brandt",), (), ()),
    ("What did Okafor say to Brandt about coal?", ("Peter Okafor",), ("Anna Brandt",), ()),
    ("According to Brandt, who promised Okafor the tugs?", ("Anna Brandt",), ("Peter Okafor",), ()),
    ("Who met Okafor?", (), (), ("Peter Okafor",)),
    ("What happened to the mole?", (), (), ()),
    ("What did Kim Il-song say?", ("Kim Il Sung",), (), ()),
    ("What did Brandt and Okafor say?", ("Anna Brandt",), (), ("Peter Okafor",)),
]


@pytest.mark.parametrize(("text", "speakers", "addressees", "mentioned"), WHO, ids=[row[0] for row in WHO])
def test_who_speaks_and_who_listens(text, speakers, addressees, mentioned):
    question = understand(text, KNOWN)
    assert (question.speakers, question.addressees, question.mentioned) == (speakers, addressees, mentioned)
    assert question.people == tuple(dict.fromkeys((*speakers, *addressees, *mentioned)))


def test_a_surname_of_two_people_is_neither_where_nobody_of_them_speaks():
    assert understand("What did Lund say?", KNOWN).people == ()


@pytest.mark.parametrize(
    ("spoken", "meant"),
    [
        ({"Erik Lund": 10, "Otto Lund": 1}, ("Erik Lund",)),
        ({"Erik Lund": 10, "Otto Lund": 4}, ()),
        ({"Otto Lund": 5}, ("Otto Lund",)),
        ({"Otto Lund": 4}, ()),
    ],
)
def test_a_shared_surname_is_the_one_who_speaks_far_more(spoken, meant):
    assert understand("What did Lund say?", Known(PEOPLE, spoken)).speakers == meant


KINDS = [
    ("Why was the harbour closed?", "reason"),
    ("What led the board to close it?", "reason"),
    ("How many tugs were lost?", "number"),
    ("How much coal is left?", "number"),
    ("At what price was coal sold?", "number"),
    ("When did the ice go?", "date"),
    ("On what day did the ice go?", "date"),
    ("Where does the mole stand?", "place"),
    ("Which port was closed?", "place"),
    ("Who asked for coal?", "person"),
    ("To whom was it sent?", "person"),
    ("Which ships were lost?", "list"),
    ("Who translated the telegram?", "publication"),
    ("Who signed the letter?", "publication"),
    ("The harbour is closed?", "fact"),
    ("", "fact"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[row[0] for row in KINDS])
def test_the_kind_of_answer(text, kind):
    assert kind_of_answer(text) == AnswerKind(kind)


def test_words_are_wanted_where_somebody_speaks():
    assert understand("What did Brandt say?", KNOWN).kind is AnswerKind.WORDS
    assert understand("What did Brandt say of how many tugs?", KNOWN).kind is AnswerKind.NUMBER


PERIODS = [
    ("What happened in March 1921?", "1921-03", "1921-03"),
    ("What did Brandt say on 3 March 1921?", "1921-03-03", "1921-03-03"),
    ("What was said after 1921?", "1922", None),
    ("What was said before May 1921?", None, "1921-04"),
    ("What is left?", None, None),
]


@pytest.mark.parametrize(("text", "after", "before"), PERIODS, ids=[row[0] for row in PERIODS])
def test_periods(text, after, before):
    question = understand(text, KNOWN)
    assert (question.after.iso if question.after else "").startswith(after or "")
    assert (question.before.iso if question.before else "").startswith(before or "")
    assert (question.after is None, question.before is None) == (after is None, before is None)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("What did Brandt tell Okafor about the tugs?", "tell about the tugs"),
        ("When did the ice go?", "the ice go"),
        ("What happened on 3 March 1921 in the harbour?", "happened on in the harbour"),
        ("Brandt?", ""),
    ],
)
def test_content_is_what_is_left_without_people_dates_and_asking(text, content):
    assert understand(text, KNOWN).content == content


def test_terms_hold_the_canonical_name_beside_the_one_written():
    question = understand("What did Kim Il-song say of Peking?", KNOWN)
    assert {"kim", "il", "song", "sung"} <= set(question.terms)
    assert "beij" in question.terms
    assert "peke" not in question.terms
    assert not {"kim", "sung"} & set(question.about)


@pytest.mark.parametrize(("text", "terms"), [("the of and", []), ("", []), ("The tugs, the tug's", ["tug", "tug"])])
def test_search_terms(text, terms):
    assert search_terms(text) == terms


ASKED = [
    ("Who translated it?", ("translator",)),
    ("Who translated the letter, and where is it kept?", ("translator", "held")),
    ("What did the board decide?", ()),
]


@pytest.mark.parametrize(("text", "matters"), ASKED, ids=[row[0] for row in ASKED])
def test_matters_of_publication(text, matters):
    assert matters_asked(text) == matters


@pytest.mark.parametrize(
    ("text", "matters", "share"),
    [
        ("Translated by Ivo Kern.", ("translator",), 1.0),
        ("Translated by Ivo Kern.", ("translator", "held"), 0.5),
        ("Translated by Ivo Kern.", (), 0.0),
        ("The ice is gone.", ("translator",), 0.0),
    ],
)
def test_what_tells_of_a_matter(text, matters, share):
    assert tells(text, matters) == share


@given(
    text=st.text(max_size=200)
    | st.lists(st.sampled_from(["What", "did", "Brandt", "tell", "Okafor", "in", "1921", "?"])).map(" ".join)
)
def test_any_text_is_understood_and_alike_each_time(text):
    question = understand(text, KNOWN)
    assert question == understand(text, KNOWN)
    assert question.text == text
    assert len(set(question.terms)) == len(question.terms)
    assert set(question.about) <= set(search_terms(question.content))
    assert not {*question.speakers, *question.addressees} & set(question.mentioned)
    assert set(question.people) <= {person.name for person in PEOPLE.persons}
