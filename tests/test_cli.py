"""The commands: what goes where, with which exit code, and one clear line for every mistake."""

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from qa.assistant.opened import MAX_CHARACTERS, asked
from qa.cli import main
from qa.cli.asking import Line, parse_line
from qa.cli.chat import history_path
from qa.cli.progress import Progress, line
from qa.errors import BadData, BadQuestion, DamagedIndex, NoIndex, QAError, QuoteMismatch
from qa.question.records import Filters
from tests.made import FakeAssistant, a_silence

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def assistant(monkeypatch):
    fake = FakeAssistant()
    monkeypatch.setattr("qa.assistant.open_index", lambda folder: fake)
    return fake


@pytest.fixture
def run(capsys) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        out, err = capsys.readouterr()
        code = stop.value.code
        return (code if isinstance(code, int) else 0), out, err

    return call


@pytest.mark.parametrize(("given", "kept"), [(None, "1"), ("2", "2")])
def test_numpy_needs_no_threads_unless_somebody_wants_them(run, monkeypatch, given, kept):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", given or "")
    if given is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    run("--help")
    assert os.environ["OPENBLAS_NUM_THREADS"] == kept


@pytest.mark.usefixtures("assistant")
def test_an_answer_goes_to_standard_output_and_exits_0(run):
    code, out, err = run("ask", "What of the treaty?")
    assert (code, err) == (0, "")
    assert out.startswith("  Comrade Roe said")


def test_silence_exits_3(run, assistant):
    assistant.reply = a_silence()
    code, out, _ = run("ask", "Who won?")
    assert code == 3
    assert out.startswith("The archive does not answer this.\n")


@pytest.mark.parametrize(
    "error",
    [
        NoIndex("There is no index in x: run `qa index PATH... --index x`"),
        DamagedIndex("x is damaged: run `qa index` again"),
        BadQuestion("the question is empty: ask something"),
        QuoteMismatch("a quotation differs: run `qa index` again"),
    ],
)
@pytest.mark.parametrize("format", ["text", "json", "bibtex", "csl"])
def test_an_error_is_one_line_and_nothing_else(run, assistant, error, format):
    assistant.reply = error
    code, out, err = run("ask", "What?", "--format", format)
    assert (code, out, err) == (1, "", f"qa: {error}\n")


def test_an_error_cannot_smuggle_lines_or_controls(run, assistant):
    assistant.reply = QAError("bad\nname\x1b[2J: rename it")
    assert run("ask", "What?")[2] == "qa: bad name[2J: rename it\n"


def test_json_is_one_line_of_the_contract(run, assistant):
    schema = json.loads((Path(qa.__file__).parent / "data" / "answer.schema.json").read_text(encoding="utf-8"))
    for reply in (assistant.reply, a_silence()):
        assistant.reply = reply
        out = run("ask", "What?", "--json")[1]
        assert out.count("\n") == 1
        jsonschema.Draft202012Validator(schema).validate(json.loads(out))


def test_references(run, assistant):
    assert run("ask", "What?", "--format", "bibtex")[1].startswith("@misc{letters-4,")
    assert [item["id"] for item in json.loads(run("ask", "What?", "--format", "csl")[1])] == ["letters#4"]
    assistant.reply = a_silence()
    assert run("ask", "What?", "--format", "csl") == (3, "[]\n", "")


def test_what_is_wanted_reaches_the_library(run, assistant):
    run("ask", "What?", "-k", "5", "--speaker", "Roe", "--to", "Li", "--document", "letters/4", "--threshold", "0.5")
    assert assistant.asked == [("What?", Filters("Roe", "Li", None, None, "letters/4"), 5, 0.5)]


def test_dates_reach_the_library_as_bounds(run, assistant):
    run("ask", "What?", "--after", "1968-02", "--before", "26 February 1968")
    filters = assistant.asked[0][1]
    assert (filters.after.iso, filters.before.iso) == ("1968-02", "1968-02-26")


USAGE = [
    (("ask", "x", "--after", "soon"), "--after: 'soon' is no date"),
    (("ask", "x", "--format", "pdf"), "--format: 'pdf' is none of text, json, bibtex, csl"),
    (("search", "x", "--format", "csl"), "--format: 'csl' is none of text, json, trec"),
    (("ask", "x", "-k", "0"), "-k"),
    (("ask", "x", "--threshold", "2"), "--threshold"),
    (("ask", "x", "y"), "unexpected extra argument"),
    (("ask", "x", "--batch", "f"), "a question or --batch, not both"),
    (("ask",), "a question is missing"),
    (("search",), "QUESTION"),
    (("sing",), "No such command"),
    (("index",), "PATH"),
    (("eval", "--split", "train"), "--split: 'train' is none of dev, test"),
]


@pytest.mark.usefixtures("assistant")
@pytest.mark.parametrize(("arguments", "message"), USAGE, ids=[" ".join(row[0]) for row in USAGE])
def test_wrong_usage_exits_2(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message.casefold() in err.casefold()


def test_explain(run, assistant):
    out = run("ask", "What?", "--explain")[1]
    assert "kind of answer: words" in out
    assert "meaning" in out


def test_search(run, assistant):
    assert run("search", "treaty")[1].startswith("1. Comrade Roe")
    assert run("search", "treaty", "--format", "trec")[1] == "1 Q0 letters/4#2.1 1 0.5 qa\n"
    assert json.loads(run("search", "treaty", "--json")[1])["hits"][0]["rank"] == 1
    assert run("search", "nothing") == (3, "No passage was found.\n", "")
    assert assistant.asked[0] == ("treaty", 10)


BATCH = (
    b'{"id": "b", "question": "One?"}\n'
    b"\n"
    b"not json\n"
    b'{"id": 7, "question": "Two?"}\n'
    b'{"id": "c"}\n'
    b'{"id": true, "question": "x"}\n'
    b'{"question": "caf\xe9"}\n'
    b'{"question": "Three?"}'
)


def test_a_batch_goes_on_after_bad_lines_and_names_them(run, assistant, tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_bytes(BATCH)
    code, out, err = run("ask", "--batch", str(path), "--json")
    assert code == 1
    assert [json.loads(row)["id"] for row in out.splitlines()] == ["b", 7, None]
    assert [question for question, *_ in assistant.asked] == ["One?", "Two?", "Three?"]
    for number in (3, 5, 6, 7):
        assert f"q.jsonl, line {number}: " in err
    assert len(err.splitlines()) == 5


def test_a_good_batch_exits_0_even_where_the_archive_is_silent(run, assistant, monkeypatch):
    assistant.reply = a_silence()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id":"q","question":"Who?"}\n')))
    code, out, err = run("ask", "--batch", "-")
    assert (code, err) == (0, "")
    assert json.loads(out)["status"] == "no_answer"


@pytest.mark.usefixtures("assistant")
def test_a_batch_that_is_not_there(run):
    code, out, err = run("ask", "--batch", "/nowhere.jsonl")
    assert (code, out) == (1, "")
    assert err.startswith("qa: /nowhere.jsonl: cannot be read (No such file or directory)")


@given(st.binary(max_size=60))
def test_any_bytes_are_a_line_or_a_clear_error(raw):
    try:
        parsed = parse_line(raw)
    except BadData:
        return
    assert json.loads(raw.decode("utf-8-sig"))["question"] == parsed.question


@given(st.one_of(st.none(), st.integers(), st.text()), st.text())
def test_a_line_is_read_back(id, question):
    assert parse_line(json.dumps({"id": id, "question": question}).encode()) == Line(id, question)


@pytest.mark.parametrize(
    ("question", "message"),
    [("", "empty"), (" \n\t", "empty"), ("x" * 100_000, "100,000 characters; the limit is 10,000")],
)
def test_questions_that_are_none(question, message):
    with pytest.raises(BadQuestion, match=message):
        asked(question)


def test_the_longest_question_is_one():
    assert asked("x" * MAX_CHARACTERS) == "x" * MAX_CHARACTERS
    assert asked("  Где? ") == "Где?"


@pytest.mark.parametrize(("arguments", "code"), [(("--version",), 0), (("--help",), 0), (("ask", "-h"), 0), ((), 2)])
def test_help_and_version(run, arguments, code):
    got, out, err = run(*arguments)
    assert got == code
    assert qa.__version__ in out or "Usage: qa" in out + err


def test_no_index_names_the_command_that_makes_one(run, tmp_path):
    code, out, err = run("ask", "What?", "--index", str(tmp_path / "none"))
    assert (code, out) == (1, "")
    assert f"qa index PATH... --index {tmp_path / 'none'}" in err


def test_the_index_is_taken_from_the_environment(run, tmp_path, monkeypatch):
    monkeypatch.setenv("QA_INDEX", str(tmp_path / "mine"))
    assert str(tmp_path / "mine") in run("ask", "What?")[2]


def test_an_interruption_exits_130(run, monkeypatch):
    def interrupted(folder):
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.assistant.open_index", interrupted)
    assert run("ask", "What?")[0] == 130


def test_chat_asks_until_the_input_ends(run, assistant, monkeypatch):
    typed = iter(["What?", "", ":explain", ":k 1", ":what", "And?", ":quit", "never"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(typed))
    code, out, err = run("chat", "--speaker", "Roe")
    assert code == 0
    assert [(question, k) for question, _, k, _ in assistant.asked] == [("What?", 3), ("And?", 1)]
    assert out.count("Comrade Roe said") == 2
    assert "meaning" in out
    assert ":help" in err


def test_chat_tells_whom_a_question_means_that_follows_another(run, assistant, monkeypatch):
    typed = iter(["What of the treaty?", "What did she ask for?", ":quit"])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(typed))
    _, _, err = run("chat")
    assert [question for question, *_ in assistant.asked] == ["What of the treaty?", "What did Anna Roe ask for?"]
    assert "Read as: What did Anna Roe ask for?\n" in err


def test_chat_survives_errors_interruptions_and_ends_with_the_input(run, assistant, monkeypatch):
    assistant.reply = BadQuestion("the question is empty")
    typed = iter([KeyboardInterrupt(), "x", UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), ":explain", EOFError()])

    def read(prompt=""):
        value = next(typed)
        if isinstance(value, BaseException):
            raise value
        return value

    monkeypatch.setattr("builtins.input", read)
    code, out, err = run("chat")
    assert (code, out) == (0, "")
    assert "qa: the question is empty\n" in err
    assert "Ask something first." in err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/archive-qa/history"),
        ({"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/archive-qa/history"),
        ({"HOME": "/h"}, "/h/.local/state/archive-qa/history"),
    ],
)
def test_where_the_history_is(environment, expected):
    assert history_path(environment).as_posix() == expected


def test_ask_without_a_question_is_a_chat_on_a_terminal(tmp_path):
    code = (
        "import qa.assistant, qa.cli; from tests.made import FakeAssistant;"
        "qa.assistant.open_index = lambda folder: FakeAssistant(); qa.cli.main(['ask'])"
    )
    main_end, child_end = pty.openpty()
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "COLUMNS": "60"}
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=child_end,
        stdout=child_end,
        stderr=child_end,
        env=environment,
        close_fds=True,
    )
    os.close(child_end)
    os.write(main_end, b"What of it?\n:quit\n")
    seen = b""
    while True:
        try:
            chunk = os.read(main_end, 4096)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    assert child.wait(20) == 0
    assert b"\x1b[1mtreaty\x1b[22m" in seen
    assert (tmp_path / "archive-qa" / "history").read_text().splitlines()[-2:] == ["What of it?", ":quit"]


def test_a_closed_pipe_is_no_error():
    code = (
        "import qa.assistant, qa.cli; from tests.made import FakeAssistant;"
        "qa.assistant.open_index = lambda folder: FakeAssistant(); qa.cli.main(['ask', 'What?'])"
    )
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run([sys.executable, "-c", code], stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert done.stderr == b""


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_waits_draws_and_is_wiped():
    now = iter([0.0, 0.5, 1.5, 1.55, 2.0])
    stream = Terminal()
    progress = Progress(stream, lambda: next(now))
    for done in (1, 2, 3, 4):
        progress(done, 4, "texts")
    progress.close()
    drawn = stream.getvalue()
    assert "1 of 4" not in drawn
    assert "2 of 4 texts" in drawn
    assert "3 of 4" not in drawn
    assert "4 of 4" in drawn
    assert drawn.endswith("\r\x1b[2K")


def test_progress_draws_nothing_where_nobody_watches():
    now = iter([0.0, 5.0])
    stream = io.StringIO()
    progress = Progress(stream, lambda: next(now))
    progress(1, 2, "texts")
    progress.close()
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [(0, 4, "░" * 24 + " 0 of 4"), (4, 4, "█" * 24 + " 4 of 4, 0 s left"), (9, 4, "█" * 24 + " 9 of 4, 0 s left")],
)
def test_bars_of_progress(done, total, expected):
    assert line(done, total, "", 3.0) == expected


def test_inspecting_a_folder_or_nothing(run, tmp_path):
    assert run("inspect", str(tmp_path))[0] == 1
    code, out, err = run("inspect", str(tmp_path / "none.txt"))
    assert (code, out) == (1, "")
    assert "none.txt" in err
