"""A record's own lines (headings, people, signatures, where it is kept): what they tell of the record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.documents.records import Document
from qa.index import KINDS
from qa.names import parse_name
from qa.question.matters import tells
from qa.search.filtering import Mask
from qa.search.reading import Reader
from qa.text import fold
from qa.turns.records import TurnKind

# Whose names in a record's own lines tell of a matter, whatever words stand beside: "Roe" below a letter signs it.
ROLES = {
    "author": "author",
    "signature": "author",
    "copies": "recipient",
    "present": "present",
    "recorder": "recorder",
    "interpreter": "interpreter",
    "translator": "translator",
}


def own_lines(reader: Reader, near: NDArray[np.int64], matters: tuple[str, ...], allowed: Mask) -> NDArray[np.int64]:
    """Return the passages of apparatus, of the documents of some passages, that tell of a matter of a record.

    Where a record is kept stands in a line that has no word of what the record is about.
    """
    columns = reader.index.columns
    of_document = np.isin(np.asarray(columns.document), np.unique(np.asarray(columns.document)[near]))
    aside = np.asarray(columns.kind) == KINDS.index(TurnKind.APPARATUS)
    found = [int(n) for n in np.flatnonzero(of_document & aside & allowed)]
    return np.array([n for n in found if _tells(reader, n, matters)], np.int64)


def _tells(reader: Reader, passage: int, matters: tuple[str, ...]) -> bool:
    document = reader.document_of(int(reader.index.columns.turn[passage]))
    return any(told(document, sentence, matters) for sentence in reader.sentences(passage))


def told(document: Document, line: str, matters: tuple[str, ...]) -> float:
    """Return the share of the matters about which a line of a document's own tells, by its words or a name in it."""
    by_name = [m for m in matters if _names(document, ROLES.get(m, ""), line)]
    return max(tells(line, matters), len(by_name) / len(matters)) if matters else 0.0


def _names(document: Document, role: str, line: str) -> bool:
    """Return whether a line has the surname of one who has a role in a document."""
    surnames = (parse_name(p.name).surname for p in document.participants if role and p.role == role)
    return any(f" {fold(surname)} " in f" {fold(line)} " for surname in surnames if surname)
