"""How a contender is scored on other people's sets: values a question first, means, intervals and tests afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from eval.external_sets import Archive
from eval.external_systems import Contender
from qa.evaluation.abstention import Judged, Ordered
from qa.evaluation.gold import GoldQuestion, GoldSpan
from qa.evaluation.measures import Judging, judge
from qa.evaluation.report import LOWER_IS_BETTER, Row
from qa.evaluation.retrieval import retrieval_values
from qa.evaluation.statistics import Interval, bootstrap, randomisation_test, resamples
from qa.evaluation.systems import read_outcome
from qa.evaluation.trec import Qrel, ScoredDoc
from qa.names.keys import same_name
from qa.spans import overlap

Done = Callable[[], None]
Score = Callable[[Contender, Archive, Done], list[Row]]
DEPTH = 1000  # how deep an order is judged; sections are shorter, and so are nearly all meetings
JUDGING = Judging(same_name=same_name)  # our names leave out forms of address, labels of scenes do not
OF_CONFIDENCE: Mapping[str, Callable[[Ordered], Callable[..., object]]] = {
    "AUROC": lambda ordered: ordered.auroc,
    "false answers at 90 %": lambda ordered: lambda weights: ordered.false_answers(weights, 0.9),
}


def answers(system: Contender, archive: Archive, done: Done) -> list[Row]:
    """Return what the quotations are worth, and how soon a unit comes that holds an answer."""
    rows, orders, right, apart = [], {}, {}, {}
    for question in archive.gold.questions:
        outcome = read_outcome(system.answer(question.question))
        spans = archive.gold.spans.get(question.id, ())
        values = judge(question, spans, outcome, archive.gold.texts, JUDGING)
        if system.name != "ours":  # what knows no speakers names none, rightly or wrongly
            values |= {"speaker": None, "wrong speaker": None}
        if spans:
            orders[question.id] = system.order(question.question)[:DEPTH]
            right[question.id] = relevant(archive, spans)
            if archive.apart:
                apart[question.id] = system.order(question.question, spans[0].source)[:1]
        rows.append(_row(question, values, outcome.confidence))
        done()
    found = judged(right, orders)
    for name, first in apart.items():
        found[name]["success@1 in its scene"] = float(first[0] in right[name])
    return [_row(q, {**row.values, **found.get(q.id, {})}, row.confidence) for q, row in _paired(archive, rows)]


def turns(system: Contender, archive: Archive, done: Done) -> list[Row]:
    """Return how soon a gold turn comes, and how many of them are among the first turns and the first 500 words."""
    words = {unit.id: len(unit.text.split()) for unit in archive.units}
    orders, right, within = {}, {}, {}
    for question in archive.gold.questions:
        orders[question.id] = system.order(question.question)
        right[question.id] = relevant(archive, archive.gold.spans[question.id])
        within[question.id] = share_within(orders[question.id], right[question.id], words, 500)
        done()
    found = judged(right, orders)
    return [
        _row(question, {**found[question.id], "recall@500 words": within[question.id]})
        for question in archive.gold.questions
    ]


def sentences(system: Contender, archive: Archive, done: Done) -> list[Row]:
    """Return how soon the right sentences come among those of their section."""
    orders, right = {}, {}
    for question in archive.gold.questions:
        spans = archive.gold.spans[question.id]
        orders[question.id] = system.order(question.question, spans[0].source)
        right[question.id] = relevant(archive, spans)
        done()
    found = judged(right, orders)
    return [_row(question, found[question.id]) for question in archive.gold.questions]


def relevant(archive: Archive, spans: Sequence[GoldSpan]) -> set[str]:
    """Return the units that hold the greater part of a gold span."""
    sources = {span.source for span in spans}
    units = [unit for unit in archive.units if unit.source in sources]
    return {
        unit.id
        for span in spans
        for unit in units
        if unit.source == span.source and 2 * overlap(span.segments, (unit.span,)) > len(span.segments[0])
    }


def judged(right: Mapping[str, set[str]], orders: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Return each question's measures of retrieval, computed by trec_eval."""
    qrels = [Qrel(name, unit, 1) for name, units in right.items() for unit in sorted(units)]
    run = [ScoredDoc(name, unit, -float(at)) for name, order in orders.items() for at, unit in enumerate(order)]
    return retrieval_values(qrels, run, orders)


def share_within(order: Sequence[str], right: set[str], words: Mapping[str, int], most: int) -> float:
    """Return the share of the right units among the first that have at most so many words together.

    >>> share_within(["a", "b", "c"], {"b", "c"}, {"a": 3, "b": 2, "c": 1}, 5)
    0.5
    """
    found = 0
    for unit in order:
        most -= words[unit]
        if most < 0:
            break
        found += unit in right
    return found / len(right)


def figure(name: str, rows: Sequence[Row]) -> Interval | None:
    """Return a measure over the rows that have it, `None` where none has."""
    if name in OF_CONFIDENCE:
        ordered = Ordered(
            [Judged(row.confidence, bool(row.values.get("first@1")), not row.unanswerable) for row in rows]
        )
        return resamples(len(rows)).interval_of(OF_CONFIDENCE[name](ordered))  # type: ignore[arg-type]
    values = measured(name, rows)
    return bootstrap(list(values.values())) if values else None


def measured(name: str, rows: Sequence[Row]) -> dict[str, float]:
    """Return the values of the questions that have the measure."""
    return {row.id: value for row in rows if (value := row.values.get(name)) is not None}


def against_best(
    name: str, ours: Sequence[Row], others: Mapping[str, Sequence[Row]]
) -> tuple[float, str, float] | None:
    """Return ours less the best of the others, which that is, and the p of a paired randomisation test.

    `None` where there is nothing to pair: a measure of all questions together, or one that only ours has.
    """
    own = measured(name, ours)
    means = {}
    for system, rows in others.items():
        values = measured(name, rows)
        if own and values.keys() == own.keys():
            means[system] = sum(values.values()) / len(values)
    if name in OF_CONFIDENCE or not means:
        return None
    best = (min if name in LOWER_IS_BETTER else max)(means, key=lambda system: means[system])
    other = measured(name, others[best])
    p = randomisation_test(list(own.values()), [other[key] for key in own])
    return sum(own.values()) / len(own) - means[best], best, p


def _row(question: GoldQuestion, values: Mapping[str, float | None], confidence: float = 0.0) -> Row:
    return Row(question.id, question.split, question.kind, question.unanswerable, confidence, dict(values))


def _paired(archive: Archive, rows: Sequence[Row]) -> Sequence[tuple[GoldQuestion, Row]]:
    return list(zip(archive.gold.questions, rows, strict=True))
