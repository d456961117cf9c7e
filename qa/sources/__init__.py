"""Readers: one a format; a file becomes a `Source`."""

from qa.sources.reading import ReadConfig, iter_sources, read_all
from qa.sources.records import Description, Mark, MarkKind, Problem, Source

__all__ = ["Description", "Mark", "MarkKind", "Problem", "ReadConfig", "Source", "iter_sources", "read_all"]
