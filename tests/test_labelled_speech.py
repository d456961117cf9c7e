import pytest

from qa.documents.blocks import Look, pieces
from qa.documents.finding import find_documents
from qa.documents.labels import is_joint, opening, read_label, speakers
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
    label = opening("Ann Roe: Why?", {"ann roe"})
    assert label
    assert label.end == len("Ann Roe:")
    assert opening("Cy Voe: Why?", {"ann roe"}) is None
    assert opening("Ann Roe: Why?", frozenset()) is None


def test_a_label_makes_speech_however_short_the_line():
    found = pieces("\n\n".join(TALK))
    assert [(p.look, p.label is not None) for p in found] == [(Look.PROSE, True)] * 5
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


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("ROE (v.o.): So it was.", "ROE", "So it was."),
        ("Ann Roe (crying): So.", "Ann Roe", "So."),
        ("ROE (CONT'D): So.", "ROE", "So."),
        ("Ann Roe [laughs]: So.", "Ann Roe", "So."),
        ("**Ann Roe** (softly): So.", "Ann Roe", "So."),
        ("**Ann Roe (softly):** So.", "Ann Roe", "So."),
        ("Mr. Bob Poe (Dover, Ind.): So.", "Mr. Bob Poe", "So."),
        ("Hon. Ann Roe (Minister of Trade, Fisheries, Harbours and the Coast Guard): So.", "Hon. Ann Roe", "So."),
        ("The Acting Chair (Mr. Bob Poe (Dover East, Ind.)): So.", "Mr. Bob Poe", "So."),
        ("The Chair (laughing): So.", "The Chair", "So."),
        ("Speaker 1: So.", "Speaker 1", "So."),
        ("SPEAKER_00: So.", "SPEAKER_00", "So."),
        ("[00:12:31] Ann Roe: So.", "Ann Roe", "So."),
        ("[00:12 - 00:31] Ann Roe: So.", "Ann Roe", "So."),
        ("00:12:31 - Ann Roe: So.", "Ann Roe", "So."),
        ("Ann Roe [00:12:31]: So.", "Ann Roe", "So."),
        ("Ann Roe (00:12): So.", "Ann Roe", "So."),
        ("Ann Roe 00:12 So.", "Ann Roe", "So."),
        ("**Q.** Why?", "Q", "Why?"),
        ("**Q:** Why?", "Q", "Why?"),
        ("[00:12] Q. Why?", "Q", "Why?"),
        ("Q. [Mr. Roe] Why?", "Q", "[Mr. Roe] Why?"),
        ("BY MR. ROE: Q. Why?", "MR. ROE", "Why?"),
        ("BY MR. ROE:", "MR. ROE", ""),
        ("By Ann Roe: a life", None, ""),
        ("Mr. Roe. Thank you.", "Mr. Roe", "Thank you."),
        ("Mr. Roe of Dover. Thank you.", "Mr. Roe", "Thank you."),
        ("The Chairman. Thank you.", "The Chairman", "Thank you."),
        ("Chairman Roe. Thank you.", "Chairman Roe", "Thank you."),
        ("The Harbour. It was old.", None, ""),
        ("The President Hotel. It was old.", None, ""),
        ("Dr. Roe came.", None, ""),
        ("ANN ROE -- So.", "ANN ROE", "So."),
        ("ANN ROE — So.", "ANN ROE", "So."),
        ("LONDON, May 4 -- So.", None, ""),
        ("Ann Roe and Bob Poe and Cy Voe and Dan Doe: So.", "Ann Roe and Bob Poe and Cy Voe and Dan Doe", "So."),
        ("At 12:30 Roe left.", None, ""),
    ],
)
def test_forms_of_labels(text, name, rest):
    label = read_label(text)
    assert (label.name if label else None, text[label.end :].strip() if label else "") == (name, rest)


@pytest.mark.parametrize(
    ("name", "joint"),
    [
        ("Roe and Poe", True),
        ("Ann Roe, Bob Poe and Cy Voe", True),
        ("ROE AND POE", True),
        ("Secretary for Trade and Labour", False),
        ("Ann Roe", False),
    ],
)
def test_several_speak_at_once(name, joint):
    assert is_joint(name) is joint


def test_who_speaks_with_another_is_nobody_new():
    text = "\n\n".join(["Ann Roe and Bob Poe: Hey!", *TALK, "Bob Poe and Ann Roe: No!", "Bob Poe: Well."])
    assert [t.speaker.name for t in turns(text) if t.speaker][::6] == ["Ann Roe and Bob Poe", "Bob Poe and Ann Roe"]
    assert {t.speaker.name for t in turns(text) if t.speaker and t.speaker.as_written == "Bob Poe"} == {"Bob Poe"}


@pytest.mark.parametrize("aside", ["(They leave the hall. It is dark.)", "[The band plays]", "{ Bob Poe sits. }"])
def test_what_stands_in_brackets_is_nobodys(aside):
    assert said("\n\n".join([*TALK, aside, "It was so."]))[-2:] == [(None, aside), ("Bob Poe", "It was so.")]


def test_brackets_behind_a_label_are_its_speakers():
    assert said("\n\n".join([*TALK, "Ann Roe: (laughs)"]))[-1] == ("Ann Roe", "Ann Roe: (laughs)")
