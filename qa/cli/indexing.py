"""Building an index from the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from qa.assistant.building import build_index
from qa.cli.output import complain, tell
from qa.cli.progress import Progress
from qa.render import render_built, screen_of
from qa.sources.finding import left_aside


def build(paths: Sequence[Path], folder: Path, model: str, quiet: bool) -> int:
    """Build or update the index, say what was done, list what could not be read, and return 1 if there was such."""
    progress = Progress()
    try:
        report = build_index(paths, folder, model=model, progress=progress)
    finally:
        progress.close()
    if not quiet:
        shown = screen_of(sys.stderr, os.environ).shown(str(folder))
        tell(render_built(report, shown))
        if others := left_aside(paths):
            kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
            tell(f"not read: {kinds}; save them as text, Markdown or TEI")
    for name, reason in report.failed:
        complain(f"{name}: {reason}")
    return 1 if report.failed else 0
