import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.documents import Document
from qa.documents.blocks import Look, pieces
from qa.documents.finding import find_documents
from qa.documents.labels import is_joint, is_role, read_label
from qa.documents.margins import blanked, line_numbers
from qa.documents.talk import is_bare, opening, speakers
from qa.names import People
from qa.sources import Source
from qa.spans import Span, quote
from qa.turns import Turn, TurnKind
from qa.turns.finding import find_turns, sightings


def turns(text: str) -> list[Turn]:
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return [t for d in documents for t in find_turns(d, text, people)]


def document(text: str) -> Document:
    return find_documents(Source("a", "a.txt", "", text, "text"))[0]


def spoken(text: str) -> list[tuple[str | None, str]]:
    return [(t.speaker.name if t.speaker else None, quote(text, t.segments)) for t in turns(text) if t.kind == "speech"]


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
        ("The Minister for Harbours (Peter Lindt): So.", "Peter Lindt", "So."),
        ("Ann Roe (Dover) (Ind): So.", "Ann Roe", "So."),
        ("Q Why?", "Q", "Why?"),
        ("A dam broke.", None, ""),
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
        ("Mr. arap Roe: So.", "Mr. arap Roe", "So."),
        ("Dr. van der Poe (Dover): So.", "Dr. van der Poe", "So."),
        ("An hon. Member: So.", "An hon. Member", "So."),
        ("Several hon. Members: So.", "Several hon. Members", "So."),
        ("The Minister for Local Government (Mr. Roe): So.", "Mr. Roe", "So."),
        ("The Assistant Minister for Transport and Communications (Mr. Roe): So.", "Mr. Roe", "So."),
        ("The Assistant Secretary for East Asian and Pacific Affairs (Ann Roe): So.", "Ann Roe", "So."),
        ("The Assistant Minister for Transport and Communications: so.", None, ""),
        ("The Chair (Dover South): So.", "The Chair", "So."),
        ("Question No. 617: The harbour", None, ""),
        ("Sessional Paper No. 7: The harbour", None, ""),
        ("Speaker No. 1: So.", "Speaker No. 1", "So."),
        ("Juror No. 8: So.", "Juror No. 8", "So."),
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


def test_a_scene_set_in_brackets_is_nobodys():
    scene = "[Scene: the harbour. Ann Roe is telling Bob Poe that it rains. She said that it was cold.]"
    assert said("\n\n".join([scene, *TALK]))[0] == (None, scene)


def test_brackets_behind_a_label_are_its_speakers():
    assert said("\n\n".join([*TALK, "Ann Roe: (laughs)"]))[-1] == ("Ann Roe", "Ann Roe: (laughs)")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Interviewer: Paul Dorn", None),
        ("Interviewer: Paul Dorn came.", "Interviewer"),
        ("President: Mr. ROE (Utopia)", None),
        ("THE HARBOUR: A HISTORY OF THE QUAY", None),
        ("ROE: THIS IS THE NEWS.", "ROE"),
        ("ANN ROE, HOST: Good evening.", "ANN ROE"),
        ("Mr. Roe, Far East: No.", "Mr. Roe"),
        ("Aired May 3, 1978 - 20:00 ET", None),
    ],
)
def test_what_a_head_says_is_no_speech(text, name):
    label = read_label(text)
    assert (label.name if label else None) == name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Speaker 2", True),
        ("VOICE #1", True),
        ("UNIDENTIFIED FEMALE", True),
        ("All", True),
        ("Al", False),
        ("Mr. Speaker", True),
        ("Hon. Members", True),
        ("An hon. Member", True),
        ("Several Honourable Members", True),
        ("Hon. Ann Roe", False),
        ("Mr. Roe", False),
    ],
)
def test_parts_in_a_talk(name, role):
    assert is_role(name) is role


@pytest.mark.parametrize(
    ("words", "bare"), [("Ann Roe:", True), ("**Ann Roe**", True), ("Ann Roe: No", False), ("", False)]
)
def test_a_label_alone(words, bare):
    assert is_bare(words) is bare


ALONE = "Ann Roe:\n\nWhen did the dam break?\n\nBob Poe:\n\nIn March. It was late\n\nand dark.\n\nIt froze.\n\n"
SURNAMES = "ANN ROE\nGood evening. It has failed\n\nLINDT\nWell it was old\n\nROE\nHow old\n\n"
SCREEN = "THE HOUR\n\nANN ROE\nTell us about it\n\nBOB POE (smiling)\nThere was\na noise.\n\n"
BOLD = "**Ann Roe**\n\nTell us about it\n\n**Bob Poe**\n\nThere was a noise.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ALONE * 2,
            [
                ("Ann Roe", "Ann Roe: When did the dam break?"),
                ("Bob Poe", "Bob Poe: In March. It was late and dark. It froze."),
            ],
        ),
        (SCREEN * 2, [("ANN ROE", "ANN ROE Tell us about it"), ("BOB POE", "BOB POE (smiling) There was a noise.")]),
        (BOLD * 2, [("Ann Roe", "**Ann Roe** Tell us about it"), ("Bob Poe", "**Bob Poe** There was a noise.")]),
    ],
)
def test_labels_above_the_words(text, expected):
    assert [turn for turn in said(text) if turn[0]] == expected * 2


@pytest.mark.parametrize("text", [ALONE * 2, SCREEN * 2])
def test_lines_may_end_as_windows_ends_them(text):
    assert said(text.replace("\n", "\r\n")) == said(text)


def test_surnames_above_the_words():
    text = SURNAMES + SURNAMES.replace("ANN ROE", "PETER LINDT")
    assert [name for name, _ in said(text)] == ["ANN ROE", "LINDT", "ROE", "PETER LINDT", "ROE"]


def test_headings_are_no_labels_because_they_recur():
    parts = "DESCRIPTION\n\nI hold that it is a jar of clay.\n\nORIGIN\n\nWe know that it was found in the harbour.\n\n"
    assert not any(t.speaker for t in turns(parts * 3))


@pytest.mark.parametrize(
    "talk",
    [
        "MR. ROE -- I rise to speak\n\nMR. POE -- It is short.\n\nMR. ROE -- No.\n\nMR. POE -- Yes.",
        "Ann Roe 0:03\nokay so\n\nSpeaker 2 0:05\nI am here\n\nAnn Roe 0:09\ngood\n\nSpeaker 2 0:11\nyes",
        "[00:03] Ann: Okay so\n[00:05] Bob: I am here\n[00:09] Ann: Good\n[00:11] Bob: Yes",
    ],
)
def test_four_turns_of_two(talk):
    first, second = (name for name, _ in said(talk)[:2])
    assert [name for name, _ in said(talk)] == [first, second] * 2
    assert first != second


def test_lines_of_a_newspaper_are_no_labels():
    text = "\n\n".join(
        f"{place} -- The mill was closed. It rained." for place in ("LONDON", "PARIS", "LONDON", "PARIS")
    )
    paper = "\n\n".join(["THE HERALD", *["It was a long and a wet summer in the hills."] * 9, text])
    assert not any(t.speaker for t in turns(paper))


def test_bold_labels_are_no_note_marks():
    text = "# Board\n\n**Ann Roe:** Good evening\n\n**Bob Poe:** It is short\n\n## 2. The crane\n\n" * 3
    assert document(text).notes == ()
    assert {t.kind for t in turns(text)} == {TurnKind.SPEECH, TurnKind.APPARATUS}
    assert spoken(text)[0] == ("Ann Roe", "**Ann Roe:** Good evening")


def test_emphasis_closes_and_marks_no_note():
    text = "Of *peace* and war* he spoke at length.\n\n* He died in 1900.\n\nIt was the *end* of it.\n"
    assert [(text[n.anchor - 4 : n.anchor], n.marker) for n in document(text).notes if n.anchor] == [(" war", "*")]


@pytest.mark.parametrize("head", ["ORAL HISTORY OF ANN ROE", "ROE {}", "- {} - Ann Roe, Tape 1", "- {} -", "{}"])
def test_a_running_head_interrupts_no_sentence(head):
    pages = [
        f"{head.format(n)}\n\nROE: We had nothing but two trunks and\n\n{head.format(n + 1)}\n\na clock.\n\nDORN: Oh"
        for n in (1, 3)
    ]
    heard = [("ROE", "ROE: We had nothing but two trunks and a clock."), ("DORN", "DORN: Oh")]
    assert [turn for turn in said("\n\n".join(pages)) if turn[0]] == heard * 2


def test_chapters_interrupt_nothing_and_stay():
    text = "\n\n".join(f"CHAPTER {n}\n\nIt rained all day in the hills above the town." for n in range(1, 5))
    assert sum(quote(text, b.segments).startswith("CHAPTER") for b in document(text).blocks) == 4


def test_letters_without_a_stop():
    text = "MR. ROE: We call Otto Krall.\n\nBY MR. ROE:\n\nQ Where were you?\n\nA At the mill\n\nQ And then?\n\nA Home."
    assert said(text) == [
        ("MR. ROE", "MR. ROE: We call Otto Krall. BY MR. ROE: Q Where were you?"),
        ("A", "A At the mill"),
        ("Q", "Q And then?"),
        ("A", "A Home."),
    ]


DEPOSITION = """                                                  7
 1                DEPOSITION OF OTTO KRALL
 2                      May 3, 1978
 3                      EXAMINATION
 4   BY MR. LINDT:
 5        Q.   Were you the foreman at the mill
 6   in 1940?
 7        A.   I was.  I had been there since 1931, and I
 8   stayed on until the fire.
 9        MS. FINCH:  Objection
10        THE WITNESS:  It was March.
11             (Recess taken.)
12   BY MR. LINDT:
13        Q.   Did you know
14   Mr. Tarn?
15        A.   Yes
16        MS. FINCH:  That is all.
"""


def test_a_deposition_with_numbered_lines():
    assert spoken(DEPOSITION) == [
        ("Lindt", "BY MR. LINDT: Q. Were you the foreman at the mill in 1940?"),
        ("Otto Krall", "A. I was. I had been there since 1931, and I stayed on until the fire."),
        ("Finch", "MS. FINCH: Objection"),
        ("Otto Krall", "THE WITNESS: It was March."),
        (None, "(Recess taken.)"),
        ("Lindt", "BY MR. LINDT: Q. Did you know Mr. Tarn?"),
        ("Otto Krall", "A. Yes"),
        ("Finch", "MS. FINCH: That is all."),
    ]
    found = document(DEPOSITION)
    assert (found.kind, found.title) == ("testimony", "DEPOSITION OF OTTO KRALL")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (DEPOSITION, [str(n) for n in range(1, 17)]),
        ("\n".join(f"{n} An apple." for n in range(1, 30)), []),
        ("\n".join(f"{1900 + n} was a year\nin which it rained." for n in range(30)), []),
        ("1 a\n2 b\n3 c", []),
        (DEPOSITION.replace("\n", "\r\n"), [str(n) for n in range(1, 17)]),
        ("", []),
    ],
)
def test_line_numbers(text, numbers):
    assert [text[s.start : s.end] for s in line_numbers(text)] == numbers


@given(st.text(alphabet="1 2\nab.", max_size=80))
def test_blanking_keeps_every_offset(text):
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"\d+", text)]
    assert len(blanked(text, spans)) == len(text)
    assert blanked(text, spans).split() == re.sub(r"\d", " ", text).split()


PARTS = [
    "Ann Roe: ",
    "MR. POE: ",
    "Q. ",
    "A. ",
    "(",
    ") ",
    "[",
    "] ",
    "**",
    "-- ",
    "1 ",
    "so ",
    "\n",
    "\n\n",
    "It is. ",
]


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_every_sentence_stands_in_one_turn_only(parts):
    text = "".join(parts)
    spans = sorted(s for t in turns(text) for sentence in t.sentences for s in sentence)
    assert all(a.end <= b.start for a, b in pairwise(spans))


STORY = "The Harbour\n\nBy Ann B. Roe\n\nStone: It came from the hills. It was dear.\n\nMoney: It was lent.\n\n"
PAPERS = "Box: 1\nContents: Letters of May. They tell of the mill.\n\nBox: 2\nContents: The rest. It is in order.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        STORY + "Men: They went home. It was cold.\n\nMr. Krall. He was the first there, and he stayed.",
        "Papers\n\nScope and Contents: Letters. They are in order.\n\n" + PAPERS * 3,
        "THE HERALD\n\n" + "LONDON — They met. We hear of nothing.\n\nPARIS — It rained. I saw it.\n\n" * 3,
        "OPTION A: Stone. It lasts.\n\nOPTION B: Wood. It does not.\n\nOPTION A: Stone again. You know why.",
    ],
)
def test_headings_speak_not(text):
    assert not any(t.speaker and t.speaker.basis == "label" for t in turns(text))


def test_common_words_speak_in_a_talk():
    text = "Marketing: I like it.\n\nProject Manager: Why?\n\n" * 3
    assert {t.speaker.as_written for t in turns(text) if t.speaker} == {"Marketing", "Project Manager"}
