"""To whom a question was put, as far as the answer shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.turns.grouping import Line


def answered(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, a question of minutes that names nobody put to the one whose answer follows at once."""
    found = list(lines)
    for at, (line, after) in enumerate(pairwise(lines)):
        said, reply = line.said, after.said
        if said is None or not said.asks or said.hearers or said.speaker is None:
            continue
        if reply is not None and reply.speaker is not None and said.speaker.name in {h.name for h in reply.hearers}:
            found[at] = replace(line, said=replace(said, hearers=(reply.speaker,)))
    return found
