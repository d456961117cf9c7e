"""How editors print them: sessions with surnames and stops, fields above a conversation, numbered letters."""

import pytest

from qa.documents.finding import find_documents
from qa.documents.heads import head_fields
from qa.documents.layout import is_correspondence
from qa.names import People
from qa.sources import Source
from qa.spans import quote
from qa.turns.finding import find_turns, sightings

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


def read(text):
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return documents, [t for d in documents for t in find_turns(d, text, people)]


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
    ],
)
def test_who_speaks(text, words, speaker):
    _, turns = read(text)
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
    ],
)
def test_what_a_head_says(text, at, day, people):
    document = read(text)[0][at]
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
