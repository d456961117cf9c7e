"""What search filters by, as one array a column: read in milliseconds for a million passages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.dates import PartialDate
from qa.documents.records import Document
from qa.passages import Passage
from qa.turns.records import Turn, TurnKind

Column = NDArray[Any]
KINDS = tuple(TurnKind)
_ARRAYS = (
    "source",
    "document",
    "turn",
    "kind",
    "date_first",
    "date_last",
    "speaker",
    "addressee_starts",
    "addressee_people",
    "sentence_starts",
    "context",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a passage, in the order of the passages.

    `source`, `document` and `turn` are numbers of records; `kind` is a number into `KINDS`; `date_first` and
    `date_last` bound the date as yyyymmdd, both 0 where it is unknown; `speaker` is a number into `people` or -1.
    Passage `n` has the addressees `addressee_people[addressee_starts[n]:addressee_starts[n + 1]]`, and the sentence
    vectors `sentence_starts[n]` to `sentence_starts[n + 1]`; `context` is the number of its context among the texts
    that have word pieces, -1 where it has none. `people` are canonical names.
    """

    source: Column
    document: Column
    turn: Column
    kind: Column
    date_first: Column
    date_last: Column
    speaker: Column
    addressee_starts: Column
    addressee_people: Column
    sentence_starts: Column
    context: Column
    people: tuple[str, ...]

    def save(self, folder: Path) -> None:
        """Write the columns to an existing folder."""
        for name in _ARRAYS:
            np.save(folder / f"column.{name}.npy", getattr(self, name), allow_pickle=False)
        text = json.dumps(self.people, ensure_ascii=False)
        (folder / "column.people.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Columns:
        """Return the columns of a folder, mapped from disk."""
        arrays: dict[str, Column] = {
            name: np.load(folder / f"column.{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
        }
        people = json.loads((folder / "column.people.json").read_text(encoding="utf-8"))
        return cls(**arrays, people=tuple(people))


def bounds(date: PartialDate | None) -> tuple[int, int]:
    """Return the first and last day that a date can mean, as yyyymmdd; zeros for none.

    >>> bounds(PartialDate(1921, 3))
    (19210301, 19210331)
    """
    if date is None:
        return 0, 0
    first, last = date.first, date.last
    return first.year * 10000 + first.month * 100 + first.day, last.year * 10000 + last.month * 100 + last.day


def columns_of(
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    documents: Sequence[Document],
    sources: Mapping[str, int],
    sentences: Sequence[int],
    contexts: Mapping[str, int],
) -> Columns:
    """Return the columns of the passages.

    Args:
        passages: All passages.
        turns: All turns.
        documents: All documents.
        sources: Numbers of the sources by id.
        sentences: How many sentence vectors each passage has.
        contexts: Numbers of the contexts among the texts that have word pieces.
    """
    turn_of = {turn.id: number for number, turn in enumerate(turns)}
    document_of = {document.id: number for number, document in enumerate(documents)}
    names = {a.name for turn in turns for a in (*turn.addressees, *filter(None, [turn.speaker]))}
    people = {name: number for number, name in enumerate(sorted(names))}
    said = [turns[turn_of[passage.turn]] for passage in passages]
    papers = [documents[document_of[passage.document]] for passage in passages]
    dates = [bounds(turn.date or paper.date) for turn, paper in zip(said, papers, strict=True)]
    return Columns(
        source=_numbers(sources[paper.source] for paper in papers),
        document=_numbers(document_of[paper.id] for paper in papers),
        turn=_numbers(turn_of[turn.id] for turn in said),
        kind=np.array([KINDS.index(turn.kind) for turn in said], np.uint8),
        date_first=_numbers(first for first, _ in dates),
        date_last=_numbers(last for _, last in dates),
        speaker=_numbers(people[turn.speaker.name] if turn.speaker else -1 for turn in said),
        addressee_starts=_starts(len(turn.addressees) for turn in said),
        addressee_people=_numbers(people[a.name] for turn in said for a in turn.addressees),
        sentence_starts=_starts(sentences),
        context=_numbers(contexts.get(passage.context, -1) for passage in passages),
        people=tuple(people),
    )


def _numbers(values: Any) -> Column:  # noqa: ANN401 (any iterable of integers)
    return np.fromiter(values, np.int32)


def _starts(counts: Any) -> Column:  # noqa: ANN401 (any iterable of integers)
    sizes = np.fromiter(counts, np.int64)
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
