"""A text read as the archive reads it: its documents and who says what in them."""

from __future__ import annotations

from qa.documents import Document
from qa.documents.finding import find_documents
from qa.names import People
from qa.sources import Source
from qa.turns import Turn
from qa.turns.finding import find_turns, sightings


def understood(text: str) -> tuple[tuple[Document, ...], list[Turn]]:
    """Return the documents of a plain text and all of their turns."""
    documents = find_documents(Source("a", "a.txt", "", text, "text"))
    people = People.learn([s for d in documents for s in sightings(d, text)])
    return documents, [t for d in documents for t in find_turns(d, text, people)]
