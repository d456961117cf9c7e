"""Other people's judgements: our answers, and plain systems', on four public sets.

    .venv/bin/python eval/external.py [--only NAME ...] [--limit N] [--archives FOLDER] [--markdown FILE]

Each set is laid out as plain text files, indexed as a user would index them, and asked its own questions; a set that is
not there is skipped with a message. Nothing is tuned on them. `--limit` asks a seeded sample of the questions.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.external_sets import Archive, friendsqa, qmsum, selqa, squad
from qa.assistant.building import build_index
from qa.assistant.opened import open_index
from qa.assistant.system import ArchiveSystem
from qa.embedding import Encoder, open_encoder
from qa.errors import QAError
from qa.evaluation.abstention import Judged, Ordered
from qa.evaluation.baselines import Paragraph, plain_systems
from qa.evaluation.gold import GoldQuestion, GoldSpan
from qa.evaluation.report import Figure, Row, shown
from qa.evaluation.retrieval import as_run, judge_passages, retrieval_values
from qa.evaluation.run import EvaluationSettings, evaluate
from qa.evaluation.statistics import bootstrap, resamples
from qa.evaluation.systems import Ranked, System
from qa.evaluation.trec import Qrel
from qa.spans import overlap

ROOT = Path(__file__).parents[1]
CACHE = Path(tempfile.gettempdir()) / "qa-peers"
DEPTH = 100


def answers(system: System, archive: Archive) -> list[Row]:
    """Return the rows of a whole evaluation: quotations, speakers, confidence."""
    return list(evaluate(system, archive.gold, EvaluationSettings()).report.rows)


def turns(system: System, archive: Archive) -> list[Row]:
    """Return how soon a gold turn comes, and how many of them are among the first ten and the first 500 words."""
    qrels = judge_passages(archive.gold.spans, system.passages())
    rankings = {q.id: system.rank(q.question, DEPTH) for q in archive.gold.questions}
    run = [line for name, ranked in rankings.items() for line in as_run(name, ranked)]
    values = retrieval_values(qrels, run, rankings)
    for name, ranked in rankings.items():
        spans = archive.gold.spans[name]
        values[name]["turns@10"] = _covered(spans, ranked[:10])
        values[name]["turns@500 words"] = _covered(spans, _within(ranked, archive.gold.texts, 500))
    return [_row(question, values[question.id]) for question in archive.gold.questions]


def _covered(spans: Sequence[GoldSpan], ranked: Sequence[Ranked]) -> float:
    pieces = [piece for row in ranked for piece in row.segments]
    return sum(2 * overlap(span.segments, pieces) >= len(span.segments[0]) for span in spans) / len(spans)


def _within(ranked: Sequence[Ranked], texts: Mapping[str, str], words: int) -> list[Ranked]:
    kept = []
    for row in ranked:
        words -= sum(len(texts[row.source][piece.start : piece.end].split()) for piece in row.segments)
        if words < 0:
            break
        kept.append(row)
    return kept


def sentences(system: System, archive: Archive) -> list[Row]:
    """Return MRR and MAP of the right sentence among those of its section, in the order that passages bring."""
    by_source: dict[str, list[Paragraph]] = {}
    for unit in archive.units:
        by_source.setdefault(unit.source, []).append(unit)
    rows = []
    everything = len(system.passages())
    for question in archive.gold.questions:
        spans = archive.gold.spans[question.id]
        own = [row for row in system.rank(question.question, everything) if row.source == spans[0].source]
        order = _sentences(own, by_source[spans[0].source])
        ranked = [Ranked(unit.id, unit.source, (unit.span,), -float(at)) for at, unit in enumerate(order)]
        right = {unit.id for unit in by_source[spans[0].source] for span in spans if unit.span == span.segments[0]}
        qrels = [Qrel(question.id, name, 1) for name in sorted(right)]
        found = retrieval_values(qrels, as_run(question.id, ranked), [question.id])[question.id]
        rows.append(_row(question, {f"{name} {question.kind}": found[name] for name in ("MRR", "MAP")}))
    return rows


def _sentences(ranked: Sequence[Ranked], units: Sequence[Paragraph]) -> list[Paragraph]:
    hits = (unit for row in ranked for unit in units if 2 * overlap(row.segments, (unit.span,)) >= len(unit.span))
    return list(dict.fromkeys(hits))


def _row(question: GoldQuestion, values: Mapping[str, float]) -> Row:
    return Row(question.id, question.split, question.kind, question.unanswerable, 0.0, dict(values))


@dataclass(frozen=True)
class Collection:
    """A set of other people's: where it is, what is measured, how it is laid out and how a system is scored on it."""

    name: str
    file: str
    about: str
    columns: tuple[str, ...]
    read: Callable[[Any], list[Archive]]
    score: Callable[[System, Archive], list[Row]]
    lines: bool = False


QUOTED = ("hit@1", "first@1", "first@3", "any length@1", "success@10")
COLLECTIONS = (
    Collection("FriendsQA", "friendsqa/friendsqa_dev.json", "136 scenes as labelled transcripts, one archive",
               (*QUOTED, "speaker", "wrong speaker"), friendsqa, answers),
    Collection("QMSum", "qmsum/ALL-val.jsonl", "35 meetings, an archive each; a plain system's unit is a turn",
               ("success@1", "success@3", "success@10", "turns@10", "turns@500 words"), qmsum, turns, lines=True),
    Collection("SQuAD 2.0", "squad2/dev-v2.0.json", "646 paragraphs, one archive, half of the questions unanswerable",
               (*QUOTED, "AUROC", "false answers at 90 %"), squad, answers),
    Collection("SelQA", "selqa/selqa-ass-dev.json", "the right sentence of a section",
               ("MRR plain", "MRR paraphrased", "MAP plain", "MAP paraphrased"), selqa, sentences),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table a set."""
    options = parse(arguments)
    encoder = open_encoder(None, CACHE / "models")
    tables = []
    for collection in COLLECTIONS:
        path = options.archives / collection.file
        if options.only and collection.name not in options.only:
            continue
        if not path.is_file():
            say(f"{collection.name} is skipped: {path} is not there")
            continue
        tables.append(table(collection, sampled(read(collection, path), options.limit), encoder))
        print(tables[-1], flush=True)
    if options.markdown:
        options.markdown.write_text("\n".join(tables), encoding="utf-8")
    return 0


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(description="Other people's judgements.")
    parser.add_argument("--archives", type=Path, default=ROOT.parent / "shared" / "archives")
    parser.add_argument("--only", nargs="*", choices=[collection.name for collection in COLLECTIONS])
    parser.add_argument("--limit", type=int, default=0, help="how many questions of each set, 0 for all")
    parser.add_argument("--markdown", type=Path, help="write the tables here as well")
    return parser.parse_args(arguments)


def read(collection: Collection, path: Path) -> list[Archive]:
    """Return the archives of a set."""
    text = path.read_text(encoding="utf-8")
    return collection.read([json.loads(line) for line in text.splitlines()] if collection.lines else json.loads(text))


def sampled(archives: Sequence[Archive], limit: int) -> list[Archive]:
    """Return the archives with at most `limit` questions in all, always the same; every text is kept."""
    names = [(at, question.id) for at, archive in enumerate(archives) for question in archive.gold.questions]
    kept = set(random.Random(1968).sample(names, limit) if 0 < limit < len(names) else names)
    chosen = []
    for at, archive in enumerate(archives):
        questions = tuple(question for question in archive.gold.questions if (at, question.id) in kept)
        if questions:
            chosen.append(replace(archive, gold=replace(archive.gold, questions=questions)))
    return chosen


def table(collection: Collection, archives: Sequence[Archive], encoder: Encoder) -> str:
    """Return the table of a set in Markdown: a system a row."""
    rows: dict[str, list[Row]] = {}
    for archive in archives:
        for system in systems(archive, encoder):
            started = time.perf_counter()
            rows.setdefault(system.name, []).extend(collection.score(system, archive))
            say(f"{collection.name}, {system.name}: {time.perf_counter() - started:.1f} s")
    count = sum(len(archive.gold.questions) for archive in archives)
    lines = [
        f"### {collection.name}",
        "",
        f"{collection.about[0].upper()}{collection.about[1:]}; {count} questions.",
        "",
    ]
    lines.append("| system | " + " | ".join(collection.columns) + " |")
    lines.append("|---" * (len(collection.columns) + 1) + "|")
    for name, own in rows.items():
        lines.append(f"| {name} | " + " | ".join(shown(figure(column, own)) for column in collection.columns) + " |")
    return "\n".join(lines) + "\n"


def systems(archive: Archive, encoder: Encoder) -> Iterator[System]:
    """Yield ours over the archive's files, then the plain systems."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        for name, text in archive.gold.texts.items():
            (files / name).parent.mkdir(parents=True, exist_ok=True)
            (files / name).write_text(text, encoding="utf-8")
        try:
            build_index([files], Path(folder) / "index")
            yield ArchiveSystem(open_index(Path(folder) / "index"), "ours")
        except QAError as error:
            say(f"ours is left out: {error}")
    yield from plain_systems(archive.units, encoder)


def figure(name: str, rows: Sequence[Row]) -> Figure | None:
    """Return a measure over the rows that have it."""
    judged = [Judged(row.confidence, bool(row.values.get("first@1")), not row.unanswerable) for row in rows]
    if name in ("AUROC", "false answers at 90 %"):
        ordered = Ordered(judged)
        found = resamples(len(rows)).interval_of(
            ordered.auroc if name == "AUROC" else lambda weights: ordered.false_answers(weights, 0.9)
        )
    else:
        values = [value for row in rows if (value := row.values.get(name)) is not None]
        if not values:
            return None
        found = bootstrap(values)
    return Figure(name, found.value, found.low, found.high, found.count)


def say(line: str) -> None:
    """Print to standard error: the tables alone go to standard output."""
    print(line, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
