"""The manifest: what an index was made of, with what, and a digest of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from qa.errors import DamagedIndex, NoIndex
from qa.index.codec import from_json, to_json
from qa.passages import PassageSettings

SCHEMA = "qa.index/2"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source: its file's digest, its length, what was found in it; `key` covers all that it was understood from.

    `file` is where its text is kept, `text_sha256` the digest of that text.
    """

    id: str
    name: str
    sha256: str
    key: str
    characters: int
    documents: int
    turns: int
    notes: int
    passages: int
    file: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A source that was read but not understood, and why; it is tried again when it or the rules change."""

    name: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the index: its length and its digest."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """The encoder that the vectors come from."""

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int
    exported: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index is.

    `folder` is the subfolder that holds its files; `rules` the digest of what the sources were understood by.
    """

    schema: str
    version: str
    rules: str
    folder: str
    model: Model
    metric: str
    settings: PassageSettings
    sources: tuple[SourceRow, ...]
    failed: tuple[FailedRow, ...]
    passages: int
    sentences: int
    files: Mapping[str, FileRow]

    def write(self, folder: Path) -> None:
        """Write the manifest, in one step: an index is what its manifest says, so this switches all of it."""
        text = json.dumps(to_json(self, whole=True), ensure_ascii=False, indent=1)
        fresh = folder / f".{NAME}.new"
        fresh.write_text(text + "\n", encoding="utf-8")
        fresh.replace(folder / NAME)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest of an index folder.

        Raises:
            NoIndex: There is none.
            DamagedIndex: It is not readable, or of another schema.
        """
        path = folder / NAME
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise NoIndex(f"There is no index in {folder}: run `qa index PATH... --index {folder}`") from error
        except (OSError, ValueError) as error:
            raise damaged(f"{path} cannot be read") from error
        schema = value.get("schema") if isinstance(value, dict) else None
        if schema != SCHEMA:
            raise damaged(f"{path} is of schema {schema}, not {SCHEMA}")
        try:
            return from_json(cls, value)
        except (ValueError, TypeError) as error:
            raise damaged(f"{path} does not say what it must ({error})") from error


def damaged(what: str) -> DamagedIndex:
    """Return the error of a damaged index: the thing, then the remedy."""
    return DamagedIndex(f"{what}: run `qa index` again")


@cache
def code_digest() -> str:
    """Return one digest of the package's own files, so that an index made by other rules is known as such."""
    digest = hashlib.sha256()
    root = resources.files("qa")
    with resources.as_file(root) as folder:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def file_row(path: Path) -> FileRow:
    """Return a file's length and digest."""
    with path.open("rb") as stream:
        return FileRow(path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
