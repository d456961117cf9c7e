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

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
FIGURES = ROOT / "eval" / "benchmarks" / "cold.json"
QUESTION = "what did Brezhnev tell Kim Ch'ang Bong"
WORDS = {
    "index_s": "`qa index corpus` from nothing, the encoder's export included, seconds",
    "index_peak_mb": "its peak memory, megabytes",
    "cold_ask_s": "a cold `qa ask`, seconds",
    "import_sentence_transformers_s": "`import sentence_transformers` in the same environment, seconds",
    "help_s": "`qa --help`, seconds",
    "warm_question_ms": "a warm question in `qa chat`, milliseconds",
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


def first_answer() -> str:
    """Return what the first command prints, "" where there is no index."""
    environment = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    command = [str(Path(sys.executable).with_name("qa")), "ask", QUESTION]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    lines = done.stdout.rstrip("\n").split("\n")
    return "\n".join(f"    {line}".rstrip() for line in lines) if done.returncode == 0 else ""


def filled(text: str, name: str, block: str) -> str:
    """Return the text with the marked block replaced; an empty block changes nothing."""
    pattern = re.compile(rf"(<!-- begin: {name} -->\n).*?(\n<!-- end: {name} -->)", re.DOTALL)
    return pattern.sub(lambda match: match.group(1) + block + match.group(2), text) if block else text


def main() -> None:
    before = README.read_text(encoding="utf-8")
    after = filled(filled(before, "figures", figures()), "first answer", first_answer())
    if "--check" in sys.argv:
        raise SystemExit("README.md is stale: run python eval/benchmarks/readme.py" if after != before else 0)
    README.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
