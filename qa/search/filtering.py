"""What the user's filters permit: applied before anything is scored, so that nothing is found and then thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from qa.dates import PartialDate
from qa.index import Index
from qa.names import People
from qa.question.records import Filters, Question
from qa.text import fold
from qa.turns.records import each_of

Mask = NDArray[np.bool_]


def permitted(index: Index, filters: Filters, people: People) -> Mask:
    """Return one truth value a passage: whether the filters permit it.

    A date filter permits what may have been said in the period (a partial date is the whole month or year); what has
    no date is not permitted by one. A document filter permits the document and those that it holds.
    """
    mask = np.ones(len(index.passages), np.bool_)
    columns = index.columns
    if filters.speaker:
        mask &= np.isin(columns.speaker, _numbers(index, filters.speaker, people))
    if filters.to:
        mask &= _addressed(index, _numbers(index, filters.to, people))
    mask &= _dated(index, filters.after, filters.before)
    if filters.document:
        held = [n for id_, n in index.document_numbers.items() if _is_or_in(id_, filters.document)]
        mask &= np.isin(columns.document, held)
    return mask


def told_of(index: Index, question: Question) -> Mask:
    """Return one truth value a passage: whether who speaks, who hears and when are all as the question says.

    None is, where the question says nothing of these.
    """
    columns = index.columns
    if not (question.speakers or question.addressees or question.after or question.before):
        return np.zeros(len(index.passages), np.bool_)
    mask = _dated(index, question.after, question.before)
    if question.speakers:
        mask &= np.isin(columns.speaker, _any_of(index, question.speakers))
    if question.addressees:
        mask &= _addressed(index, _any_of(index, question.addressees))
    return mask


def canonical(name: str, people: People) -> str:
    """Return the canonical form of a name as typed, the name itself where the archive knows nobody by it."""
    person = people.resolve(name)
    if person is not None:
        return person.name
    found = people.find(name)
    return found[0].name if len(found) == 1 and found[0].start == 0 and found[0].end == len(name) else name


def _numbers(index: Index, name: str, people: People) -> list[int]:
    return _any_of(index, (canonical(name, people),))


def _any_of(index: Index, names: Sequence[str]) -> list[int]:
    """Return the numbers under which any of some persons speaks or hears, alone or with others."""
    wanted = frozenset(map(fold, names))
    everybody = enumerate(index.columns.people)
    return [number for number, known in everybody if not wanted.isdisjoint(map(fold, each_of(known)))]


def _dated(index: Index, after: PartialDate | None, before: PartialDate | None) -> Mask:
    columns = index.columns
    mask = np.ones(len(index.passages), np.bool_)
    if after:
        mask &= columns.date_last >= _day(after.first)
    if before:
        mask &= (columns.date_first > 0) & (columns.date_first <= _day(before.last))
    return mask


def _addressed(index: Index, numbers: list[int]) -> Mask:
    columns = index.columns
    hit = np.isin(columns.addressee_people, numbers)
    counts = np.concatenate([[0], np.cumsum(hit)])
    starts = np.asarray(columns.addressee_starts)
    return np.asarray(counts[starts[1:]] > counts[starts[:-1]], np.bool_)


def _day(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def _is_or_in(id_: str, wanted: str) -> bool:
    return id_ == wanted or id_.startswith(f"{wanted}/")
