"""Texts to vectors, those that an earlier index has already left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa.embedding.records import Encoder
from qa.index.pieces import Codes, PieceIndex, coded
from qa.index.vectors import VectorIndex, Vectors

KEY_BYTES = 16  # of a SHA-256: chance meetings are out of the question below 2**60 texts
Keys = NDArray[np.uint8]
Progress = Callable[[str, int, int], None]
T = TypeVar("T")
Known = dict[bytes, Callable[[], T]]


@dataclass(frozen=True, slots=True)
class Read:
    """What the encoder reads: a text, of which the words from `start` on are meant, the rest being their context."""

    text: str
    start: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A text's vector, the mean of its word pieces' at length 1, and the pieces' codes."""

    vector: Vectors
    codes: Codes


def keys_of(reads: Sequence[Read]) -> Keys:
    """Return one row of bytes a text, equal for equal texts in equal contexts only."""
    joined = b"".join(
        hashlib.sha256(f"{r.start} {r.text}".encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES] for r in reads
    )
    return np.frombuffer(joined, np.uint8).reshape(len(reads), KEY_BYTES)


@dataclass(frozen=True, slots=True)
class KnownTexts:
    """What an earlier index has, by the texts' keys: of passages the vectors, of sentences and contexts the words."""

    passages: Known[Vectors]
    words: Known[Words]

    @classmethod
    def none(cls) -> KnownTexts:
        """Return that nothing is known."""
        return cls({}, {})

    @classmethod
    def of(cls, passages: Path, sentences: Path, keys: tuple[Path, Path, Path]) -> KnownTexts:
        """Return what the files of an index know; files that cannot be read teach nothing.

        Args:
            passages: The passages' vectors.
            sentences: The sentences' vectors, beside which their word pieces are.
            keys: The keys of the passages, the sentences and the contexts.
        """
        try:
            rows = [np.load(path, allow_pickle=False) for path in keys]
            whole, single = VectorIndex.open(passages), VectorIndex.open(sentences)
            pieces = PieceIndex.open(sentences.parent)
        except (OSError, ValueError):
            return cls.none()
        if (len(whole), len(single), len(pieces)) != (len(rows[0]), len(rows[1]), len(rows[1]) + len(rows[2])):
            return cls.none()

        def vector(index: VectorIndex, number: int) -> Callable[[], Vectors]:
            return lambda: index.rows(np.array([number]))[0]

        def words(number: int) -> Callable[[], Words]:
            found = vector(single, number) if number < len(single) else lambda: np.zeros(single.dimension, np.float32)
            return lambda: Words(found(), pieces.codes(number))

        texts = np.concatenate(rows[1:])
        known = {
            row.tobytes(): words(n) for n, row in reversed(list(enumerate(texts)))
        }  # a sentence's before a context's
        return cls({row.tobytes(): vector(whole, n) for n, row in enumerate(rows[0])}, known)


class Plan(Generic[T]):
    """The texts of one kind: what is known of them, and what has to be encoded, equal texts once."""

    def __init__(self, reads: Sequence[Read], known: Known[T]) -> None:
        self.reads = reads
        self.keys = keys_of(reads)
        self.found: list[Callable[[], T] | None] = [known.get(key.tobytes()) for key in self.keys]
        missing: dict[bytes, list[int]] = {}
        for number, key in enumerate(self.keys):
            if self.found[number] is None:
                missing.setdefault(key.tobytes(), []).append(number)
        # like lengths encode together
        self.missing = sorted(missing.values(), key=lambda numbers: -len(reads[numbers[0]].text))

    def carry_out(
        self, encode: Callable[[Sequence[Read]], Sequence[T]], chunk: int, told: Callable[[int], None]
    ) -> list[T]:
        """Return what is known or encoded of each text, in order."""
        made: dict[int, T] = {}
        for start in range(0, len(self.missing), chunk):
            part = self.missing[start : start + chunk]
            results = encode([self.reads[numbers[0]] for numbers in part])
            made.update((n, result) for numbers, result in zip(part, results, strict=True) for n in numbers)
            told(start + len(part))
        return [found() if found else made[number] for number, found in enumerate(self.found)]


def passages_encoded(encoder: Encoder) -> Callable[[Sequence[Read]], Sequence[Vectors]]:
    """Return how passages are encoded: whole."""
    return lambda reads: list(encoder.encode([r.text for r in reads], "passage"))


def words_encoded(encoder: Encoder, turning: Vectors) -> Callable[[Sequence[Read]], Sequence[Words]]:
    """Return how sentences and contexts are encoded: piece by piece, within what stands before them."""

    def encode(reads: Sequence[Read]) -> list[Words]:
        found = encoder.encode_words([r.text for r in reads], [r.start for r in reads], "passage")
        return [Words(_mean(pieces.vectors, encoder.dimension), coded(pieces.vectors, turning)) for pieces in found]

    return encode


def _mean(rows: Vectors, dimension: int) -> Vectors:
    if not len(rows):
        return np.zeros(dimension, np.float32)
    mean = rows.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
