"""The report of an evaluation: records, their JSON form `qa.report/1`, and the table for the terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from qa.errors import BadData

SCHEMA = "qa.report/1"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value over `count` questions with its 95 % interval; `None` where it is undefined."""

    name: str
    value: float
    low: float | None
    high: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """The figures of one split and what its pictures are drawn from."""

    split: str
    answerable: int
    unanswerable: int
    figures: tuple[Figure, ...]
    kinds: tuple[Figure, ...]
    risk_coverage: tuple[tuple[float, float], ...] = ()
    reliability: tuple[tuple[float, float, int, float, float], ...] = ()

    def figure(self, name: str) -> Figure | None:
        """Return the figure of that name, `None` where it was not measured."""
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One question's values, and, where it failed, why, with what was expected and what was given.

    The words of questions of the `test` split are left out (empty) unless they were asked for.
    """

    id: str
    split: str
    kind: str
    unanswerable: bool
    confidence: float
    values: Mapping[str, float | None]
    failure: str = ""
    question: str = ""
    expected: tuple[str, ...] = ()
    given: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer to look at: what came first for a question, who said it, and what was expected.

    `why` says why an unanswerable question has no answer, `failure` what is wrong, "" where nothing is.
    """

    id: str
    kind: str
    confidence: float
    question: str
    quote: str
    said: str
    citation: str
    expected: tuple[str, ...]
    why: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was measured apart and is shown beside; the first row is its head."""

    title: str
    note: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    `others` are the columns of other systems that were asked the same questions, `paired` the p of a paired
    randomisation test of first@1 against each, over all questions. `pleasing` and `worst` are answers of the `dev`
    split, `beside` is what was measured apart.
    """

    system: str
    gold: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    without_result: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    others: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    paired: Mapping[str, float] = field(default_factory=dict)
    pleasing: tuple[Sample, ...] = ()
    worst: tuple[Sample, ...] = ()
    beside: tuple[Table, ...] = ()

    def column(self, split: str) -> Column | None:
        """Return the column of a split ("dev", "test" or "all")."""
        return next((column for column in self.columns if column.split == split), None)


LOWER_IS_BETTER = frozenset(
    {"false answers", "false answers at 90 %", "false answers at 95 %", "risk-coverage area", "Brier", "ECE",
     "wrong speaker", "wrong addressee"}
)  # fmt: skip


def to_json(report: Report) -> str:
    """Return the report as JSON text, keys in a fixed order, so that equal reports are equal files."""
    return json.dumps({"schema": SCHEMA, **_rounded(asdict(report))}, ensure_ascii=False, indent=1) + "\n"


def read_report(path: Path) -> Report:
    """Return the report of a `report.json`."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("schema", None) != SCHEMA:
            raise ValueError(f"its schema is not {SCHEMA}")
        return _report(data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadData(f"{path}: no report of this program ({error}); write it anew with qa eval") from error


def _report(data: dict[str, Any]) -> Report:
    others = {name: tuple(map(_column, columns)) for name, columns in data.pop("others").items()}
    columns = tuple(map(_column, data.pop("columns")))
    rows = tuple(Row(**{**row, "expected": tuple(row["expected"])}) for row in data.pop("rows"))
    silent = tuple(data.pop("without_result"))
    good, bad = (tuple(map(_sample, data.pop(name, ()))) for name in ("pleasing", "worst"))
    beside = tuple(Table(one["title"], one["note"], tuple(map(tuple, one["rows"]))) for one in data.pop("beside", ()))
    report = Report(**data, columns=columns, rows=rows, without_result=silent, others=others)
    return replace(report, pleasing=good, worst=bad, beside=beside)


def _sample(data: dict[str, Any]) -> Sample:
    return Sample(**{**data, "expected": tuple(data["expected"])})


def _column(data: dict[str, Any]) -> Column:
    parts = {name: tuple(Figure(**one) for one in data[name]) for name in ("figures", "kinds")}
    pairs = {name: tuple(map(tuple, data[name])) for name in ("risk_coverage", "reliability")}
    return Column(**{**data, **parts, **pairs})


def _rounded(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """Return the value with numbers of six decimals: more than is printed, fewer than machines differ in."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


def shown(figure: Figure | None) -> str:
    """Return a figure as tables print it.

    >>> shown(Figure("MRR", 0.5, 0.25, 0.75, 8))
    '0.500 [0.250, 0.750]'
    >>> shown(None)
    '–'
    """
    if figure is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3f}"
    return f"{figure.value:.3f} [{figure.low:.3f}, {figure.high:.3f}]"


def as_text(report: Report) -> str:
    """Return the report as a table of plain text: a measure a line, a split a column, then hit@1 by kind."""
    head = [
        f"{report.system}: "
        + "; ".join(f"{c.split} {c.answerable} + {c.unanswerable} unanswerable" for c in report.columns)
    ]
    names = _union([f.name for f in column.figures] for column in report.columns)
    table = [["measure", *(column.split for column in report.columns)]]
    table += [[name, *(shown(column.figure(name)) for column in report.columns)] for name in names]
    kinds = _union([f.name for f in column.kinds] for column in report.columns)
    by_kind = [["hit@1 by kind", *(column.split for column in report.columns)]]
    by_kind += [[name, *(_kind(column, name) for column in report.columns)] for name in kinds]
    parts = ["\n".join(head), aligned(table), aligned(by_kind)]
    if report.others:
        parts.append(aligned(comparison_table(report)))
    if report.without_result:
        parts.append(f"without result: {', '.join(report.without_result)}")
    return "\n\n".join(parts) + "\n"


def comparison_table(report: Report, measures: Sequence[str] = ()) -> list[list[str]]:
    """Return the systems side by side on the last column's split: one row a system, values only."""
    names = measures or ("first@1", "first@3", "any length@1", "MRR", "nDCG@10", "F1", "AUROC", "false answers at 90 %")
    split = report.columns[-1].split
    table = [["system", *names, "p (first@1)"]]
    for system, columns in {report.system: report.columns, **report.others}.items():
        column = next((one for one in columns if one.split == split), None)
        figures = [column.figure(name) if column else None for name in names]
        p = report.paired.get(system)
        cells = (f"{figure.value:.3f}" if figure else "–" for figure in figures)
        table.append([system, *cells, "" if p is None else f"{p:.4f}"])
    return table


def aligned(table: Sequence[Sequence[str]]) -> str:
    r"""Return the rows with their columns aligned, a line under the first.

    >>> print(aligned([["a", "b"], ["ccc", "0.5"]]))
    a    b
    ---  ---
    ccc  0.5
    """
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    rows = [list(table[0]), ["-" * width for width in widths], *map(list, table[1:])]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows)


def _union(lists: Any) -> list[str]:  # noqa: ANN401
    return list(dict.fromkeys(name for names in lists for name in names))


def _kind(column: Column, name: str) -> str:
    figure = next((figure for figure in column.kinds if figure.name == name), None)
    return f"{shown(figure)}  n={figure.count}" if figure else "–"
