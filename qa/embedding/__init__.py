"""Texts to unit vectors: one protocol, two encoders behind it, and the export that makes the second from the first."""

from qa.embedding.cross import CrossEncoder, Judge, Reading, open_cross, prepare_cross
from qa.embedding.graph import OnnxEncoder
from qa.embedding.models import DEFAULT_MODEL, DEFAULT_WEIGHTS
from qa.embedding.opening import open_encoder
from qa.embedding.records import Encoder, EncoderCard, Kind, Pieces, Vectors

__all__ = [
    "DEFAULT_MODEL",
    "DEFAULT_WEIGHTS",
    "CrossEncoder",
    "Encoder",
    "EncoderCard",
    "Judge",
    "Kind",
    "OnnxEncoder",
    "Pieces",
    "Reading",
    "Vectors",
    "open_cross",
    "open_encoder",
    "prepare_cross",
]
