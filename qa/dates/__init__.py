"""Dates as archives write them: parsing, finding, comparing."""

from qa.dates.finding import find_dates, parse
from qa.dates.periods import find_period, in_range, parse_bound
from qa.dates.records import DateMention, PartialDate

__all__ = ["DateMention", "PartialDate", "find_dates", "find_period", "in_range", "parse", "parse_bound"]
