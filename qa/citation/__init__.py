"""Citations: one line as historians write it, and the forms that reference managers read."""

from qa.citation.chicago import Holding, cite, day, page_range
from qa.citation.exchange import bibtex, csl_json

__all__ = ["Holding", "bibtex", "cite", "csl_json", "day", "page_range"]
