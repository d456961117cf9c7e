"""From a source to its documents, whatever its format."""

from __future__ import annotations

from qa.documents.marked import documents_from_marks
from qa.documents.plain import documents_of_plain
from qa.documents.records import Document
from qa.sources.records import Source


def find_documents(source: Source) -> tuple[Document, ...]:
    """Return the documents of a source: as its format states them, else by the general signs of a plain text."""
    return documents_from_marks(source) if source.marks else documents_of_plain(source)
