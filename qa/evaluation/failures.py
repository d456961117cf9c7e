"""Why an answer fails, in one line a reader understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.evaluation.gold import GoldQuestion, GoldSpan
from qa.evaluation.systems import Outcome


def failure(
    question: GoldQuestion, spans: Sequence[GoldSpan], outcome: Outcome, values: Mapping[str, float | None]
) -> str:
    """Return why the outcome is not good, "" where it is."""
    if question.unanswerable:
        return "answered, though the archive does not say" if outcome.answered else _false_words(values)
    if values.get("hit@1"):
        return _slip(values)
    reason = _miss(spans, outcome, values)
    found = values.get("MRR")
    place = f"; first relevant passage at rank {round(1 / found)}" if found else "; no relevant passage retrieved"
    return reason + place


def _miss(spans: Sequence[GoldSpan], outcome: Outcome, values: Mapping[str, float | None]) -> str:
    if not outcome.ranked:
        return "nothing given"
    if not outcome.answered:
        return "silent, though the nearest quotation answers" if values.get("first@1") else "silent"
    if values.get("any length@1"):
        return "the answer stands in a quotation that is too long"
    if values.get("hit@3"):
        return "right quotation at rank 2 or 3"
    same = outcome.ranked[0].document in {span.document for span in spans}
    return "another passage of the right document" if same else "another document"


def _slip(values: Mapping[str, float | None]) -> str:
    """Return what is wrong about a right quotation."""
    for name in ("speaker", "addressee"):
        if values.get(f"wrong {name}"):
            return f"right quotation, wrong {name}"
        if values.get(name) == 0.0:
            return f"right quotation, {name} unknown"
    for name in ("document", "page"):
        if values.get(name) == 0.0:
            return f"right quotation, wrong {name}"
    return _false_words(values)


def _false_words(values: Mapping[str, float | None]) -> str:
    return "a quotation is not verbatim" if values.get("verbatim") == 0.0 else ""
