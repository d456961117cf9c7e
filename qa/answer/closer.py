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

NAMES = (
    "in_context",  # question and window in its context, as vectors
    "word_by_word",  # for each word piece of the question the nearest of the window in its context, averaged
    "weakest_words",  # the same for the third of the question's pieces that find least
)
Floats = NDArray[np.float32]


@runtime_checkable
class TokenEncoder(Protocol):
    """An encoder that also gives a vector a word piece."""

    def encode_tokens(self, texts: Sequence[str], kind: str) -> list[Floats]:
        """Return for each text one unit row a word piece."""


def closer_look(
    reader: Reader, encoder: Encoder, question: Question, candidates: Candidates, windows: Sequence[Window]
) -> Floats:
    """Return one row a window, the columns being `NAMES`; without word vectors all but the first are 0.

    All but the first are late interaction (Khattab & Zaharia 2020, "ColBERT", with the encoder's own word vectors).
    Their average forgives what is missing as long as much is there; the weakest third does not.
    """
    texts = [
        encoded_text(reader.passage(int(candidates.passages[w.passage])).context, text_of(reader, w)) for w in windows
    ]
    if not texts:
        return np.zeros((0, len(NAMES)), np.float32)
    if not isinstance(encoder, TokenEncoder):
        whole = encoder.encode(texts, "passage") @ candidates.query
        return np.hstack([whole[:, None], np.zeros((len(texts), len(NAMES) - 1), np.float32)])
    asked = encoder.encode_tokens([question.text], "query")[0]
    looks = []
    for row in encoder.encode_tokens(texts, "passage"):
        near = (asked @ row.T).max(axis=1)
        looks.append((float(_pooled(row) @ candidates.query), float(near.mean()), _weakest(near)))
    return np.array(looks, np.float32)


def _weakest(nearest: Floats) -> float:
    """Return the mean of the lowest third, the marks at both ends that stand for no word left out."""
    inner = np.sort(nearest[1:-1] if len(nearest) > 2 else nearest)
    return float(inner[: max(1, len(inner) // 3)].mean())


def _pooled(row: Floats) -> Floats:
    mean = row.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
