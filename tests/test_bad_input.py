"""Bad input, each case by the whole command: one clear line, exit 1 or 2, nothing lost."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from qa.cli import main
from tests.conftest import FakeJudge
from tests.letterbook import Words, indexed, written

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    """Every encoder and judge is the fake one."""
    monkeypatch.setattr("qa.embedding.open_encoder", lambda *_, **__: Words())
    monkeypatch.setattr("qa.embedding.open_cross", lambda *_, **__: FakeJudge())
    monkeypatch.setattr("qa.embedding.prepare_cross", lambda *_, **__: None)
    monkeypatch.setattr("qa.assistant.building.DEFAULT_NAME", "fake", raising=False)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        assert not CONTROLS.search(out + err)
        return stop.value.code or 0, out, err

    return call


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    indexed(written(folder / "sources"), folder / "index")
    return folder / "index"


@pytest.fixture
def index(good, tmp_path):
    return shutil.copytree(good, tmp_path / "index")


def one_line(err, *words):
    assert err.startswith("qa: ")
    assert err.count("\n") == 1
    for word in words:
        assert word in err
    return True


# An index that is none


def test_no_index(run, tmp_path):
    code, out, err = run("ask", "Who?", "--index", tmp_path / "none")
    assert (code, out) == (1, "")
    assert one_line(err, "none", "qa index")


def edited(**changes):
    def spoil(manifest):
        data = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**data, **changes}))

    return spoil


SPOILT = {
    "another schema": edited(schema="qa.index/99"),
    "no manifest of ours": edited(files=None),
    "not JSON": lambda manifest: manifest.write_text("{"),
    "empty": lambda manifest: manifest.write_text(""),
    "a list": lambda manifest: manifest.write_text("[]"),
    "binary": lambda manifest: manifest.write_bytes(b"\xff\x00\x1b"),
    "files gone": lambda manifest: list(map(shutil.rmtree, filter(Path.is_dir, manifest.parent.iterdir()))),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_damaged_index(run, index, spoil):
    spoil(index / "manifest.json")
    code, out, err = run("ask", "How much coal is left?", "--index", index)
    assert (code, out) == (1, "")
    assert one_line(err, "qa index")


def test_an_index_of_another_model(run, index, monkeypatch):
    from qa.errors import ModelError

    def refuse(*_, **__):
        raise ModelError("m is not the model of this index: run `qa index` again with --model")

    monkeypatch.setattr("qa.embedding.open_encoder", refuse)
    code, out, err = run("ask", "How much coal is left?", "--index", index)
    assert (code, out) == (1, "")
    assert one_line(err, "not the model of this index", "qa index")


# A question that is none


QUESTIONS = [
    ("", 1, "empty"),
    (" \n\t ", 1, "empty"),
    ("x" * 100_000, 1, "100,000 characters"),
    ("the of and is", 3, ""),
    ("Что сказал министр?", 3, ""),
    ("部長說了什麼", 3, ""),
    ("?!", 3, ""),
    ("\x1b[2J\x1b]0;title\x07 ice \u202e", 3, ""),
    ("\x00", 3, ""),
    ("ice \udcff", 1, "no text at character 5"),
]


@pytest.mark.parametrize(("question", "code", "message"), QUESTIONS, ids=[ascii(row[0][:20]) for row in QUESTIONS])
def test_a_question(run, good, question, code, message):
    threshold = ("--threshold", "1") if code == 3 else ()
    found, out, err = run("ask", question, "--index", good, *threshold)
    assert found == code
    if code == 3:
        assert (out.splitlines()[0], err) == ("The archive does not answer this.", "")
    else:
        assert out == ""
        assert one_line(err, message)


@pytest.mark.parametrize("question", ["the of and is", "Что сказал министр?", "部長說了什麼", "?!", "\x00"])
def test_what_has_no_word_of_the_archive_is_not_answered(run, good, question):
    """With the weights as fitted, whatever they are."""
    code, out, err = run("ask", question, "--index", good, "--json")
    assert (code, err) == (3, "")
    assert json.loads(out)["status"] == "no_answer"


# Files that are none


def text_file(path):
    path.write_text("The mole stands. The ice is gone from the harbour.\n")


BAD_FILES = {
    "empty": (lambda p: p.write_bytes(b""), "empty"),
    "white space": (lambda p: p.write_bytes(b" \n\t\n"), "empty"),
    "binary": (lambda p: p.write_bytes(bytes(range(256)) * 8), "bad.txt"),
    "not UTF-8": (lambda p: p.write_bytes(b"Das Tor " * 9 + b"\xff\xfe\x81 ist zu."), "offset 72"),
    "not readable": (lambda p: (text_file(p), p.chmod(0)), "ermission"),
    "a loop": (lambda p: p.symlink_to(p), "bad.txt"),
    "dangling": (lambda p: p.symlink_to(p.parent / "nothing"), "bad.txt"),
    "a pipe": (lambda p: os.mkfifo(p), "bad.txt"),
}


@pytest.mark.parametrize(("spoil", "reason"), BAD_FILES.values(), ids=BAD_FILES)
def test_one_bad_file_never_ends_a_build(run, tmp_path, spoil, reason):
    sources = written(tmp_path / "in")
    spoil(sources / "bad.txt")
    if reason == "ermission" and os.access(sources / "bad.txt", os.R_OK):
        pytest.skip("this user may read everything")
    code, out, err = run("index", sources, "--index", tmp_path / "new", "--quiet")
    assert (code, out) == (1, "")
    assert one_line(err, "bad.txt", reason)
    assert run("ask", "How much coal is left?", "--index", tmp_path / "new", "--threshold", "0")[0] == 0


@pytest.mark.parametrize(("spoil", "reason"), BAD_FILES.values(), ids=BAD_FILES)
def test_nothing_but_a_bad_file(run, tmp_path, spoil, reason):
    (tmp_path / "in").mkdir()
    spoil(tmp_path / "in" / "bad.txt")
    if reason == "ermission" and os.access(tmp_path / "in" / "bad.txt", os.R_OK):
        pytest.skip("this user may read everything")
    code, out, err = run("index", tmp_path / "in", "--index", tmp_path / "new")
    assert (code, out) == (1, "")
    assert one_line(err)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("path", ["empty", "nowhere", "loop"])
def test_a_folder_without_any_text(run, tmp_path, path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "again").symlink_to(tmp_path / "loop")
    code, out, err = run("index", tmp_path / path, "--index", tmp_path / "new")
    assert (code, out) == (1, "")
    assert one_line(err, path)


def test_a_loop_of_folders_ends(run, tmp_path):
    sources = written(tmp_path / "in")
    (sources / "again").symlink_to(sources)
    code, _, err = run("index", sources, "--index", tmp_path / "new")
    assert code in (0, 1)
    assert "3 added" in err


def test_two_files_of_one_name_are_both_kept(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        text_file(tmp_path / "in" / folder / "same.txt")
    assert run("index", tmp_path / "in", "--index", tmp_path / "new")[0] == 0
    hits = json.loads(run("search", "ice", "--index", tmp_path / "new", "--json")[1])["hits"]
    assert {s["source"] for hit in hits for s in hit["segments"]} == {"a/same.txt", "b/same.txt"}


def test_two_paths_with_one_name_are_told_apart_or_refused(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text_file(tmp_path / folder / "same.txt")
    code, _, err = run("index", tmp_path / "a", tmp_path / "b", "--index", tmp_path / "new", "--quiet")
    assert (code, err) == (0, "") or (code == 1 and one_line(err, "same.txt"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_an_encoding_that_is_told_by_its_mark_is_accepted(run, tmp_path, encoding):
    (tmp_path / "in").mkdir()
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    (tmp_path / "in" / "a.txt").write_bytes(f"{mark}The harbour of Málaga is closed.\n".encode(encoding))
    assert run("index", tmp_path / "in", "--index", tmp_path / "new")[0] == 0
    assert "Málaga" in run("search", "harbour", "--index", tmp_path / "new")[1]


@pytest.mark.parametrize("format", ["text", "json"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_what_a_terminal_obeys_never_reaches_it(run, tmp_path, command, format):
    (tmp_path / "in").mkdir()
    text = "The \x1b[31mharbour\x1b[0m is \x07closed\x9b2J by \u202eice.\x1b]0;owned\x07\n"
    (tmp_path / "in" / "a.txt").write_text(text, encoding="utf-8")
    assert run("index", tmp_path / "in", "--index", tmp_path / "new")[0] == 0
    extra = ("--threshold", "0") if command == "ask" else ()
    code, out, _ = run(command, "harbour", "--index", tmp_path / "new", "--format", format, *extra)
    assert code == 0
    assert "harbour" in out
    assert not re.search("[\x1b\x07\x9b\u202e]", out)


def test_a_file_name_cannot_speak_to_the_terminal(run, tmp_path):
    sources = written(tmp_path / "in")
    (sources / "bad\x1b[2J\nname.txt").write_bytes(b"")
    code, _, err = run("index", sources, "--index", tmp_path / "new", "--quiet")
    assert code == 1
    assert one_line(err, "name.txt")


@pytest.mark.parametrize("text", ["[[person]]\n", "person = 1", "[[person", 'x = "\x00"'])
def test_a_bad_list_of_names(run, tmp_path, text):
    sources = written(tmp_path / "in")
    (sources / "names.toml").write_text(text)
    code, out, err = run("index", sources, "--index", tmp_path / "new")
    assert (code, out) == (1, "")
    assert one_line(err, "names.toml")


def test_a_failed_update_leaves_the_old_index(run, index, tmp_path):
    (tmp_path / "in").mkdir()
    assert run("index", tmp_path / "in", "--index", index)[0] == 1
    assert run("ask", "How much coal is left?", "--index", index, "--threshold", "0")[0] == 0


BATCH = [
    (b"", 0, 0, ""),
    (b"{\n", 1, 0, "line 1"),
    (b'{"question": ""}\n{"id": "b", "question": "coal?"}\n', 1, 1, "line 1"),
    (b'{"id": "a", "question": "coal?"}\n\xff\n', 1, 1, "line 2"),
    (b'{"id": [1], "question": "coal?"}\n', 1, 0, "line 1"),
]


@pytest.mark.parametrize(("content", "code", "answers", "message"), BATCH)
def test_a_bad_line_of_a_batch_is_named_and_the_others_answered(run, good, tmp_path, content, code, answers, message):
    (tmp_path / "batch.jsonl").write_bytes(content)
    found, out, err = run("ask", "--batch", tmp_path / "batch.jsonl", "--index", good)
    assert (found, len(out.splitlines())) == (code, answers)
    assert message in err


def test_a_batch_that_is_not_there(run, good):
    code, out, err = run("ask", "--batch", "none.jsonl", "--index", good)
    assert (code, out) == (1, "")
    assert one_line(err, "none.jsonl")
