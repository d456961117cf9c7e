"""Ranked passages, and what a build did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.citation import day
from qa.render.answers import speakers
from qa.render.screen import Screen
from qa.render.wrapping import clean, paragraph
from qa.search.records import Hit

if TYPE_CHECKING:
    from qa.index import BuildReport


def render_hits(hits: Sequence[Hit], screen: Screen) -> str:
    """Return ranked passages: rank and score, who and when, the text, the document."""
    if not hits:
        return "No passage was found.\n"
    width = len(str(hits[-1].rank))
    return "\n\n".join(_hit(hit, f"{hit.rank:>{width}}. ", screen) for hit in hits) + "\n"


def _hit(hit: Hit, head: str, screen: Screen) -> str:
    indent = " " * len(head)
    date = hit.turn.date or hit.document.date
    about = ", ".join(filter(None, (speakers(hit.turn), day(date) if date else "", hit.document.number)))
    lines = (
        paragraph(hit.text, screen.measure, head, indent),
        paragraph(about, screen.measure, f"{indent}— ", f"{indent}  "),
        indent + screen.dim(clean(f"{hit.passage.id}  {hit.score:.4f}")),
    )
    return "\n".join(lines)


def render_built(report: BuildReport, folder: str) -> str:
    """Return one line: what was done to the index; nothing is said of what did not happen."""
    counts = (
        (report.added, "added"),
        (report.changed, "changed"),
        (report.unchanged, "unchanged"),
        (report.removed, "removed"),
        (report.failed, "not readable"),
    )
    sources = ", ".join(f"{len(names)} {word}" for names, word in counts if names) or "none"
    done = f"{report.encoded} texts encoded" if report.written else "nothing to do"
    return f"{clean(folder)}: sources {sources}; {report.passages} passages; {done} ({report.seconds:.1f} s)\n"
