"""One evaluation from questions to report: every question asked, judged, then the means with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.errors import BadData
from qa.evaluation.abstention import Judged, Ordered, reliability
from qa.evaluation.beside import tables
from qa.evaluation.failures import failure
from qa.evaluation.gold import GoldQuestion, GoldSet, Split
from qa.evaluation.html import as_html
from qa.evaluation.measures import Judging, judge
from qa.evaluation.report import Column, Figure, Report, Row, to_json
from qa.evaluation.retrieval import MEASURES, as_run, judge_passages, retrieval_values
from qa.evaluation.samples import pleasing, worst
from qa.evaluation.statistics import Interval, Resampling, resamples
from qa.evaluation.systems import Outcome, System, read_outcome
from qa.evaluation.trec import Qrel, ScoredDoc, write_qrels, write_run

Progress = Callable[[int, int], None]

ANSWER_MEASURES = (
    "hit@1", "hit@3", "first@1", "first@3", "any length@1", "F1", "answered", "false answers", "verbatim",
    "document", "page", "speaker", "wrong speaker", "addressee", "wrong addressee",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EvaluationSettings:
    """What is asked (`split` of `None`: everything), how deep rankings go, and how answers are judged.

    Questions of the test split are reported by number only, unless `show_test` says otherwise: what is read is no test.
    """

    split: Split | None = None
    depth: int = 100
    judging: Judging = field(default_factory=Judging)
    resampling: Resampling = field(default_factory=Resampling)
    show_test: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A report with the run and the judgements that its measures of retrieval come from."""

    report: Report
    run: tuple[ScoredDoc, ...] = field(repr=False)
    qrels: tuple[Qrel, ...] = field(repr=False)


def evaluate(
    system: System,
    gold: GoldSet,
    settings: EvaluationSettings = EvaluationSettings(),
    progress: Progress = lambda done, total: None,
) -> Evaluation:
    """Return the evaluation of a system; `progress` is called with how many questions of how many are done.

    An empty index, a split without questions or one that holds only unanswerable questions is an error: no table of
    zeros comes of it.
    """
    questions = gold.of(settings.split)
    _refuse_empty(system, questions, settings.split)
    answerable = {question.id: gold.spans[question.id] for question in questions if not question.unanswerable}
    qrels = judge_passages(answerable, system.passages())
    outcomes: dict[str, Outcome] = {}
    run: list[ScoredDoc] = []
    for done, question in enumerate(questions, start=1):
        outcomes[question.id] = read_outcome(system.answer(question.question))
        run += as_run(question.id, system.rank(question.question, settings.depth))
        progress(done, len(questions))
    retrieved = retrieval_values(qrels, run, answerable)
    rows = tuple(
        _row(question, gold, outcomes[question.id], retrieved.get(question.id, {}), settings) for question in questions
    )
    silent = set(answerable) - {row.query_id for row in run}
    report = Report(
        system=system.name,
        gold=gold.sha256,
        columns=tuple(_columns(rows, settings.resampling)),
        rows=rows,
        without_result=tuple(sorted(silent)),
        pleasing=pleasing(rows, gold, outcomes),
        worst=worst(rows, gold, outcomes),
        settings={"depth": settings.depth, "max_words": settings.judging.max_words, "seed": settings.resampling.seed,
                  "resamples": settings.resampling.resamples},
    )  # fmt: skip
    return Evaluation(report, tuple(run), tuple(qrels))


def write_evaluation(evaluation: Evaluation, folder: Path) -> tuple[Path, ...]:
    """Write `run.trec`, `qrels.trec`, `report.json` and `report.html` into the folder and return their paths.

    What was measured apart and lies in the folder (`beside`) is shown in the report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    report = replace(evaluation.report, beside=tables(folder, evaluation.report.gold))
    names = ("run.trec", "qrels.trec", "report.json", "report.html")
    paths = tuple(folder / name for name in names)
    write_run(paths[0], evaluation.run, report.system)
    write_qrels(paths[1], evaluation.qrels)
    paths[2].write_text(to_json(report), encoding="utf-8")
    paths[3].write_text(as_html(report), encoding="utf-8")
    return paths


def _refuse_empty(system: System, questions: Sequence[GoldQuestion], split: Split | None) -> None:
    name = split or "whole"
    if not questions:
        raise BadData(f"the {name} gold set holds no question; choose another split")
    if all(question.unanswerable for question in questions):
        raise BadData(f"the {name} gold set holds only unanswerable questions; add some that have answers")
    if not system.passages():
        raise BadData(f"the index of {system.name} holds no passage; build it with qa index")


def _row(
    question: GoldQuestion,
    gold: GoldSet,
    outcome: Outcome,
    retrieved: Mapping[str, float],
    settings: EvaluationSettings,
) -> Row:
    spans = gold.spans.get(question.id, ())
    values = judge(question, spans, outcome, gold.texts, settings.judging)
    right = bool(values.get("first@1"))
    values = {**values, **retrieved, "Brier": (outcome.confidence - right) ** 2}
    reason = failure(question, spans, outcome, values)
    told = bool(reason) and (settings.show_test or question.split is not Split.TEST)
    return Row(
        id=question.id,
        split=question.split,
        kind=question.kind,
        unanswerable=question.unanswerable,
        confidence=outcome.confidence,
        values=values,
        failure=reason,
        question=question.question if told else "",
        expected=tuple(span.text for span in spans) if told else (),
        given=outcome.ranked[0].quote if told and outcome.ranked else "",
    )


def _columns(rows: Sequence[Row], how: Resampling) -> Iterator[Column]:
    splits = list(dict.fromkeys(row.split for row in rows))
    for split in sorted(splits):
        yield column_of(split, [row for row in rows if row.split == split], how)
    if len(splits) > 1:
        yield column_of("all", rows, how)


def column_of(split: str, rows: Sequence[Row], how: Resampling) -> Column:
    """Return the figures of some questions."""
    judged = [Judged(row.confidence, bool(row.values.get("first@1")), not row.unanswerable) for row in rows]
    figures = [
        figure
        for name in (*ANSWER_MEASURES, *MEASURES)
        if (figure := _mean(name, [row.values.get(name) for row in rows], how))
    ]
    kinds = sorted({row.kind for row in rows if not row.unanswerable})
    by_kind = (_mean(kind, [row.values.get("hit@1") for row in rows if row.kind == kind], how) for kind in kinds)
    return Column(
        split=split,
        answerable=sum(not row.unanswerable for row in rows),
        unanswerable=sum(row.unanswerable for row in rows),
        figures=(*figures, *_confidence(rows, judged, how)),
        kinds=tuple(figure for figure in by_kind if figure),
        risk_coverage=tuple(Ordered(judged).curve()),
        reliability=tuple((b.low, b.high, b.count, b.confidence, b.right) for b in reliability(judged)),
    )


def _mean(name: str, values: Sequence[float | None], how: Resampling) -> Figure | None:
    measured = [value for value in values if value is not None]
    return _figure(name, resamples(len(measured), how).interval(measured)) if measured else None


def _confidence(rows: Sequence[Row], judged: Sequence[Judged], how: Resampling) -> Iterator[Figure]:
    ordered, drawn = Ordered(judged), resamples(len(rows), how)
    if len({one.answerable for one in judged}) == 2:
        yield _figure("AUROC", drawn.interval_of(ordered.auroc))
        yield _figure("false answers at 90 %", drawn.interval_of(lambda w: ordered.false_answers(w, 0.90)))
        yield _figure("false answers at 95 %", drawn.interval_of(lambda w: ordered.false_answers(w, 0.95)))
    if len({one.right for one in judged}) == 2:
        yield _figure("AUROC of right", drawn.interval_of(ordered.auroc_right))
    yield _figure("risk-coverage area", drawn.interval_of(ordered.area))
    yield _figure("Brier", drawn.interval([row.values.get("Brier") or 0.0 for row in rows]))
    yield _figure("ECE", drawn.interval_of(ordered.calibration_error))


def _figure(name: str, interval: Interval) -> Figure:
    return Figure(name, interval.value, interval.low, interval.high, interval.count)
