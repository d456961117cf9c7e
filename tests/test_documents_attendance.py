import pytest

from qa.documents.attendance import attendance, roll
from qa.documents.finding import find_documents
from qa.sources import Source
from qa.sources.reading import read_all

NAMES = "Peter Varga, Chairman\nAnna Lindt, Minister of Trade\nOtto Krall"
BODY = "\n\nMr. Varga said that the quay was short.\n"
PEOPLE = [("Peter Varga", "Chairman"), ("Anna Lindt", "Minister of Trade"), ("Otto Krall", "")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([f"Present:\n{NAMES}"], PEOPLE),
        ([f"PARTICIPANTS: {NAMES}"], PEOPLE),
        (["PRESENT", *NAMES.split("\n")], PEOPLE),
        (["**Participants**", *NAMES.split("\n"), "Subject: Nora Finch"], PEOPLE),
        (["Those present were:", *NAMES.split("\n"), "ABSENT", "Nora Finch"], PEOPLE),
        (
            ["Present:\nPeter Varga, Chairman of the Board of\nTrade"],
            [("Peter Varga", "Chairman of the Board of Trade")],
        ),
        (["Present: Peter Varga and Anna Lindt"], [("Peter Varga", ""), ("Anna Lindt", "")]),
        (["Present:\nThe Board:\nPeter Varga"], [("Peter Varga", "")]),
        (["Present:\nThe Rt. Hon. Peter Varga, M.P., Chairman\nHon. Anna Lindt"], [PEOPLE[0], ("Anna Lindt", "")]),
        (["Present\nUtopia\nPeter Varga, Chairman\nArcadia\nOtto Krall"], [PEOPLE[0], PEOPLE[2]]),
        (["ATTENDED BY\nPeter Varga, Chairman", "Subject\nThe quay of Nora Finch"], [PEOPLE[0]]),
        (["Present", "The Board:\nPeter Varga, Chairman\nOtto Krall"], [PEOPLE[0], PEOPLE[2]]),
        (["Present:\nGeneral Bell, Chief of the Harbour\nGeneral Staff"], [("General Bell", "Chief of the Harbour")]),
        (["Absent: Peter Varga"], []),
        (["The present state of Peter Varga"], []),
        ([], []),
    ],
)
def test_people_of_a_list(head, expected):
    assert [(p.name, p.office) for p in attendance(head)] == expected


def test_an_interpreter_is_one():
    assert [p.role for p in attendance(["Present:\nPeter Varga\nNora Finch (interpreter)"])] == [
        "present",
        "interpreter",
    ]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["The Board:", "Peter Varga, Chairman", "Anna Lindt", "Otto Krall"], 3),
        (["Peter Varga", "Anna Lindt"], 0),
        (["The quay", "The pilots", "The wrecks", "Peter Varga", "Anna Lindt", "Otto Krall", "Costs", "Rain"], 0),
        ([], 0),
    ],
)
def test_a_list_that_nothing_announces(lines, count):
    assert len(roll(lines)) == count


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_names_on_lines_stay_apart_in_a_document(between):
    text = f"Minutes of the Harbour Committee, 3 May 1961\n\nPresent:{between}{between.join(NAMES.splitlines())}{BODY}"
    (document,) = find_documents(Source("a", "a.txt", "", text, "text"))
    assert [(p.name, p.office) for p in document.participants] == PEOPLE


@pytest.mark.parametrize(
    "between",
    [
        f"PARTICIPANTS\nU.S.\n{NAMES}\n\nAfter dinner the talk turned to the quay.\n\n",
        f"The meeting began at 9 a.m.\n\nPresent\n\nThe Board:\n{NAMES}\n\n",
        f"Board Members\n{NAMES}\n\n",
    ],
)
def test_lists_below_the_head_and_without_an_announcement(between):
    text = f"Minutes of the Harbour Committee, 3 May 1961\n\n{between}{BODY.strip()}\n"
    (document,) = find_documents(Source("a", "a.txt", "", text, "text"))
    assert [(p.name, p.office) for p in document.participants] == PEOPLE
    assert not any(
        NAMES[-10:] in text[s.start : s.end] and BODY.strip() in text[s.start : s.end]
        for b in document.blocks
        for s in b.segments
    )


def test_items_at_the_head_of_marked_minutes_are_people(tmp_path):
    items = "".join(f"<item>{name}</item>" for name in ("The Board:", *NAMES.split("\n")))
    (tmp_path / "a.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><div type="document" xml:id="d1">'
        f"<head>Minutes of the Board</head><list>{items}</list><p>Mr. Varga said that the quay was short.</p>"
        "<list><item>Nora Finch</item></list></div></body></text></TEI>",
        encoding="utf-8",
    )
    ((source,), _) = read_all([tmp_path])
    documents = [d for d in find_documents(source) if d.kind == "minutes"]
    assert [(p.name, p.office) for p in documents[0].participants] == PEOPLE
