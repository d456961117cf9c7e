"""What each part is worth: the answers refitted without it, on the development questions, and the measures without it.

    .venv/bin/python eval/ablation.py [--limit N] [--each] [--index FOLDER]

A part is a group of signs by which windows are ranked and the first answer is believed. Windows and signs are read once
a question; then for every part its signs are blanked and all weights are fitted anew (`eval/fit.py`), so that what is
left can take over what it can. `dev` figures are cross-validated by document, `test` figures come of weights fitted on
`dev` alone; of `test` nothing is printed but the means. Candidates are found as ever, by words and by vectors, whatever
part is switched off. The table is printed as it grows, and eval/ablation.json is written. `--each` switches off one
sign at a time instead, on `dev` alone, since signs are chosen by it; nothing is written then.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import fit
from eval.ablation_parts import Part, all_parts, single_parts, without
from eval.fit import Asked, Floats, Table
from eval.judging import opened
from qa.answer.confidence import SIGNS
from qa.answer.ranking import logistic
from qa.assistant.opened import Assistant
from qa.cli.progress import Progress
from qa.evaluation.abstention import Judged, Ordered
from qa.evaluation.beside import renew, telling
from qa.evaluation.gold import GoldQuestion, GoldSet, Split, load_gold, prepare
from qa.evaluation.statistics import bootstrap, randomisation_test, resamples

SCHEMA = "qa.ablation/1"
MEASURES = ("first@1", "first@3", "AUROC")
OUT = Path(__file__).with_name("ablation.json")


@dataclass(frozen=True)
class Collected:
    """The questions with all windows and signs: of `dev` also with the documents hidden that answer them."""

    dev: tuple[Asked, ...]
    real: int  # of `dev`, the first so many are asked as they stand in the gold set
    test: tuple[Asked, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """A value a question of one split: of the answerable hits, of all the confidence."""

    first: Floats
    three: Floats
    sure: Floats
    could: NDArray[np.bool_]


def collect(assistant: Assistant, gold: GoldSet, limit: int | None) -> Collected:
    """Return every question read once; `limit` takes so many of each split, spread over it."""
    dev, test = (_some(gold.of(split), limit) for split in (Split.DEV, Split.TEST))
    jobs = [(q, frozenset[str]()) for q in dev]
    jobs += [(q, frozenset(a.document for a in q.answers)) for q in dev if not q.unanswerable]
    jobs += [(q, frozenset()) for q in test]
    progress, found = Progress(), []
    for done, (question, hidden) in enumerate(jobs, start=1):
        found.append(fit.asked(assistant, gold, question, hidden))
        progress(done, len(jobs), "questions read")
    progress.close()
    cut = len(jobs) - len(test)
    return Collected(tuple(found[:cut]), len(dev), tuple(found[cut:]), {q.id: q.question for q in gold.questions})


def _some(questions: Sequence[GoldQuestion], limit: int | None) -> Sequence[GoldQuestion]:
    return questions if limit is None else questions[:: max(1, len(questions) // limit)]


def tables(assistant: Assistant, collected: Collected, part: Part) -> tuple[Table, Table]:
    """Return the signs and hits of `dev`, cross-validated, and of `test`, by weights fitted on `dev`."""
    dev = [without(q, part) for q in collected.dev]
    crossed = fit.crossed(assistant, dict(collected.texts), dev, collected.real)
    ranking = fit.fit_ranking([q for q in dev[: collected.real] if q.answerable])
    test = [without(q, part) for q in collected.test]
    rows = [fit.sign_row(assistant, dict(collected.texts), q, ranking) for q in test]
    could = np.array([q.answerable for q in test])
    hits = np.array([row[1:] for row, q in zip(rows, test, strict=True) if q.answerable], np.float64)
    signs = np.array([row[0] for row in rows])
    right = np.array([row[1] for row in rows])
    return crossed, Table(signs, right, hits, could, np.ones(len(rows), np.bool_))


def measured(collected: Collected, both: tuple[Table, Table], part: Part) -> tuple[Measured, Measured]:
    """Return the values of `dev` and `test` with the confidence fitted on `dev` without the part's signs."""
    gone = [i for i, name in enumerate(SIGNS) if name in part.sure]
    dev, test = (replace(table, signs=_blank(table.signs, gone)) for table in both)
    weight = fit.balanced(dev.could, dev.asked)
    crossed = fit.probabilities(dev, collected.dev, weight)
    weights = fit.confidence_weights(dev, weight)
    sure = [logistic(dict(zip(SIGNS, map(float, row), strict=True)), weights) for row in test.signs]
    return (
        Measured(dev.hits[:, 0], dev.hits[:, 1], crossed[dev.asked], dev.could[dev.asked]),
        Measured(test.hits[:, 0], test.hits[:, 1], np.array(sure), test.could),
    )


def _blank(signs: Floats, columns: Sequence[int]) -> Floats:
    left = signs.copy()
    left[:, columns] = 0.0
    return left


def _ordered(one: Measured) -> Ordered:
    return Ordered(
        [Judged(float(s), right=False, answerable=bool(c)) for s, c in zip(one.sure, one.could, strict=True)]
    )


def values(one: Measured) -> dict[str, float]:
    """Return the measures of one split."""
    auroc = _ordered(one).auroc(np.ones((1, len(one.sure)), dtype=np.int64))[0]
    return dict(zip(MEASURES, (float(one.first.mean()), float(one.three.mean()), float(auroc)), strict=True))


def worth(full: Measured, less: Measured) -> dict[str, dict[str, float]]:
    """Return by measure the value without a part, what the part is worth (the difference), its interval, and p.

    The p of a paired randomisation test is of hits alone: an area is no mean over questions.
    """
    left, found = values(less), {}
    for name, a, b in (("first@1", full.first, less.first), ("first@3", full.three, less.three)):
        gain = bootstrap((a - b).tolist())
        found[name] = {"value": left[name], "worth": gain.value, "low": gain.low, "high": gain.high,
                       "p": randomisation_test(a.tolist(), b.tolist())}  # fmt: skip
    whole, part = _ordered(full), _ordered(less)
    area = resamples(len(full.sure)).interval_of(lambda w: whole.auroc(w) - part.auroc(w))
    found["AUROC"] = {"value": left["AUROC"], "worth": area.value, "low": area.low, "high": area.high}
    return found


def ablate(assistant: Assistant, collected: Collected, parts: Sequence[Part]) -> Iterator[dict[str, object]]:
    """Yield the row of the whole, then one of each part."""
    nothing = Part("nothing")
    whole = tables(assistant, collected, nothing)
    full = measured(collected, whole, nothing)
    yield {"name": "the whole", **dict(zip(("dev", "test"), map(values, full), strict=True))}
    for part in parts:
        both = tables(assistant, collected, part) if part.reranks else whole
        less = measured(collected, both, part)
        off = {"signs": part.signs, "confidence": part.sure, "windows": part.windows}
        row = {split: worth(f, m) for split, f, m in zip(("dev", "test"), full, less, strict=True)}
        yield {"name": part.name, "off": {key: value for key, value in off.items() if value}, **row}


def line(row: Mapping[str, object], splits: Sequence[str] = ("dev", "test")) -> str:
    """Return a row as the terminal shows it: the value without the part, and what the part is worth."""
    cells = []
    for split in splits:
        for name in MEASURES:
            figure = row[split][name]  # type: ignore[index]
            cells.append(f"{figure:.3f}" + 16 * " " if isinstance(figure, float) else _cell(figure))
    return f"{row['name']!s:38}" + "  ".join(cells).rstrip()


def _cell(figure: Mapping[str, float]) -> str:
    p = f" p={figure['p']:.3f}" if "p" in figure else 8 * " "
    return f"{figure['value']:.3f} {figure['worth']:+.3f}{'*' if telling(figure) else ' '}{p}"


def rounded(value: object) -> object:
    """Return JSON values with numbers of six decimals."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Mapping):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list | tuple) else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=fit.HERE.parent / "indexes/archive")
    parser.add_argument("--limit", type=int, help="so many questions of each split, for a try; nothing is written")
    parser.add_argument("--each", action="store_true", help="one sign at a time, on dev alone; nothing is written")
    options = parser.parse_args()
    assistant = opened(options.index)
    gold = prepare(load_gold(fit.HERE / "gold.jsonl"), assistant.sources(), assistant.documents())
    collected = collect(assistant, gold, options.limit)
    splits = ("dev",) if options.each else ("dev", "test")
    print(f"{'without':38}" + "  ".join(f"{f'{s} {m}':21}" for s in splits for m in MEASURES), flush=True)
    rows = []
    for row in ablate(assistant, collected, single_parts() if options.each else all_parts()):
        rows.append(row)
        print(line(row, splits), flush=True)
    if options.limit is None and not options.each:
        write(gold, rows)


def write(gold: GoldSet, rows: Sequence[Mapping[str, object]]) -> None:
    """Write eval/ablation.json, and show it in the report where there is one."""
    counts = {s: [sum(q.unanswerable is no for q in gold.of(s)) for no in (False, True)] for s in Split}
    data = {"schema": SCHEMA, "gold": gold.sha256, "questions": counts, "whole": rows[0], "parts": rows[1:]}
    OUT.write_text(json.dumps(rounded(data), indent=1) + "\n", encoding="utf-8")
    print(f"written: {OUT}", file=sys.stderr)
    if OUT.with_name("report.json").is_file():
        renew(OUT.parent)


if __name__ == "__main__":
    main()
