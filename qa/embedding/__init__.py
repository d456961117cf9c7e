"""Texts to unit vectors: one protocol, two encoders behind it, and the export that makes the second from the first."""

from qa.embedding.graph import OnnxEncoder
from qa.embedding.models import DEFAULT_MODEL, DEFAULT_WEIGHTS
from qa.embedding.opening import open_encoder
from qa.embedding.records import Encoder, EncoderCard, Kind, Pieces, Vectors

__all__ = [
    "DEFAULT_MODEL",
    "DEFAULT_WEIGHTS",
    "Encoder",
    "EncoderCard",
    "Kind",
    "OnnxEncoder",
    "Pieces",
    "Vectors",
    "open_encoder",
]
