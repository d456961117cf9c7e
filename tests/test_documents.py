import json
from pathlib import Path

import pytest

from qa.dates import PartialDate
from qa.documents import Document
from qa.documents.blocks import Look, look_of, page_marks, pages, pieces
from qa.documents.endings import is_closed, is_open_prose
from qa.documents.finding import find_documents
from qa.documents.heads import classification, date_of_line, head_field, head_number, repository_reference, translator
from qa.documents.healing import heal
from qa.documents.layout import byline, find_heads
from qa.documents.notes import find_notes
from qa.documents.outline import dateline, first_kind, is_salutation, title_of
from qa.sources import Description, Source
from qa.spans import quote

CASES = Path(__file__).parent / "cases"
ROWS = [json.loads(line) for line in (CASES / "plain.jsonl").read_text(encoding="utf-8").splitlines()]


def read(text: str, **said: str) -> tuple[Document, ...]:
    return find_documents(Source("a", "a.txt", "", text, "text", Description(**said)))


def of_file(name: str) -> dict[str, Document]:
    path = next((CASES / "plain").glob(f"{name}.*"))
    source = Source(name, path.name, "", path.read_text(encoding="utf-8"), "text")
    return {d.id: d for d in find_documents(source) if not d.apparatus}


@pytest.mark.parametrize("row", ROWS, ids=[r["id"] for r in ROWS])
def test_a_document_of_every_kind(row):
    document = of_file(row["file"])[row["id"]]
    given = {
        "kind": document.kind,
        "date": document.date.iso if document.date else None,
        "author": document.author,
        "recipients": [p.name for p in document.participants if p.role == "recipient"],
        "number": document.number,
        "title": document.title,
        "classification": document.classification,
        "repository_reference": document.repository_reference,
        "translator": document.translator,
        "notes": len(document.notes),
    }
    assert {k: given[k] for k in row if k in given} == {k: row[k] for k in row if k in given}


@pytest.mark.parametrize("name", sorted({r["file"] for r in ROWS}))
def test_no_document_more(name):
    assert sorted(of_file(name)) == sorted(r["id"] for r in ROWS if r["file"] == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to draw us [Page 1080] into war", ["1079", "1080"]),
        ("no page is marked here", []),
        ("[Page xii] preface", ["xii"]),
        ("a [p. 3] b [p. 4] c", ["2", "3", "4"]),
    ],
)
def test_pages(text, expected):
    assert [p.label for p in pages(text)] == expected


def test_the_first_page_is_taken_from_what_is_known():
    assert [p.label for p in pages("a b [Page 12] c", "10")] == ["10", "12"]
    assert page_marks("[Page 1080]")[0][1] == "1080"


def test_a_page_break_cuts_no_sentence():
    text = (
        "Report by Ann Roe\n\nThe council met again in May. It was plain that the\n\n[Page 7]\n\n"
        "harbour could not be held. The fleet left.\n"
    )
    document = read(text)[0]
    assert [quote(text, b.segments) for b in document.blocks[1:]] == [
        "The council met again in May. It was plain that the harbour could not be held. The fleet left."
    ]
    assert [p.label for p in document.pages] == ["6", "7"]


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("The harbour was closed in the winter of that year.", Look.PROSE),
        ("CHAPTER ONE", Look.SHORT),
        ("4 May 1900", Look.SHORT),
        ("- a first thing", Look.ITEM),
        ("(a) rope", Look.ITEM),
        ("He went home. It was not until the", Look.PROSE),
        ("Vol. 3.", Look.SHORT),
        ("Notes of a Meeting Held at the Harbour on 3 May 1961, at 11 a.m.", Look.SHORT),
        ("Utopia, 3 May 1961, 5 p.m.", Look.SHORT),
        ("The pilots of the harbour met again on that day at 11 a.m.", Look.PROSE),
        ("PRESENT\nU.S.\nMr. Varga\nMr. Krall", Look.SHORT),
    ],
)
def test_looks(text, look):
    assert look_of(text) is look


@pytest.mark.parametrize(
    ("text", "closed", "open_"),
    [
        ("He left.”²", True, False),
        ("He left. [...]", True, False),
        ("It is so [Document 4]", False, False),
        ("A letter to the editor", False, False),
        ("He came. They saw that the", False, True),
    ],
)
def test_ends_of_text(text, closed, open_):
    assert (is_closed(text), is_open_prose(text)) == (closed, open_)


def test_running_heads_are_furniture_and_dates_and_sources_are_not():
    heads = "\n\n".join(f"{n} HARBOUR REVIEW\n\nA sentence stands here, and another one." for n in range(40, 45))
    lines = "\n\n".join(
        "[Source: State Archive, fond 1, list 2]\n\nA sentence stands here, and another." for _ in range(5)
    )
    assert sum(p.look is Look.FURNITURE for p in pieces(heads)) == 5
    assert not any(p.look is Look.FURNITURE for p in pieces(lines))


def test_torn_paragraphs_are_joined_over_their_note():
    text = "The fleet sailed in the night. Nobody knew that the\n\ncaptain had stayed behind in the town, ill."
    assert len(heal(text, pieces(text))) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Document 12", ("document", "12")),
        ("**ENCLOSURE No. 3**", ("enclosure", "3")),
        ("No. 214", ("no", "214")),
        ("Annex B", ("annex", "B")),
        ("Letter XIV", ("letter", "XIV")),
        ("Document 12 shows that", None),
        ("Documents", None),
    ],
)
def test_numbers_of_heads(text, found):
    assert head_number(text) == found


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("FROM: Ann Roe", ("from", "Ann Roe")),
        ("Subject: the grain", ("subject", "the grain")),
        ("**To:** Bob", ("to", "Bob")),
        ("He went to: Paris", None),
        ("From the sea", None),
    ],
)
def test_fields(line, field):
    assert head_field(line) == field


@pytest.mark.parametrize(
    ("line", "reference", "who"),
    [
        (
            "[Source: State Archive, fond 2, opis 3, list 4. Translated by Ann Roe.]",
            "State Archive, fond 2, opis 3, list 4",
            "Ann Roe",
        ),
        ("Source: National Archives, RG 59, Box 12, Folder 3", "National Archives, RG 59, Box 12, Folder 3", ""),
        ("The source is good", "", ""),
    ],
)
def test_where_it_is_held_and_who_translated(line, reference, who):
    assert (repository_reference(line, {}), translator(line)) == (reference, who)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Moscow, 4 May 1960", PartialDate(1960, 5, 4)),
        ("[4 May 1960]", PartialDate(1960, 5, 4)),
        ("He died on 4 May 1960 in a house by the sea", None),
        ("May 1960", PartialDate(1960, 5)),
    ],
)
def test_date_lines(line, date):
    assert date_of_line(line) == date


@pytest.mark.parametrize(
    ("line", "found"),
    [("TOP SECRET", "TOP SECRET"), ("Secret, Copy #40", "Secret"), ("the secret was out and all of them knew", "")],
)
def test_classifications(line, found):
    assert classification(line) == found


@pytest.mark.parametrize(
    ("line", "name"),
    [("By Ann B. Roe¹", "Ann B. Roe"), ("by then it was too late", ""), ("*By Ann Roe*", "Ann Roe")],
)
def test_bylines(line, name):
    assert byline(line) == name


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("Dear Mr. Roe, I am well", True),
        ("Sir: I have", True),
        ("Dear old times are gone for ever", False),
        ("Sirens were heard", False),
    ],
)
def test_salutations(line, yes):
    assert is_salutation(line) is yes


def test_titles_kinds_and_datelines():
    assert (
        title_of(["MEMORANDUM", "Memorandum for the Mayor of Tolland"], {}, numbered=False)
        == "Memorandum for the Mayor of Tolland"
    )
    assert title_of(["# The *Harbour*¹"], {}, numbered=False) == "The Harbour"
    assert first_kind(("The harbour", "A letter")) == "letter"
    assert dateline("PARIS, May 4, 1900 -- The fleet") == PartialDate(1900, 5, 4)
    assert dateline("Paris was quiet in May 1900.") is None


@pytest.mark.parametrize(
    ("head", "title", "author", "date"),
    [
        ("---\ntitle: The Dam\nauthor: Ann Roe\ndate: 1961-05-03\n---", "The Dam", "Ann Roe", PartialDate(1961, 5, 3)),
        ("---\ntitle: 'The Dam'\ndate: 3 May 1961\ntags:\n- rain\n---", "The Dam", "", PartialDate(1961, 5, 3)),
        ("Title: The Dam\nDate: 3 May 1961", "The Dam", "", PartialDate(1961, 5, 3)),
        ("---\n\n# The Dam\n\n---", "The Dam", "", None),
    ],
)
def test_the_fields_that_head_a_file(head, title, author, date):
    document = read(f"{head}\n\nThe dam is full, and we wait for rain. Nobody has come since it was built.\n")[0]
    assert (document.title, document.author, document.date) == (title, author, date)
    assert not any(title in quote(head, b.segments) for b in document.blocks if b.kind == "paragraph")


def heads_of(text: str) -> list[str]:
    return [h.number for h in find_heads(text, pieces(text))]


def test_a_list_of_contents_before_the_documents_falls_away():
    body = "\n\n".join(
        f"Document {n}\n\nLetter from A to B, {n} May 1900\n\nAll is well with us here." for n in (1, 2, 3)
    )
    assert heads_of(
        "Document 1\n\nLetter from A to B, 1 May 1900\n\nDocument 2\n\nLetter from A to B, 2 May 1900\n\n" + body
    ) == ["1", "2", "3"]


def test_numbered_paragraphs_are_no_documents():
    assert heads_of("Report\n\n1. The first point is made here.\n\n2. The second point is made there.") == []


def test_dated_entries_need_a_diary_or_many_days():
    entry = "{} May 1900\n\nIt rained all day, and we stayed."
    assert heads_of("Diary of Ann Roe\n\n" + "\n\n".join(entry.format(n) for n in (3, 4))) == [
        "1900-05-03",
        "1900-05-04",
    ]
    assert heads_of("\n\n".join(entry.format(n) for n in (3, 4))) == []
    assert len(heads_of("\n\n".join(entry.format(n) for n in (3, 4, 5, 6)))) == 4


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("The fleet left.¹\n\n¹ Harbour book.", [("1", "Harbour book.", 15)]),
        ("The fleet left.[1]\n\n[1] Harbour book.", [("1", "Harbour book.", 15)]),
        ("The fleet left.[^a]\n\n[^a]: Harbour book.", [("a", "Harbour book.", 15)]),
        ("The fleet left.*\n\n* Harbour book.", [("*", "Harbour book.", 15)]),
        ("The fleet left in the night.\n\n¹ No mark stands for this.", []),
    ],
)
def test_notes_with_their_marks(text, notes):
    found, _ = find_notes(text, pieces(text))
    assert [(n.marker, quote(text, n.segments), n.mark.start if n.mark else None) for n in found] == notes


def test_a_note_of_the_source_is_its_own():
    text = "The fleet left.¹\n\n¹ See above. [footnote in the original]"
    assert [n.own for n in find_notes(text, pieces(text))[0]] == [True]


def test_what_is_known_of_a_source_fills_in():
    document = read(
        "It rained all day, and we stayed at home.",
        title="Letter from Ann Roe to Bob Poe",
        author="Ann Roe",
        date="1900-05",
    )[0]
    assert (document.title, document.kind, document.author, document.date) == (
        "Letter from Ann Roe to Bob Poe",
        "letter",
        "Ann Roe",
        PartialDate(1900, 5),
    )
    assert [p.name for p in document.participants if p.role == "recipient"] == ["Bob Poe"]


@pytest.mark.parametrize(
    ("title", "foot", "author", "parties"),
    [
        ("Memorandum of Conversation with Minister Lindt, by Ambassador Varga", "", "Varga", ["Lindt"]),
        ("Memorandum of Conversation, by the Secretary of State", "P[eter] V[arga]", "Peter Varga", []),
        ("Memorandum of Conversation, by the Secretary of State", "", "Secretary of State", []),
        ("Memorandum of Conversation with Minister Lindt", "", "", ["Lindt"]),
    ],
)
def test_who_recorded_a_conversation(title, foot, author, parties):
    text = f"{title}\n\n3 May 1961\n\nI said that the quay was short. It was not so long as a ship.\n\n{foot}\n"
    (document,) = find_documents(Source("a", "a.txt", "", text, "text"))
    assert (document.author, [p.name for p in document.participants if p.role == "party"]) == (author, parties)
