"""Runs and qrels in TREC's text formats, so that any outside tool can check our figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from qa.errors import BadData

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Qrel:
    """One judgement: a passage's relevance to a query."""

    query_id: str
    doc_id: str
    relevance: int


@dataclass(frozen=True, slots=True)
class ScoredDoc:
    """One line of a run: a passage's score for a query."""

    query_id: str
    doc_id: str
    score: float


def separated(scores: Sequence[float]) -> list[float]:
    """Return scores of a ranking, as near as can be, that fall strictly in single precision.

    trec_eval ignores the rank column, sorts by score and settles ties by the passage's name; it reads single precision.
    So that it sees our ranking, each score is at most the next smaller number after the one before.

    >>> separated([2.0, 2.0, 1.0])
    [2.0, 1.9999998807907104, 1.0]
    """
    fixed: list[float] = []
    last = np.float32(np.inf)
    for score in scores:
        last = min(np.float32(score), np.nextafter(last, np.float32(-np.inf)))
        fixed.append(float(last))
    return fixed


def run_lines(run: Iterable[ScoredDoc], tag: str) -> str:
    r"""Return a run as `query Q0 passage rank score tag`, a line each; lines of a query stand in order of rank.

    >>> run_lines([ScoredDoc("q1", "d/2", 0.5)], "mine")
    'q1 Q0 d/2 1 0.5 mine\n'
    """
    lines = []
    seen: dict[str, int] = {}
    for row in run:
        seen[row.query_id] = rank = seen.get(row.query_id, 0) + 1
        fields = (row.query_id, "Q0", row.doc_id, str(rank), format(row.score, ".9g"), tag.replace(" ", "_"))
        lines.append(_joined(fields))
    return "".join(lines)


def qrels_lines(qrels: Iterable[Qrel]) -> str:
    r"""Return judgements as `query 0 passage relevance`, a line each.

    >>> qrels_lines([Qrel("q1", "d/2", 1)])
    'q1 0 d/2 1\n'
    """
    return "".join(_joined((row.query_id, "0", row.doc_id, str(row.relevance))) for row in qrels)


def write_run(path: Path, run: Iterable[ScoredDoc], tag: str) -> None:
    """Write a run file."""
    path.write_text(run_lines(run, tag), encoding="utf-8")


def write_qrels(path: Path, qrels: Iterable[Qrel]) -> None:
    """Write a qrels file."""
    path.write_text(qrels_lines(qrels), encoding="utf-8")


def read_run(path: Path) -> list[ScoredDoc]:
    """Return the lines of a run file, in its order."""
    return _read(path, 6, lambda row: ScoredDoc(row[0], row[2], float(row[4])))


def read_qrels(path: Path) -> list[Qrel]:
    """Return the judgements of a qrels file, in its order."""
    return _read(path, 4, lambda row: Qrel(row[0], row[2], int(row[3])))


def by_query(rows: Iterable[Qrel | ScoredDoc]) -> Mapping[str, list[str]]:
    """Return the passages' names of each query, in their order."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.query_id, []).append(row.doc_id)
    return found


def _joined(fields: Sequence[str]) -> str:
    for name in fields:
        if name.split() != [name]:
            raise ValueError(f"a field of a TREC file holds no white space: {name!r}")
    return " ".join(fields) + "\n"


def _read(path: Path, width: int, record: Callable[[list[str]], Record]) -> list[Record]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{path}: the file cannot be read ({error}); name a TREC file that exists") from error
    found = []
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields:
            continue
        try:
            if len(fields) != width:
                raise ValueError(f"{len(fields)} fields where {width} belong")
            found.append(record(fields))
        except ValueError as error:
            raise BadData(f"{path}, line {number}: {error}; mend the line") from error
    return found
