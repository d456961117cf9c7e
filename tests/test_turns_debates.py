"""A debate as an official report prints it: ministers by their offices, members, sittings of two days."""

import pytest

from qa.spans import quote
from qa.turns.entries import day_of_heading
from tests.reading import understood

DEBATE = """THE HOUSE OF ASSEMBLY

Tuesday, 4th May, 1971

MOTION

Mr. Orde: Mr. Deputy Speaker, Sir, the price of the harbour rose from four millions to twelve.

Mr. Lund: On a point of order, Sir. Can he substantiate that?

The Minister for Public Works (Mr. Marek): The harbour is not part of my district.

The Deputy Speaker (Mr. Hale): Order! Let us stick to the Motion.

An hon. Member: He is not through yet!

Mr. Orde: I am not through. I shall raise the matter again.

The Deputy Speaker: I have ruled on that.

(Question put and agreed to)

Wednesday, 5th May, 1971

Question No. 617: The road to Dover

Mr. ole Sorn asked the Minister for Roads and Inland Transport when the road would be mended.

The Assistant Minister for Roads and Inland Transport (Miss Keller): It will be mended in June.

Mr. ole Sorn: Which June?

REPLIES

We have heard that before.
"""


@pytest.mark.parametrize(
    ("words", "speaker", "day"),
    [
        ("Can he substantiate that?", "Lund", "1971-05-04"),
        ("The harbour is not part of my district.", "Marek", "1971-05-04"),
        ("Let us stick to the Motion.", "Hale", "1971-05-04"),
        ("He is not through yet!", "An hon. Member", "1971-05-04"),
        ("I shall raise the matter again.", "Orde", "1971-05-04"),
        ("I have ruled on that.", "Hale", "1971-05-04"),
        ("when the road would be mended.", "ole Sorn", "1971-05-05"),
        ("It will be mended in June.", "Keller", "1971-05-05"),
        ("Which June?", "ole Sorn", "1971-05-05"),
        ("We have heard that before.", "ole Sorn", "1971-05-05"),
        ("Question No. 617: The road to Dover", None, None),
    ],
)
def test_who_speaks_in_a_debate_and_on_which_day(words, speaker, day):
    held = [
        (t.speaker.name if t.speaker else None, t) for t in understood(DEBATE)[1] if words in quote(DEBATE, t.segments)
    ]
    assert [(name, t.date.iso if t.date and name else None) for name, t in held] == [(speaker, day)]


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Wednesday, 28th October, 1987", "1987-10-28"),
        ("May 4, 1971.", "1971-05-04"),
        ("October 1987", None),
        ("Letter of May 4, 1971", None),
        ("May 4, 1971, the day of the flood", None),
        ("May 4-6, 1971", None),
    ],
)
def test_a_heading_that_is_a_day(heading, day):
    found = day_of_heading(heading, None)
    assert (found.iso if found else None) == day
