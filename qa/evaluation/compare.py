"""Two reports against each other: what got better, what got worse, and whether that may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.evaluation.report import LOWER_IS_BETTER, Column, Report, Row, aligned
from qa.evaluation.statistics import randomisation_test

TOLERANCES: Mapping[str, float] = {
    "hit@1": 0.01,
    "hit@3": 0.01,
    "speaker": 0.01,
    "addressee": 0.01,
    "document": 0.005,
    "page": 0.005,
    "verbatim": 0.0,
    "false answers": 0.02,
    "AUROC": 0.01,
    "MRR": 0.01,
    "nDCG@10": 0.01,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A measure of a split before and after; `p` is of the paired randomisation test where both asked the same."""

    split: str
    name: str
    before: float
    after: float
    p: float | None
    regression: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changes of measures, and the questions (by id) that changed sides with what happens now."""

    changes: tuple[Change, ...]
    better: tuple[tuple[str, str], ...]
    worse: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()

    @property
    def regressions(self) -> tuple[str, ...]:
        """Return one line for each measure that fell by more than its tolerance."""
        return tuple(
            f"{c.split} {c.name}: {c.before:.3f} before, {c.after:.3f} now" for c in self.changes if c.regression
        )


def compare(report: Report, baseline: Report, tolerances: Mapping[str, float] = TOLERANCES) -> Comparison:
    """Return what changed from the baseline to the report, measure by measure and question by question.

    A measure with a tolerance that fell by more, or that is no longer measured, is a regression.
    """
    old = {row.id: row for row in baseline.rows}
    pairs = [(old[row.id], row) for row in report.rows if row.id in old]
    changes = [
        change
        for before in baseline.columns
        if (after := report.column(before.split))
        for change in _changes(before, after, [p for p in pairs if before.split in ("all", p[1].split)], tolerances)
    ]
    moved = [(_score(now) - _score(then), then, now) for then, now in pairs]
    return Comparison(
        tuple(changes),
        tuple((now.id, then.failure) for step, then, now in moved if step > 0),
        tuple((now.id, now.failure) for step, then, now in moved if step < 0),
        tuple(_notes(report, baseline, len(pairs))),
    )


def side_by_side(report: Report, others: Sequence[Report]) -> Report:
    """Return the report with the columns of other systems, and a paired test of first@1 against each."""
    own = {row.id: row for row in report.rows}
    paired: dict[str, float] = {}
    for other in others:
        if other.gold != report.gold or {row.id for row in other.rows} != set(own):
            raise ValueError(f"{other.system} was not asked the same questions as {report.system}")
        p = _p("first@1", [(own[row.id], row) for row in other.rows])
        paired |= {} if p is None else {other.system: p}
    return replace(report, others={other.system: other.columns for other in others}, paired=paired)


def as_lines(comparison: Comparison) -> str:
    """Return the comparison as plain text: the measures that moved, then the questions that changed sides."""
    table = [["measure", "before", "now", "p", ""]]
    table += [
        [f"{c.split} {c.name}", f"{c.before:.3f}", f"{c.after:.3f}", "" if c.p is None else f"{c.p:.4f}", _mark(c)]
        for c in comparison.changes
        if c.regression or round(c.before, 3) != round(c.after, 3)
    ]
    parts = [*comparison.notes, aligned(table) if len(table) > 1 else "no measure moved"]
    for word, rows in (("better", comparison.better), ("worse", comparison.worse)):
        parts += [f"{word}: {name}" + (f" ({why})" if why else "") for name, why in rows]
    return "\n".join(parts) + "\n"


def _changes(
    before: Column, after: Column, pairs: Sequence[tuple[Row, Row]], tolerances: Mapping[str, float]
) -> list[Change]:
    changes = []
    for figure in before.figures:
        now = after.figure(figure.name)
        if now is None:
            if figure.name in tolerances:
                changes.append(Change(before.split, figure.name, figure.value, 0.0, None, regression=True))
            continue
        fall = now.value - figure.value if figure.name in LOWER_IS_BETTER else figure.value - now.value
        regression = figure.name in tolerances and round(fall, 6) > tolerances[figure.name]
        p = _p(figure.name, pairs)
        changes.append(Change(before.split, figure.name, figure.value, now.value, p, regression))
    return changes


def _p(name: str, pairs: Sequence[tuple[Row, Row]]) -> float | None:
    values = [
        (a, b)
        for then, now in pairs
        if (a := then.values.get(name)) is not None and (b := now.values.get(name)) is not None
    ]
    if not values:
        return None
    return randomisation_test([a for a, _ in values], [b for _, b in values])


def _score(row: Row) -> float:
    """Return how good one question's outcome is: the first quotation decides, then the first three."""
    if row.unanswerable:
        return -(row.values.get("false answers") or 0.0)
    return 2 * (row.values.get("hit@1") or 0.0) + (row.values.get("hit@3") or 0.0)


def _notes(report: Report, baseline: Report, shared: int) -> list[str]:
    if report.gold == baseline.gold:
        return []
    return [f"the gold set has changed: {shared} of {len(report.rows)} questions were asked before"]


def _mark(change: Change) -> str:
    return "REGRESSION" if change.regression else ""
