import pytest

from qa.documents.finding import find_documents
from qa.names import People
from qa.sources import Source
from qa.spans import quote
from qa.turns.finding import find_turns, sightings
from qa.turns.interviews import asked, sides_after
from qa.turns.labels import read_label
from qa.turns.records import Basis
from qa.turns.state import Person, Said
from tests.reading import understood

INTERVIEW = (
    "Interview with Ann Roe, Minister of Trade, 3 May 1961\n\nConducted by Peter Varga\n\n"
    "Q: Madam Minister, when did the dam fail?\n\nA: It failed in March. Nobody knew it then.\n\n"
    "It was mended in the spring.\n\nQ: And who paid for it?\n\nA: We did."
)
OF_BY = (
    "Excerpts from an interview of General Otto Krall by Nora Finch, 3 May 1961\n\n"
    "Question: Is the dam so high?\n\nAnswer: It is higher.\n\nQuestion: How high?\n\nAnswer: Nobody can tell."
)
CONFERENCE = (
    "Press Conference of President Otto Krall, 3 May 1961\n\nQ. Mr. President, will there be a new dam?\n\n"
    "THE PRESIDENT. There will be one. It is planned.\n\nQ. When?\n\nTHE PRESIDENT. It will be next year."
)
OWNED = (
    "Secretary Lindt's News Conference of May 3, 1961\n\nQ. Madam Secretary, is it true?\n\nA. It is.\n\n"
    "Q. Is it all?\n\nSECRETARY LINDT: It is all.\n\nQ. Thank you."
)
HEARING = (
    "Hearing before the Committee on Dams, 3 May 1961\n\nMR. DUNMORE: Captain Hale, did you see the dam?\n\n"
    "CAPTAIN HALE: I saw it.\n\nQ. Was it whole?\n\nA. It was not.\n\nTHE CHAIRMAN: Proceed.\n\n"
    "MR. DUNMORE: I have done.\n\nQUESTION: May we ask?"
)
NAMED = (
    "Oral History Interview with Zorinda Tarn\n\nby Paul Dorn\n\n3 May 1961\n\nDORN: When did you come here?\n\n"
    "TARN: In 1940.\n\nDORN: That was early. You liked it.\n\nTARN: There was work."
)


def said(text: str, words: str) -> tuple[str | None, list[str]]:
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    for turn in (t for d in documents for t in find_turns(d, text, people)):
        if any(words in quote(text, s) for s in turn.sentences):
            return (turn.speaker.name if turn.speaker else None, [a.name for a in turn.addressees])
    raise AssertionError(words)


@pytest.mark.parametrize(
    ("text", "words", "speaker", "to"),
    [
        (INTERVIEW, "when did the dam", "Peter Varga", ["Ann Roe"]),
        (INTERVIEW, "failed in March", "Ann Roe", ["Peter Varga"]),
        (INTERVIEW, "mended in the spring", "Ann Roe", ["Peter Varga"]),
        (OF_BY, "so high", "Nora Finch", ["Otto Krall"]),
        (OF_BY, "is higher", "Otto Krall", ["Nora Finch"]),
        (CONFERENCE, "a new dam", "Question", ["Otto Krall"]),
        (CONFERENCE, "It is planned", "Otto Krall", []),
        (CONFERENCE, "next year", "Otto Krall", []),
        (OWNED, "is it true", "Question", ["Lindt"]),
        (OWNED, "It is.", "Lindt", []),
        (OWNED, "It is all", "Lindt", []),
        (HEARING, "I saw it", "Hale", ["Dunmore"]),
        (HEARING, "Was it whole", "Dunmore", ["Hale"]),
        (HEARING, "It was not", "Hale", ["Dunmore"]),
        (HEARING, "May we ask", "Question", []),
        (NAMED, "When did you", "Paul Dorn", []),
        (NAMED, "In 1940", "Zorinda Tarn", ["Paul Dorn"]),
        (NAMED, "There was work", "Zorinda Tarn", []),
    ],
)
def test_who_asks_and_who_answers(text, words, speaker, to):
    assert said(text, words) == (speaker, to)


ROE, POE = Person("Ann Roe", "ROE"), Person("Bob Poe", "POE")


@pytest.mark.parametrize(
    ("label", "sides", "lately", "expected"),
    [
        ("Q", (ROE, POE), (None, None), ("Ann Roe", "Bob Poe")),
        ("ANSWER", (ROE, POE), (None, None), ("Bob Poe", "Ann Roe")),
        ("A.", (None, None), (ROE, POE), ("Bob Poe", "Ann Roe")),
        ("QUESTION", (None, None), (ROE, POE), ("Question", None)),
        ("Q", (None, ROE), (ROE, POE), ("Question", "Ann Roe")),
        ("A", (None, None), (None, None), ("Answer", None)),
    ],
)
def test_letters_stand_for_those_who_asked_and_answered(label, sides, lately, expected):
    found = asked(label, sides, lately)
    assert found
    speaker, hearer = found
    assert (speaker.name, hearer.name if hearer else None) == expected


def test_a_name_is_no_letter():
    assert asked("ROE", (ROE, POE)) is None


@pytest.mark.parametrize(
    ("before", "question", "after", "sides"),
    [
        (ROE, True, POE, (ROE, POE)),
        (ROE, False, POE, (None, None)),
        (None, True, POE, (None, None)),
        (ROE, True, ROE, (None, None)),
        (Person("Question", "QUESTION"), True, POE, (None, None)),
        (Person("THE CHAIRMAN", "THE CHAIRMAN"), True, POE, (None, None)),
    ],
)
def test_who_answered_a_question_goes_on_as_the_one_who_answers(before, question, after, sides):
    told = Said(before, (), Basis.LABEL) if before else None
    assert sides_after((None, None), told, question, Said(after, (), Basis.LABEL)) == sides


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("THE PRESIDENT. There will be one.", "THE PRESIDENT"),
        ("SECRETARY ROE. No.", "SECRETARY ROE"),
        ("THE FACTS. There are none.", None),
        ("TOKYO. The talks went on.", None),
        ("SUMMARY. The talks went on.", None),
        ("KRALL. The talks went on.", "KRALL"),
        ("THE PRESIDENT. there", None),
    ],
)
def test_labels_that_end_in_a_stop(text, name):
    label = read_label(text)
    assert (label.name if label else None) == name


INQUIRY = (
    "PROCEEDINGS OF THE BOARD\n\nCaptain James Holt, being duly sworn, was examined by Mr. Amos Varga.\n\n"
    "Q. When did you come?\n\nA. In May.\n\nColonel Henry Pryce was then called.\n\nQ. Did you order it?\n\n"
    "A. I did not. I told Captain Holt to wait.\n"
)


@pytest.mark.parametrize(
    ("words", "speaker", "to"),
    [
        ("duly sworn", None, []),
        ("When did you", "Amos Varga", ["James Holt"]),
        ("In May", "James Holt", ["Amos Varga"]),
        ("was then called", None, []),
        ("Did you order", "Question", ["Henry Pryce"]),
        ("I did not", "Henry Pryce", []),
        ("to wait", "Henry Pryce", []),
    ],
)
def test_a_witness_who_is_called_answers_from_there_on(words, speaker, to):
    assert said(INQUIRY, words) == (speaker, to)


CALL = """TELCON

The President/Mr. Krall
10:15 a.m., May 3, 1972

K: Mr. President, I have just talked to Hale. He wants the meeting.

P: Did he mention the harbour?

K: Not a word.

P: All right. Fine.
"""
HISTORY = """Oral History Interview with Harold M. Lund
Interviewed by Dora S. Keane
Port Allen, 12 June 1989

DSK: When did you come to the yard?

HML: In the spring of 1931. My uncle spoke for me.

DSK: What did they give you?

HML: A bucket. I carried water.
"""


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (CALL, "Not a word.", "Krall"),
        (CALL, "Did he mention the harbour?", "The President"),
        (HISTORY, "When did you come", "Dora S. Keane"),
        (HISTORY, "My uncle spoke for me.", "Harold M. Lund"),
    ],
)
def test_initials_are_those_of_whom_the_head_names(text, words, speaker):
    found = understood(text)[1]
    assert [t.speaker.name for t in found if t.speaker and words in quote(text, t.segments)] == [speaker]
