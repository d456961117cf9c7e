"""Systems side by side on the gold set: the same questions, the same scoring.

    .venv/bin/python eval/benchmarks/peers.py [--split dev|test|all] [--index FOLDER] [--no-txtai]

Plain systems return whole paragraphs, which count when they hold an acceptable span ("first@1" within 120 words, "any
length@1" without that limit). Writes report.json, report.html and a run of each system into eval/out/peers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.assistant.opened import open_index
from qa.assistant.system import ArchiveSystem
from qa.embedding import open_encoder
from qa.embedding.models import default_folder
from qa.errors import QAError
from qa.evaluation.baselines import Floats, Paragraph, ParagraphSystem, paragraphs, plain_systems
from qa.evaluation.compare import side_by_side
from qa.evaluation.gold import GoldSet, Split, load_gold, prepare
from qa.evaluation.report import as_text
from qa.evaluation.run import Evaluation, EvaluationSettings, evaluate, write_evaluation
from qa.evaluation.systems import System
from qa.sources.reading import read_all

ROOT = Path(__file__).parents[2]
TXTAI = "txtai==9.14.0"
TORCH = "torch==2.13.0"  # first and exact: a range that admits a newer one fetches gigabytes
CACHE = Path(tempfile.gettempdir()) / "qa-peers"
DEPTH = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask every system and print the table."""
    options = parse(arguments)
    sources, _ = read_all([options.archive])
    gold = prepare(load_gold(options.gold), sources, ())
    settings = EvaluationSettings(split=None if options.split == "all" else Split(options.split))
    found: list[Evaluation] = []
    for system in systems(gold, options, settings):
        started = time.perf_counter()
        found.append(evaluate(system, gold, settings))
        say(f"{system.name}: {len(found[-1].report.rows)} questions in {time.perf_counter() - started:.1f} s")
    first, *others = found
    report = side_by_side(first.report, [other.report for other in others])
    write_evaluation(replace(first, report=report), options.out)
    for other in others:
        write_evaluation(other, options.out / "".join(c if c.isalnum() else "-" for c in other.report.system))
    figures = summary(found, "test")
    if figures:
        text = json.dumps(figures, indent=1) + "\n"
        Path(__file__).with_name("peers.json").write_text(text, encoding="utf-8")
    print(as_text(report))
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description="Systems side by side on the gold set.")
    parser.add_argument("--gold", type=Path, default=ROOT / "eval" / "gold.jsonl")
    parser.add_argument("--archive", type=Path, default=ROOT / "corpus")
    parser.add_argument("--index", type=Path, default=ROOT / "indexes" / "archive", help="our own index")
    parser.add_argument("--split", choices=["dev", "test", "all"], default="all")
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "out" / "peers")
    parser.add_argument("--no-txtai", action="store_true", help="leave txtai out")
    return parser.parse_args(arguments)


def summary(evaluations: Sequence[Evaluation], split: str) -> dict[str, dict[str, float]]:
    """Return each system's figures on a split, for the README."""
    found = {}
    for one in evaluations:
        column = one.report.column(split)
        if column is not None:
            found[one.report.system] = {figure.name: figure.value for figure in column.figures}
    return found


def systems(gold: GoldSet, options: argparse.Namespace, settings: EvaluationSettings) -> Iterator[System]:
    """Yield ours first, where its index can be opened, then the plain systems, then txtai."""
    try:
        yield ArchiveSystem(open_index(options.index), "ours")
    except QAError as error:
        say(f"ours is left out: {error}")
    units = paragraphs(gold.texts)
    yield from plain_systems(units, open_encoder(None, CACHE / "models"))
    if not options.no_txtai:
        questions = [question.question for question in gold.of(settings.split)]
        try:
            yield txtai(units, questions)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            say(f"txtai is left out: {error}")


def txtai(units: Sequence[Paragraph], questions: Sequence[str]) -> ParagraphSystem:
    """Return txtai's hybrid index (BM25 and the same encoder, fused as it does by default) over the paragraphs."""
    python = environment(CACHE / "txtai")
    asked = {"model": str(default_folder()), "texts": [unit.text for unit in units], "questions": questions, "k": DEPTH}
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "2"}
    script = str(Path(__file__).with_name("txtai_run.py"))
    done = subprocess.run(
        [str(python), script], input=json.dumps(asked), text=True, stdout=subprocess.PIPE, env=offline, check=True
    )
    scores = dict(zip(questions, (as_scores(rows, len(units)) for rows in json.loads(done.stdout)), strict=True))
    return ParagraphSystem("txtai hybrid", units, scores.__getitem__)


def as_scores(rows: Sequence[Sequence[Any]], count: int) -> Floats:
    """Return a score for every paragraph, minus infinity for what was not found."""
    scores = np.full(count, -np.inf)
    for number, score in rows:
        scores[number] = score
    return scores


def environment(folder: Path) -> Path:
    """Return the Python of txtai's own environment, made when it is not there."""
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.is_file():
        say(f"installing {TXTAI} into {folder} (some minutes)")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt")]
        for wanted in (TORCH, TXTAI):
            subprocess.run([*pip, wanted], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ready.write_text(f"{TXTAI}\n", encoding="utf-8")
    return python


def say(line: str) -> None:
    """Print to standard error: the table alone goes to standard output."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
