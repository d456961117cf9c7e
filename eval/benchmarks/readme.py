"""Writes the README's marked blocks anew: the first answer as the command prints it, the figures as they were measured.

Run: python eval/benchmarks/readme.py [--check]. With `--check` nothing is written; exit 1 where a block is stale.
The first answer is asked of the index (`$QA_INDEX`, else indexes/archive); without one that block stays as it is.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from qa.evaluation.beside import telling

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
FIGURES = ROOT / "eval" / "benchmarks" / "cold.json"
REPORT = ROOT / "eval" / "report.json"
PEERS = ROOT / "eval" / "benchmarks" / "peers.json"
ABLATION = ROOT / "eval" / "ablation.json"
SAMPLES, SAMPLE_WORDS = 3, 45  # how many of each sort the README shows, and where it cuts their texts
SCORES = {
    "hit@1": "an acceptable span in the first quotation (hit@1)",
    "hit@3": "in one of the first three (hit@3)",
    "document": "right document, of the right quotations",
    "page": "right page",
    "speaker": "right speaker, where the question turns on it",
    "wrong speaker": "wrong speaker (the rest is unknown)",
    "addressee": "right addressee",
    "wrong addressee": "wrong addressee",
    "verbatim": "quotation verbatim",
    "MRR": "MRR of passages",
    "nDCG@10": "nDCG@10 of passages",
    "AUROC": "AUROC of answerable against unanswerable",
    "answered": "answerable questions answered",
    "false answers": "unanswerable questions answered",
    "false answers at 90 %": "the same at 90 % answered",
    "Brier": "Brier score of the confidence",
    "ECE": "expected calibration error",
}
QUESTION = "what did Brezhnev tell Kim Ch'ang Bong"
WORDS = {
    "make_ask_s": "`make ask` on a fresh clone (the packages already downloaded), seconds",
    "make_ask_peak_mb": "its peak memory, megabytes",
    "installed_mb": "what it installs, megabytes (PyTorch's CPU build included)",
    "index_s": "`qa index corpus` from nothing, the encoder's export included, seconds",
    "index_peak_mb": "its peak memory, megabytes",
    "texts_per_s": "passages and sentences encoded a second",
    "cold_ask_s": "a cold `qa ask`, seconds",
    "cold_ask_share": "the same as a share of the next",
    "import_sentence_transformers_s": "`import sentence_transformers` in the same environment, seconds",
    "help_s": "`qa --help`, seconds",
    "warm_question_ms": "a warm question in `qa chat`, milliseconds",
    "warm_question_processor_ms": "its processor time on two cores, milliseconds",
    "ask_peak_mb": "peak memory of a cold `qa ask`, megabytes",
    "chat_peak_mb": "peak memory of `qa chat`, megabytes",
}


def figures() -> str:
    """Return the table of measured figures, "" where nothing was measured."""
    if not FIGURES.is_file():
        return ""
    measured = json.loads(FIGURES.read_text(encoding="utf-8"))
    rows = [f"| {words} | {measured[key]} |" for key, words in WORDS.items() if key in measured]
    return "\n".join([f"| measured on {measured['machine']} | |", "|---|---|", *rows])


def scores() -> str:
    """Return the measures of the answers with their 95 % intervals, "" where no report is there."""
    if not REPORT.is_file():
        return ""
    columns = {c["split"]: c for c in json.loads(REPORT.read_text(encoding="utf-8"))["columns"]}
    shown = {split: {f["name"]: f for f in column["figures"]} for split, column in columns.items()}
    head = "| measure | " + " | ".join(f"{split} ({_counts(columns[split])})" for split in ("dev", "test")) + " |"
    rows = [
        f"| {words} | " + " | ".join(_interval(shown[split].get(name)) for split in ("dev", "test")) + " |"
        for name, words in SCORES.items()
    ]
    asked = [sum(columns[split][sort] for split in shown if split != "all") for sort in ("answerable", "unanswerable")]
    told = f"{sum(asked)} questions of the archive in `corpus/` (`eval/gold.jsonl`), {asked[1]} unanswerable."
    return "\n".join([told, "", head, "|---|---|---|", *rows])


def _counts(column: dict[str, object]) -> str:
    return f"{column['answerable']} + {column['unanswerable']} unanswerable"


def _interval(figure: dict[str, float] | None) -> str:
    return f"{figure['value']:.3f} [{figure['low']:.3f}, {figure['high']:.3f}]" if figure else "-"


def peers() -> str:
    """Return the table of systems side by side, "" where they were not compared."""
    if not PEERS.is_file():
        return ""
    systems = json.loads(PEERS.read_text(encoding="utf-8"))
    names = ("first@1", "first@3", "any length@1", "MRR", "AUROC", "false answers at 90 %")
    rows = [f"| {system} | " + " | ".join(f"{f.get(n, 0):.3f}" for n in names) + " |" for system, f in systems.items()]
    return "\n".join(["| system | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|", *rows])


def ablation() -> str:
    """Return the parts whose worth is hardly chance on either split, "" where nothing was measured."""
    if not ABLATION.is_file():
        return ""
    found = json.loads(ABLATION.read_text(encoding="utf-8"))
    columns = [(split, name) for split in ("dev", "test") for name in ("first@1", "first@3", "AUROC")]
    whole = [f"{found['whole'][split][name]:.3f}" for split, name in columns]
    clear = [part for part in found["parts"] if any(telling(part[split][name]) for split, name in columns)]
    table = [
        ["without", *(f"{name} ({split})" for split, name in columns)],
        ["---"] * (len(columns) + 1),
        ["nothing: the whole", *whole],
        *([part["name"], *(_worth(part[split][name]) for split, name in columns)] for part in clear),
    ]
    others = [part["name"] for part in found["parts"] if part not in clear]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([*lines, *(["", f"Within chance: {'; '.join(others)}."] if others else [])])


def _worth(figure: dict[str, float]) -> str:
    worth = f"{figure['worth']:+.3f}"
    return f"**{worth}**" if telling(figure) else worth


def samples(kind: str) -> str:
    """Return the first samples of the report ("pleasing" or "worst") as a list, "" where there are none."""
    if not REPORT.is_file():
        return ""
    found = json.loads(REPORT.read_text(encoding="utf-8")).get(kind, [])
    return "\n".join(_sample(one) for one in found[:SAMPLES])


def _sample(one: dict[str, Any]) -> str:
    lines = [f"- **{_plain(one['question'])}** “{_cut(one['quote'])}” — {_plain(one['said'] or 'nobody is named')}"]
    if one["failure"] and one["expected"]:
        lines.append(f"  Expected: “{_cut(one['expected'][0])}”")
    elif one["failure"]:
        lines.append(f"  The archive does not say: {_plain(one['why'])}")
    return "  \n".join(lines)  # two blanks break a line in Markdown


def _cut(text: str) -> str:
    words = text.split()
    return _plain(" ".join(words[:SAMPLE_WORDS])) + (" [...]" if len(words) > SAMPLE_WORDS else "")


def _plain(text: str) -> str:
    """Return text that Markdown prints as it is."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


def first_answer() -> str:
    """Return what the first command prints, "" where there is no index."""
    environment = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    command = [str(Path(sys.executable).with_name("qa")), "ask", QUESTION]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    lines = done.stdout.rstrip("\n").split("\n")
    return "\n".join(f"    {line}".rstrip() for line in lines) if done.returncode == 0 else ""


def blocks() -> dict[str, str]:
    """Return every marked block by name, "" where what it shows was not measured."""
    return {
        "first answer": first_answer(),
        "scores": scores(),
        "peers": peers(),
        "ablation": ablation(),
        "pleasing": samples("pleasing"),
        "worst": samples("worst"),
        "figures": figures(),
    }


def filled(text: str, name: str, block: str) -> str:
    """Return the text with the marked block replaced; an empty block changes nothing."""
    pattern = re.compile(rf"(<!-- begin: {name} -->\n).*?(\n<!-- end: {name} -->)", re.DOTALL)
    return pattern.sub(lambda match: match.group(1) + block + match.group(2), text) if block else text


def main() -> None:
    before = after = README.read_text(encoding="utf-8")
    for name, block in blocks().items():
        after = filled(after, name, block)
    if "--check" in sys.argv:
        raise SystemExit("README.md is stale: run python eval/benchmarks/readme.py" if after != before else 0)
    README.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
