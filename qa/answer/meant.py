"""Which document a question means: by the dates that it names, by what stands in it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.dates import PartialDate, find_dates

_YEAR, _MONTH, _DAY = 0.3, 0.6, 1.0  # the fuller the date on which both agree, the fewer documents can be meant


def dates_in(question: str) -> tuple[PartialDate, ...]:
    """Return the dates that a question names, whatever it says of them.

    >>> [d.iso for d in dates_in("Where is the letter of 3 May 1911 kept?")]
    ['1911-05-03']
    """
    return tuple(dict.fromkeys(d for mention in find_dates(question) for d in (mention.first, mention.last)))


def dated(dates: Iterable[PartialDate], document: PartialDate | None) -> float:
    """Return how surely a document's date is one of some dates: 0 when it is none of them, 1 when the day agrees.

    >>> [dated([PartialDate(1911, 5, 3)], d) for d in (PartialDate(1911, 5, 3), PartialDate(1911, 5, 4), None)]
    [1.0, 0.0, 0.0]
    """
    return max((_agreement(d, document) for d in dates), default=0.0) if document else 0.0


def _agreement(one: PartialDate, two: PartialDate) -> float:
    if one.year != two.year or (one.month and two.month and one.month != two.month):
        return 0.0
    if not (one.month and two.month):
        return _YEAR
    if not (one.day and two.day):
        return _MONTH
    return _DAY if one.day == two.day else 0.0


def best_of_document(values: NDArray[np.float32], documents: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return for each row the greatest value of any row of its document; `documents` are the rows' documents.

    >>> best_of_document(np.array([1.0, 3.0, 2.0], np.float32), np.array([7, 8, 7])).tolist()
    [2.0, 3.0, 2.0]
    """
    if not len(values):
        return values
    best = np.full(int(documents.max()) + 1, -np.inf, np.float32)
    np.maximum.at(best, documents, values)
    return np.asarray(best[documents], np.float32)
