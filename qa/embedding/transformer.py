"""Any sentence-transformers model as an encoder, and its export to a graph: the one place that imports torch."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.embedding.batches import MAX_ROWS
from qa.embedding.checking import CHECKED
from qa.embedding.graph import FILES, GRAPH, SENTENCE, TOKENIZER, TOKENS, OnnxEncoder, standing, unit
from qa.embedding.models import config_digest, file_digest, hub, weights_digest
from qa.embedding.records import EncoderCard, Kind, Pieces, Vectors
from qa.errors import ModelError

TOLERANCE = 1e-4  # cosine distance between the graph and the model that it was made from
Model = Any  # a SentenceTransformer; the library is imported late
Program = Any  # an ONNXProgram of torch
LONGEST = 512  # for a model that declares no length of its own
PROBES = (
    "",
    "Who?",
    "  Capital LETTERS, and\nwhite  space ",
    "The minister's reply -- of 7 October -- was \u201cno\u201d.",
    "\u041f\u0438\u0441\u044c\u043c\u043e \u0438\u0437 \u041c\u043e\u0441\u043a\u0432\u044b; \u96fb\u5831",
    "a long text goes on and on, " * 200,
)


class TransformerEncoder:
    """An encoder that runs the model itself, in torch."""

    def __init__(self, model: Model, card: EncoderCard) -> None:
        self.model = model
        self.card = card

    @classmethod
    def load(cls, folder: Path, name: str) -> TransformerEncoder:
        """Return the model of a folder, read without the network and without running code that comes with it.

        Raises:
            ModelError: The folder is no sentence-transformers model that can be read.
        """
        model = _load(str(folder), online=False)
        prompts = _prompts(model)
        limit = min(model.max_seq_length or LONGEST, 4096)
        width = model.encode(["width"], show_progress_bar=False).shape[1]
        card = EncoderCard(name, weights_digest(folder), config_digest(folder), width, limit, prompts)
        return cls(model, card)

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
        """Return the digest of the model's weights."""
        return self.card.weights_sha256

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many word pieces each text has as a passage, special ones and prompt included, nothing cut."""
        if not texts:
            return []
        prompt = self.card.prompts["passage"]
        pieces = self.model.tokenizer([prompt + text for text in texts], truncation=False, verbose=False)
        return [len(ids) for ids in pieces["input_ids"]]

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return one unit row a text."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        rows = self.model.encode(
            list(texts), prompt=self.card.prompts[kind], batch_size=MAX_ROWS, show_progress_bar=False
        )
        return unit(np.asarray(rows, np.float32))

    def encode_words(self, texts: Sequence[str], starts: Sequence[int], kind: Kind) -> list[Pieces]:
        """Return for each text its word pieces from a character on, each as it is meant in the whole text.

        Raises:
            ModelError: The model's tokenizer cannot tell which characters a piece stands for.
        """
        if not texts:
            return []
        if not self.model.tokenizer.is_fast:
            raise ModelError(f"The tokenizer of {self.name} does not tell where a word stands: give another --model")
        prompt = self.card.prompts[kind]
        whole = [prompt + text for text in texts]
        read = self.model.tokenizer(
            whole,
            truncation=True,
            max_length=self.max_tokens,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        rows = self.model.encode(
            whole, prompt="", output_value="token_embeddings", batch_size=MAX_ROWS, show_progress_bar=False
        )
        found = []
        for row, offsets, special, start in zip(
            rows, read["offset_mapping"], read["special_tokens_mask"], starts, strict=True
        ):
            places, spans = standing(np.array(offsets), np.array(special), len(prompt), start)
            found.append(Pieces(unit(np.asarray(row, np.float32)[places]), spans))
        return found


def download(name: str) -> Path:
    """Return the folder of a model of the hub, fetched where it is not in the hub's cache yet.

    Raises:
        ModelError: There is no such model, or the hub cannot be reached.
    """
    found = _cached(name)
    if found is None:
        _load(name, online=True)
        found = _cached(name)
    if found is None:
        raise ModelError(f"The model {name} was not found: give a folder, or a name of the hub while online")
    return found


def export(encoder: TransformerEncoder, folder: Path) -> EncoderCard:
    """Write the model's graph, tokenizer and card to an existing folder; return the card.

    The exporter is torch's own (`torch.onnx.export` from an exported program, batch and length dynamic). The graph
    is kept only when its vectors equal the model's on a few telling texts; else the card says why there is none.
    """
    try:
        card = _export(encoder, folder)
        card.write(folder)
        _compare(encoder, OnnxEncoder.open(folder))
    except Exception as error:  # exporters fail in any way; the model itself still serves
        for name in (*FILES, CHECKED):
            (folder / name).unlink(missing_ok=True)
        card = replace(encoder.card, exported=False, reason=first_line(error))
        card.write(folder)
    return card


def _export(encoder: TransformerEncoder, folder: Path) -> EncoderCard:
    model = encoder.model.eval()
    preprocess = getattr(model, "preprocess", None) or model.tokenize  # the name before version 5.2
    features = preprocess(list(PROBES[1:4]))
    names = tuple(name for name in ("input_ids", "attention_mask", "token_type_ids") if name in features)
    inputs = {name: features[name] for name in names}
    program = exported(_graph(model, names), inputs, [SENTENCE, TOKENS], encoder.max_tokens)
    program.save(str(folder / GRAPH), external_data=True)
    model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    files = {name: file_digest(folder / name) for name in FILES if (folder / name).is_file()}
    return replace(encoder.card, inputs=names, pad_id=int(model.tokenizer.pad_token_id or 0), files=files)


def exported(module: Model, inputs: dict[str, Any], outputs: list[str], longest: int) -> Program:
    """Return the graph of a torch module of named tensors, of any number of rows of up to so many word pieces.

    Raises:
        ValueError: The exporter gave none.
    """
    import torch

    axes = {0: torch.export.Dim("batch", min=1, max=4096), 1: torch.export.Dim("length", min=2, max=longest)}
    with quiet(), torch.no_grad():
        program = torch.onnx.export(
            module,
            tuple(inputs.values()),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=(tuple(axes for _ in inputs),),
            dynamo=True,
            verbose=False,
        )
    if program is None:
        raise ValueError("the exporter gave no graph")
    return program


def _graph(model: Model, names: tuple[str, ...]) -> Model:
    import torch

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = self.model(dict(zip(names, tensors, strict=True)))
            return features[SENTENCE], features[TOKENS]

    return Graph().eval()


def first_line(error: Exception) -> str:
    """Return what an error says first, or what it is; at most 200 characters."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the exporters' remarks off the screen: what they make is compared with the model afterwards."""
    loggers = [logging.getLogger("torch.onnx"), logging.getLogger()]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _compare(encoder: TransformerEncoder, graph: OnnxEncoder) -> None:
    kinds: tuple[Kind, ...] = ("query", "passage")
    for kind in kinds:
        distance = 1 - (encoder.encode(PROBES, kind) * graph.encode(PROBES, kind)).sum(axis=1).min()
        if not distance <= TOLERANCE:
            raise ValueError(f"the graph's vectors differ from the model's by {distance:.2g}")
    if encoder.count(PROBES) != graph.count(PROBES):
        raise ValueError("the exported tokenizer cuts words differently")


def _prompts(model: Model) -> dict[Kind, str]:
    declared = {name: text for name, text in (model.prompts or {}).items() if text}
    default = declared.get(model.default_prompt_name or "", "")
    passage = next((declared[name] for name in ("document", "passage", "corpus") if name in declared), default)
    return {"query": declared.get("query", default), "passage": passage}


def _load(name: str, online: bool) -> Model:
    with hub(online):
        try:
            from sentence_transformers import SentenceTransformer

            _hush()
            return SentenceTransformer(name, device="cpu", trust_remote_code=False, local_files_only=not online)
        except Exception as error:  # the libraries raise whatever the file or the network made them raise
            reason = first_line(error)
            remedy = "give the folder of a sentence-transformers model, or a name of the hub while online"
            raise ModelError(f"The model {name} cannot be read ({reason}): {remedy}") from error


def _hush() -> None:
    """Keep the library's progress bars off the screen; reading weights is ours to report."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]


def _cached(name: str) -> Path | None:
    with hub():
        from huggingface_hub import snapshot_download

        try:
            folder = Path(snapshot_download(name, local_files_only=True))
            weights_digest(folder)
        except Exception:  # any failure means the same: it has to be fetched
            return None
        return folder
