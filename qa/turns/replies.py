"""To whom a question was put and an answer given, as far as the one that follows the other shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.spans import quote
from qa.turns.grouping import Line
from qa.turns.labels import is_role
from qa.turns.records import Basis
from qa.turns.state import Person

_LONGEST = 40  # sentences: what is longer is a speech, no answer
_END = 2  # so many last sentences of a turn hold its question


def answered(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, a question of minutes that names nobody put to the one whose answer follows at once."""
    found = list(lines)
    for at, (line, after) in enumerate(pairwise(lines)):
        said, reply = line.said, after.said
        if said is None or not said.asks or said.hearers or said.speaker is None:
            continue
        if reply is not None and reply.speaker is not None and said.speaker.name in {h.name for h in reply.hearers}:
            found[at] = replace(line, said=replace(said, hearers=reply.each or (reply.speaker,)))
    return found


def replied(lines: Sequence[Line], text: str) -> list[Line]:
    """Return the lines of a labelled talk, those who speak upon a question given to the one who asked it."""
    found = list(lines)
    runs = _runs(lines)
    for (start, end), (begin, stop) in pairwise(runs):
        asker = _labelled(lines[end - 1])
        asks = any("?" in quote(text, line.segments) for line in lines[max(end - _END, start) : end])
        if asker is None or not asks or stop - begin > _LONGEST or is_role(asker.name):
            continue
        for at in range(begin, stop):
            said = lines[at].said
            if said is not None and not said.hearers:
                found[at] = replace(lines[at], said=replace(said, hearers=(asker,)))
    return found


def _labelled(line: Line) -> Person | None:
    return line.said.speaker if line.said is not None and line.said.basis is Basis.LABEL else None


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return where each turn of a labelled speaker begins and ends, what stands between two being nobody's."""
    runs: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        speaker = _labelled(line)
        if speaker is None:
            continue
        if runs and runs[-1][1] == at and _labelled(lines[at - 1]) == speaker:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
