"""Dates of which parts may be unknown, and where a text names them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the month or the day may be unknown (0).

    Days are counted as the calendar of today counts them (proleptic Gregorian); a date that is none is refused.

    >>> PartialDate(1968, 2).iso, PartialDate(1968, 2).last.isoformat()
    ('1968-02', '1968-02-29')
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)
        if self.day and not self.month:
            raise ValueError("a day needs a month")

    @property
    def iso(self) -> str:
        """Return the date as ISO 8601 writes it, as far as it is known."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])

    @property
    def first(self) -> date:
        """Return the first day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """Return the last day that the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or a stretch of time named in `[start, end)` of a text: from `first` to `last`, equal for one date."""

    start: int
    end: int
    first: PartialDate
    last: PartialDate


def partial(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """Return the date, `None` where the calendar has none such.

    >>> partial(1968, 2, 30) is None
    True
    """
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None
