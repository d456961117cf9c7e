"""How editors print them: sessions with surnames and stops, fields above a conversation, numbered letters."""

import pytest

from qa.documents.heads import head_fields
from qa.documents.layout import is_correspondence
from qa.spans import quote
from tests.reading import understood

SESSION = """SESSION OF THE COUNCIL
17 March 1979

Chaired by Comrade L. I. KRALL
Attended by: A. P. Sorin, Yu. V. Marek, A. A. Lund

On the situation in Dover

SORIN. Comrades, the situation has worsened sharply. The mutiny goes on.

LUND. I talked this morning with Hale. He said that not a single governor had reported an uprising.

MAREK. We must consider in whose cause we would be sending troops.

LUND. I fully support Comrade Marek's proposal.

KRALL: I think we should adopt the decision. Does everyone agree?
"""

CONVERSATION = """Memorandum of Conversation between Comrade Otto Krall and the Delegation of the Workers' Party

Time: 4 October 1959, 3:00 pm - 5:10 pm
Place: Harbour Hall, Dover
Participants on our side: Ann Marek, Yuri Sorin
Participants on the other side: Jan Lund
Interpreter: Maria Hale

Chairman Krall: Welcome. Did you sleep well on the train?
Lund: Thank you, we slept very well. We saw new cranes all along the way.
Chairman Krall: We have too few of them. How many did Dover make last year?
Lund: Five, I believe.
"""

LETTERS = """THE CORRESPONDENCE OF ABIGAIL MAREK

1. To her sister, Mrs. Hannah Lund

Dover, Novr. 3d, 1776

My dear Sister,

Yours of the 20th ult. came safe to hand. We have kept the children within doors these ten days.

Your affectionate Sister,
Abigail Marek

2. From Josiah Marek

Camp near Hale, Decr. 9th, 1776

Dear Wife,

I recd. yours by the Post. I am in health, but in want of stockings.

your Husband
Josiah Marek
"""


CABLE = """CONFIDENTIAL

PAGE 01 DOVER 04512 041530Z
R 041512Z APR 75
FM AMEMBASSY DOVER
TO SECSTATE WASHDC 8912
INFO AMEMBASSY UTOPIA

E.O. 11652: GDS
TAGS: PFOR
SUBJECT: NORTHERN DELEGATION IN DOVER

1. SUMMARY: DEPUTY FOREIGN MINISTER FIRYUBIN SAW THE AMBASSADOR APRIL 3. END SUMMARY.

2. FIRYUBIN SAID THE DELEGATION HAD ASKED FOR FORTY FIGHTERS. HE ADDED THAT IT WAS "NOT AN EASY PARTNER".

3. COMMENT: WE DOUBT THAT THE VISIT WENT WELL.
"""

MAIL = """From: Karen Lund <klund@dover.example>
Sent: Tuesday, October 17, 2000 9:14 AM
To: Tom Marek
Subject: RE: Turbine contract

Tom,

We cannot sign before the board meets on the 24th. Ask Hale about it.

Karen

-----Original Message-----
From: Tom Marek
Sent: Monday, October 16, 2000 6:02 PM
To: Karen Lund
Subject: Turbine contract

Karen, the supplier wants a signature by Friday. They threaten to sell it.

Tom
"""

RELEASE = """FOR IMMEDIATE RELEASE
June 3, 1968

STATEMENT BY GOVERNOR RAYMOND T. OAKES

I have today directed the guard to withdraw from the harbour. Nobody was hurt.

To the dockers I say this: the quay will open on Monday.
"""


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (SESSION, "The mutiny goes on.", "A. P. Sorin"),
        (SESSION, "He said that not a single governor", "A. A. Lund"),
        (SESSION, "sending troops.", "Yu. V. Marek"),
        (SESSION, "I fully support", "A. A. Lund"),
        (SESSION, "Does everyone agree?", "L. I. Krall"),
        (SESSION, "On the situation in Dover", None),
        (CONVERSATION, "Did you sleep well", "Otto Krall"),
        (CONVERSATION, "We saw new cranes", "Jan Lund"),
        (CONVERSATION, "Harbour Hall", None),
        (LETTERS, "within doors these ten days", "Abigail Marek"),
        (LETTERS, "in want of stockings", "Josiah Marek"),
        (CABLE, "HE ADDED THAT", "Firyubin"),
        (MAIL, "before the board meets", "Karen Lund"),
        (MAIL, "wants a signature", "Tom Marek"),
        (RELEASE, "the quay will open", "Raymond T. Oakes"),
    ],
)
def test_who_speaks(text, words, speaker):
    _, turns = understood(text)
    held = [t.speaker.name if t.speaker else None for t in turns if words in quote(text, t.segments)]
    assert held == [speaker]


@pytest.mark.parametrize(
    ("text", "at", "day", "people"),
    [
        (
            SESSION,
            0,
            "1979-03-17",
            {("L. I. Krall", "present"), ("A. P. Sorin", "present"), ("Yu. V. Marek", "present")}
            | {("A. A. Lund", "present")},
        ),
        (
            CONVERSATION,
            0,
            "1959-10-04",
            {("Otto Krall", "party"), ("Ann Marek", "present"), ("Yuri Sorin", "present"), ("Jan Lund", "present")}
            | {("Maria Hale", "interpreter")},
        ),
        (LETTERS, 1, "1776-11-03", {("Abigail Marek", "author"), ("Hannah Lund", "recipient")}),
        (LETTERS, 2, "1776-12-09", {("Josiah Marek", "author")}),
        (CABLE, 0, "1975-04-04", {("AMEMBASSY DOVER", "author"), ("SECSTATE WASHDC", "recipient")}),
        (MAIL, 0, "2000-10-17", {("Karen Lund", "author"), ("Tom Marek", "recipient")}),
        (MAIL, 1, "2000-10-16", {("Tom Marek", "author"), ("Karen Lund", "recipient")}),
        (RELEASE, 0, "1968-06-03", {("Raymond T. Oakes", "author")}),
    ],
)
def test_what_a_head_says(text, at, day, people):
    document = understood(text)[0][at]
    assert document.date
    assert document.date.iso == day
    assert {(p.name, p.role) for p in document.participants} == people


@pytest.mark.parametrize(
    ("heading", "correspondence"),
    [
        ("12. To Ann Marek", True),
        ("IV. From the Duke of Dover", True),
        ("TO JOSIAH MAREK", True),
        ("Ann B. Marek to Carl Lund", True),
        ("From Ann Marek", False),
        ("Introduction to History", False),
        ("To the lighthouse", False),
        ("12. The road to Dover", False),
    ],
)
def test_headings_of_letters(heading, correspondence):
    assert is_correspondence(heading) is correspondence


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (["Time: 4 May 1961", "Place: Dover"], {"time": "4 May 1961", "place": "Dover"}),
        (["Chaired by Ann Roe", "Attended by: Bob Poe"], {"chaired by": "Ann Roe", "attended by": "Bob Poe"}),
        (["From: Roe", "From: Poe"], {"from": "Roe"}),
        (["It was chaired by Ann Roe"], {}),
    ],
)
def test_fields_of_a_head(lines, fields):
    assert head_fields(lines) == fields


@pytest.mark.parametrize(
    ("text", "at", "kind", "title"),
    [
        (CABLE, 0, "telegram", "NORTHERN DELEGATION IN DOVER"),
        (MAIL, 1, "document", "Turbine contract"),
        (RELEASE, 0, "statement", "STATEMENT BY GOVERNOR RAYMOND T. OAKES"),
        (LETTERS, 2, "letter", "2. From Josiah Marek"),
    ],
)
def test_kinds_and_titles(text, at, kind, title):
    document = understood(text)[0][at]
    assert (document.kind, document.title) == (kind, title)
