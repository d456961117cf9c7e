"""The report as one page that needs nothing beside it: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources

from qa.evaluation.charts import Line, bars, curves, reliability_diagram
from qa.evaluation.report import LOWER_IS_BETTER, Column, Report, Row, Sample, comparison_table, shown

_STYLES = ("one", "two", "three")


def as_html(report: Report) -> str:
    """Return the page: headline figures, pictures, the table, systems side by side, and the failures."""
    title = f"Evaluation of {report.system}"
    body = [
        f"<header><h1>{escape(title)}</h1><p>{escape(_asked(report))}</p></header>",
        _headline(report.column("test") or report.columns[-1]),
        _pictures(report),
        _section("Measures", _figures(report), "With 95 % bootstrap intervals; ↓ marks measures where less is better."),
    ]
    if report.others:
        note = "Same questions, same scoring. Quotations count whether or not they would be shown."
        body.append(_section("Systems side by side", _table(comparison_table(report)), note))
    body += [_section(beside.title, _table(beside.rows), beside.note) for beside in report.beside]
    body += [_samples(title, note, samples) for title, note, samples in _picked(report) if samples]
    body.append(_failures(report.rows))
    if report.without_result:
        body.append(_section("Without any result", f"<p>{escape(', '.join(report.without_result))}</p>"))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>\n<style>{_style()}</style></head>\n<body><main>"
        + "\n".join(body)
        + "</main></body></html>\n"
    )


@cache
def _style() -> str:
    return resources.files("qa").joinpath("data", "report.css").read_text(encoding="utf-8")


def _asked(report: Report) -> str:
    parts = [
        f"{c.split}: {c.answerable} answerable and {c.unanswerable} unanswerable questions" for c in report.columns
    ]
    return "; ".join(parts) + f". Gold set {report.gold[:12]}."


def _headline(column: Column) -> str:
    tiles = []
    for name in ("hit@1", "hit@3", "verbatim", "speaker", "addressee", "AUROC", "false answers"):
        figure = column.figure(name)
        if figure:
            between = "" if figure.low is None else f"<small>{figure.low:.3f} – {figure.high:.3f}</small>"
            mark = " ↓" if name in LOWER_IS_BETTER else ""
            tiles.append(f"<li><b>{figure.value:.3f}</b><span>{escape(name + mark)}</span>{between}</li>")
    kept = ", kept apart from all fitting" if column.split == "test" else ""
    return f'<ul class="tiles">{"".join(tiles)}</ul><p class="note">Questions: {escape(column.split)}{kept}.</p>'


def _pictures(report: Report) -> str:
    columns = report.columns
    lines = [Line(c.split, c.risk_coverage, style) for c, style in zip(columns, _STYLES, strict=False)]
    top = max((risk for column in columns for _, risk in column.risk_coverage), default=1.0)
    last = columns[-1]
    drawn = (
        ("Risk and coverage", "How many of the answers are wrong when only the surest are given.",
         curves(lines, "risk-coverage curve", "share of questions answered", "share of them wrong", _ceiling(top))),
        ("Reliability", f"How often answers of a confidence are right ({last.split}); numbers count questions.",
         reliability_diagram(last.reliability, "reliability diagram")),
        (f"hit@1 by kind of question ({last.split})", "Whiskers are 95 % intervals.",
         bars(last.kinds, "hit@1 by kind")),
    )  # fmt: skip
    figures = [
        f"<figure><h2>{escape(head)}</h2>{svg}<figcaption>{escape(note)}</figcaption></figure>"
        for head, note, svg in drawn
    ]
    return f'<div class="pictures">{"".join(figures)}</div>'


def _ceiling(top: float) -> float:
    """Return the quarter at or above the value, at most 1, so that small risks are drawn large."""
    return next((end for end in (0.1, 0.2, 0.4, 0.6, 0.8) if top <= end), 1.0)


def _figures(report: Report) -> str:
    names = list(dict.fromkeys(figure.name for column in report.columns for figure in column.figures))
    table = [["measure", *(column.split for column in report.columns)]]
    for name in names:
        mark = " ↓" if name in LOWER_IS_BETTER else ""
        table.append([name + mark, *(shown(column.figure(name)) for column in report.columns)])
    return _table(table)


def _table(table: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table[0])
    rows = [f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(map(_cell, row[1:])) + "</tr>" for row in table[1:]]
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


_PLEASING = "The surest that are right, each of another document and another kind of question as far as there are such."
_WORST = (
    "The surest mistakes: none of the first three quotations answers, or something is quoted though the archive does "
    "not say."
)


def _cell(text: str) -> str:
    value, _, below = text.partition("\n")
    return f"<td>{escape(value)}{f'<br><small>{escape(below)}</small>' if below else ''}</td>"


def _picked(report: Report) -> tuple[tuple[str, str, Sequence[Sample]], ...]:
    good, bad = len(report.pleasing), len(report.worst)
    return (
        (
            "One answer that pleases" if good == 1 else f"{_number(good)} answers that please",
            _PLEASING,
            report.pleasing,
        ),
        (
            "The worst that remains" if bad == 1 else f"The {_number(bad).lower()} worst that remain",
            _WORST,
            report.worst,
        ),
    )


def _number(count: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)


def _samples(title: str, note: str, samples: Sequence[Sample]) -> str:
    articles = "".join(
        _article(
            one.question,
            f"{escape(one.failure)} {_facts(one.id, one.kind, one.confidence)}",
            one.expected,
            one.why,
            f'<blockquote>{escape(one.quote)}</blockquote><p class="said">{escape(one.said)}</p>'
            f'<p class="cited">{escape(one.citation)}</p>',
        )
        for one in samples
    )
    return _section(title, articles, f"Picked by rule among the questions of dev. {note}")


def _failures(rows: Sequence[Row]) -> str:
    failed = [row for row in rows if row.failure]
    told = [row for row in failed if row.question]
    untold = [row for row in failed if not row.question]
    parts = [_failure(row) for row in sorted(told, key=lambda row: (-row.confidence, row.id))]
    if untold:
        reasons = Counter(row.failure.partition(";")[0] for row in untold)
        listed = [f"<li>{count} {escape(reason)}</li>" for reason, count in sorted(reasons.items(), key=_most_first)]
        parts.append(
            "<p>Failures among the questions kept for testing are counted only: what is read is no longer a test.</p>"
            f"<ul>{''.join(listed)}</ul>"
        )
    note = "Of the questions of dev, the surest mistakes first."
    return _section(f"Failures ({len(failed)} of {len(rows)})", "".join(parts), note)


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return (-item[1], item[0])


def _failure(row: Row) -> str:
    given = f"<blockquote>{escape(row.given)}</blockquote>" if row.given else "<p><em>nothing</em></p>"
    why = f"{escape(row.failure)} {_facts(row.id, row.kind, row.confidence)}"
    return _article(row.question, why, row.expected, "", given)


def _facts(name: str, kind: str, confidence: float) -> str:
    return f"<small>{escape(name)} · {escape(kind)} · confidence {confidence:.2f}</small>"


def _article(question: str, why: str, expected: Sequence[str], reason: str, given: str) -> str:
    """Return a question with what was expected and what was given; all but the question and texts are HTML."""
    wanted = "".join(f"<blockquote>{escape(text)}</blockquote>" for text in expected)
    silent = "the archive does not say" + (f": {reason}" if reason else "")
    return (
        f'<article><h3>{escape(question)}</h3><p class="why">{why}</p><div class="pair">'
        f"<div><h4>expected</h4>{wanted or f'<p><em>{escape(silent)}</em></p>'}</div>"
        f"<div><h4>given</h4>{given}</div></div></article>"
    )


def _section(title: str, body: str, note: str = "") -> str:
    said = f'<p class="note">{escape(note)}</p>' if note else ""
    return f"<section><h2>{escape(title)}</h2>{said}{body}</section>"
