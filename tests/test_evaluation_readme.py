"""What the README shows of the evaluation is made of the committed figures."""

import json
from pathlib import Path

import pytest

from eval.benchmarks import readme

README = readme.README.read_text(encoding="utf-8")
SAMPLE = {
    "question": "Who *came*?",
    "quote": "The envoy.",
    "said": "The King",
    "expected": [],
    "failure": "",
    "why": "",
}
GAIN = {"value": 0.5, "worth": 0.25, "low": 0.125, "high": 0.375}
NONE = {"value": 0.75, "worth": -0.01, "low": -0.1, "high": 0.1}


def same(figure):
    return dict.fromkeys(("first@1", "first@3", "AUROC"), figure)


ABLATION = {
    "whole": {"dev": same(0.75), "test": same(0.5)},
    "parts": [
        {"name": "words", "dev": same(NONE), "test": {**same(NONE), "AUROC": GAIN}},
        {"name": "dates", "dev": same(NONE), "test": same(NONE)},
    ],
}


@pytest.mark.parametrize("name", ["scores", "peers", "ablation", "pleasing", "worst", "figures"])
def test_the_readme_is_not_stale(name):
    made = {
        "scores": readme.scores,
        "peers": readme.peers,
        "ablation": readme.ablation,
        "pleasing": lambda: readme.samples("pleasing"),
        "worst": lambda: readme.samples("worst"),
        "figures": readme.figures,
    }[name]()
    assert made
    assert readme.filled(README, name, made) == README, "run python eval/benchmarks/readme.py"


def test_every_block_has_its_marks(monkeypatch):
    monkeypatch.setattr(readme, "first_answer", lambda: "x")
    assert all(f"<!-- begin: {name} -->\n" in README for name in readme.blocks())


@pytest.fixture
def measured(tmp_path, monkeypatch):
    def lay(name, data):
        path: Path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(data))
        monkeypatch.setattr(readme, name.upper(), path)

    return lay


def test_parts_that_tell_stand_in_the_table_the_others_below(measured):
    measured("ablation", ABLATION)
    assert readme.ablation().splitlines()[2:] == [
        "| nothing: the whole | 0.750 | 0.750 | 0.750 | 0.500 | 0.500 | 0.500 |",
        "| words | -0.010 | -0.010 | -0.010 | -0.010 | -0.010 | **+0.250** |",
        "",
        "Within chance: dates.",
    ]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, [r"- **Who \*came\*?** “The envoy.” — The King"]),
        ({"said": ""}, [r"- **Who \*came\*?** “The envoy.” — nobody is named"]),
        (
            {"failure": "another document", "expected": ["A king.", "A queen."]},
            [r"- **Who \*came\*?** “The envoy.” — The King  ", "  Expected: “A king.”"],
        ),
        (
            {"failure": "answered", "why": "[no word]"},
            [r"- **Who \*came\*?** “The envoy.” — The King  ", r"  The archive does not say: \[no word\]"],
        ),
        ({"quote": "la " * 46}, [rf"- **Who \*came\*?** “{'la ' * 44}la [...]” — The King"]),
    ],
)
def test_a_sample_is_an_item_of_a_list(measured, changes, lines):
    measured("report", {"worst": [{**SAMPLE, **changes}]})
    assert readme.samples("worst").splitlines() == lines


def test_three_samples_are_enough(measured):
    measured("report", {"pleasing": [SAMPLE] * 10})
    assert len(readme.samples("pleasing").splitlines()) == 3


@pytest.mark.parametrize("name", ["report", "ablation", "peers", "figures"])
def test_what_was_not_measured_changes_nothing(tmp_path, monkeypatch, name):
    monkeypatch.setattr(readme, name.upper(), tmp_path / "none.json")
    empty = {"report": readme.scores() + readme.samples("worst"), "ablation": readme.ablation()}
    empty |= {"peers": readme.peers(), "figures": readme.figures()}
    assert empty[name] == ""
