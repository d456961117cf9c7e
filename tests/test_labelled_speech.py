import pytest

from qa.documents.blocks import Look, pieces
from qa.documents.finding import find_documents
from qa.documents.labels import opens, speakers
from qa.names import People
from qa.sources import Source
from qa.spans import quote
from qa.turns import Turn, TurnKind
from qa.turns.finding import find_turns, sightings


def turns(text: str) -> list[Turn]:
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return [t for d in documents for t in find_turns(d, text, people)]


def said(text: str) -> list[tuple[str | None, str]]:
    return [(t.speaker.as_written if t.speaker else None, quote(text, t.segments)) for t in turns(text)]


TALK = ["Ann Roe: Why?", "Bob Poe: It rained.", "Ann Roe: So it did", "Cy Voe: Well.", "Bob Poe: Yes."]


@pytest.mark.parametrize(
    ("paragraphs", "known"),
    [
        (TALK, {"ann roe", "bob poe", "cy voe"}),
        (["MR. ROE: I came.", *["It rained all day."] * 9, "MS. POE: No.", "MR. ROE: Yes.", "MS. POE: So?"], 2),
        (["Roe: I came.", *["It rained all day."] * 9, "Poe: No.", "Roe: Yes.", "Poe: So?"], 0),
        (["Language: Latin", "Extent: 2 boxes", "Language: Greek", "Extent: 7 boxes"], 0),
        (["Roe: One.", "Roe: Two.", "Roe: Three.", "Roe: Four."], 0),
        (["Roe: One.", "Poe: Two.", "Roe: Three."], 0),
    ],
)
def test_who_speaks_in_a_text(paragraphs, known):
    found = speakers(paragraphs)
    assert found == known if isinstance(known, set) else len(found) == known


def test_a_text_opens_with_a_known_label():
    assert opens("Ann Roe: Why?", {"ann roe"})
    assert not opens("Cy Voe: Why?", {"ann roe"})
    assert not opens("Ann Roe: Why?", frozenset())


def test_a_label_makes_speech_however_short_the_line():
    found = pieces("\n\n".join(TALK))
    assert [(p.look, p.labelled) for p in found] == [(Look.PROSE, True)] * 5
    assert all(t.kind is TurnKind.SPEECH for t in turns("\n\n".join(TALK)))


@pytest.mark.parametrize(
    "lines",
    [
        ["Roe: I went to the old harbour and then I thought that it was", "Poe: where he was then, I know", *TALK],
        ["Roe: I came. And then", "Poe: Why?", "Roe: So (crying)", "Poe: Oh 12", *TALK],
        ["PROJECT LEAD: Okay", "Designer: Right", "PROJECT LEAD: Good", "Designer: Hm.", "PROJECT LEAD: Yes."],
        ["Grad G: No 1", "PhD A: Well.", "Grad G: No 2", "PhD A: Well.", "Grad G: No 3", "PhD A: No 4"],
    ],
)
def test_every_labelled_line_is_its_speakers(lines):
    text = "\n\n".join(lines)
    assert said(text) == [(line.split(":")[0], line) for line in lines]


def test_labelled_lines_need_no_blank_line_between():
    text = "\n".join(["Roe: I went to the old", "harbour with", "Poe: Yes", *TALK])
    assert said(text)[:2] == [("Roe", "Roe: I went to the old harbour with"), ("Poe", "Poe: Yes")]


def test_speech_is_no_front_matter():
    text = "\n\n".join(["Ann Roe: Good", "Bob Poe: Now", "Ann Roe: Yes", "Cy Voe: Minutes of the last meeting", *TALK])
    assert {t.kind for t in turns(text)} == {TurnKind.SPEECH}


@pytest.mark.parametrize("remark", ["(The band plays and they dance)", "[Ann Roe leaves. Bob Poe follows her]"])
def test_what_stands_in_brackets_stands_alone(remark):
    lines = [TALK[0], "Bob Poe: I wonder. It was not until the", remark, "Ann Roe: So it", *TALK]
    blocks = [
        quote("\n\n".join(lines), b.segments)
        for d in [find_documents(Source("a", "a.txt", "", "\n\n".join(lines), "text"))[0]]
        for b in d.blocks
    ]
    assert blocks == lines
