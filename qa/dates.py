"""Dates as archives write them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which the month or the day may be unknown (0)."""

    year: int
    month: int = 0
    day: int = 0
