"""A second, closer look at the best few windows: with their context, and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from qa.answer.windows import Window, text_of
from qa.embedding import Encoder
from qa.passages import encoded_text
from qa.question import Question
from qa.search.candidates import Candidates
from qa.search.reading import Reader

NAMES = ("in_context", "word_by_word")
Floats = NDArray[np.float32]


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that also gives a vector a word piece."""

    def encode_tokens(self, texts: Sequence[str], kind: str) -> list[Floats]:
        """Return for each text one unit row a word piece."""


def closer_look(
    reader: Reader, encoder: Encoder, question: Question, candidates: Candidates, windows: Sequence[Window]
) -> Floats:
    """Return one row a window, the columns being `NAMES`; an encoder without word vectors gives 0 for the second.

    `word_by_word` is late interaction: for each word piece of the question the nearest of the window, averaged
    (Khattab & Zaharia 2020, "ColBERT", with the encoder's own word vectors).
    """
    texts = [
        encoded_text(reader.passage(int(candidates.passages[w.passage])).context, text_of(reader, w)) for w in windows
    ]
    if not texts:
        return np.zeros((0, len(NAMES)), np.float32)
    if not isinstance(encoder, TokenEncoder):
        whole = encoder.encode(texts, "passage") @ candidates.query
        return np.stack([whole, np.zeros(len(texts), np.float32)], axis=1)
    asked = encoder.encode_tokens([question.text], "query")[0]
    rows = encoder.encode_tokens(texts, "passage")
    nearest = [float((asked @ row.T).max(axis=1).mean()) for row in rows]
    pooled = np.array([float(_pooled(row) @ candidates.query) for row in rows])
    return np.stack([pooled, np.array(nearest)], axis=1).astype(np.float32)


def _pooled(row: Floats) -> Floats:
    mean = row.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
