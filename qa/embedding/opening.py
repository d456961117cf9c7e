"""From a model's name to an encoder: the cached export where there is one, made where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qa.embedding.graph import OnnxEncoder
from qa.embedding.making import make_folder
from qa.embedding.models import DEFAULT_MODEL, config_digest, default_folder, default_weights, weights_digest
from qa.embedding.records import CARD, Encoder, EncoderCard
from qa.errors import ModelError


def _silent(_: str) -> None:
    """Say nothing."""


def open_encoder(
    model: str | None, cache: Path, expected: str | None = None, report: Callable[[str], None] = _silent
) -> Encoder:
    """Return the encoder of a model: its exported graph, or the model itself where it cannot be exported.

    The export is made once and kept in `cache/<SHA-256 of the weights>/`, so that later neither torch nor
    sentence-transformers is imported.

    Args:
        model: A sentence-transformers model, by folder or by its name on the hub; `None` is the one installed.
        cache: The folder of exported encoders; made when needed.
        expected: The digest of the weights that an index was made with.
        report: Told in a few words what takes long.

    Raises:
        ModelError: The model is missing, unreadable or not the expected one.
    """
    if expected and (cached := _exported(cache / expected)):
        return cached
    source, digest = located(model)
    if expected and digest != expected:
        raise ModelError(f"{model or DEFAULT_MODEL} is not the model of this index: run `qa index` again with --model")
    folder = cache / digest
    card = _card(folder, source)
    if card is None:
        report("preparing the encoder, once")
        card = _make(source, model or DEFAULT_MODEL, folder)
    if card.exported:
        return OnnxEncoder.open(folder)
    from qa.embedding.transformer import TransformerEncoder

    return TransformerEncoder.load(source, card.name)


def located(model: str | None) -> tuple[Path, str]:
    """Return a model's folder and the digest of its weights; only a name that is no folder can touch the network."""
    if model is None or model == DEFAULT_MODEL:
        folder = default_folder()
        return folder, default_weights(folder)
    if Path(model).is_dir():
        folder = Path(model).resolve()
    else:
        from qa.embedding.transformer import download

        folder = download(model)
    return folder, weights_digest(folder)


def _exported(folder: Path) -> OnnxEncoder | None:
    if not (folder / CARD).is_file() or not EncoderCard.read(folder).exported:
        return None
    return OnnxEncoder.open(folder)


def _card(folder: Path, source: Path) -> EncoderCard | None:
    """Return the card of a usable export; `None` where there is none or the model's configuration has changed."""
    if not (folder / CARD).is_file():
        return None
    try:
        card = EncoderCard.read(folder)
    except ModelError:
        return None
    present = all((folder / name).is_file() for name in card.files)
    return card if present and card.config_sha256 == config_digest(source) else None


def _make(source: Path, name: str, folder: Path) -> EncoderCard:
    from qa.embedding.transformer import TransformerEncoder, export

    make_folder(folder, lambda made: export(TransformerEncoder.load(source, name), made))
    return EncoderCard.read(folder)
