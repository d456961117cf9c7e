"""Which files are read, and the id of each."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ENDINGS = frozenset({".txt", ".text", ".md", ".markdown", ".xml", ".tei"})
# Documents of forms that are not read; that they stand there is told.
_OTHERS = frozenset(
    {".csv", ".doc", ".docx", ".eml", ".epub", ".htm", ".html", ".json", ".odt", ".pdf", ".rtf", ".tex", ".xhtml"}
)
# What stands beside the sources and describes them; a longer name ("sources-of-conduct.txt") may be a source.
_ABOUT = re.compile(r"(?:readme|licen[cs]e)(?:[^a-z].*)?|copying|notice|changelog|sources|contributing", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it is, the indexed folder above it, and its id and name in the archive."""

    path: Path
    root: Path
    id: str
    name: str


def find(paths: Sequence[Path]) -> list[Found]:
    """Return the files to read, folders in sorted order, each file once, ids unique.

    From a folder come, from all depths, the files whose ending says text, Markdown or TEI, hidden files and files
    that describe the folder (README, LICENSE, SOURCES) apart; a file named itself is taken whatever its ending.
    """
    seen: set[tuple[int, int]] = set()
    found: list[tuple[Path, Path]] = []
    for path in paths:
        root = path if path.is_dir() else path.parent
        for file in _walk(path) if path.is_dir() else (path,):
            key = _identity(file)
            if key not in seen:
                seen.add(key)
                found.append((file, root))
    return _named(found)


def left_aside(paths: Sequence[Path]) -> Counter[str]:
    """Return how many documents of forms that are not read stand in the folders, by their endings."""
    folders = [path for path in paths if path.is_dir()]
    names = (file.name for folder in folders for file in _files(folder))
    endings = (PurePosixPath(name).suffix.lower() for name in names if not name.startswith("."))
    return Counter(ending for ending in endings if ending in _OTHERS)


def _identity(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (-1, hash(path))
    return (status.st_dev, status.st_ino)


def _walk(root: Path) -> Iterator[Path]:
    return (file for file in _files(root) if is_source(file.name))


def _files(root: Path) -> Iterator[Path]:
    visited: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(root, followlinks=True):
        here = Path(folder)
        visited.add(_identity(here))
        # A link back to a folder above or already read would go round for ever.
        folders[:] = sorted(f for f in folders if not f.startswith(".") and _identity(here / f) not in visited)
        visited.update(_identity(here / f) for f in folders)
        for name in sorted(files):
            yield here / name


def is_source(name: str) -> bool:
    """Return whether a file of this name is read when its folder is.

    >>> [is_source(n) for n in ("a.txt", "README.md", "sources-of-conduct.md", ".a.txt", "archive.toml")]
    [True, False, True, False, False]
    """
    path = PurePosixPath(name)
    return not name.startswith(".") and path.suffix.lower() in ENDINGS and not _ABOUT.fullmatch(path.stem)


def _named(found: Iterable[tuple[Path, Path]]) -> list[Found]:
    pairs = list(found)
    names = _unique([file.absolute().parts for file, _ in pairs], [_below(file, root) for file, root in pairs])
    plain = Counter(_stem(name) for name in names)
    folders = {str(parent) for name in names for parent in PurePosixPath(name).parents}
    # "a.txt" beside "a.md", or beside a folder "a", keeps its ending: its documents are "a.txt/1", "a.txt/2".
    keeps = {stem for stem, count in plain.items() if count > 1} | (folders & plain.keys())
    ids = [name if _stem(name) in keeps else _stem(name) for name in names]
    return [Found(file, root, id_, name) for (file, root), id_, name in zip(pairs, ids, names, strict=True)]


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return str(path.with_suffix("")) if path.suffix.lower() in ENDINGS else name


def _below(file: Path, root: Path) -> int:
    return len(file.relative_to(root).parts)


def _unique(parts: list[tuple[str, ...]], depths: list[int]) -> list[str]:
    """Return each file's last parts, as many as its depth says and more where two names would be the same."""
    while True:
        names = ["/".join(p[-depth:]) for p, depth in zip(parts, depths, strict=True)]
        counts = Counter(names)
        deeper = [
            depth + 1 if counts[name] > 1 and depth < len(p) - 1 else depth
            for name, depth, p in zip(names, depths, parts, strict=True)
        ]
        if deeper == depths:
            return [os.fsencode(name).decode("utf-8", "replace") for name in names]
        depths = deeper
