"""Measures of retrieval, by ir-measures (trec_eval underneath); judgements of passages derived from gold spans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qa.errors import QAError
from qa.evaluation.gold import GoldSpan
from qa.evaluation.systems import PassageSpan, Ranked
from qa.evaluation.trec import Qrel, ScoredDoc, separated
from qa.spans import overlap

MEASURES: Mapping[str, str] = {
    "success@1": "Success@1",
    "success@3": "Success@3",
    "success@10": "Success@10",
    "recall@3": "R@3",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "MRR": "RR",
    "nDCG@10": "nDCG@10",
    "MAP": "AP",
}


class NoEvaluator(QAError):
    """The package that computes the measures of retrieval is not installed."""


def judge_passages(spans: Mapping[str, Sequence[GoldSpan]], passages: Iterable[PassageSpan]) -> list[Qrel]:
    """Return the relevant passages of each query: those that hold at least half of an acceptable span.

    So cutting the passages anew never spoils the gold set.
    """
    by_source: dict[str, list[PassageSpan]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, []).append(passage)
    return [
        Qrel(query, name, 1)
        for query, wanted in spans.items()
        for name in dict.fromkeys(
            passage.id for span in wanted for passage in by_source.get(span.source, ()) if _relevant(passage, span)
        )
    ]


def _relevant(passage: PassageSpan, span: GoldSpan) -> bool:
    apart = passage.segments[-1].end <= span.segments[0].start or passage.segments[0].start >= span.segments[-1].end
    return not apart and 2 * overlap(passage.segments, span.segments) >= sum(map(len, span.segments))


def as_run(query: str, ranked: Iterable[Ranked]) -> list[ScoredDoc]:
    """Return a ranking as lines of a run, the first mention of a passage only, with scores that fall strictly."""
    rows: dict[str, float] = {}
    for row in ranked:
        rows.setdefault(row.id, row.score)
    scores = separated(list(rows.values()))
    return [ScoredDoc(query, name, score) for name, score in zip(rows, scores, strict=True)]


def retrieval_values(
    qrels: Iterable[Qrel], run: Iterable[ScoredDoc], queries: Iterable[str]
) -> dict[str, dict[str, float]]:
    """Return each query's measures; a query without a relevant passage or without a result scores zero.

    "success@k" is 1 when a relevant passage is among the first k, "recall@k" the share of the relevant ones there.
    """
    try:
        import ir_measures
    except ImportError as error:
        raise NoEvaluator("ir-measures is not installed; pip install ir-measures") from error
    values = {query: dict.fromkeys(MEASURES, 0.0) for query in queries}
    names = {str(ir_measures.parse_measure(text)): name for name, text in MEASURES.items()}
    judged = [ir_measures.Qrel(row.query_id, row.doc_id, row.relevance) for row in qrels]
    scored = [ir_measures.ScoredDoc(row.query_id, row.doc_id, row.score) for row in run]
    if judged and scored:
        for metric in ir_measures.iter_calc(list(map(ir_measures.parse_measure, names)), judged, scored):
            if metric.query_id in values:
                values[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    return values
