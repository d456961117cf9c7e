"""Turns: runs of text spoken or written by one person to given addressees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.dates import PartialDate
from qa.spans import Segments


class Basis(StrEnum):
    """How an attribution is known."""

    LABEL = "label"  # a speaker's label stands before the words
    REPORTED = "reported"  # "X said that ...", and what goes on after it
    HEADER = "header"  # the document's header names the writer
    NARRATOR = "narrator"  # the recorder's or author's own account
    QUOTED = "quoted"  # in quotation marks or as an enclosed text, inside somebody else's words


@dataclass(frozen=True, slots=True)
class Attribution:
    """A person to whom words are ascribed: the canonical name, the name as written there, and how it is known."""

    name: str
    as_written: str
    basis: Basis


class TurnKind(StrEnum):
    """What a turn's text is."""

    SPEECH = "speech"  # running text of a document
    NOTE = "note"
    APPARATUS = "apparatus"  # headings, headers, signatures, front matter


@dataclass(frozen=True, slots=True)
class Turn:
    """A run of one person's words. `speaker` is `None` when it is not known: never a guess.

    `id` is the document's id, "#" and a number from 1. `date` is when the words were said, where the text says so,
    else the document's date. `sentences` are the turn's sentences in order, together its segments. `marker` is the
    note's, "" outside notes.
    """

    id: str
    document: str
    kind: TurnKind
    segments: Segments
    sentences: tuple[Segments, ...]
    speaker: Attribution | None = None
    addressees: tuple[Attribution, ...] = ()
    date: PartialDate | None = None
    marker: str = ""
