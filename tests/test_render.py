"""What the terminal shows: order, width, emphasis, and nothing that a terminal would obey."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answer.records import Quote, Reply
from qa.contract import Inspected
from qa.index import BuildReport
from qa.render import (
    Screen,
    render_built,
    render_document,
    render_explanation,
    render_hits,
    render_inspected,
    render_reply,
    screen_of,
)
from qa.render.answers import attribution
from qa.render.explaining import bar
from qa.render.wrapping import cells, clean, paragraph, quoted_with_marks, wrap
from qa.spans import Span, quote
from qa.turns.records import Attribution, Basis, Turn
from tests.made import (
    DOCUMENT,
    FULL_SOURCE,
    HEADING,
    HOLDING,
    NOTE,
    PASSAGE,
    TEXT,
    TURN,
    TURNS,
    FakeAssistant,
    a_hit,
    a_reply,
    a_silence,
    an_answer,
)

PLAIN = Screen()
STYLED = Screen(width=80, styled=True)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def shown(reply: Reply, screen: Screen = PLAIN, text: str = TEXT) -> str:
    return render_reply(reply, FakeAssistant(text=text), screen)


def test_one_answer_whole():
    assert shown(a_reply()) == (
        "  Comrade Roe said that the treaty of friendship remains in force.\n"
        "  — Anna Roe to Li Wei, 9 April 1968, in reported speech\n"
        "\n"
        "  Record of Conversation between Anna Roe and Li Wei, 9 April 1968, trans. Ivo Kern,\n"
        '  Document 4 in Maria T. Stone, "Coal and Friendship: Evidence from Two Archives,"\n'
        "  Working Paper No. 7 (Vienna: Institute of Trade), p. 79, State Archive, fond 2, delo\n"
        "  95, listy 50-58.\n"
        "  /archive/letters.txt:3\n"
    )


def test_several_answers_are_numbered():
    text = shown(a_reply(an_answer(), an_answer(rank=2)))
    assert text.startswith("1. Comrade Roe")
    assert "\n\n2. Comrade Roe" in text


def test_ten_answers_stand_in_line():
    text = shown(a_reply(*(an_answer(rank=n) for n in range(1, 11))))
    assert text.startswith(" 1. Comrade")
    assert "\n\n10. Comrade" in text


def test_silence_says_so_what_is_missing_and_what_came_closest():
    text = shown(a_silence(missing="Nothing here was said by Anna Roe to Li Wei."))
    lines = text.split("\n")
    assert lines[0] == "The archive does not answer this."
    assert lines[1] == "Nothing here was said by Anna Roe to Li Wei."
    assert lines[3] == "What came closest, though it is no answer:"
    assert "Comrade Roe said" in text


def test_silence_with_nothing_near():
    assert shown(a_silence(closest=())) == "The archive does not answer this.\n"


def test_the_closest_are_dim_throughout():
    text = shown(a_silence(), STYLED)
    dimmed = text.split("\n\n", 1)[1]
    for line in filter(None, dimmed.split("\n")):
        assert line.startswith("\x1b[2m")
        assert line.endswith("\x1b[22m")
    assert "\x1b[1mtreaty\x1b[22;2m" in dimmed


def test_matched_words_are_bold_only_where_styles_are_known():
    assert "\x1b[1mtreaty\x1b[22m" in shown(a_reply(), STYLED)
    assert "\x1b" not in shown(a_reply(), PLAIN)


@pytest.mark.parametrize("width", [24, 40, 60, 80, 88, 200])
def test_no_line_is_wider_than_the_terminal_or_the_measure(width):
    reply = a_reply(an_answer(path=""), an_answer(rank=2, path=""))
    lines = ESCAPES.sub("", shown(reply, Screen(width=width, styled=True))).split("\n")
    assert max(map(cells, lines)) <= min(width, 88)


@pytest.mark.parametrize("width", [24, 40, 88])
def test_styles_change_no_line(width):
    plain, styled = (shown(a_reply(), Screen(width=width, styled=s)) for s in (False, True))
    assert ESCAPES.sub("", styled) == plain


def test_a_place_is_a_link_where_links_are_known():
    text = shown(a_reply(), Screen(styled=True, links=True))
    assert re.search(r"\x1b\]8;;file://[^/]*/archive/letters\.txt\x1b\\/archive/letters\.txt:3\x1b\]8;;\x1b\\", text)


def test_a_link_cannot_be_broken_out_of():
    text = shown(a_reply(an_answer(path="/a\x1b\\b c.txt")), Screen(styled=True, links=True))
    assert "/a%1B%5Cb%20c.txt" in text


def test_a_path_is_shown_from_the_working_folder():
    assert "  letters.txt:3\n" in shown(a_reply(), Screen(folder="/archive"))


def person(basis: Basis) -> Turn:
    return replace(TURN, speaker=Attribution("Anna Roe", "Roe", basis))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (an_answer(turn=person(Basis.LABEL)), "Anna Roe to Li Wei, 9 April 1968"),
        (an_answer(turn=person(Basis.HEADER), date=None), "Anna Roe to Li Wei"),
        (an_answer(turn=person(Basis.NARRATOR)), "Anna Roe to Li Wei, 9 April 1968"),
        (an_answer(turn=person(Basis.REPORTED)), "Anna Roe to Li Wei, 9 April 1968, in reported speech"),
        (
            an_answer(turn=person(Basis.REPORTED), document=replace(DOCUMENT, author="Ivo Kern")),
            "Anna Roe to Li Wei, 9 April 1968, reported by Ivo Kern",
        ),
        (
            an_answer(turn=person(Basis.QUOTED), document=replace(DOCUMENT, author="Ivo Kern")),
            "Anna Roe to Li Wei, 9 April 1968, quoted by Ivo Kern",
        ),
        (
            an_answer(turn=person(Basis.QUOTED), document=replace(DOCUMENT, author="")),
            "Anna Roe to Li Wei, 9 April 1968, as quoted in the document",
        ),
        (an_answer(turn=replace(TURN, speaker=None), date=None), "speaker not known"),
        (an_answer(turn=NOTE, date=None), "note 12"),
        (an_answer(turn=HEADING, date=None), "heading or front matter"),
        (
            an_answer(turn=replace(TURN, addressees=tuple(replace(TURN.addressees[0], name=n) for n in "ABC"))),
            "Anna Roe to A, B and C, 9 April 1968, in reported speech",
        ),
    ],
)
def test_attribution(answer, expected):
    assert attribution(answer) == expected


HOSTILE = "A\x1b[2Jb \x9b31mc \u202egnirts \x07d\x00 \u2066e\u2069 \U000e0041f"


def test_what_a_source_holds_never_reaches_the_terminal_as_control():
    segments = (Span(0, len(HOSTILE)),)
    answer = an_answer(quote=Quote("letters.txt", segments, quote(HOSTILE, segments)), matched=(Span(0, 5),))
    text = ESCAPES.sub("", shown(a_reply(answer), STYLED, HOSTILE))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]", text)
    assert "A[2Jb 31mc gnirts d e f" in text


@given(st.text())
def test_clean_text_has_nothing_that_a_terminal_obeys_and_all_else(text):
    safe = clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", safe)
    assert [c for c in safe if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(st.sampled_from("ab 北京e\u0301 “x” \u202ec")), st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    safe = clean(text)
    lines = [safe[a:b] for a, b in wrap(safe, width)]
    assert all(0 < cells(line) <= width for line in lines if line.strip("\u0301"))
    assert "".join(lines).replace(" ", "") == safe.replace(" ", "")


@given(st.lists(st.sampled_from(["one", "two", "three", "elephant", "a"]), max_size=30), st.integers(8, 60))
def test_words_are_broken_only_where_they_must(words, width):
    lines = paragraph(" ".join(words), width).split("\n")
    assert " ".join(lines).split() == words


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("“ça”", 4), ("北京", 4), ("e\u0301", 1), ("Ким", 3), ("한국", 4), ("", 0)]
)
def test_columns(text, columns):
    assert cells(text) == columns


def test_wide_script_is_wrapped_between_characters():
    assert [("北京上海"[a:b]) for a, b in wrap("北京上海", 5)] == ["北京", "上海"]


@given(
    st.text("ab \n\t“é", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9)), max_size=4),
    st.tuples(st.integers(0, 59), st.integers(1, 9)),
)
def test_a_marked_quote_is_the_quote(text, spans, mark):
    ends = [0]
    segments = []
    for start, length in sorted(spans):
        if start >= ends[-1] and start + length <= len(text):
            segments.append(Span(start, start + length))
            ends.append(start + length)
    matched = (Span(mark[0], mark[0] + mark[1]),)
    shown_text, marks = quoted_with_marks(text, tuple(segments), matched)
    assert shown_text == quote(text, segments)
    inside = "".join(text[s.start : s.end] for s in segments)
    assert all(shown_text[a:b].strip() in " ".join(inside.split()) or not inside for a, b in marks)


def test_marks_follow_the_words_over_a_line_break():
    text, marks = quoted_with_marks("a treaty\nof  peace", (Span(0, 18),), (Span(9, 11),))
    assert [text[a:b] for a, b in marks] == ["of"]


def test_explanation_tells_what_was_understood_and_each_feature():
    text = render_explanation(a_reply(an_answer(), an_answer(rank=2, features={"meaning": 0.25})), PLAIN)
    assert "kind of answer: words" in text
    assert "speaker: Anna Roe" in text
    assert "confidence 0.90" in text
    assert re.search(r"^meaning +0\.500 ████████ +0\.250 ████$", text, re.MULTILINE)
    assert re.search(r"^words +2\.000 ████████ +-$", text, re.MULTILINE)
    assert "open 2 ms" in text


def test_explanation_of_what_has_no_features():
    text = render_explanation(a_silence(closest=()), PLAIN)
    assert "answer 1" not in text


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [
        (2.0, 2.0, "████████"),
        (0.0, 1.0, " " * 8),
        (None, 1.0, " " * 8),
        (float("nan"), 1.0, " " * 8),
        (1.0, 64.0, "▏       "),
    ],
)
def test_bars(value, most, expected):
    assert bar(value, most) == expected


def test_ranked_passages():
    text = render_hits([a_hit()], PLAIN)
    assert text.startswith("1. Comrade Roe said")
    assert "— Anna Roe to Li Wei, 9 April 1968, Document 4" in text
    assert "letters/4#2.1  0.5000" in text
    assert render_hits([], PLAIN) == "No passage was found.\n"


def test_a_document_to_be_read():
    text = render_document(HOLDING, TURNS, TEXT, PLAIN)
    assert text.startswith("Document 4\nRecord of Conversation")
    assert "id: letters/4\n" in text
    assert "pages: 79 to 80\n" in text
    assert "Anna Roe to Li Wei:\n\n  Comrade Roe said that the treaty of friendship remains in force. She asked" in text
    assert text.endswith("Notes\n[12] The coal came in May.\n")


def test_every_word_of_a_document_is_shown_once():
    body = render_document(HOLDING, TURNS, TEXT, Screen(width=400))
    assert body.count("She asked for coal.") == 1


def test_an_inspected_file():
    text = render_inspected(Inspected(FULL_SOURCE, (DOCUMENT,), TURNS, (PASSAGE,)), PLAIN)
    assert text.startswith(f"letters.txt: {len(TEXT)} characters, text\n")
    assert "record of conversation, 9 April 1968, by Anna Roe" in text
    assert "spoken by Anna Roe (1)" in text
    assert "1 turn, 1 note, 2 pages, 1 passage" in text


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (
            BuildReport(added=("a", "b"), failed=(("c", "empty"),), encoded=9, passages=7, written=True, seconds=1.26),
            "ix: sources 2 added, 1 not readable; 7 passages; 9 texts encoded (1.3 s)\n",
        ),
        (BuildReport(unchanged=("a",), passages=7), "ix: sources 1 unchanged; 7 passages; nothing to do (0.0 s)\n"),
    ],
)
def test_what_a_build_did(report, expected):
    assert render_built(report, "ix") == expected


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (io.StringIO(), {"TERM": "xterm", "COLUMNS": "200"}, (88, False, False)),
        (Terminal(), {"TERM": "xterm", "COLUMNS": "60"}, (60, True, False)),
        (Terminal(), {"TERM": "xterm", "COLUMNS": "60", "NO_COLOR": "1"}, (60, False, False)),
        (Terminal(), {"TERM": "xterm", "COLUMNS": "60", "NO_COLOR": ""}, (60, True, False)),
        (Terminal(), {"TERM": "dumb", "TERM_PROGRAM": "WezTerm"}, (80, False, False)),
        (Terminal(), {}, (80, False, False)),
        (Terminal(), {"TERM": "xterm", "COLUMNS": "nonsense", "TERM_PROGRAM": "vscode"}, (80, True, True)),
        (Terminal(), {"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm"}, (80, True, False)),
        (Terminal(), {"TERM": "xterm-kitty"}, (80, True, True)),
        (Terminal(), {"TERM": "xterm", "VTE_VERSION": "6800"}, (80, True, True)),
    ],
)
def test_what_a_stream_can_show(stream, environment, expected):
    screen = screen_of(stream, environment)
    assert (screen.width, screen.styled, screen.links) == expected
