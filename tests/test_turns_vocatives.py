import pytest

from qa.spans import Span
from qa.turns.grouping import Line
from qa.turns.records import Basis, TurnKind
from qa.turns.state import Person, Said
from qa.turns.vocatives import called_upon

ROE, POE, LOE = Person("Ann Roe", "DR. ROE"), Person("Bob Poe", "THE CHAIRMAN"), Person("Carl Loe", "MR. LOE")
ANY = Person("Question", "QUESTION")


def heard(*spoken: tuple[Person, str], basis: Basis = Basis.LABEL) -> list[list[str]]:
    text, lines = "", []
    for block, (speaker, words) in enumerate(((ROE, "I am Roe."), (POE, "I am Poe."), (LOE, "I am Loe."), *spoken)):
        for sentence in words.split("|"):
            lines.append(
                Line(
                    (Span(len(text), len(text) + len(sentence)),), TurnKind.SPEECH, Said(speaker, (), basis), "", block
                )
            )
            text += sentence
    found = called_upon(lines, text)[3:]
    return [[h.name for h in line.said.hearers] if line.said else [] for line in found]


@pytest.mark.parametrize(
    ("speaker", "words", "to"),
    [
        (ANY, "QUESTION: Dr. Roe, you said so.", [["Ann Roe"]]),
        (ANY, "Thank you very much, Dr. Roe, would it do?|It is old.", [["Ann Roe"], ["Ann Roe"]]),
        (LOE, "I do not know, Mr. Chairman, but I ask you.", [["Bob Poe"]]),
        (LOE, "Is it so, Dr. Roe?|It is old.", [["Ann Roe"], []]),
        (LOE, "Thank you, Mr. Chairman.|The dam is old.", [["Bob Poe"], []]),
        (LOE, "Dr. Roe, the engineer, built it.", [[]]),
        (LOE, "It was Mr. Roe, you know.", [[]]),
        (LOE, "Mr. Nobody, you said so.", [[]]),
        (ROE, "Dr. Roe, you said so.", [[]]),
        (LOE, "Dr. Roe, do you agree, Mr. Chairman?", [[]]),
    ],
)
def test_who_is_called_by_name_is_spoken_to(speaker, words, to):
    assert heard((speaker, words)) == to


def test_what_is_said_to_somebody_ends_with_the_paragraph():
    assert heard((LOE, "Dr. Roe, you said so."), (LOE, "It is old.")) == [["Ann Roe"], []]


def test_only_labelled_talk_calls():
    assert heard((LOE, "Dr. Roe, you said so."), basis=Basis.REPORTED) == [[]]
