"""The index folder: build, update, open, check; nearest neighbours."""

from qa.index.building import build
from qa.index.chain import BuildReport, Chain, EncoderChoice, IndexSettings
from qa.index.columns import KINDS, Columns
from qa.index.manifest import Manifest
from qa.index.opened import Index, encoders_folder
from qa.index.vectors import VectorIndex

__all__ = [
    "KINDS",
    "BuildReport",
    "Chain",
    "Columns",
    "EncoderChoice",
    "Index",
    "IndexSettings",
    "Manifest",
    "VectorIndex",
    "build",
    "encoders_folder",
]
