"""An index opened: its records, vectors and words, each read only when it is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from qa.documents.records import Document
from qa.errors import DamagedIndex
from qa.index.codec import from_json
from qa.index.columns import Columns
from qa.index.lines import Lines
from qa.index.manifest import Manifest, damaged, file_row
from qa.index.pieces import PieceIndex
from qa.index.vectors import VectorIndex
from qa.lexical import WordIndex
from qa.passages import Passage
from qa.spans import quote
from qa.turns.records import Turn

T = TypeVar("T")

PASSAGES, SENTENCES, OWNERS = "passages.faiss", "sentences.faiss", "sentence_owner.npy"
KEYS = ("passages.keys.npy", "sentences.keys.npy", "contexts.keys.npy")
PEOPLE = "people.json"


class Index:
    """An archive as indexed. `manifest` says what it is; nothing of it is changed once opened.

    Numbers of passages, turns, documents and sources count from 0 in the order of the archive; a passage's row has
    the passage's number in every array.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._files = folder / manifest.folder
        self._texts: dict[int, str] = {}

    @classmethod
    def open(cls, folder: Path) -> Index:
        """Return the index of a folder.

        Only the manifest is read and the files' lengths compared; `check` compares their digests.

        Raises:
            NoIndex: There is none.
            DamagedIndex: A file is missing or has another length, or the schema is another.
        """
        manifest = Manifest.read(folder)
        try:
            cls._compare_lengths(folder, manifest)
        except DamagedIndex:
            if Manifest.read(folder).folder == manifest.folder:
                raise
            return cls.open(folder)  # a new index was switched in just now
        return cls(folder, manifest)

    @staticmethod
    def _compare_lengths(folder: Path, manifest: Manifest) -> None:
        for name, row in manifest.files.items():
            path = folder / manifest.folder / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise damaged(f"{path} is missing") from error
            if size != row.bytes:
                raise damaged(f"{path} has {size} bytes instead of {row.bytes}")

    def check(self) -> None:
        """Read every file whole.

        Raises:
            DamagedIndex: A file is not the one that was written.
        """
        for name, row in self.manifest.files.items():
            path = self._files / name
            if not path.is_file() or file_row(path) != row:
                raise damaged(f"{path} is missing or altered")

    @property
    def encoders(self) -> Path:
        """Return the folder of exported encoders, which the indexes beside this one share."""
        return encoders_folder(self.folder)

    def require_model(self, name: str, weights_sha256: str) -> None:
        """Refuse an encoder that the vectors do not come from.

        Raises:
            DamagedIndex: The weights are others.
        """
        made_with = self.manifest.model
        if made_with.weights_sha256 != weights_sha256:
            raise DamagedIndex(
                f"{self.folder} was made with {made_with.name}, not {name}: run `qa index` again, or leave out --model"
            )

    @cached_property
    def passages(self) -> Lines[Passage]:
        """Return the passages."""
        return self._lines("passages", Passage)

    @cached_property
    def turns(self) -> Lines[Turn]:
        """Return the turns."""
        return self._lines("turns", Turn)

    @cached_property
    def documents(self) -> Lines[Document]:
        """Return the documents."""
        return self._lines("documents", Document)

    @cached_property
    def document_numbers(self) -> dict[str, int]:
        """Return the documents' numbers by id."""
        ids = self._read("document ids", lambda: json.loads(self._text("document_ids.json")))
        return {id_: number for number, id_ in enumerate(ids)}

    @cached_property
    def columns(self) -> Columns:
        """Return what can be filtered by."""
        return self._read("columns", lambda: Columns.load(self._files))

    @cached_property
    def words(self) -> WordIndex:
        """Return the word index."""
        return self._read("words", lambda: WordIndex.load(self._files))

    @cached_property
    def passage_vectors(self) -> VectorIndex:
        """Return the passages' vectors."""
        return self._vectors(PASSAGES)

    @cached_property
    def sentence_vectors(self) -> VectorIndex:
        """Return the sentences' vectors; `columns.sentence_starts` says which are a passage's."""
        return self._vectors(SENTENCES)

    @cached_property
    def pieces(self) -> PieceIndex:
        """Return the word pieces of the sentences, in the order of their vectors, and of the contexts after them."""
        return self._read("word pieces", lambda: PieceIndex.open(self._files))

    def people(self, kind: type[T]) -> T:
        """Return what the archive's people were saved as; `kind` is the type that it was saved from."""
        return self._read("people", lambda: from_json(kind, json.loads(self._text(PEOPLE))))

    def source_text(self, number: int) -> str:
        """Return the text of a source, as it was when its offsets were counted.

        Raises:
            DamagedIndex: It is not that text any more.
        """
        if number not in self._texts:
            row = self.manifest.sources[number]
            text = self._text(row.file)
            if hashlib.sha256(text.encode()).hexdigest() != row.text_sha256:
                raise damaged(f"{self._files / row.file} is altered")
            self._texts[number] = text
        return self._texts[number]

    def passage_text(self, number: int) -> str:
        """Return the words of a passage, as they are shown."""
        return quote(self.source_text(int(self.columns.source[number])), self.passages[number].segments)

    def _lines(self, name: str, kind: type[T]) -> Lines[T]:
        return self._read(name, lambda: Lines(self._files / f"{name}.jsonl", kind))

    def _vectors(self, name: str) -> VectorIndex:
        vectors = self._read(name, lambda: VectorIndex.open(self._files / name))
        if vectors.dimension != self.manifest.model.dimension:
            raise damaged(f"{self._files / name} has vectors of length {vectors.dimension}")
        return vectors

    def _text(self, name: str) -> str:
        return (self._files / name).read_bytes().decode()  # text mode would change line ends

    def _read(self, what: str, read: Callable[[], T]) -> T:
        try:
            return read()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(f"The {what} in {self._files} cannot be read ({error})") from error


def encoders_folder(index: Path) -> Path:
    """Return where the encoders of the indexes beside each other are kept.

    >>> encoders_folder(Path("indexes/archive")).as_posix()
    'indexes/encoders'
    """
    return index.parent / "encoders"
