"""Old reports of trials: witnesses who are sworn and go on, questions and answers within one paragraph."""

import pytest

from qa.documents.exchanges import exchanges
from qa.documents.labels import read_label
from qa.spans import Span, quote
from tests.reading import understood

TRIAL = """THE PROCEEDINGS of the Peace and Gaol Delivery for the TOWN of DOVER

Held at the GUILDHALL, on Wednesday the 4th of December, 1799, and following days

1. THOMAS HALE was indicted for stealing, on the 14th of November, a silver watch, the property of William Bright.

WILLIAM BRIGHT sworn. - I am a hatter, in Quay-street: a man ran against me, and I felt my watch go.

Q. Had you seen him before? - A. Never.

Cross-examined by Mr. Lund. Q. It was very dark? - A. There was a lamp.

JOHN MAREK sworn. - I am a constable: I searched the prisoner, and found the watch in his left shoe.

Court. Q. Did he make any resistance? - A. No; he came quietly enough.

Prisoner's defence. I kicked the watch before me in the street; I did not know whose it was.

For the Prisoner. MARTHA GREEN sworn. - I keep a shop; I have known the prisoner seven years.

GUILTY, aged 19. Transported for seven years.
"""


@pytest.mark.parametrize(
    ("words", "speaker", "hearers"),
    [
        ("I felt my watch go", "William Bright", []),
        ("Never.", "William Bright", []),
        ("It was very dark?", "Lund", ["William Bright"]),
        ("There was a lamp.", "William Bright", ["Lund"]),
        ("in his left shoe", "John Marek", []),
        ("Did he make any resistance?", "Court", []),
        ("he came quietly enough", "John Marek", []),
        ("I kicked the watch", "Prisoner", []),
        ("I keep a shop", "Martha Green", []),
        ("Transported", None, []),
        ("Cross-examined", None, []),
        ("was indicted", None, []),
    ],
)
def test_who_speaks_in_a_trial(words, speaker, hearers):
    held = [t for t in understood(TRIAL)[1] if words in quote(TRIAL, t.segments)]
    assert [t.speaker.name if t.speaker else None for t in held] == [speaker]
    assert [p.name for t in held for p in t.addressees] == hearers


def test_proceedings_are_of_the_day_on_which_they_were_held():
    date = understood(TRIAL)[0][0].date
    assert date is not None
    assert date.iso == "1799-12-04"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Q. Why? A. It rained.", ["Q. Why?", "A. It rained."]),
        ("Q. Why? --A. It rained.", ["Q. Why?", "A. It rained."]),
        ("He sat. Q. Why? - A. It rained.", ["He sat.", "Q. Why?", "A. It rained."]),
        ("Mr. Lund. Q. Why? - A. It rained.", ["Mr. Lund. Q. Why?", "A. It rained."]),
        ("I wrote to Roe. A. Hale answered.", ["I wrote to Roe. A. Hale answered."]),
        ("A. It rained. Q. Why?", ["A. It rained. Q. Why?"]),
    ],
)
def test_questions_and_answers_within_a_paragraph(text, parts):
    assert [text[s.start : s.end] for s in exchanges(text, Span(0, len(text)))] == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ANN ROE (the prisoner's aunt) sworn. I live in Dover.", "ANN ROE"),
        ("ANN ROE, called and sworn. - I live in Dover.", "ANN ROE"),
        ("ANN ROE recalled. I saw him.", "ANN ROE"),
        ("Mr. Lund. Q. Why?", "Mr. Lund"),
        ("Jury. Q. Why?", "Jury"),
        ("ANN ROE sworn before the court", None),
    ],
)
def test_labels_of_a_trial(text, name):
    label = read_label(text)
    assert (label.name if label else None) == name
