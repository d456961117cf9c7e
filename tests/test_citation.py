"""Citations of every kind of document, as historians write them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.citation import Holding, bibtex, cite, csl_json, day, page_range
from qa.citation.chicago import closed, joined
from qa.dates import PartialDate
from qa.documents.records import Document
from qa.sources.records import Description
from qa.turns.records import Turn, TurnKind
from tests.made import DESCRIPTION, DOCUMENT, HOLDING, NOTE, PARENT, an_answer

PAPER = (
    'Maria T. Stone, "Coal and Friendship: Evidence from Two Archives," '
    "Working Paper No. 7 (Vienna: Institute of Trade)"
)
VOLUME = Description(
    publication="Foreign Papers, 1950, vol. VII (Washington: Government Printing Office)", repository="Ministry"
)


def doc(**fields: Any) -> Document:
    base: dict[str, Any] = {"id": "d", "source": "d.txt", "title": "", "kind": "document", "segments": (), "blocks": ()}
    return Document(**{**base, **fields})


def cited(
    document: Document,
    parents: tuple[Document, ...] = (),
    description: Description | None = None,
    pages: Sequence[str] = (),
    marker: str = "",
) -> str:
    turn = Turn("d#1", "d", TurnKind.NOTE if marker else TurnKind.SPEECH, (), (), marker=marker)
    answer = an_answer(document=document, turn=turn, pages=pages)
    return cite(answer, Holding(document, parents, description or Description(), "d.txt"))


KINDS = [
    ("a conversation in a paper's appendix: its date is in the title, its recorder no author",
     DOCUMENT, (PARENT,), DESCRIPTION, (), "",
     "Record of Conversation between Anna Roe and Li Wei, 9 April 1968, trans. Ivo Kern, Document 4 in "
     f"{PAPER}, State Archive, fond 2, delo 95, listy 50-58."),
    ("a conversation whose title has no date",
     replace(DOCUMENT, title="Memorandum of Conversation between Anna Roe and Li Wei", translator=""), (PARENT,),
     DESCRIPTION, (), "",
     f"Memorandum of Conversation between Anna Roe and Li Wei, 9 April 1968, Document 4 in {PAPER}, State Archive, "
     "fond 2, delo 95, listy 50-58."),
    ("a date in American order is a date",
     doc(title="Memorandum of Conversation, April 9, 1968", date=PartialDate(1968, 4, 9)), (), None, (), "",
     "Memorandum of Conversation, April 9, 1968."),
    ("another date in the title is not the document's",
     doc(title="Speech on the Events of 9 April 1968", kind="speech", author="B. Hale", date=PartialDate(1968, 5, 2)),
     (), None, (), "",
     "B. Hale, Speech on the Events of 9 April 1968, 2 May 1968."),
    ("a speech that names its speaker, with a quoted title of its own",
     doc(title="“On Coal,” Excerpt from a speech by Ada Brown, 9 April 1968", kind="speech", author="Ada Brown",
         date=PartialDate(1968, 4, 9)), (), None, (), "",
     "“On Coal,” Excerpt from a speech by Ada Brown, 9 April 1968."),
    ("a telegram on a published page",
     doc(title="Telegram to the Ministry", kind="telegram", author="Hale", date=PartialDate(1950, 10, 7),
         translator="Ivo Kern"), (), VOLUME, ("705", "706"), "",
     "Hale, Telegram to the Ministry, 7 October 1950, trans. Ivo Kern, Foreign Papers, 1950, vol. VII (Washington: "
     "Government Printing Office), pp. 705-6."),
    ("a memorandum of which only the month is known",
     doc(title="Draft Memorandum by Mr. B. Hale", kind="memorandum", author="B. Hale", date=PartialDate(1950, 11)), (),
     VOLUME, ("1079",), "",
     "Draft Memorandum by Mr. B. Hale, November 1950, Foreign Papers, 1950, vol. VII (Washington: Government Printing "
     "Office), p. 1079."),
    ("a note of a numbered document",
     DOCUMENT, (PARENT,), DESCRIPTION, (), "72",
     "Record of Conversation between Anna Roe and Li Wei, 9 April 1968, trans. Ivo Kern, note 72 to Document 4 in "
     f"{PAPER}, State Archive, fond 2, delo 95, listy 50-58."),
    ("a note of a document without a number, after its page",
     doc(title="Draft Memorandum", kind="memorandum", date=PartialDate(1950, 11)), (), VOLUME, ("1082",), "2",
     "Draft Memorandum, November 1950, Foreign Papers, 1950, vol. VII (Washington: Government Printing Office), "
     "p. 1082, note 2."),
    ("the paper itself", PARENT, (), DESCRIPTION, ("17",), "", f"{PAPER}, p. 17."),
    ("an undated work of no known kind is a work with a title",
     replace(PARENT, kind="document"), (), DESCRIPTION, (), "", f"{PAPER}."),
    ("a document in a document in a paper",
     doc(title="Letter to Li Wei", kind="letter", number="Enclosure 1", author="A. Roe", date=PartialDate(1968)),
     (DOCUMENT, PARENT), DESCRIPTION, (), "",
     f"A. Roe, Letter to Li Wei, 1968, Enclosure 1 in Document 4 in {PAPER}."),
    ("a parent whose title the publication already says",
     doc(title="Minutes", kind="minutes", number="Document 8", date=PartialDate(1950, 1, 3)),
     (doc(id="v", title="Foreign Papers, 1950"),), VOLUME, (), "",
     "Minutes, 3 January 1950, Document 8, Foreign Papers, 1950, vol. VII (Washington: Government Printing Office)."),
    ("a part without a number",
     doc(title="Front matter"), (PARENT,), DESCRIPTION, (), "", f"Front matter, in {PAPER}."),
    ("only the repository is known", doc(title="Diary", kind="diary", author="Ada Brown"), (),
     Description(repository="Town Archive"), (), "", "Ada Brown, Diary, Town Archive."),
    ("several authors named in the title",
     doc(title="Report of Brown and Hale", kind="report", author="Ada Brown and B. Hale"), (), None, (), "",
     "Report of Brown and Hale."),
    ("several authors not named in the title",
     doc(title="Report on Coal", kind="report", author="Ada Brown and B. Hale"), (), None, (), "",
     "Ada Brown and B. Hale, Report on Coal."),
    ("emphasis and a period in a title", doc(title="The *Pelican* Affair.", kind="article", author="Ada Brown"), (),
     None, (), "", 'Ada Brown, "The Pelican Affair."'),
    ("quotation marks inside a quoted title", doc(title="The “Iron” Age", kind="article"), (), None, (), "",
     '"The ‘Iron’ Age."'),
    ("a title that asks", doc(title="Who Won?", kind="article"), (),
     Description(publication="Annals 3"), (), "", '"Who Won?," Annals 3.'),
    ("the date of the description", doc(title="Letter", kind="letter"), (), Description(date="1950-11"), (), "",
     "Letter, November 1950."),
    ("nothing is known", doc(), (), None, (), "", "untitled document."),
    ("white space is no publication", doc(title="Letter", kind="letter", repository_reference="0"), (),
     Description(publication="\N{NO-BREAK SPACE}"), (), "", "Letter, 0."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "parents", "description", "pages", "marker", "expected"),
    [row[1:] for row in KINDS],
    ids=[row[0] for row in KINDS],
)
def test_citation(document, parents, description, pages, marker, expected):
    assert cited(document, parents, description, pages, marker) == expected


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@given(title=WORDS, author=WORDS, number=WORDS, reference=WORDS, publication=WORDS, pages=st.lists(WORDS, max_size=3))
def test_any_parts_leave_one_line_that_ends_once(title, author, number, reference, publication, pages):
    document = doc(title=title, author=author, number=number, repository_reference=reference)
    line = cited(document, (PARENT,), Description(publication=publication), pages)
    assert line.strip()
    assert line == line.strip()
    assert "\n" not in line
    assert line.rstrip('"”')[-1] in ".?!"


PARTS = st.sampled_from(["", "", "Ada Brown", "Letter", "9 May 1950", "Document 4", '"Coal"', "p. 7"])


@given(st.lists(PARTS))
def test_missing_parts_leave_no_stray_punctuation(parts):
    line = closed(joined(parts))
    assert not any(stray in line for stray in (", ,", ",,", "..", ",.", " ,", " .", '",'))
    assert bool(line) == any(parts)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((), ""),
        (("7",), "p. 7"),
        (("3", "4"), "pp. 3-4"),
        (("71", "72"), "pp. 71-72"),
        (("99", "100"), "pp. 99-100"),
        (("100", "101"), "pp. 100-101"),
        (("107", "108"), "pp. 107-8"),
        (("109", "110"), "pp. 109-10"),
        (("321", "322", "323"), "pp. 321-23"),
        (("1079", "1080"), "pp. 1079-80"),
        (("1099", "1100"), "pp. 1099-100"),
        (("1100", "1101"), "pp. 1100-1101"),
        (("12", "14"), "pp. 12, 14"),
        (("12", "12"), "p. 12"),
        (("iv", "v"), "pp. iv, v"),
        (("12a",), "p. 12a"),
        (("9", "10", "14"), "pp. 9-10, 14"),
    ],
)
def test_pages(pages, expected):
    assert page_range(pages) == expected


@given(st.integers(1, 20000), st.integers(1, 30))
def test_a_shortened_range_can_be_read_back(first, length):
    last = first + length
    shown = page_range([str(n) for n in range(first, last + 1)]).removeprefix("pp. ")
    start, end = shown.split("-")
    assert int(start) == first
    assert int(str(last)[: len(str(last)) - len(end)] + end) == last
    assert len(end) == len(str(last)) or str(first)[: -len(end)] == str(last)[: -len(end)]


@pytest.mark.parametrize(
    ("date", "expected"),
    [(PartialDate(1968, 4, 9), "9 April 1968"), (PartialDate(1950, 11), "November 1950"), (PartialDate(1950), "1950")],
)
def test_day(date, expected):
    assert day(date) == expected


def test_csl_item_says_what_is_known_and_nothing_else():
    item = json.loads(csl_json(an_answer(), HOLDING))
    assert item["type"] == "document"
    assert item["issued"] == {"date-parts": [[1968, 4, 9]]}
    assert item["container-title"] == PARENT.title
    assert item["author"] == [{"literal": "Anna Roe"}]
    assert item["archive_location"] == DOCUMENT.repository_reference
    assert all(item.values())
    assert "archive" not in item


def test_csl_note_is_the_whole_citation():
    answer = an_answer(turn=NOTE)
    assert json.loads(csl_json(answer, HOLDING))["note"] == cite(answer, HOLDING)


def test_bibtex_escapes_what_tex_reads():
    document = replace(DOCUMENT, title="Coal & Iron: 5_000 %", kind="report")
    entry = bibtex(an_answer(document=document, pages=("7", "8")), replace(HOLDING, document=document))
    assert entry.startswith("@techreport{letters-4,\n")
    assert r"title = {Coal \& Iron: 5\_000 \%}" in entry
    assert "pages = {7--8}" in entry
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")
