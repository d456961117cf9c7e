"""The README says what is there: every command, the JSON, the figures."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

import qa
from qa.cli.commands import app
from tests.made import FakeAssistant

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands)


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found.group(1)


def help_of(*arguments: str) -> str:
    code = "import sys; from qa.cli import main; main(sys.argv[1:])"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True).stdout


def test_the_commands_are_those_of_the_design():
    assert COMMANDS == ["ask", "chat", "eval", "index", "inspect", "search", "show"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(command):
    text = help_of(command, "--help")
    assert f"Usage: qa {command}" in text
    assert f"Example:  qa {command}" in " ".join(text.split("\n"))
    assert f"| `qa {command}" in README


def test_every_option_has_help():
    for command in COMMANDS:
        options = help_of(command, "--help").split("Options:")[1]
        for name, rest in re.findall(
            r"^  (?:-\w, )?(-{1,2}[\w-]+)([^\n]*)(?:\n {10,}\S[^\n]*)?", options, re.MULTILINE
        ):
            assert len(rest.split()) >= 1, f"{command} {name} has no help"


def test_the_list_of_commands_is_not_cut_short():
    listed = help_of("--help").split("Commands:")[1]
    assert "..." not in listed


@pytest.mark.parametrize("command", [c for c in COMMANDS if c != "eval"])
def test_examples_of_help_can_be_parsed(command):
    example = re.search(r"Example:  qa (.+)", help_of(command, "--help"))
    assert example
    assert shlex.split(example.group(1))[0] == command


def test_the_json_of_the_readme_fulfils_its_schema():
    schema = json.loads((ROOT / "qa" / "data" / "answer.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(block("json")))


def test_the_python_of_the_readme_runs(monkeypatch, capsys):
    monkeypatch.setattr("qa.assistant.open_index", lambda folder: FakeAssistant())
    exec(compile(block("python"), "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("Comrade Roe said")


def test_the_exit_codes_of_the_readme_are_those_of_help():
    for code in ("0 answered", "3 the archive does not answer", "1 an error that you can mend", "2 wrong usage"):
        assert code in " ".join(help_of("--help").split())
        assert code.split()[0] in README


def test_the_public_names_are_there_and_nothing_else():
    assert sorted(qa.__all__) == ["build_index", "open_index"]
    assert all(callable(getattr(qa, name)) for name in qa.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = qa.nothing


def test_the_files_that_the_readme_names_are_there():
    for path in re.findall(r"(?:eval/benchmarks|qa/data)/[\w.]+\.\w+", README):
        assert (ROOT / path).is_file(), path


def readme_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme", ROOT / "eval" / "benchmarks" / "readme.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_are_those_that_were_measured():
    script = readme_script()
    assert script.filled(README, "figures", script.figures()) == README


def test_a_marked_block_is_replaced_and_an_empty_one_is_not():
    script = readme_script()
    text = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb"
    assert script.filled(text, "x", "new \\1") == "a\n<!-- begin: x -->\nnew \\1\n<!-- end: x -->\nb"
    assert script.filled(text, "x", "") == text
