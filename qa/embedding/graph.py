"""The exported encoder: onnxruntime and tokenizers only, so that a question needs no torch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.embedding.batches import batches
from qa.embedding.checking import check_files
from qa.embedding.records import EncoderCard, Kind, Pieces, Spans, Vectors
from qa.errors import ModelError

GRAPH = "model.onnx"
WEIGHTS = "model.onnx.data"  # beside the graph, so that they are mapped into memory: a third of the time to open
TOKENIZER = "tokenizer.json"
FILES = (GRAPH, WEIGHTS, TOKENIZER)
SENTENCE, TOKENS = "sentence_embedding", "token_embeddings"
TINY = 1e-12

# The two libraries are imported late and tell a type checker nothing.
Tokenizer = Any
Session = Any
Encoding = Any


class OnnxEncoder:
    """An encoder that runs a graph which was exported once, with the transformer and its pooling.

    Vectors equal those of the model that it was made from to about 1e-6; on two cores it is as fast as torch.
    """

    def __init__(self, card: EncoderCard, tokenizer: Tokenizer, session: Session) -> None:
        self.card = card
        self._tokenizer = tokenizer
        self._session = session

    @classmethod
    def open(cls, folder: Path) -> OnnxEncoder:
        """Return the encoder of a folder of the cache.

        Raises:
            ModelError: A file is missing or is not the one that was exported.
        """
        card = EncoderCard.read(folder)
        if not card.exported:
            raise ModelError(f"{card.name} has no exported graph ({card.reason}): run `qa index` again")
        check_files(folder, card.files)
        return cls(card, graph_tokenizer(folder / TOKENIZER), graph_session(folder / GRAPH))

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self.card.name

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return self.card.dimension

    @property
    def max_tokens(self) -> int:
        """Return how many word pieces of a text are read, special ones included."""
        return self.card.max_tokens

    @property
    def weights_sha256(self) -> str:
        """Return the digest of the weights that the graph was made from."""
        return self.card.weights_sha256

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many word pieces each text has as a passage, special ones and prompt included, nothing cut."""
        prompt = self.card.prompts["passage"]
        self._tokenizer.no_truncation()
        return [len(e) for e in self._tokenizer.encode_batch_fast([prompt + text for text in texts])]

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return one unit row a text."""
        rows = self._pieces(texts, kind)
        vectors = np.zeros((len(rows), self.dimension), np.float32)
        for batch in batches([len(row) for row in rows]):
            feed = self._feed([rows[n] for n in batch])
            vectors[batch] = self._session.run([SENTENCE], feed)[0]
        return unit(vectors)

    def encode_words(self, texts: Sequence[str], starts: Sequence[int], kind: Kind) -> list[Pieces]:
        """Return for each text its word pieces from a character on, each as it is meant in the whole text."""
        prompt = self.card.prompts[kind]
        read = self._read(texts, kind)
        kept = [
            standing(np.array(e.offsets), np.array(e.special_tokens_mask), len(prompt), start)
            for e, start in zip(read, starts, strict=True)
        ]
        rows = [e.ids for e in read]
        found: dict[int, Pieces] = {}
        for batch in batches([len(row) for row in rows]):
            hidden = self._session.run([TOKENS], self._feed([rows[n] for n in batch]))[0]
            for i, n in enumerate(batch):
                places, spans = kept[n]
                found[n] = Pieces(unit(hidden[i, places]), spans)
        return [found[n] for n in range(len(rows))]

    def _pieces(self, texts: Sequence[str], kind: Kind) -> list[list[int]]:
        return [e.ids for e in self._read(texts, kind)]

    def _read(self, texts: Sequence[str], kind: Kind) -> Sequence[Encoding]:
        prompt = self.card.prompts[kind]
        self._tokenizer.enable_truncation(self.max_tokens)
        return self._tokenizer.encode_batch([prompt + text for text in texts])  # type: ignore[no-any-return]

    def _feed(self, rows: list[list[int]]) -> dict[str, NDArray[np.int64]]:
        shape = (len(rows), max(map(len, rows)))
        ids, mask = np.full(shape, self.card.pad_id, np.int64), np.zeros(shape, np.int64)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        arrays = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros(shape, np.int64)}
        return {name: arrays[name] for name in self.card.inputs}


def unit(vectors: Vectors) -> Vectors:
    """Return the rows at length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.maximum(lengths, TINY), np.float32)


def standing(offsets: Spans, special: Spans, prompt: int, start: int) -> tuple[Spans, Spans]:
    """Return the places of the pieces that stand in a text from `start` on, and their characters there.

    >>> standing(np.array([[0, 0], [0, 2], [3, 5]]), np.array([1, 0, 0]), 1, 1)
    (array([2]), array([[2, 4]]))
    """
    at = offsets.reshape(-1, 2) - prompt
    places = np.flatnonzero((special == 0) & (at[:, 0] >= start) & (at[:, 1] > at[:, 0]))
    return places, at[places]


def graph_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer of a file, which fills nothing up."""
    import tokenizers

    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.no_padding()  # a published tokenizer can ask for 128 pieces always
    return tokenizer


def graph_session(path: Path, threads: int = 0) -> Session:
    """Return a graph, ready to run on so many cores, 0 for all of this machine's."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or os.cpu_count() or 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads must not heat a laptop
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
