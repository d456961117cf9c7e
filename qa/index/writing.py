"""The files of an index, written beside the old ones; the manifest, written last, switches to them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa import __version__
from qa.documents.records import Document
from qa.embedding.records import Encoder
from qa.index.chain import IndexSettings, Understood, source_key
from qa.index.codec import to_json
from qa.index.columns import columns_of
from qa.index.lines import write_lines
from qa.index.manifest import NAME, SCHEMA, FailedRow, FileRow, Manifest, Model, SourceRow, file_row
from qa.index.opened import KEYS, OWNERS, PASSAGES, PEOPLE, SENTENCES
from qa.index.pieces import rotation, write_pieces
from qa.index.vectorising import KnownTexts, Plan, Progress, Read, passages_encoded, words_encoded
from qa.index.vectors import write_vectors
from qa.lexical import build as build_words
from qa.passages import Passage, PassageSettings, encoded_text
from qa.spans import intersect, quote
from qa.turns.records import Turn

PREFIX = "files-"


@dataclass(frozen=True, slots=True)
class Contents:
    """All that an index is made of, but for the vectors."""

    understood: tuple[Understood, ...]
    failed: tuple[FailedRow, ...]
    passages: tuple[Passage, ...]
    people: object
    terms: Callable[[str], Sequence[str]]
    settings: PassageSettings
    rules: str

    @property
    def documents(self) -> tuple[Document, ...]:
        """Return all documents."""
        return tuple(document for one in self.understood for document in one.documents)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Return all turns."""
        return tuple(turn for one in self.understood for turn in one.turns)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The passages' words, their sentences in context with the passage that owns each, and the contexts, each once."""

    passages: list[str]
    sentences: list[Read]
    owners: list[int]
    contexts: list[str]


def write_index(
    folder: Path,
    contents: Contents,
    encoder: Encoder,
    model: str,
    known: KnownTexts,
    settings: IndexSettings,
    progress: Progress,
) -> int:
    """Write the index, switch to it, and clear what is left of others; return how many texts were encoded."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _fresh(folder)
    texts = _texts(contents)
    encoded = _write_vectors(files, contents, texts, encoder, known, progress, settings.chunk)
    _write_records(files, contents, texts)
    _write_words(files, contents, texts)
    rows = _write_sources(files, contents)
    manifest = Manifest(
        SCHEMA,
        __version__,
        contents.rules,
        files.name,
        _model(encoder, model),
        "inner product",
        contents.settings,
        rows,
        contents.failed,
        len(contents.passages),
        len(texts.sentences),
        _digests(files),
    )
    manifest.write(folder)
    _clear(folder, files.name)
    return encoded


def _fresh(folder: Path) -> Path:
    """Return a new subfolder; its name is unused, so that a reader of the old index is not disturbed."""
    numbers = [int(p.name.removeprefix(PREFIX)) for p in folder.glob(f"{PREFIX}*") if p.name[len(PREFIX) :].isdecimal()]
    files = folder / f"{PREFIX}{max(numbers, default=0) + 1}"
    files.mkdir()
    return files


def _clear(folder: Path, keep: str) -> None:
    """Remove older files and what a crash has left; what cannot be removed (open elsewhere) waits for the next time."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)
    (folder / f".{NAME}.new").unlink(missing_ok=True)


def _texts(contents: Contents) -> _Texts:
    sources = {d.id: one.source.text for one in contents.understood for d in one.documents}
    turns = {turn.id: turn for turn in contents.turns}
    found = _Texts([], [], [], list(dict.fromkeys(p.context for p in contents.passages if p.context)))
    for number, passage in enumerate(contents.passages):
        text = sources[passage.document]
        found.passages.append(quote(text, passage.segments))
        for sentence in turns[passage.turn].sentences[slice(*passage.sentences)]:
            words = quote(text, intersect(sentence, passage.segments))
            whole = encoded_text(passage.context, words)
            found.sentences.append(Read(whole, len(whole) - len(words)))
            found.owners.append(number)
    return found


def _write_vectors(
    files: Path,
    contents: Contents,
    texts: _Texts,
    encoder: Encoder,
    known: KnownTexts,
    progress: Progress,
    chunk: int,
) -> int:
    turning = rotation(encoder.dimension)
    whole = [Read(encoded_text(p.context, text)) for p, text in zip(contents.passages, texts.passages, strict=True)]
    passages, words = Plan(whole, known.passages), Plan([*texts.sentences, *map(Read, texts.contexts)], known.words)
    first, total = len(passages.missing), len(passages.missing) + len(words.missing)
    vectors = passages.carry_out(passages_encoded(encoder), chunk, lambda n: progress("encoding", n, total))
    found = words.carry_out(words_encoded(encoder, turning), chunk, lambda n: progress("encoding", first + n, total))
    single = [one.vector for one in found[: len(texts.sentences)]]
    for name, rows in ((PASSAGES, vectors), (SENTENCES, single)):
        write_vectors(files / name, np.array(rows, np.float32).reshape(-1, encoder.dimension))
    write_pieces(files, [one.codes for one in found], turning)
    ends = (len(texts.sentences), len(words.keys))
    for name, keys in zip(KEYS, (passages.keys, words.keys[: ends[0]], words.keys[ends[0] :]), strict=True):
        np.save(files / name, keys, allow_pickle=False)
    np.save(files / OWNERS, np.array(texts.owners, np.int32), allow_pickle=False)
    return total


def _write_records(files: Path, contents: Contents, texts: _Texts) -> None:
    documents, turns = contents.documents, contents.turns
    write_lines(files / "documents.jsonl", documents)
    write_lines(files / "turns.jsonl", turns)
    write_lines(files / "passages.jsonl", contents.passages)
    _write_json(files / "document_ids.json", [document.id for document in documents])
    _write_json(files / PEOPLE, to_json(contents.people))
    numbers = {one.source.id: number for number, one in enumerate(contents.understood)}
    sentences = np.bincount(np.array(texts.owners, np.int64), minlength=len(contents.passages)).tolist()
    contexts = {context: number for number, context in enumerate(texts.contexts, len(texts.sentences))}
    columns_of(contents.passages, turns, documents, numbers, sentences, contexts).save(files)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_words(files: Path, contents: Contents, texts: _Texts) -> None:
    analysed = [list(contents.terms(text)) for text in texts.passages]
    cache: dict[str, list[str]] = {}
    contexts = [cache.setdefault(p.context, list(contents.terms(p.context))) for p in contents.passages]
    neighbours = [
        [
            *(analysed[n - 1] if n and _beside(contents, n - 1) else []),
            *(analysed[n + 1] if _beside(contents, n) else []),
        ]
        for n in range(len(analysed))
    ]
    build_words({"text": analysed, "context": contexts, "neighbours": neighbours}).save(files)


def _beside(contents: Contents, number: int) -> bool:
    """Return whether the passage and the next stand in one document."""
    both = contents.passages[number : number + 2]
    return len(both) == 2 and both[0].document == both[1].document


def _write_sources(files: Path, contents: Contents) -> tuple[SourceRow, ...]:
    (files / "sources").mkdir()
    owner = {d.id: one.source.id for one in contents.understood for d in one.documents}
    held = dict.fromkeys((one.source.id for one in contents.understood), 0)
    for passage in contents.passages:
        held[owner[passage.document]] += 1
    rows = []
    for number, one in enumerate(contents.understood):
        source, data = one.source, one.source.text.encode()
        file = f"sources/{number}.txt"
        (files / file).write_bytes(data)
        rows.append(
            SourceRow(
                id=source.id,
                name=source.name,
                sha256=source.sha256,
                key=source_key(source),
                characters=len(source.text),
                documents=len(one.documents),
                turns=len(one.turns),
                notes=sum(len(document.notes) for document in one.documents),
                passages=held[source.id],
                file=file,
                text_sha256=hashlib.sha256(data).hexdigest(),
            )
        )
    return tuple(rows)


def _model(encoder: Encoder, name: str) -> Model:
    card = getattr(encoder, "card", None)
    exported, note = (card.exported, card.reason) if card else (True, "")
    return Model(name, encoder.weights_sha256, encoder.dimension, encoder.max_tokens, exported, note)


def _digests(files: Path) -> dict[str, FileRow]:
    found = {}
    for path in sorted(p for p in files.rglob("*") if p.is_file()):
        with path.open("rb") as stream:
            os.fsync(stream.fileno())  # on disk before the manifest that vouches for it
        found[path.relative_to(files).as_posix()] = file_row(path)
    return found
