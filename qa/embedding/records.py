"""What an encoder promises, and the card that says which encoder it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.errors import ModelError

Vectors = NDArray[np.float32]
Spans = NDArray[np.int64]
Kind = Literal["query", "passage"]

CARD = "encoder.json"
SCHEMA = "qa.encoder/1"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text in its order: `vectors` a unit row each, `spans` the characters each stands for.

    `spans` has one half-open range of the text a row (shape pieces x 2).
    """

    vectors: Vectors
    spans: Spans


class Encoder(Protocol):
    """Anything that turns texts into unit vectors of one space."""

    @property
    def name(self) -> str:
        """Return the model's name, as an index's manifest shows it."""

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Return how many word pieces of a text are read, special ones included."""

    @property
    def weights_sha256(self) -> str:
        """Return the digest of the model's weights (hexadecimal)."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return how many word pieces each text has as a passage, special ones and prompt included, nothing cut."""

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """Return one unit row a text; the inner product of two rows is their cosine."""

    def encode_words(self, texts: Sequence[str], starts: Sequence[int], kind: Kind) -> list[Pieces]:
        """Return for each text its word pieces from a character on, each as it is meant in the whole text.

        Special pieces and the prompt are left out.
        """


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """Which encoder a folder of the cache holds.

    `config_sha256` is of the model's own configuration files, since the same weights can be pooled in another way.
    `prompts` are what the model wants before a text, by kind. `inputs` are the graph's. `exported` says whether a
    graph is there; `reason` why not. `files` are digests by file name.
    """

    name: str
    weights_sha256: str
    config_sha256: str
    dimension: int
    max_tokens: int
    prompts: Mapping[Kind, str]
    inputs: tuple[str, ...] = ()
    pad_id: int = 0
    exported: bool = True
    reason: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write the card as `encoder.json`."""
        text = json.dumps({"schema": SCHEMA, **asdict(self)}, ensure_ascii=False, indent=1)
        (folder / CARD).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> EncoderCard:
        """Return the card of a folder.

        Raises:
            ModelError: The folder has no card that this version can read.
        """
        try:
            record = json.loads((folder / CARD).read_text(encoding="utf-8"))
            if record.pop("schema") != SCHEMA:
                raise ValueError("another schema")
            return cls(**{**record, "inputs": tuple(record["inputs"])})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{folder} holds no usable encoder ({error}): delete it and run `qa index` again"
            raise ModelError(message) from error
