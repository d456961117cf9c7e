"""What the archive does not hold, said only where that is certain."""

import pytest

from qa.answer.missing import absent_of, missing_of
from qa.dates import parse_bound
from qa.question import Filters
from qa.question.understanding import understand

SENTENCES = [
    ("What did Brandt tell Lund?", "Nothing here was said by Anna Brandt to Erik Lund."),
    ("What did Brandt tell Okafor?", ""),
    ("What did Okafor tell Lund?", ""),
    ("What did Lund tell Okafor?", ""),  # both speak in the minutes
    ("How much coal, how many lamps, on what date?", ""),
    ("How did Lund respond to Brandt's request for coal?", ""),  # to the request, perhaps not to her
    # names
    ("What did Henry Vogelsang say about the ice?", "Henry Vogelsang is not named in this archive."),
    ("What did Henrik Vogelsang say about the ice?", "Henrik Vogelsang is not named in this archive."),
    ("What did Bismarck say about the ice?", "Bismarck is not named in this archive."),
    ("What did Brandt write to Bismarck?", "Bismarck is not named in this archive."),
    ("What did Kern say about the ice?", "Nothing here is given as said by Ivo Kern."),
    ("Who is Ivo Kern?", ""),
    ("What did Brandt tell Lund about Bismarck?", "Nothing here was said by Anna Brandt to Erik Lund."),
    ("What did Brandt say about Bismarck?", "Bismarck is not named in this archive."),
    ("What did Brandt say about Copenhagan?", ""),  # a slip of the pen
    ("Was the Harbour Board of the opinion that coal is left?", ""),
    # dates
    ("What was promised in 1950?", "Nothing in this archive is dated 1950."),
    ("Who signed the letter of 4 July 1950?", "Nothing in this archive is dated 4 July 1950."),
    ("What was promised after 1950?", ""),
    ("What was promised in March 1921?", ""),
    # matters
    ("Who was the interpreter?", "No interpreter is spoken of in this archive."),
    ("Who translated the telegram?", ""),
    ("Who edited the letters?", "No editor is spoken of in this archive."),
    # words
    ("Why was the harbour closed?", ""),
    ("Why was the harbuor closed?", ""),
    ("Who won the cup?", "“won” and “cup” stand nowhere in this archive."),
    ("why did the Zeppelin burn", "Zeppelin is not named in this archive."),
    ("why did the zeppelin burn", "“zeppelin” and “burn” stand nowhere in this archive."),
    ("Which goats, mules, cows or hens were lost?", "“goats”, “cows” and “hens” stand nowhere in this archive."),
    ("why did it freeze", "“freeze” stands nowhere in this archive."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "sentence"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_what_is_missing_for_a_question(letterbook, text, sentence):
    question = understand(text, letterbook.known)
    assert missing_of(letterbook.index, question, Filters(), letterbook.people, True) == sentence


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("What did Bismarck say about the ice?", True),
        ("What did Brandt write to Bismarck?", True),
        ("What did Brandt say about Bismarck?", False),  # he is spoken of
        ("What did Brandt tell Okafor?", False),
        ("What did Brandtt say?", False),  # a slip of the pen
        ("Why was the harbour closed?", False),
    ],
)
def test_a_stranger_neither_speaks_nor_hears(letterbook, text, stranger):
    question = understand(text, letterbook.known)
    assert absent_of(letterbook.index, question, letterbook.people).stranger is stranger


def test_what_a_stranger_said_is_not_answered(letterbook):
    assert letterbook.ask("What did Bismarck say about the ice?").status == "no_answer"


def by(speaker="", to="", after="", document=""):
    return Filters(speaker, to, parse_bound(after, False) if after else None, None, document)


FILTERED = [
    (by("Brandt", "Lund"), "Nothing here was said by Anna Brandt to Erik Lund."),
    (by("Lund", "Brandt"), "Nothing here was said by Erik Lund to Anna Brandt."),
    (by("Nobody"), "Nothing here is given as said by Nobody."),
    (by(to="Brandt"), "Nothing here was said to Anna Brandt."),
    (by(document="diary"), "This archive has no document diary."),
    (by(after="1950"), "No passage of this archive fulfils all the filters."),
    (by("Lund", after="1922"), "No passage of this archive fulfils all the filters."),
    (by(document="minutes", after="1922"), "No passage of this archive fulfils all the filters."),
]


@pytest.mark.parametrize(("filters", "sentence"), FILTERED, ids=[row[1] for row in FILTERED])
def test_what_is_missing_for_filters_that_permit_nothing(letterbook, filters, sentence):
    question = understand("How much coal is left?", letterbook.known)
    assert missing_of(letterbook.index, question, filters, letterbook.people, False) == sentence
    assert letterbook.ask("How much coal is left?", filters).missing == sentence


ABSENT = [
    ("What did General Vogelsang say about the ice?", {"speaker": True}),
    ("What did Brandt say about the ice?", {"speaker": False}),
    ("What did Brandt tell General Vogelsang?", {"pair": True}),
    ("Did the ship leave Reykjavik?", {"names": ("Reykjavik",)}),
    ("Did the ship leave Copenhagan?", {"names": ()}),
    ("Which of the 46 ships was lost?", {"names": ()}),
    ("Why was the harbour closed?", {"words": (), "pair": False, "period": False}),
    ("Why did the zeppelin burn?", {"words": ("zeppelin", "burn")}),
    ("Why was the harbuor closed?", {"words": ()}),
    ("What did Brandt tell Lund?", {"pair": True}),
    ("What did Brandt tell Okafor?", {"pair": False}),
    ("What happened in 1921?", {"period": False}),
    ("What happened on 4 July 1950?", {"period": True}),
    ("What happened on 28 April 1922?", {"period": False}),  # no document's date, but a date of the text
    ("Who signed the letter of 4 July 1950?", {"period": True}),
    ("What happened on 3 May 1922?", {"period": True}),  # a passage has 28 April 1922, another 1 May
    ("What did Bismarck answer?", {"speaker": True}),
    ("What did the board say about Bismarck?", {"speaker": False}),
    ("What did Bismarck tell Okafor?", {"speaker": True, "pair": True}),
    ("What did Kern tell Okafor?", {"pair": True}),
    ("What did Brandt write to Bismarck?", {"pair": True}),
    ("What did Brandt write to Copenhagen?", {"pair": False}),
    ("What did Mr. Mamp tell Okafor?", {"pair": True}),  # two letters are no slip in so short a name ("lamp")
    ("What did Copenhagen tell Okafor?", {"pair": False}),  # named, if not as a person
    ("How did Lund respond to Brandt's request?", {"pair": False}),
    ("What happened at Verdun?", {"names": ("Verdun",)}),
    ("What did the envoy want of Denmark?", {"names": ()}),  # Copenhagen is named
    ("What did the envoy want of Norway?", {"names": ("Norway",)}),
    ("What did the envoy want of the UFC?", {"names": (), "words": ("ufc",)}),  # it may stand there written out
    ("What did the envoy want of Copenhagen?", {"known": (frozenset({"copenhagen", "denmark", "danish", "dane"}),)}),
    ("What did Anna Brandt want?", {"names": ()}),
    ("", {"words": (), "names": (), "pair": False, "period": False}),
]


@pytest.mark.parametrize(("text", "facts"), ABSENT, ids=[row[0] for row in ABSENT])
def test_what_of_a_question_stands_nowhere(letterbook, text, facts):
    absent = absent_of(letterbook.index, understand(text, letterbook.known), letterbook.people)
    assert {name: getattr(absent, name) for name in facts} == facts
