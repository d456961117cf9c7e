"""Readers: one a format; a file becomes a `Source`. The records; `qa.sources.reading` makes them."""

from qa.sources.records import Description, Mark, MarkKind, Problem, Source

__all__ = ["Description", "Mark", "MarkKind", "Problem", "Source"]
