"""How well the questions are answered: gold questions, measures, statistics, reports."""

from qa.evaluation.checking import check_gold
from qa.evaluation.compare import compare
from qa.evaluation.gold import load_gold, prepare
from qa.evaluation.report import read_report
from qa.evaluation.run import EvaluationSettings, evaluate, write_evaluation
from qa.evaluation.systems import PassageSpan, Ranked, System

__all__ = [
    "EvaluationSettings",
    "PassageSpan",
    "Ranked",
    "System",
    "check_gold",
    "compare",
    "evaluate",
    "load_gold",
    "prepare",
    "read_report",
    "write_evaluation",
]
