"""Why an answer ranks where it does: what was understood of the question, and each feature of each answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.answer.records import Answer, Reply
from qa.citation import day
from qa.question.records import Question
from qa.render.screen import Screen
from qa.render.wrapping import cells, clean, paragraph

BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_VALUE = 7


def render_explanation(reply: Reply, screen: Screen) -> str:
    """Return what was understood of the question, the confidence, and the answers' features side by side."""
    answers = reply.answers or reply.closest
    rows = [paragraph(line, screen.measure, "", "  ") for line in _understood(reply.question)]
    rows.append(f"confidence {reply.confidence:.2f} that the first answer answers")
    if any(answer.features for answer in answers):
        rows += ["", *_table(answers, screen)]
    if reply.timings:
        spent = ", ".join(f"{name} {value:.0f} ms" for name, value in reply.timings.items())
        rows += ["", screen.dim(paragraph(spent, screen.measure))]
    return "\n".join(rows) + "\n"


def _understood(question: Question) -> list[str]:
    dates = [f"{word} {day(date)}" for word, date in (("from", question.after), ("to", question.before)) if date]
    said = (
        ("kind of answer", (question.kind.value,)),
        ("speaker", question.speakers),
        ("addressee", question.addressees),
        ("mentioned", question.mentioned),
        ("dates", tuple(dates)),
        ("words", question.terms),
    )
    return [f"{name}: {', '.join(values)}" for name, values in said if values]


def _table(answers: Sequence[Answer], screen: Screen) -> list[str]:
    names = list(dict.fromkeys(clean(name) for answer in answers for name in answer.features))
    label = max(map(cells, names))
    bars = label + len(answers) * (_VALUE + BAR + 3) <= max(screen.width, screen.measure)
    width = _VALUE + (BAR + 1 if bars else 0)
    rows = [" " * label + "".join(f"  {f'answer {a.rank}':<{width}}" for a in answers)]
    rows.append(_row("score", label, [a.score for a in answers], bars))
    rows += [_row(name, label, [a.features.get(name) for a in answers], bars) for name in names]
    return [row.rstrip() for row in rows]


def _row(name: str, label: int, values: Sequence[float | None], bars: bool) -> str:
    most = max((abs(v) for v in values if v is not None and math.isfinite(v)), default=0.0)
    drawn = "".join(f"  {_value(v)}{' ' + bar(v, most) if bars else ''}" for v in values)
    return name + " " * (label - cells(name)) + drawn


def _value(value: float | None) -> str:
    return f"{'-' if value is None else f'{value:.3f}':>{_VALUE}}"


def bar(value: float | None, most: float) -> str:
    """Return a bar of eighths of a column, the most as long as can be; what is negative has none.

    >>> bar(1.0, 2.0), bar(-1.0, 2.0)
    ('████    ', '        ')
    """
    if value is None or not math.isfinite(value) or value <= 0 or most <= 0:
        return " " * BAR
    whole, part = divmod(round(value / most * BAR * 8), 8)
    return ("█" * whole + (_EIGHTHS[part] if part else "")).ljust(BAR)
