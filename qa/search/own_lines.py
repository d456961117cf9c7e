"""A record's own lines (headings, people, signatures, where it is kept): what they tell of the record."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qa.documents.records import Document
from qa.index import KINDS
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
    "recipient": "recipient",
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
    return any(told(reader, document, sentence, matters) for sentence in reader.sentences(passage))


def told(reader: Reader, document: Document, line: str, matters: tuple[str, ...]) -> float:
    """Return the share of the matters about which a line of a document's own tells, by its words or a name in it.

    There is at least one matter.
    """
    folded = f" {fold(line)} "
    by_name = sum(any(f" {s} " in folded for s in reader.surnames(document, ROLES.get(m, ""))) for m in matters)
    return max(tells(line, matters), by_name / len(matters))
