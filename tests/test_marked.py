from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dates import PartialDate
from qa.documents.correspondents import correspondents, party, present, signature_name, signed
from qa.documents.marked import documents_from_marks
from qa.documents.records import BlockKind, Document, Participant
from qa.documents.stated import iso_date, split_note, written_date
from qa.sources import Source
from qa.sources.reading import read_all
from qa.sources.tei import read_tei
from qa.spans import ordered, quote

CASES = Path(__file__).parent / "cases"
ARCHIVES = Path(__file__).resolve().parents[2] / "shared" / "archives"


@cache
def read() -> dict[str, tuple[Source, Document]]:
    sources, problems = read_all([CASES / f"{n}.xml" for n in ("conference", "minutes", "volume")])
    assert problems == []
    return {d.id: (source, d) for source in sources for d in documents_from_marks(source)}


def document(id_: str) -> Document:
    return read()[id_][1]


def blocks(id_: str, kind: BlockKind) -> list[str]:
    source, found = read()[id_]
    return [quote(source.text, b.segments) for b in found.blocks if b.kind == kind]


def of(body: str) -> tuple[Document, ...]:
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>{body}</body></text></TEI>'.encode()
    text, marks, description = read_tei(data)
    return documents_from_marks(Source("s", "s.xml", "", text, "tei", description, marks))


def test_ids_and_parents():
    assert {id_: d.parent for id_, (_, d) in read().items()} == {
        "conference": "",
        "conference/opening": "conference",
        "conference/panel": "conference",
        "minutes": "",
        "volume": "",
        "volume/d1": "volume",
        "volume/d1/enclosure-1": "volume/d1",
        "volume/d2": "volume",
    }


@pytest.mark.parametrize(
    ("id_", "number", "kind", "date", "author", "reference", "classification"),
    [
        ("volume/d1", "Document 1", "telegram", "1900-05-04", "John Doe", "123.45 Trade/6", ""),
        ("volume/d1/enclosure-1", "", "letter", "1900-05-01", "Harbor Master", "", ""),
        (
            "volume/d2",
            "Document 2",
            "memorandum of conversation",
            "",
            "Roe",
            "National Archives, RG 1, Box 2",
            "Secret; Priority",
        ),
        ("minutes", "", "transcript", "1950-11-12", "", "Utopian Archives, Harbor Board Files, Box 3", "Confidential"),
        ("conference/opening", "", "speech", "2001-09-29", "Jane Doe", "", ""),
        ("conference/panel", "", "transcript", "2001-09", "", "", ""),
        ("volume", "", "collection", "", "", "", ""),
    ],
)
def test_metadata(id_, number, kind, date, author, reference, classification):
    found = document(id_)
    assert (found.number, found.kind, found.date.iso if found.date else "") == (number, kind, date)
    assert (found.author, found.repository_reference, found.classification) == (author, reference, classification)


@pytest.mark.parametrize(
    ("id_", "people"),
    [
        ("volume/d1", [("John Doe", "author", "Minister in Utopia"), ("Secretary of State", "recipient", "")]),
        ("volume/d1/enclosure-1", [("Harbor Master", "author", ""), ("Doe", "recipient", "Minister")]),
        ("volume/d2", [("Roe", "author", "Consul at Nowhere")]),
        (
            "minutes",
            [
                ("Dr. Jane Doe", "present", "Chairman"),
                ("John Poe, Jr.", "present", "Clerk"),
                ("Miss Moe", "interpreter", ""),
            ],
        ),
        (
            "conference/panel",
            [("John Poe", "present", "Chair, Harbor University"), ("Ann Loe", "present", "Clerk")],
        ),
    ],
)
def test_participants(id_, people):
    assert [(p.name, p.role, p.office) for p in document(id_).participants] == people


@pytest.mark.parametrize(
    ("id_", "kind", "texts"),
    [
        ("volume/d1", BlockKind.QUOTATION, ["“No wheat is left.”"]),
        ("volume/d1", BlockKind.SIGNATURE, ["John D[oe]"]),
        ("volume/d1", BlockKind.HEADING, ["The Minister in Utopia (Doe) to the Secretary of State"]),
        ("volume/d1", BlockKind.HEADER, ["123.45 Trade/6: Telegram", "Amaurot, May 4, 1900—6 p.m. [Received May 6.]"]),
        (
            "volume/d1",
            BlockKind.PARAGRAPH,
            [
                "12. I asked for wheat. He refused. The ship waits:",
                "So he wrote.",
                "Terms:",
                "(1) Ten tons;",
                "(2) No delay.",
                "None at all.",
                "Tons",
                "Wheat (red) | 10",
            ],
        ),
        ("volume/d2", BlockKind.HEADING, ["Memorandum of a Conversation, by the Consul at Nowhere (Roe)", "I. Wheat"]),
        (
            "minutes",
            BlockKind.HEADING,
            ["Meeting of Secretary Roe With the Board", "Members of the Board:", "AGENDA ITEM 1: Wheat"],
        ),
        ("conference/opening", BlockKind.HEADER, ["Harbor House September 29, 2001"]),
        ("conference/panel", BlockKind.APPARATUS, ["A field."]),
        ("volume", BlockKind.PARAGRAPH, []),
    ],
)
def test_blocks(id_, kind, texts):
    assert blocks(id_, kind) == texts


def test_labels_stand_at_the_head_of_their_blocks():
    source, found = read()["minutes"]
    labelled = [(b.label, quote(source.text, b.segments)) for b in found.blocks if b.label]
    assert [label for label, _ in labelled] == ["SECRETARY ROE", "MR. POE", "SECRETARY ROE", "THE REPORTER"]
    assert all(text.startswith(label) for label, text in labelled)


def test_only_what_stands_outside_documents_is_apparatus():
    assert {id_ for id_, (_, d) in read().items() if d.apparatus} == {"volume", "conference"}


class TestNotesAndPages:
    def test_notes(self):
        source, found = read()["volume/d1"]
        notes = [(n.marker, quote(source.text, n.segments), n.own) for n in found.notes]
        assert notes == [
            ("2", "The same to Roe.", False),
            ("3", "Not printed.", False),
            ("*", "Meaning corn. [Footnote in the original.]", True),
        ]
        assert all(n.document == "volume/d1" for n in found.notes)

    def test_a_source_note_with_a_marker_is_a_note_too(self):
        assert [n.marker for n in document("volume/d2").notes] == ["1"]

    def test_notes_of_chapter_headings_belong_to_the_volume(self):
        assert [n.marker for n in document("volume").notes] == ["1"]

    @pytest.mark.parametrize(
        ("words", "page"),
        [
            ("I asked", "1"),
            ("The ship", "1"),
            ("ship waits", "2"),
            ("Not printed", "1"),
            ("Meaning corn", "2"),
            ("There is no", "2"),
            ("The Envoy", "3"),
        ],
    )
    def test_a_note_is_on_the_page_of_its_mark(self, words, page):
        source = read()["volume"][0]
        at = source.text.index(words)
        labels = {
            p.label
            for id_, (_, d) in read().items()
            if d.parent
            for p in d.pages
            if id_ < "w" and p.start <= at < p.end
        }
        assert labels == {page}


@pytest.mark.parametrize("id_", list(read()))
def test_blocks_notes_and_pages_lie_in_order_inside_their_document(id_):
    _, found = read()[id_]
    spans = [s for b in found.blocks for s in b.segments]
    assert ordered(spans)
    assert ordered(found.segments)
    inside = [*spans, *(s for n in found.notes for s in n.segments)]
    assert all(any(o.start <= s.start and s.end <= o.end for o in found.segments) for s in inside)
    assert all(a.end <= b.start for a, b in zip(found.pages, found.pages[1:], strict=False))
    assert not {s for n in found.notes for s in n.segments} & set(spans)


def test_all_text_is_in_some_block_or_note():
    for name in ("volume", "minutes", "conference"):
        source = read()[name][0]
        covered = bytearray(len(source.text))
        for found in (d for s, d in read().values() if s.id == name):
            for span in [s for block in found.blocks for s in block.segments] + [
                s for note in found.notes for s in note.segments
            ]:
                covered[span.start : span.end] = b"x" * len(span)
        left = "".join(c if not covered[i] else " " for i, c in enumerate(source.text)).split()
        assert all(word in {"1", "2", "3", "*"} for word in left)  # the notes' markers


@pytest.mark.parametrize(
    ("heading", "author", "recipient"),
    [
        ("The Minister in Utopia (Doe) to the Secretary of State", "Doe", "Secretary of State"),
        ("The Secretary of State to the Consul at Nowhere (Roe)", "Secretary of State", "Roe"),
        ("The Department of State to the Utopian Embassy", "Department of State", "Utopian Embassy"),
        ("Jane R. Doe to John Roe", "Jane R. Doe", "John Roe"),
        ("Roe to Jane R. Doe", "Roe", "Jane R. Doe"),
        ("Baron Roe to the Secretary of Commerce (Doe)", "Baron Roe", "Doe"),
        ("Memorandum by the Legal Adviser (Doe)", "Doe", ""),
        ("Memorandum by Mr. John Doe of the Planning Staff", "Mr. John Doe", ""),
        ("Memorandum of Mr. Doe of the Island Division", "Mr. Doe", ""),
        ("Memorandum From the Director (Doe) to President Roe", "Doe", "President Roe"),
        ("Memorandum by the Counselor to the Delegation (Doe) of a Conversation With the Envoy (Roe)", "Doe", ""),
        ("Telegram From the Embassy in Utopia to the Department of State", "Embassy in Utopia", "Department of State"),
        ("Letter From President Roe to Chairman Doe", "President Roe", "Chairman Doe"),
        ("Press Release Issued by the Department of State, April 11, 1934", "Department of State", ""),
        (
            "Mr. John Doe, on Special Mission to the Isles, to the Secretary of State",
            "Mr. John Doe",
            "Secretary of State",
        ),
        ("Report on Restricting Supplies to the Enemy from the North", "", ""),
        ("The Opening to Utopia", "", ""),
        ("The Road to War: A History", "", ""),
        ("Introduction to the Panel of Former Officials", "", ""),
        ("Ours to Reason Why: Intervention, Reaction", "", ""),
        ("Agreement Between Utopia and Nowhere", "", ""),
        ("Editorial Note", "", ""),
        ("Message from Prime Minister Roe to President Doe", "Prime Minister Roe", "President Doe"),
        ("Memorandum Prepared in the Department of State", "Department of State", ""),
        ("Public Statement Issued by the Utopian Government, March 28, 1918", "Utopian Government", ""),
        ("The Consul General at Nowhere (Doe) to the Acting Secretary of State", "Doe", "Acting Secretary of State"),
        ("Record of a Conversation", "", ""),
        ("Welcome to Utopia", "", ""),
        ("Letter to the Editor", "", ""),
        ("", "", ""),
    ],
)
def test_correspondents(heading, author, recipient):
    found = correspondents(heading)
    assert tuple(p.name if p else "" for p in found) == (author, recipient)


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("the Secretary of State", "Secretary of State", ""),
        ("Secretary of State Jane Doe", "Jane Doe", "Secretary of State"),
        ("Acting Secretary of State", "Acting Secretary of State", ""),
        ("Dr. Jane Doe", "Dr. Jane Doe", ""),
        ("John Doe, Chief Clerk", "John Doe", "Chief Clerk"),
        ("the League of Isles", "League of Isles", ""),
    ],
)
def test_party(text, name, office):
    assert party(text, "author") == Participant(name, "author", office)


def test_party_of_nothing():
    assert party(" ,", "author") is None


@pytest.mark.parametrize(
    ("author", "names", "name"),
    [
        (None, ["Jane Doe"], "Jane Doe"),
        (None, ["Jane Doe", "John Roe"], None),
        (Participant("Secretary of State", "author"), ["Doe"], "Doe"),
        (Participant("Department of State", "author"), ["Doe"], "Department of State"),
        (Participant("Doe", "author", "Consul"), ["Jane Doe"], "Jane Doe"),
        (Participant("Jane Doe", "author"), ["Doe"], "Jane Doe"),
        (Participant("Doe", "author", "Consul"), ["John Roe"], "Doe"),
    ],
)
def test_signatures_complete_what_the_heading_says(author, names, name):
    found = signed(author, names)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [("J[ohn] D[oe]", "John Doe"), ("[File copy not signed]", ""), ("[seal]", ""), ("", ""), ("a b c d e f", "")],
)
def test_signature_name(text, name):
    assert signature_name(text) == name


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Dr. Jane Doe - Chairman", Participant("Dr. Jane Doe", "present", "Chairman")),
        ("John Doe (Utopia)", Participant("John Doe", "present", "Utopia")),
        ("John Doe, interpreter", Participant("John Doe", "interpreter", "interpreter")),
        ("The Clerk of the Board, John Doe", Participant("John Doe", "present", "Clerk of the Board")),
        ("John Doe (Unable to attend)", None),
        ("", None),
    ],
)
def test_present(line, expected):
    assert present(line, "present") == expected


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Utopia, 4 May 1900", "1900-05-04"),
        ("Utopia, May 4, 1900—6 p.m. [Received May 6, 1900.]", "1900-05-04"),
        ("Utopia, undated. [Received May 6, 1900.]", ""),
        ("November 7-8, 1958", "1958-11"),
        ("Utopia", ""),
    ],
)
def test_written_date(line, iso):
    found = written_date(line)
    assert (found.iso if found else "") == iso


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1934-04-21T12:00:00", PartialDate(1934, 4, 21)),
        ("1934-04", PartialDate(1934, 4)),
        ("1934-02-31", None),
        ("", None),
    ],
)
def test_iso_date(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Archives, Box 1. Top Secret. Drafted by Doe.", ("Archives, Box 1", "Top Secret")),
        ("Archives, Secret Files, Box 1.", ("Archives, Secret Files, Box 1", "")),
        ("761.62/418: Telegram", ("761.62/418", "")),
        ("File No. 861.51/131", ("File No. 861.51/131", "")),
    ],
)
def test_split_note(note, expected):
    assert split_note(note) == expected


class TestSlips:
    def test_a_whole_file_without_divisions_is_one_document(self):
        (found,) = of("<head>Letter from Ann Roe</head><p>Text.</p>")
        assert (found.id, found.title, found.kind, found.author, found.apparatus) == (
            "s",
            "Letter from Ann Roe",
            "letter",
            "Ann Roe",
            False,
        )

    def test_two_documents_of_one_name_have_two_ids(self):
        one = '<div type="document" n="1"><p>A.</p></div>'
        assert [d.id for d in of(one + one)] == ["s/1", "s/1-2"]

    def test_an_impossible_date_is_no_date(self):
        (found,) = of('<div type="document"><dateline><date when="1900-02-31">x</date></dateline><p>A.</p></div>')
        assert found.date is None

    def test_received_dates_are_not_taken(self):
        (found,) = of('<div type="document"><dateline>[Received May 6, 1900.]</dateline><p>A.</p></div>')
        assert found.date is None

    def test_a_signature_in_a_quotation_is_nobodys_here(self):
        body = '<p>He wrote: <quote rend="blockquote"><p>Go.</p><closer><signed>Roe</signed></closer></quote></p>'
        (found,) = of(body)
        assert found.author == ""

    def test_an_enclosure_without_a_heading_is_called_what_it_is(self):
        body = (
            '<div type="document" n="1"><p>A.</p>'
            '<floatingText><note rend="inline">[Annex]</note><p>B.</p></floatingText></div>'
            '<div type="document" n="2"><p>C.</p></div>'
        )
        assert [d.title for d in of(body)] == ["1", "Annex", "2"]

    def test_all_that_one_says_has_the_speakers_label(self):
        (found,) = of('<said who="#doe"><p>One.</p><p>Two.</p></said><p>Three.</p>')
        assert [b.label for b in found.blocks] == ["doe", "doe", ""]


@pytest.mark.slow
@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the shared archives are not here")
def test_a_real_volume_is_read_whole_and_linearly():
    (source,), _ = read_all([ARCHIVES / "frus-tei" / "frus1934v04.xml"])
    found = documents_from_marks(source)
    assert sum(d.parent == source.id for d in found) == 702
    assert sum(len(d.notes) for d in found) == 527
    for d in found:
        assert ordered([s for b in d.blocks for s in b.segments])


MODERN = """
<div type="document" subtype="editorial-note" n="1" xml:id="d1" xmlns:frus="http://history.state.gov/frus/ns/1.0"
  frus:doc-dateTime-min="1969-01-20T00:00:00-05:00" frus:doc-dateTime-max="1969-01-31T23:59:59-05:00">
  <head>1. Editorial Note</head><p>The Board met.</p></div>
<div type="document" subtype="historical-document" n="2" xml:id="d2" xmlns:frus="http://history.state.gov/frus/ns/1.0"
  frus:doc-dateTime-min="1969-02-03T15:00:00-05:00" frus:doc-dateTime-max="1969-02-03T15:30:00-05:00">
  <head>2. Memorandum of Conversation<note n="1" type="source">Source: National Archives,
    RG 1, Box 2. Secret.</note></head>
  <opener><dateline><placeName>Amaurot</placeName>, <date>February 3, 1969, 3 p.m.</date></dateline></opener>
  <p>PARTICIPANTS</p>
  <list><item><persName>Jane Doe</persName>, Minister</item><item>John Roe, interpreter</item></list>
  <p><persName><hi rend="italic">Doe</hi></persName>: Is there wheat?</p>
  <p><persName><hi rend="italic">Roe</hi></persName>: No.</p>
  <p><persName><hi rend="italic">Doe</hi></persName>: I see.</p>
  <p>He left.</p></div>
"""


def test_newer_volumes():
    note, talk = of(MODERN)
    assert (note.kind, note.date, note.title) == ("editorial note", PartialDate(1969, 1), "1. Editorial Note")
    assert (talk.kind, talk.date) == ("memorandum of conversation", PartialDate(1969, 2, 3))
    assert (talk.repository_reference, talk.classification) == ("National Archives, RG 1, Box 2", "Secret")
    assert [(p.name, p.role) for p in talk.participants] == [("Jane Doe", "present"), ("John Roe", "interpreter")]
    assert [b.label for b in talk.blocks if b.kind is BlockKind.PARAGRAPH] == ["Doe", "Roe", "Doe", ""]


PARTS = st.recursive(
    st.sampled_from(["word ", " b", "<pb n='3'/>", "<lb/>", "x: ", "MR. DOE: y "]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["p", "hi", "list", "item", "note n='1'", "quote", "head", "dateline", "p rend='center'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_every_word_of_any_document_is_in_a_block_or_a_note(parts):
    divisions = "".join(f"<div type='document' n='{i}'><p>first</p>{part}</div>" for i, part in enumerate(parts))
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>before</p>{divisions}</body></text></TEI>'.encode()
    text, marks, description = read_tei(data)
    found = documents_from_marks(Source("s", "s.xml", "", text, "tei", description, marks))
    assert len({d.id for d in found}) == len(found) == (len(parts) + 1 if len(parts) > 1 else 1)
    left = list(text)
    for d in found:
        spans = [s for block in d.blocks for s in block.segments]
        assert ordered(spans)
        for span in (*spans, *(s for note in d.notes for s in note.segments)):
            left[span.start : span.end] = " " * len(span)
    assert set("".join(left).split()) <= {"1"}  # the notes' markers
