"""Folders of the cache: made beside their place and put there whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path, fill: Callable[[Path], object]) -> None:
    """Make a folder, in place of what stands there, by a function that fills an empty one.

    Where another process was first, what it made stays, and serves as well.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as work:
        made = Path(work) / "made"
        made.mkdir()
        fill(made)
        with suppress(OSError):
            shutil.rmtree(folder)
        with suppress(OSError):
            made.replace(folder)
