"""The order of the modules, one door for each library, and no archive's own words in the package."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = (
    "errors", "spans", "tables", "text", "dates", "names", "sources", "documents", "turns", "passages", "embedding",
    "lexical", "index", "question", "search", "answer", "citation", "verify", "contract", "evaluation", "assistant",
    "render", "cli",
)  # fmt: skip
DOORS = {
    "faiss": ("qa/index/vectors.py",),
    "onnxruntime": ("qa/embedding/graph.py", "qa/embedding/cross_export.py"),
    "tokenizers": ("qa/embedding/graph.py",),
    "sentence_transformers": ("qa/embedding/transformer.py",),
    "torch": ("qa/embedding/transformer.py", "qa/embedding/cross_export.py"),
    "transformers": ("qa/embedding/transformer.py", "qa/embedding/cross_export.py"),
    "huggingface_hub": ("qa/embedding/transformer.py",),
    "snowballstemmer": ("qa/text/stemming.py",),
    "ir_measures": ("qa/evaluation/retrieval.py",),
    "onnx": ("qa/embedding/transformer.py", "qa/embedding/cross_export.py"),
    "onnxscript": ("qa/embedding/transformer.py",),
    "typer": ("qa/cli/commands.py",),
    "rich": ("qa/render/wrapping.py",),
    "defusedxml": ("qa/sources/xml.py",),
}
ANYWHERE = {"numpy"}
SLOW = ("torch", "transformers", "sentence_transformers", "faiss", "onnxruntime", "rich", "numpy")


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "qa").rglob("*.py"))}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return path.relative_to(ROOT / "qa").parts[0].removesuffix(".py")


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Yield each module that is imported, and whether at the top level."""
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in top
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), id(node) in top


def test_no_relative_imports():
    assert not [name_of(p) for p, tree in trees().items() for name, _ in imports(tree) if name.startswith(".")]


def test_modules_import_only_what_stands_before_them():
    wrong = []
    for path, tree in trees().items():
        own = module_of(path)
        if own == "__init__":
            continue
        assert own in ORDER, f"{name_of(path)} has no place in the order"
        for name, _ in imports(tree):
            if name.startswith("qa."):
                other = name.split(".")[1]
                if ORDER.index(other) > ORDER.index(own):
                    wrong.append(f"{name_of(path)} imports {name}")
    assert not wrong


def test_each_library_has_one_door():
    wrong = []
    for path, tree in trees().items():
        for name, _ in imports(tree):
            library = name.split(".")[0]
            if library == "qa" or library in sys.stdlib_module_names or library in ANYWHERE:
                continue
            if name_of(path) not in DOORS.get(library, ()):
                wrong.append(f"{name_of(path)} imports {library}")
    assert not wrong


def test_slow_libraries_are_imported_inside_functions():
    slow = set(SLOW) - {"numpy"}
    wrong = [
        f"{name_of(path)}: {name}"
        for path, tree in trees().items()
        for name, top in imports(tree)
        if top and name.split(".")[0] in slow
    ]
    assert not wrong


def test_nothing_is_pickled_and_nothing_printed():
    wrong = []
    for path, tree in trees().items():
        names = {name.split(".")[0] for name, _ in imports(tree)}
        if names & {"pickle", "shelve", "marshal", "dill", "joblib", "cloudpickle"}:
            wrong.append(name_of(path))
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        wrong += [name_of(path) for f in calls if isinstance(f, ast.Name) and f.id in ("print", "exec", "eval")]
    assert not wrong


def loaded_after(code: str) -> set[str]:
    """Return which slow libraries a process has loaded after the code."""
    check = f"import sys; {code}; print(*(n for n in {SLOW!r} if n in sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import qa",
        "import qa.cli",
        "import qa.render, qa.citation, qa.verify",
        "from qa.cli.commands import app; app(['--help'], standalone_mode=False)",
    ],
)
def test_what_needs_no_slow_library_loads_none(code):
    assert loaded_after(code) == set()


def test_opening_an_index_loads_neither_torch_nor_transformers():
    assert not loaded_after("import qa; qa.open_index") & {"torch", "transformers", "sentence_transformers"}


def header_names() -> tuple[list[str], list[str]]:
    """Return words that only the first archive's people and titles have, from the headers of its sources."""
    archive = (ROOT / "corpus" / "archive.toml").read_text(encoding="utf-8")
    authors = re.findall(r'^author = "(.+)"', archive, re.MULTILINE)
    titles = re.findall(r'^title = "(.+)"', archive, re.MULTILINE)
    heads = []
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        heads += re.findall(r"^Document \d+\n+(.+)$", text, re.MULTILINE)
    people = [word for author in authors for word in author.split() if len(word) > 3]
    named = re.findall(r"(?<=[a-z] )[A-Z][a-z]+(?:sky|ov|ev|nev|yko|gin|gorny|anas)\b", " ".join(heads))
    return sorted({*people, *named} - {"John", "Sergey"}), [*titles, *heads]


def package_texts() -> dict[str, str]:
    paths = [p for p in sorted((ROOT / "qa").rglob("*")) if p.suffix in (".py", ".toml", ".tsv", ".txt", ".json")]
    return {name_of(path): path.read_text(encoding="utf-8") for path in paths}


def test_the_check_of_names_would_find_some():
    people, titles = header_names()
    assert len(people) >= 8
    assert len(titles) >= 25


def test_no_person_of_the_first_archive_stands_in_the_package():
    people, _ = header_names()
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, people))})\b")
    assert [f"{name}: {m.group()}" for name, text in package_texts().items() if (m := pattern.search(text))] == []


def test_no_title_of_the_first_archive_stands_in_the_package():
    _, titles = header_names()
    assert [name for name, text in package_texts().items() if any(title[:60] in text for title in titles)] == []


SIZES = {"file": 300, "body": 40}


def test_files_and_functions_are_short():
    wrong = []
    for path, tree in trees().items():
        length = len(path.read_text(encoding="utf-8").splitlines())
        wrong += [f"{name_of(path)} has {length} lines"] if length > SIZES["file"] else []
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                wrong += [f"{name_of(path)}: {node.name} has {lines} lines"] if lines > SIZES["body"] else []
    assert not wrong
