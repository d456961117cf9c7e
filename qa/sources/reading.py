"""Files and folders to Sources, one at a time, so that an archive larger than memory can be read."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.errors import BadData, NoSources, UnreadableSource
from qa.sources import describing
from qa.sources.decoding import decode
from qa.sources.describing import Archive, Entry
from qa.sources.finding import ENDINGS, Found, find
from qa.sources.records import Problem, Source
from qa.sources.tei import read_tei

_MARKDOWN = frozenset({".md", ".markdown"})
_XML = frozenset({".xml", ".tei"})


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """`max_bytes`: a larger file is refused, since a source is held in memory as a whole while it is read."""

    max_bytes: int = 256 * 1024 * 1024


DEFAULT = ReadConfig()


def read_all(paths: Sequence[Path], config: ReadConfig = DEFAULT) -> tuple[list[Source], list[Problem]]:
    """Return the sources of the files and folders, and a problem for each file that is none.

    Raises:
        NoSources: Nothing at all could be read; the message names the first reason.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for item in iter_sources(paths, config):
        if isinstance(item, Source):
            sources.append(item)
        else:
            problems.append(item)
    return sources, problems


def iter_sources(paths: Sequence[Path], config: ReadConfig = DEFAULT) -> Iterator[Source | Problem]:
    """Yield a source or a problem for each file, in the order of the paths, sorted within folders.

    One source is held at a time. `NoSources` is raised at the end when there was none.
    """
    archives: dict[Path, Archive] = {}
    first: Problem | None = None
    read = False
    for file in find(paths):
        for item in _read(file, archives, config):
            read = read or isinstance(item, Source)
            if isinstance(item, Problem):
                first = first or item
            yield item
    if not read:
        raise NoSources(_nothing(paths, first))


def _nothing(paths: Sequence[Path], first: Problem | None) -> str:
    if first is not None:
        return f"no source could be read; the first problem: {first}"
    where = ", ".join(map(str, paths)) or "no path"
    return f"{where}: no source found; give files or folders that hold {', '.join(sorted(ENDINGS))} files"


def _read(file: Found, archives: dict[Path, Archive], config: ReadConfig) -> Iterator[Source | Problem]:
    entry, problems = _entry(file, archives)
    yield from problems
    try:
        yield read_source(file, entry, config)
    except UnreadableSource as error:
        yield Problem(file.path, str(error))


def read_source(file: Found, entry: Entry = Entry(), config: ReadConfig = DEFAULT) -> Source:  # noqa: B008 - frozen
    """Return the source of one found file, with what a human says of it."""
    data = _bytes(file.path, config)
    suffix = file.path.suffix.lower()
    digest = hashlib.sha256(data).hexdigest()
    if suffix in _XML or (suffix not in ENDINGS and data.lstrip().startswith(b"<?xml")):
        text, marks, own = read_tei(data, entry.encoding)
        said = describing.merged(own, entry.description)
        return Source(file.id, file.name, digest, text, "tei", said, marks)
    kind = "markdown" if suffix in _MARKDOWN else "text"
    return Source(file.id, file.name, digest, decode(data, entry.encoding), kind, entry.description)


def _bytes(path: Path, config: ReadConfig) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSource("is no regular file; give files and folders")
        if status.st_size > config.max_bytes:
            raise UnreadableSource(
                f"is too large ({status.st_size} bytes, the limit is {config.max_bytes}); split it into smaller files"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableSource("does not exist; check the path") from error
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror}); check its permissions") from error


def _entry(file: Found, archives: dict[Path, Archive]) -> tuple[Entry, list[Problem]]:
    """Return what the descriptions say, the nearest first: beside the file, then above, up to the indexed folder."""
    problems = []
    entry = Entry()
    for folder in (file.path.parent, *file.path.parent.parents):
        path = folder / describing.FILE_NAME
        if path not in archives:
            archives[path] = Archive()
            try:
                if path.is_file():
                    archives[path] = describing.read_archive(path)
            except BadData as error:
                problems.append(Problem(path, str(error)))
        above = archives[path].entry(file.path.relative_to(folder).as_posix())
        entry = Entry(describing.merged(above.description, entry.description), entry.encoding or above.encoding)
        if folder == file.root:
            break
    return entry, problems
