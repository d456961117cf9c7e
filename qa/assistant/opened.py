"""An archive that was indexed, opened: ask it, search it, read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qa.answer.records import Reply
from qa.citation import Holding
from qa.documents.records import Document
from qa.errors import BadData, BadQuestion
from qa.question.records import Filters
from qa.search.records import Hit
from qa.sources.records import Source
from qa.turns.records import Turn
from qa.verify import recheck

if TYPE_CHECKING:
    from qa.answer.answering import Scored
    from qa.assistant.records import ArchiveCard
    from qa.embedding import Encoder, Judge
    from qa.index import Index
    from qa.names import People
    from qa.question.understanding import Known
    from qa.search.reading import Reader

MAX_CHARACTERS = 10_000
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Shown:
    """A document to be read: where it stands, its turns, and the name of the source that its segments count in."""

    holding: Holding
    turns: tuple[Turn, ...]
    source: str


def open_index(folder: Path | str) -> Assistant:
    """Return the archive that was indexed in the folder, ready to be asked.

    Raises:
        NoIndex: There is none; the message names the command that makes one.
        DamagedIndex: It is not what its manifest says.
    """
    from qa.index import Index

    return Assistant(Index.open(Path(folder)))


class Assistant:
    """An open archive. What it needs is read when it is first needed, and kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.last: tuple[object, Scored] | None = None  # the windows of the last question, see `scored_of`

    @cached_property
    def encoder(self) -> Encoder:
        """Return the encoder that the index was made with."""
        from qa.embedding import open_encoder

        model = self.index.manifest.model
        return open_encoder(model.name, self.index.encoders, expected=model.weights_sha256)

    @cached_property
    def judge(self) -> Judge:
        """Return who tells whether the best windows answer."""
        from qa.embedding import open_cross

        return open_cross(self.index.encoders)

    @cached_property
    def card(self) -> ArchiveCard:
        """Return what was learnt of the archive as a whole."""
        from qa.assistant.records import ArchiveCard

        return self.index.people(ArchiveCard)

    @cached_property
    def people(self) -> People:
        """Return the archive's people."""
        from qa.names import People

        return People(self.card.persons)

    @cached_property
    def known(self) -> Known:
        """Return the archive's people as a question sees them: how often each of them speaks counts."""
        from qa.question.understanding import Known

        columns = self.index.columns
        spoken = Counter(int(n) for n in columns.speaker if n >= 0)
        return Known(self.people, {columns.people[n]: count for n, count in spoken.items()})

    @cached_property
    def reader(self) -> Reader:
        """Return the index's records, each read once."""
        from qa.search.reading import Reader

        return Reader(self.index)

    @cached_property
    def _sources(self) -> dict[str, int]:
        return {row.name: number for number, row in enumerate(self.index.manifest.sources)}

    def ask(self, question: str, filters: Filters = NO_FILTERS, k: int = 3, threshold: float | None = None) -> Reply:
        """Return the reply to a question, every quotation of it compared with the stored source again.

        Args:
            question: In plain words, at most 10,000 characters.
            filters: What the answers must fulfil; applied before anything is scored.
            k: How many answers, at most.
            threshold: How probable the first answer must be; `None` for the one that was measured to be right.

        Raises:
            BadQuestion: The question is empty or too long.
            QuoteMismatch: A quotation is not verbatim; nothing is shown.
        """
        from qa.assistant.stages import reply_to

        return recheck(reply_to(self, asked(question), filters, k, threshold), self.text)

    def search(self, question: str, k: int = 10, filters: Filters = NO_FILTERS) -> tuple[Hit, ...]:
        """Return the passages that come nearest to a question, best first."""
        from qa.assistant.stages import hits_of

        return hits_of(self, asked(question), k, filters)

    def show(self, document_id: str) -> Shown:
        """Return a document to be read.

        Raises:
            BadData: The archive has none of that id; the message names the nearest.
        """
        number = self.index.document_numbers.get(document_id)
        if number is None:
            near = get_close_matches(document_id, self.index.document_numbers, n=3, cutoff=0.5)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; `qa inspect FILE` lists the ids of a file"
            raise BadData(f"the archive has no document {document_id!r}{hint}")
        document = self.index.documents[number]
        turns = tuple(turn for turn in self.index.turns if turn.document == document_id)
        return Shown(self.holding(document), turns, self.source_name(document))

    def holding(self, document: Document) -> Holding:
        """Return the document with what stands around it, as a citation needs it."""
        parents: list[Document] = []
        at = document
        while at.parent and at.parent in self.index.document_numbers and len(parents) < 16:
            at = self.index.documents[self.index.document_numbers[at.parent]]
            parents.append(at)
        name = self.source_name(document)
        card = self.card.sources.get(name)
        return Holding(document, tuple(parents), card.description, name) if card else Holding(document, tuple(parents))

    def source_name(self, document: Document) -> str:
        """Return the name of a document's source, as it is shown."""
        by_id = {row.id: row.name for row in self.index.manifest.sources}
        return by_id.get(document.source, document.source)

    def path(self, source: str) -> str:
        """Return the file that a source was read from, "" where it is no longer there."""
        card = self.card.sources.get(source)
        return card.path if card and card.path and Path(card.path).is_file() else ""

    def text(self, source: str) -> str:
        """Return the stored text of a source, by its name; its digest is compared with the manifest's."""
        return self.index.source_text(self._sources[source])

    def knows(self, name: str) -> bool:
        """Return whether the archive knows a person by that name."""
        return self.people.resolve(name) is not None

    def sources(self) -> Sequence[Source]:
        """Return every source with its stored text; marks of its format are not kept."""
        rows = self.index.manifest.sources
        return [Source(row.id, row.name, row.sha256, self.text(row.name), "text") for row in rows]

    def documents(self) -> Sequence[Document]:
        """Return every document of the archive."""
        return self.index.documents


def asked(question: str) -> str:
    """Return the question without white space at its ends.

    Raises:
        BadQuestion: Nothing is left, more than a question can be, or no text.
    """
    if len(question) > MAX_CHARACTERS:
        raise BadQuestion(
            f"the question has {len(question):,} characters; the limit is {MAX_CHARACTERS:,}: ask a shorter one"
        )
    try:
        question.encode()
    except UnicodeEncodeError as error:  # bytes of a command line that are not of its encoding
        message = f"the question is no text at character {error.start + 1}: type it in the terminal's own encoding"
        raise BadQuestion(message) from error
    text = question.strip()
    if not text:
        raise BadQuestion("the question is empty: ask something, as in  qa ask 'Who wrote the report?'")
    return text
