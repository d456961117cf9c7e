"""A progress bar of one line on standard error, drawn only on a terminal and only for what takes time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TextIO

PATIENCE = 1.0  # seconds of work before anything is drawn
INTERVAL = 0.1
WIDTH = 24


@dataclass
class Progress:
    """Called with how much of how much is done; `close` wipes the line away."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    drawn: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Draw the bar, unless it is too early or nobody watches."""
        now = self.clock()
        if not self.stream.isatty() or now - self.started < PATIENCE or now - self.drawn < INTERVAL:
            return
        self.drawn = now
        self.stream.write("\r\x1b[2K" + line(done, total, what, now - self.started))
        self.stream.flush()

    def close(self) -> None:
        """Wipe the line away, if one was drawn."""
        if self.drawn:
            self.stream.write("\r\x1b[2K")
            self.stream.flush()
            self.drawn = 0.0


def line(done: int, total: int, what: str, seconds: float) -> str:
    """Return the bar with the count and the seconds left by the pace so far.

    >>> line(1, 4, "passages", 2.0)
    '██████░░░░░░░░░░░░░░░░░░ 1 of 4 passages, 6 s left'
    """
    share = min(done / total, 1.0) if total > 0 else 0.0
    filled = round(share * WIDTH)
    left = f", {seconds / share * (1 - share):.0f} s left" if share else ""
    return f"{'█' * filled}{'░' * (WIDTH - filled)} {done} of {total}{f' {what}' if what else ''}{left}"
