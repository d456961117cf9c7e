"""TEI, as the historical offices and editions publish it: the text that a reader reads, and marks for its structure."""

from qa.sources.tei.reading import read_tei

__all__ = ["read_tei"]
