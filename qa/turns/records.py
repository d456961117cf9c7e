"""Turns: runs of text spoken or written by one person to given addressees."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qa.dates import PartialDate
from qa.spans import Segments, subtract


class Basis(StrEnum):
    """How an attribution is known."""

    LABEL = "label"  # a speaker's label stands before the words
    REPORTED = "reported"  # "X said that ...", and what goes on after it
    HEADER = "header"  # the document's header names the writer
    NARRATOR = "narrator"  # the recorder's or author's own account
    QUOTED = "quoted"  # in quotation marks or as an enclosed text, inside somebody else's words


TOGETHER = " and "  # between the names of several who speak in one breath


def each_of(name: str) -> frozenset[str]:
    """Return a name of several who speak together with the names of each, one person's name alone.

    >>> sorted(each_of("Anna Roe and Li Wei"))
    ['Anna Roe', 'Anna Roe and Li Wei', 'Li Wei']
    """
    return frozenset((name, *name.split(TOGETHER))) if name else frozenset()


@dataclass(frozen=True, slots=True)
class Attribution:
    """A person to whom words are ascribed: the canonical name, the name as written there, and how it is known.

    Several who speak together are one, their names joined (see `each_of`).
    """

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
    else the document's date. `sentences` are the turn's sentences in order, together its segments. `labels` are the
    labels that tell who speaks, each at the head of a sentence, up to its first word. `marker` is the note's, ""
    outside notes.
    """

    id: str
    document: str
    kind: TurnKind
    segments: Segments
    sentences: tuple[Segments, ...]
    speaker: Attribution | None = None
    addressees: tuple[Attribution, ...] = ()
    date: PartialDate | None = None
    labels: Segments = ()
    marker: str = ""

    def words(self, number: int) -> Segments:
        """Return a sentence's segments without the label before it; the label where nothing else is there.

        >>> from qa.spans import Span
        >>> turn = Turn("a#1", "a", TurnKind.SPEECH, (Span(0, 9),), ((Span(0, 9),),), labels=(Span(0, 4),))
        >>> turn.words(0)
        (Span(start=4, end=9),)
        """
        sentence = self.sentences[number]
        return (subtract(sentence, self.labels) or sentence) if self.labels else sentence

    @property
    def speakers(self) -> frozenset[str]:
        """Return the names of those who speak, each and together; none where that is not known."""
        return each_of(self.speaker.name) if self.speaker else frozenset()
