"""Answers to look at: those that please and the worst that remain, picked by a rule and never by hand.

Only questions of the `dev` split are picked: what is read is no test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from qa.evaluation.gold import GoldQuestion, GoldSet, Split
from qa.evaluation.report import Row, Sample
from qa.evaluation.systems import Given, Outcome

MOST = 10
_BASES = {"reported": "in reported speech", "quoted": "quoted by another", "narrator": "as the narrator"}
Key = Callable[[Row], Sequence[str]]


def pleasing(
    rows: Sequence[Row], gold: GoldSet, outcomes: Mapping[str, Outcome], most: int = MOST
) -> tuple[Sample, ...]:
    """Return the surest answers without any fault, no two of one document or kind while there are others."""
    good = [row for row in _surest(rows) if row.values.get("hit@1") and not row.failure]
    return _samples(varied(good, lambda row: (outcomes[row.id].ranked[0].document, row.kind), most), gold, outcomes)


def worst(rows: Sequence[Row], gold: GoldSet, outcomes: Mapping[str, Outcome], most: int = MOST) -> tuple[Sample, ...]:
    """Return the surest mistakes: half of them where no quotation shown answers, half where the archive is silent.

    Where there are fewer of one sort, there are more of the other.
    """
    sure = [row for row in _surest(rows) if outcomes[row.id].answered]
    wrong = [row for row in sure if not row.unanswerable and not row.values.get("hit@3")]
    false = [row for row in sure if row.unanswerable]
    ours = min(len(wrong), max(most - most // 2, most - len(false)))
    picked = [*wrong[:ours], *false[: most - ours]]
    return _samples(_surest(picked), gold, outcomes)


def varied(rows: Sequence[Row], keys: Key, most: int) -> list[Row]:
    """Return the first rows no two of which share a key; where these are too few, then no three, and so on."""
    kept: list[Row] = []
    for allowed in count(1):
        seen = Counter((place, key) for row in kept for place, key in enumerate(keys(row)))
        for row in rows:
            own = list(enumerate(keys(row)))
            if row not in kept and len(kept) < most and all(seen[key] < allowed for key in own):
                kept.append(row)
                seen.update(own)
        if len(kept) >= min(most, len(rows)):
            break
    return kept


def said(given: Given) -> str:
    """Return who said it to whom and when, as far as it is known.

    >>> from qa.spans import Span
    >>> said(Given("No.", "a.txt", (Span(0, 3),), "Anna Roe", ("Li Wei",), "a", (), "1968-02", "reported"))
    'Anna Roe to Li Wei, 1968-02, in reported speech'
    """
    whom = f" to {' and '.join(given.addressees)}" if given.addressees else ""
    who = f"{given.speaker or 'somebody'}{whom}" if given.speaker or whom else ""
    return ", ".join(part for part in (who, given.date or "", _BASES.get(given.basis or "", "")) if part)


def _surest(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of `dev`, the surest first; equals by their names."""
    return sorted((row for row in rows if row.split == Split.DEV), key=lambda row: (-row.confidence, row.id))


def _samples(rows: Sequence[Row], gold: GoldSet, outcomes: Mapping[str, Outcome]) -> tuple[Sample, ...]:
    questions = {question.id: question for question in gold.questions}
    return tuple(_sample(row, questions[row.id], gold, outcomes[row.id].ranked[0]) for row in rows)


def _sample(row: Row, question: GoldQuestion, gold: GoldSet, given: Given) -> Sample:
    return Sample(
        id=row.id,
        kind=row.kind,
        confidence=row.confidence,
        question=question.question,
        quote=given.quote,
        said=said(given),
        citation=given.citation,
        expected=tuple(span.text for span in gold.spans.get(row.id, ())),
        why=question.why,
        failure=row.failure,
    )
