"""The stages before the index, as it calls them, and what it tells of its work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from qa.documents.records import Document
from qa.embedding.records import Encoder
from qa.index.codec import to_json
from qa.index.manifest import code_digest
from qa.passages import PassageSettings
from qa.sources.records import Problem, Source
from qa.turns.records import Turn

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Chain(Generic[P]):
    """The stages' functions; `P` is whatever is learnt of the archive's people as a whole.

    `people_record` turns that into records for `people.json`. `context` is what an encoder should know of a turn
    besides its words; `terms` analyses a text for the word index. `fingerprint` is a digest of what the stages read
    besides the sources (a human's list of names): when it changes, everything is understood anew.
    """

    read: Callable[[Sequence[Path]], tuple[Sequence[Source], Sequence[Problem]]]
    documents: Callable[[Source], Sequence[Document]]
    people: Callable[[Sequence[tuple[Source, Sequence[Document]]]], P]
    turns: Callable[[Source, Sequence[Document], P], Sequence[Turn]]
    people_record: Callable[[P], object]
    context: Callable[[Document, Turn], str]
    terms: Callable[[str], Sequence[str]]
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder to index with: its name, known beforehand, and how to open it, done only when it is needed."""

    name: str
    open: Callable[[], Encoder]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """`passages`: how passages are cut (the encoder's own length replaces `max_tokens`); `chunk`: texts a report."""

    passages: PassageSettings = field(default_factory=PassageSettings)
    chunk: int = 512


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: names of sources, `failed` with the reason, `encoded` texts, seconds."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    encoded: int = 0
    passages: int = 0
    written: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Understood:
    """One source, understood: what the stages made of it."""

    source: Source
    documents: tuple[Document, ...]
    turns: tuple[Turn, ...] = ()


def rules_of(chain: Chain[P]) -> str:
    """Return a digest of the rules that sources are understood by: the package's own files and the chain's."""
    return hashlib.sha256(f"{code_digest()} {chain.fingerprint}".encode()).hexdigest()


def source_key(source: Source) -> str:
    """Return a digest of all that a source is understood from: its bytes, its name and what is said of it."""
    said = json.dumps([source.id, source.name, source.sha256, source.format, to_json(source.description)])
    return hashlib.sha256(said.encode()).hexdigest()
