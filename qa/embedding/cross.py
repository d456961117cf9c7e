"""The cross-encoder: question and passage read together, to tell whether the one answers the other.

A bi-encoder's vectors say how near two texts come; read together (Nogueira & Cho 2019, "Passage Re-ranking with BERT")
they also say whether what is asked is told. Ours is the default encoder, its layers changed by matrices of low rank
(Hu et al. 2021, "LoRA", for the form) that stand in `qa/data/cross_encoder.npz`; `eval/cross_encoder.py` made them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.embedding.checking import check_files
from qa.embedding.graph import Session, Tokenizer, graph_session, graph_tokenizer
from qa.embedding.making import make_folder
from qa.embedding.models import DEFAULT_WEIGHTS, default_folder, default_weights, file_digest
from qa.errors import ModelError

GRAPH, CARD = "cross.onnx", "cross.json"
CHANGES = files("qa").joinpath("data", "cross_encoder.npz")
QUESTION, TEXT, HEAD, BEFORE = 40, 80, 16, 20  # word pieces read of each part, the last of what stands before
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_CLS, _SEP = "[CLS]", "[SEP]"
Scores = NDArray[np.float32]
Row = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read beside a question: words that may answer it, who says them where and when, what stands before."""

    text: str
    head: str = ""
    before: str = ""


class Judge(Protocol):
    """Anything that tells whether words answer a question."""

    def judge(self, question: str, readings: Sequence[Reading]) -> Scores:
        """Return for each reading the logarithm of the odds that it answers, on the judge's own scale."""


class CrossEncoder:
    """The exported cross-encoder: onnxruntime and tokenizers only, weights of eight bits."""

    def __init__(self, tokenizer: Tokenizer, session: Session) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._ends = [tokenizer.token_to_id(piece) for piece in (_CLS, _SEP)]

    @classmethod
    def open(cls, folder: Path) -> CrossEncoder:
        """Return the cross-encoder of a folder of the cache.

        Raises:
            ModelError: A file is missing or is not the one that was exported.
        """
        try:
            card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{folder / CARD} cannot be read: delete {folder} and run `qa index` again") from error
        check_files(folder, card["files"])
        return cls(graph_tokenizer(default_folder() / "tokenizer.json"), graph_session(folder / GRAPH, 1))

    def judge(self, question: str, readings: Sequence[Reading]) -> Scores:
        """Return for each reading the logarithm of the odds that it answers, on the scale on which it was fitted."""
        told = [self._session.run(None, feed([row]))[0][0] for row in self.rows(question, readings)]
        return np.array(told, np.float32)  # one after another: rows filled up to the longest cost half as much again

    def rows(self, question: str, readings: Sequence[Reading]) -> list[Row]:
        """Return the word pieces that are read, a row a reading."""
        texts = [question, *(part for r in readings for part in (r.text, r.head, r.before))]
        pieces = [e.ids for e in self._tokenizer.encode_batch(texts, add_special_tokens=False)]
        return [self._row(pieces[0], *pieces[at : at + 3]) for at in range(1, len(pieces), 3)]

    def _row(self, question: list[int], text: list[int], head: list[int], before: list[int]) -> Row:
        """Return the pieces of one row and their kinds: question, text, context."""
        first, end = self._ends
        asked, told, around = question[:QUESTION], text[:TEXT], [*head[:HEAD], *before[-BEFORE:]]
        pieces = [first, *asked, end, *told, end, *around, end]
        return pieces, [0] * (len(asked) + 2) + [1] * (len(told) + 1) + [0] * (len(around) + 1)


def feed(rows: Sequence[Row]) -> dict[str, NDArray[np.int64]]:
    """Return the rows as the graph takes them, the shorter ones filled up and masked."""
    shape = (len(rows), max(len(pieces) for pieces, _ in rows))
    arrays = {name: np.zeros(shape, np.int64) for name in INPUTS}
    for n, (pieces, kinds) in enumerate(rows):
        arrays["input_ids"][n, : len(pieces)] = pieces
        arrays["attention_mask"][n, : len(pieces)] = 1
        arrays["token_type_ids"][n, : len(pieces)] = kinds
    return arrays


def open_cross(cache: Path) -> CrossEncoder:
    """Return the cross-encoder of a cache, exported first where it is not there yet.

    Raises:
        ModelError: It cannot be exported, or what was exported is altered.
    """
    return CrossEncoder.open(prepare_cross(cache))


def prepare_cross(cache: Path, report: Callable[[str], None] = lambda _: None) -> Path:
    """Return the folder of the exported cross-encoder, made where there is none; `report` is told if it takes long.

    Raises:
        ModelError: The default encoder's weights are not installed, or the export fails.
    """
    folder = cache / f"cross-{_digest()}"
    if not (folder / CARD).is_file():
        report("preparing the cross-encoder, once")
        try:
            _make(folder)
        except OSError as error:
            raise ModelError(f"{folder} cannot be written: run `qa index` again where it can") from error
    return folder


def _digest() -> str:
    """Return what tells one cross-encoder from another: the default encoder's weights and the changes to them."""
    return hashlib.sha256(DEFAULT_WEIGHTS.encode() + CHANGES.read_bytes()).hexdigest()[:16]


def _make(folder: Path) -> None:
    from qa.embedding.cross_export import export_cross

    source = default_folder()
    default_weights(source)

    def fill(made: Path) -> None:
        export_cross(source, made / GRAPH)
        card = {"schema": "qa.cross/1", "files": {GRAPH: file_digest(made / GRAPH)}}
        (made / CARD).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")

    make_folder(folder, fill)
