"""An archive whose judge remembers: fits and ablations ask about the same windows again and again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.assistant.opened import Assistant, open_index
from qa.embedding import Judge, Reading


class Remembered:
    """A judge that reads nothing twice."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._told: dict[tuple[str, Reading], float] = {}

    def judge(self, question: str, readings: Sequence[Reading]) -> NDArray[np.float32]:
        """Return what the judge says of each reading."""
        new = [r for r in dict.fromkeys(readings) if (question, r) not in self._told]
        told = self._judge.judge(question, new).tolist()
        self._told |= {(question, r): score for r, score in zip(new, told, strict=True)}
        return np.array([self._told[question, r] for r in readings], np.float32)


def opened(index: Path) -> Assistant:
    """Return the archive of an index, what its judge says remembered."""
    assistant = open_index(index)
    assistant.__dict__["judge"] = Remembered(assistant.judge)
    return assistant
