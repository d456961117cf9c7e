"""The measures, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qa.assistant.system import ArchiveSystem
from qa.cli.output import tell, write
from qa.cli.progress import Progress
from qa.evaluation import EvaluationSettings, check_gold, compare, evaluate, load_gold, read_report, write_evaluation
from qa.evaluation.compare import as_lines
from qa.evaluation.gold import Split, prepare
from qa.evaluation.measures import Judging
from qa.evaluation.report import as_text
from qa.names.keys import same_name

if TYPE_CHECKING:
    from qa.assistant import Assistant


def _same(assistant: Assistant) -> Callable[[str, str], bool]:
    """Return whether two names are one person's: by their spelling, or because the archive knows one person by both."""

    def same(one: str, two: str) -> bool:
        if same_name(one, two):
            return True
        first, second = assistant.people.resolve(one), assistant.people.resolve(two)
        return first is not None and second is not None and first.name == second.name

    return same


def check(assistant: Assistant, gold: Path) -> int:
    """Write one line for each fault of a gold set and return 1, or say that it is sound and return 0."""
    questions = load_gold(gold)
    faults = check_gold(questions, assistant.sources(), assistant.documents(), assistant.knows)
    if not faults:
        tell(f"{gold}: {len(questions)} questions, all sound\n")
    write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def run(assistant: Assistant, gold: Path, split: Split | None, out: Path | None, against: Path | None) -> int:
    """Write the measures, and what changed since an earlier report; return 1 if a measure fell beyond its tolerance."""
    before = read_report(against) if against else None
    questions = prepare(load_gold(gold), assistant.sources(), assistant.documents())
    progress = Progress()
    try:
        settings = EvaluationSettings(split, judging=Judging(same_name=_same(assistant)))
        done = evaluate(ArchiveSystem(assistant), questions, settings, progress)
    finally:
        progress.close()
    write(as_text(done.report))
    if out:
        tell("".join(f"written: {path}\n" for path in write_evaluation(done, out)))
    if before is None:
        return 0
    comparison = compare(done.report, before)
    write("\n" + as_lines(comparison))
    return 1 if comparison.regressions else 0
