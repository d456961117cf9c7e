"""Lists of a head or an ending, and signatures: which lines are one, and what is quoted of them."""

import numpy as np
import pytest

from qa.answer.windows import text_of, windows_of
from qa.documents.records import Block, BlockKind
from qa.question import Filters
from qa.question.understanding import understand
from qa.render.answers import GOES_ON, render_reply
from qa.render.screen import Screen
from qa.search.candidates import SearchSettings, find_candidates
from qa.spans import Span
from qa.turns.lists import gathered, heads_list
from tests.letterbook import indexed, opened, written

HEAD, LINE, TEXT, SIGNED, OTHER = (
    BlockKind.HEADING,
    BlockKind.HEADER,
    BlockKind.PARAGRAPH,
    BlockKind.SIGNATURE,
    BlockKind.APPARATUS,
)
GATHERED = [
    # what it shows, blocks, the number of the block that each is one with
    ("nothing is one", [(HEAD, "Minutes"), (LINE, "9 March 1921"), (TEXT, "They met.")], [0, 1, 2]),
    ("a list", [(LINE, "Present:"), (LINE, "Ann Roe, Chair"), (LINE, "Bob Poe"), (TEXT, "They met.")], [0, 0, 0, 3]),
    ("without a colon", [(HEAD, "PARTICIPANTS"), (LINE, "Ann Roe"), (LINE, "Bob Poe")], [0, 0, 0]),
    ("of parts", [(LINE, "Present:"), (HEAD, "The Board:"), (LINE, "Ann Roe"), (HEAD, "Minutes")], [0, 0, 0, 3]),
    ("of lines apart", [(LINE, "Present:"), (HEAD, "Ann Roe"), (HEAD, "Bob Poe, Clerk"), (HEAD, "Coal")], [0, 0, 0, 3]),
    ("until a field", [(LINE, "Present:"), (LINE, "Ann Roe"), (LINE, "Subject: Coal"), (LINE, "x")], [0, 0, 2, 3]),
    ("until a long line", [(LINE, "Present:"), (LINE, "Ann Roe"), (LINE, "word " * 50), (LINE, "x")], [0, 0, 2, 3]),
    ("copies", [(TEXT, "They left."), (SIGNED, "Sent to:"), (OTHER, "1. Roe"), (OTHER, "2. Poe")], [0, 1, 1, 1]),
    ("an office and its holder", [(TEXT, "x"), (SIGNED, "FIRST SECRETARY"), (SIGNED, "(A. Roe)")], [0, 1, 1]),
    ("a signature, then a list", [(SIGNED, "A. Roe"), (SIGNED, "Copies:"), (SIGNED, "Mr. Poe")], [0, 1, 1]),
    ("a speech announces no list", [(TEXT, "He said:"), (LINE, "Source: a file"), (LINE, "x")], [0, 1, 2]),
]


@pytest.mark.parametrize(("blocks", "numbers"), [r[1:] for r in GATHERED], ids=[r[0] for r in GATHERED])
def test_which_lines_are_one(blocks, numbers):
    made = [Block(kind, (Span(0, 1),)) for kind, _ in blocks]
    assert list(gathered(made, [words for _, words in blocks])) == numbers


ANNOUNCED = [("Sent to:", True), ("PARTICIPANTS", True), ("Present", True), ("Ann Roe, Chair", False), ("", False)]


@pytest.mark.parametrize(("words", "announces"), ANNOUNCED)
def test_what_announces_a_list(words, announces):
    assert heads_list(words) is announces


MINUTES = """MINUTES OF THE HARBOUR BOARD

9 March 1921

Present:

Minister Peter Okafor

Captain Erik Lund

Ada Holt, Engineer

The Board spoke of the ice in the harbour. Minister Okafor asked how much coal was left.

Captain Lund replied that forty tons were left.
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    folder = tmp_path_factory.mktemp("board")
    indexed(written(folder / "sources", {"minutes.txt": MINUTES}), folder / "index")
    return opened(folder / "index")


def quotes_of(assistant, text):
    every = np.ones(len(assistant.index.passages), np.bool_)
    question = understand(text, assistant.known)
    candidates = find_candidates(assistant.reader, assistant.encoder, question, every, SearchSettings())
    return [text_of(assistant.reader, w) for w in windows_of(assistant.reader, candidates)]


def test_a_list_is_quoted_whole_or_line_by_line(board):
    quotes = quotes_of(board, "Who was present at the meeting?")
    assert [q for q in quotes if "Present" in q] == [
        "Present: Minister Peter Okafor Captain Erik Lund Ada Holt, Engineer"
    ]
    assert "Captain Erik Lund" in quotes


def test_a_list_is_shown_line_by_line(board):
    reply = board.ask("Who was present at the meeting?", Filters(), k=20, threshold=0.0)
    shown = render_reply(reply, board, Screen())
    assert "Present:\n   Minister Peter Okafor\n   Captain Erik Lund\n   Ada Holt, Engineer\n   —" in shown


def test_a_list_that_is_too_long_for_an_answer_is_said_to_go_on(board, tmp_path):
    reply = board.ask("Who was present at the meeting?", Filters(), k=20, threshold=0.0)
    assert GOES_ON not in render_reply(reply, board, Screen())
    people = "\n\n".join(f"Dr. {name}{n} Roe, Keeper of the Seal" for n in "abc" for name in ("Anna", "Bela", "Carla"))
    long = MINUTES.replace("Ada Holt, Engineer", f"Ada Holt, Engineer\n\n{people}\n\n{people.replace('Roe', 'Poe')}")
    indexed(written(tmp_path / "sources", {"minutes.txt": long}), tmp_path / "index")
    other = opened(tmp_path / "index")
    reply = other.ask("Who was present at the meeting?", Filters(), k=20, threshold=0.0)
    assert GOES_ON in render_reply(reply, other, Screen())


REPORT = """REPORT

4 June 1921

The harbour is closed. The ice has taken the mole.

Yours faithfully,

FIRST SECRETARY OF THE LEGATION

(A. Roe)

ATTACHE OF THE LEGATION

(V. Poe)
"""


def test_nobody_is_given_the_office_of_another(tmp_path):
    indexed(written(tmp_path / "sources", {"report.txt": REPORT}), tmp_path / "index")
    quotes = quotes_of(opened(tmp_path / "index"), "Who signed the report?")
    assert [q for q in quotes if "Roe" in q and "Poe" not in q] == ["(A. Roe)"]
    assert [q for q in quotes if "ATTACHE" in q and "Roe" in q] == [q for q in quotes if "FIRST" in q and "Poe" in q]
