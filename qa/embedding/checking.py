"""Are the files of a cached encoder the exported ones? Hashed once, then told by size and times alone."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qa.embedding.models import file_digest
from qa.errors import ModelError

CHECKED = "checked.json"


def check_files(folder: Path, digests: Mapping[str, str]) -> None:
    """Return nothing when the files have their digests.

    Hashing 90 MB takes a tenth of a cold question. So what was hashed is written down with the file's length and its
    times of last change (of content and of inode, which no ordinary program can set back), as git's index does
    (https://git-scm.com/docs/racy-git); while they stay, the file counts as checked. A folder that cannot be written
    to is hashed every time.

    Raises:
        ModelError: A file is missing or is not the one that was exported.
    """
    seen = {name: [digest, *_stamp(folder / name)] for name, digest in digests.items()}
    if seen == _written(folder):
        return
    for name, digest in digests.items():
        path = folder / name
        if not path.is_file() or file_digest(path) != digest:
            raise ModelError(f"{path} is missing or altered: delete {folder} and run `qa index` again")
    _write(folder, seen)


def _stamp(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns]


def _written(folder: Path) -> object:
    try:
        return json.loads((folder / CHECKED).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _write(folder: Path, seen: Mapping[str, object]) -> None:
    with suppress(OSError):
        handle, name = tempfile.mkstemp(prefix=".checked-", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(seen, stream)
        Path(name).replace(folder / CHECKED)
