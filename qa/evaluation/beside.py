"""What was measured apart and lies in the report's folder: the ablation, the peers, other people's test sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from qa.errors import BadData
from qa.evaluation.html import as_html
from qa.evaluation.report import Report, Table, read_report, to_json

ABLATION = "ablation.json"  # written by eval/ablation.py
PEERS = "benchmarks/peers.json"  # written by eval/benchmarks/peers.py
EXTERNAL = "external.json"  # tables as they are: a list of objects with title, note and rows, the first being the head
_PEERS = ("first@1", "first@3", "any length@1", "MRR", "nDCG@10", "F1", "AUROC", "false answers at 90 %")
_CHANCE = 0.05
_ABLATED = ("first@1", "first@3", "AUROC")


def tables(folder: Path, gold: str) -> tuple[Table, ...]:
    """Return the tables of the files that are there; one of another gold set (by its digest) says so.

    Raises:
        BadData: A file is not what its script writes.
    """
    readers: Mapping[str, Callable[[Any, str], Iterator[Table]]] = {
        ABLATION: _ablation, PEERS: _peers, EXTERNAL: _external,
    }  # fmt: skip
    found: list[Table] = []
    for name, reader in readers.items():
        path = folder / name
        try:
            found += reader(json.loads(path.read_text(encoding="utf-8")), gold) if path.is_file() else ()
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise BadData(f"{path}: not as its script writes it ({error!r}); write it anew or remove it") from error
    return tuple(found)


def renew(folder: Path) -> Report:
    """Write the folder's `report.json` and `report.html` with the tables that lie there now, and return the report."""
    report = read_report(folder / "report.json")
    report = replace(report, beside=tables(folder, report.gold))
    (folder / "report.json").write_text(to_json(report), encoding="utf-8")
    (folder / "report.html").write_text(as_html(report), encoding="utf-8")
    return report


def _ablation(data: Mapping[str, Any], gold: str) -> Iterator[Table]:
    earlier = "" if data["gold"] == gold else " Measured on an earlier gold set."
    for split, how in (("dev", "cross-validated by document"), ("test", "with weights fitted on dev alone")):
        rows: list[tuple[str, ...]] = [("without", *_ABLATED)]
        rows.append(("nothing: the whole", *(f"{data['whole'][split][name]:.3f}" for name in _ABLATED)))
        rows += [(part["name"], *(_worth(part[split][name]) for name in _ABLATED)) for part in data["parts"]]
        note = (
            f"On {split}, {how}. A part is switched off, all weights are fitted anew; shown is the value without it "
            "and what it is worth, the difference to the whole, with its 95 % interval and the p of a paired "
            f"randomisation test. ● marks what is hardly chance; below 0 a part harms.{earlier}"
        )
        yield Table(f"What each part is worth ({split})", note, tuple(rows))


def _worth(figure: Mapping[str, float]) -> str:
    if figure["low"] == figure["high"] == 0:
        return f"{figure['value']:.3f}\nthe same"
    mark = " ●" if telling(figure) else ""
    p = f" p={figure['p']:.3f}" if "p" in figure else ""
    return f"{figure['value']:.3f} {figure['worth']:+.3f}{mark}\n[{figure['low']:+.3f}, {figure['high']:+.3f}]{p}"


def telling(figure: Mapping[str, float]) -> bool:
    """Return whether a difference is hardly chance: its interval is without 0, and p below 0.05 where there is one.

    >>> telling({"low": 0.01, "high": 0.2, "p": 0.03}), telling({"low": 0.01, "high": 0.2, "p": 0.06})
    (True, False)
    """
    return (figure["low"] > 0 or figure["high"] < 0) and figure.get("p", 0.0) < _CHANCE


def _peers(data: Mapping[str, Mapping[str, float]], _: str) -> Iterator[Table]:
    rows: list[tuple[str, ...]] = [("system", *_PEERS)]
    for system, figures in data.items():
        cells = (f"{figures[name]:.3f}" if name in figures else "–" for name in _PEERS)
        rows.append((system, *cells))
    note = (
        "The same questions of the test split, the same scoring. Plain systems give whole paragraphs; quotations count "
        "whether or not they would be shown, any length@1 also those of more than 120 words."
    )
    yield Table("Other systems", note, tuple(rows))


def _external(data: Sequence[Mapping[str, Any]], _: str) -> Iterator[Table]:
    for one in data:
        yield Table(str(one["title"]), str(one["note"]), tuple(tuple(map(str, row)) for row in one["rows"]))
