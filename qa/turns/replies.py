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


def answered(lines: Sequence[Line], text: str) -> list[Line]:
    """Return the lines, a question of minutes that names nobody put to the one whose answer follows at once.

    What the one who asks says between two questions goes with them.
    """
    found = list(lines)
    start: int | None = None
    for at, line in enumerate(lines):
        said = line.said
        asked = lines[start] if start is not None else None
        asker = asked.said.speaker if asked is not None and asked.said is not None else None
        if said is None or said.speaker is None:
            start = None
            continue
        if asker is not None and said.speaker.name != asker.name:
            heard = said.each or (said.speaker,) if asker.name in {h.name for h in said.hearers} else ()
            found[start:at] = (
                [_to(line, heard) for line in found[start:at]] if _asks(lines[at - 1], text) else found[start:at]
            )
            start = None
        elif asked is not None and asked.block != line.block:
            start = None
        if start is None and said.asks and not said.hearers:
            start = at
    return found


def called_before(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, what leads to "as I see it, comrade minister, ..." in a paragraph said to the same person."""
    found = list(lines)
    for at in range(len(lines) - 1, 0, -1):
        said, before = found[at].said, found[at - 1].said
        if said is None or before is None or not said.calls or before.hearers or found[at].block != found[at - 1].block:
            continue
        if before.speaker == said.speaker and before.basis == said.basis:
            found[at - 1] = replace(found[at - 1], said=replace(before, hearers=said.hearers, calls=True))
    return found


def _asks(line: Line, text: str) -> bool:
    return (line.said is not None and line.said.asks) or quote(text, line.segments).endswith("?")


def _to(line: Line, hearers: tuple[Person, ...]) -> Line:
    said = line.said
    return line if said is None or said.hearers else replace(line, said=replace(said, hearers=hearers))


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
