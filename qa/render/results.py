"""Ranked passages, and what a build did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from qa.citation import day
from qa.render.answers import speakers
from qa.render.screen import Screen
from qa.render.wrapping import clean, paragraph
from qa.search.records import Hit


class Built(Protocol):
    """What a build tells: how many sources were read anew, kept and dropped, and which files could not be read."""

    @property
    def added(self) -> Sequence[str]:
        """Return the names of the sources that are new or changed."""

    @property
    def kept(self) -> Sequence[str]:
        """Return the names of the sources that were as before."""

    @property
    def removed(self) -> Sequence[str]:
        """Return the names of the sources that are no longer there."""

    @property
    def passages(self) -> int:
        """Return how many passages the index holds."""


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


def render_built(built: Built, folder: str, seconds: float) -> str:
    """Return one line: what was done to the index.

    Nothing is said of what did not happen.
    """
    parts = [
        f"{len(names)} {word}"
        for names, word in ((built.added, "indexed"), (built.kept, "unchanged"), (built.removed, "removed"))
        if names
    ]
    changed = ", ".join(parts) or "nothing to do"
    return f"{clean(folder)}: sources {changed}; {built.passages} passages ({seconds:.1f} s)\n"
