from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UnreadableSource
from qa.sources import Description, MarkKind, Source
from qa.sources.reading import read_all
from qa.sources.tei import read_tei
from qa.sources.tei.labels import Form, Lead, form, label_at, role_of_list, speakers
from qa.sources.writing import Writer
from qa.sources.xml import MAX_DEPTH, parse

CASES = Path(__file__).parent / "cases"
HEADER = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"


@cache
def cases() -> dict[str, Source]:
    return {
        source.id: source for source in read_all([CASES / f"{n}.xml" for n in ("conference", "minutes", "volume")])[0]
    }


def tei(body: str) -> bytes:
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body>{body}</body></text></TEI>'.encode()


def text_of(body: str) -> str:
    return read_tei(tei(body))[0]


def marked(source: Source, kind: MarkKind) -> list[str]:
    return [source.text[m.start : m.end] for m in source.marks if m.kind == kind]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One\n   two.</p><p>Three.</p>", "One two.\n\nThree."),
        ("<head>Head</head><p>Text</p>", "Head\n\nText"),
        ("<p>a <hi>b</hi>c</p>", "a bc"),
        ("<p>a<lb/>b</p>", "a\nb"),
        ("<p>no<note n='1'>Note.</note>, yes</p><p>More</p>", "no, yes\n\n1 Note.\n\nMore"),
        ("<p>a<note n='1'><p>One.</p><p>Two.</p></note></p>", "a\n\n1 One.\nTwo."),
        ("<p>a<note n='1'>b<note n='2'>c</note></note> d</p>", "a d\n\n1 b\n\n2 c"),
        ("<p>a<note>b</note></p>", "a\n\nb"),
        ("<p>a <quote>b</quote> c</p>", "a b c"),
        ("<p>a <quote rend='blockquote'>b</quote> c</p>", "a\n\nb\n\nc"),
        ("<list><item>a</item><item>b</item></list>", "a\nb"),
        ("<list><head>h</head><label>1.</label><item><p>a</p></item></list>", "h\n1. a"),
        ("<list><item>a <list><item>b</item></list></item><item>c</item></list>", "a\nb\nc"),
        ("<p>x: <list><item>a</item></list> y</p>", "x:\n\na\n\ny"),
        ("<table><row><cell>a</cell><cell>b<lb/>c</cell></row><row><cell>d</cell></row></table>", "a | b c\nd"),
        ("<table><row><cell><p>a</p><list><item>b</item><item>c</item></list></cell></row></table>", "a b c"),
        ("<lg><l>a</l><l>b</l></lg><p>c</p>", "a\nb\n\nc"),
        ("<figure><graphic url='x'/><head>A map</head><figDesc>hidden</figDesc></figure><p>a</p>", "A map\n\na"),
        ("<p>a <del>b</del>c</p>", "a c"),
        ("<p><choice><abbr>Dr</abbr><expan>Doctor</expan></choice> A</p>", "Dr A"),
        ("<p><choice><corr>b</corr><sic>a</sic></choice></p>", "a"),
        ("<p>a<!-- hidden -->b<?pi hidden?>c</p>", "abc"),
        ("<fw>12 PAPERS</fw><p>a</p>", "a"),
        ("<p>a <pb n='2'/>b</p>", "a b"),
        ("<div>loose <hi>text</hi><p>a</p></div>", "loose text\n\na"),
        ("<sp><speaker>ANNA</speaker><p>Yes.</p><p>No.</p></sp>", "ANNA: Yes.\n\nNo."),
        ("<sp><speaker>ANNA.</speaker><p>Yes.</p></sp>", "ANNA. Yes."),
        ("<p>a&amp;b &#x2014; \u00a0c</p>", "a&b — c"),
        ("<closer>Yours,<lb/><signed>A. B.</signed></closer>", "Yours,\nA. B."),
        ("<closer><signed><list><item>A</item><item>B</item></list></signed></closer>", "A\nB"),
    ],
)
def test_text_is_what_a_reader_reads(body, text):
    assert text_of(body) == text


ELEMENTS = st.sampled_from(
    ["p", "hi", "div", "list", "item", "note", "quote", "table", "row", "cell", "head", "closer"]
)
TREES = st.recursive(
    st.sampled_from(["word ", " a", "b", "<pb n='3'/>", "<lb/>", "x: ", "MR. DOE: y "]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", ELEMENTS, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(TREES)
def test_no_word_is_lost_and_marks_are_sorted_and_tight(body):
    source = tei(f"<p>first</p>{body}<p>last</p>")
    text, marks, _ = read_tei(source)
    wanted = sorted("".join(body_words(body)))
    assert sorted(c for c in text if c.isalpha() and c.islower()) == sorted([*wanted, *"firstlast"])
    assert [m.start for m in marks] == sorted(m.start for m in marks)
    for mark in marks:
        shown = text[mark.start : mark.end]
        assert (mark.kind == MarkKind.PAGE) == (not shown)
        assert shown == shown.strip()


def body_words(body: str) -> list[str]:
    out, inside = [], False
    for c in body:
        inside = (c == "<") or (inside and c != ">")
        if not inside and c.isalpha() and c.islower():
            out.append(c)
    return out


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<TEI><text>", "is no well-formed XML (no element found: line 1, column 11)"),
        (b"", "is no well-formed XML"),
        (b"<html><body>a</body></html>", "no TEI (its root is <html>)"),
        (tei(""), "is empty"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><TEI><text>&b;</text></TEI>', "declares XML entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><TEI><text>&b;</text></TEI>', "declares XML entities"),
        (
            b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;"><!ENTITY e "&d;&d;">]><TEI><text>&e;</text></TEI>',
            "declares XML entities",
        ),
        (b"<TEI><text>&unknown;</text></TEI>", "undefined entity"),
        (b'<?xml version="1.0" encoding="klingon"?><TEI/>', "is"),
        (b"<TEI><text>caf\xe9</text></TEI>", "not well-formed (invalid token)"),
        (b"<TEI>" * (MAX_DEPTH + 2) + b"</TEI>" * (MAX_DEPTH + 2), "nests its XML elements"),
        (b"<p>" * 100_000 + b"</p>" * 100_000, "nests its XML elements"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data, words):
    with pytest.raises(UnreadableSource) as error:
        read_tei(data)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><TEI><text><p>café</p></text></TEI>'.encode("latin-1"), ""),
        ("<TEI><text><p>café</p></text></TEI>".encode("cp1252"), "cp1252"),
        ("\ufeff<TEI><text><p>café</p></text></TEI>".encode(), ""),
        ('<?xml version="1.0" encoding="UTF-16"?><TEI><text><p>café</p></text></TEI>'.encode("utf-16"), ""),
    ],
)
def test_encodings(data, declared):
    assert read_tei(data, declared)[0] == "café"


def test_a_bad_file_among_good_ones_is_a_problem(tmp_path):
    (tmp_path / "a.xml").write_bytes(tei("<p>fine</p>"))
    (tmp_path / "b.xml").write_text("<a>")
    sources, problems = read_all([tmp_path])
    assert [(s.id, s.format, s.text) for s in sources] == [("a", "tei", "fine")]
    assert [p.path.name for p in problems] == ["b.xml"]


def test_what_a_human_says_stands_before_the_header(tmp_path):
    (tmp_path / "a.xml").write_bytes(tei("<p>fine</p>"))
    (tmp_path / "archive.toml").write_text('[sources."a.xml"]\nauthor = "Roe"')
    description = read_all([tmp_path])[0][0].description
    assert (description.title, description.author) == ("T", "Roe")


class TestVolume:
    def test_header(self):
        assert cases()["volume"].description == Description(
            title="Papers of the Utopian Ministry, 1900",
            publication="Papers of the Utopian Ministry, 1900 (Amaurot: State Printer, 1932)",
        )

    @pytest.mark.parametrize(
        ("kind", "texts"),
        [
            (MarkKind.SENDER, ["Doe", "Harbor Master"]),
            (MarkKind.RECIPIENT, ["Secretary of State", "Doe"]),
            (MarkKind.DATE, ["May 4, 1900—6 p.m.", "May 1, 1900"]),
            (
                MarkKind.NOTE,
                ["See volume II.", "The same to Roe.", "Not printed.", "Meaning corn. [Footnote in the original.]"],
            ),
            (MarkKind.QUOTATION, ["“No wheat is left.”"]),
            (MarkKind.SPEAKER, []),
            (MarkKind.SIGNATURE, ["John D[oe]", "John D[oe]"]),
        ],
    )
    def test_marks(self, kind, texts):
        assert marked(cases()["volume"], kind) == texts

    def test_documents_hold_their_own_text(self):
        first, enclosure, second = marked(cases()["volume"], MarkKind.DOCUMENT)
        assert first.startswith("123.45 Trade/6: Telegram\n\nThe Minister in Utopia (Doe)")
        assert first.endswith(enclosure)
        assert second.endswith("The Envoy said weat was “dear”.")

    def test_a_note_knows_where_its_mark_stands(self):
        source = cases()["volume"]
        notes = {m.attributes["marker"]: m for m in source.marks if m.kind == MarkKind.NOTE}
        assert source.text[: int(notes["3"].attributes["anchor"])].endswith("I asked for wheat.")
        assert source.text[: int(notes["*"].attributes["anchor"])].endswith("“No wheat")
        assert notes["*"].attributes["own"] == "true"
        assert "own" not in notes["3"].attributes

    def test_pages_begin_before_their_first_word(self):
        source = cases()["volume"]
        pages = {m.attributes["n"]: source.text[m.start :][:10] for m in source.marks if m.kind == MarkKind.PAGE}
        assert pages == {"[I]": "Papers of ", "1": "Islands\n\n1", "2": "ship waits", "3": "Memorandum"}


@pytest.mark.parametrize(
    ("source", "labels"),
    [
        ("minutes", ["SECRETARY ROE", "MR. POE", "SECRETARY ROE", "THE REPORTER"]),
        ("conference", ["PROF. POE", "DR. LOE", "QUESTION", "QUESTION"]),
    ],
)
def test_speakers(source, labels):
    assert marked(cases()[source], MarkKind.SPEAKER) == labels


def test_people_of_lists():
    roles = [
        (m.attributes["role"], cases()["minutes"].text[m.start : m.end])
        for m in cases()["minutes"].marks
        if m.kind == MarkKind.PERSON
    ]
    assert roles == [
        ("present", "Dr. Jane Doe, Chairman"),
        ("present", "John Poe, Jr., Clerk"),
        ("present", "Mr. Loe (not present)"),
        ("interpreter", "Miss Moe"),
    ]


def test_web_machinery_is_not_read():
    assert "play" not in cases()["conference"].text


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("MR. DOE", Form.CERTAIN),
        ("MR.DOE", Form.CERTAIN),
        ("MR., DOE", Form.CERTAIN),
        ("MR·. DOE", Form.CERTAIN),
        ("DR. LePAGE", Form.CERTAIN),
        ("Mr. Doe", Form.TITLED),
        ("SECRETARY DOE", Form.TITLED),
        ("Deputy Secretary Doe", Form.TITLED),
        ("General Doe", Form.TITLED),
        ("THE CHAIRMAN", Form.TITLED),
        ("QUESTION", Form.TITLED),
        ("Q", Form.TITLED),
        ("Doe", Form.NAME),
        ("JANE DOE", Form.NAME),
        ("Sir", Form.NONE),
        ("My Dear Mr. Doe", Form.NONE),
        ("Mr. Minister", Form.NONE),
        ("MR. PRESIDENT", Form.NONE),
        ("Excellency", Form.NONE),
        ("Source", Form.NONE),
        ("AGENDA ITEM I", Form.NONE),
        ("Article 1", Form.NONE),
        ("Mr. Doe, Far Islands", Form.NONE),
        ("He then said", Form.NONE),
        ("We tell the Ambassador", Form.NONE),
        ("1. WHEAT", Form.NONE),
        ("“Wheat", Form.NONE),
        ("", Form.NONE),
    ],
)
def test_form_of_labels(label, expected):
    assert form(label) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("MR. DOE: Yes", "MR. DOE"),
        ("MR. DOE : Yes", "MR. DOE"),
        ("DOE (Utopia): Yes", "DOE"),
        ("It began at 9:30 sharp", ""),
        ("Heading:", ""),
        ("x" * 70 + ": y", ""),
        ("No colon", ""),
    ],
)
def test_label_at(text, label):
    assert label_at(text, 0, len(text)) == label


def labels_of(paragraphs: list[str], **how: bool) -> list[str]:
    text, leads = "", []
    for paragraph in paragraphs:
        leads.append(Lead(len(text), len(text) + len(paragraph), "1", **how))
        text += paragraph + "\n\n"
    return [text[m.start : m.end] for m in speakers(text, leads)]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Mr. Doe: I thank you for your letter.", "It was kind."], []),
        (["Mr. Doe: Yes.", "Mr. Roe: No.", "Mr. Doe: Oh."], ["Mr. Doe", "Mr. Roe", "Mr. Doe"]),
        (["WHEAT: There is none.", "BARLEY: There is some.", "WHEAT: None at all."], []),
        (["Doe: Yes.", "Roe: No.", "Doe: Yes.", "Roe: No."], ["Doe", "Roe", "Doe", "Roe"]),
        (["Doe: Yes.", "Roe: No.", *["Text."] * 20, "Doe: Yes.", "Roe: No."], []),
        (["MR. DOE: Yes."], ["MR. DOE"]),
        (["SECRETARY DOE: Yes."], []),
        (["THE PRESIDENT: Yes.", "MR. DOE: No.", "THE PRESIDENT: Yes."], ["THE PRESIDENT", "MR. DOE", "THE PRESIDENT"]),
    ],
)
def test_a_doubtful_label_needs_a_transcript(paragraphs, expected):
    assert labels_of(paragraphs) == expected


def test_bold_print_makes_a_title_certain():
    assert labels_of(["SECRETARY DOE:Yes."], bold=True) == ["SECRETARY DOE"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [("PARTICIPANTS", "present"), ("Present were:", "present"), ("Reported by:", "recorder"), ("Present state", "")],
)
def test_role_of_list(heading, role):
    assert role_of_list(heading) == role


def test_said_names_its_speaker():
    body = '<p><persName xml:id="doe">Jane Doe</persName></p><said who="#doe"><p>One.</p><p>Two.</p></said>'
    text, marks, _ = read_tei(tei(body))
    said = [(m.attributes["name"], text[m.start : m.end]) for m in marks if m.kind == MarkKind.SPEAKER]
    assert said == [("Jane Doe", "One.\n\nTwo.")]


def test_a_mark_without_text_is_dropped_and_a_last_page_stands_at_the_end():
    writer = Writer()
    empty = writer.open(MarkKind.HEAD)
    writer.close(empty)
    writer.write("a")
    writer.point(MarkKind.PAGE, {"n": "2"})
    assert [(m.kind, m.start, m.end) for m in writer.marks()] == [(MarkKind.PAGE, 1, 1)]


def test_parse_gives_the_tree():
    assert parse(b"<a><b/></a>")[0].tag == "b"
