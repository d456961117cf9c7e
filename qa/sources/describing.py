"""`archive.toml`: what a human says about the sources beside it."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from qa.errors import BadData
from qa.sources.records import Description

FILE_NAME = "archive.toml"
_FIELDS = tuple(f.name for f in fields(Description))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one source; `encoding` is "" where none is declared."""

    description: Description = field(default_factory=Description)
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The entries by file name (a path below the description's folder), and the encoding of all other files."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    encoding: str = ""

    def entry(self, name: str) -> Entry:
        """Return what is said of the file, the archive's own encoding where the file has none."""
        entry = self.entries.get(name, Entry())
        return entry if entry.encoding else replace(entry, encoding=self.encoding)


def read_archive(path: Path) -> Archive:
    """Return what an `archive.toml` says; `BadData` names the line where it is not understood."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadData(f"is not UTF-8 at offset {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise BadData(f"cannot be read ({error.strerror}); check its permissions") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = str(error).replace("at end of document", f"at the end, line {len(text.splitlines())}")
        raise BadData(f"is no TOML: {why}; correct that line") from error
    return parse_archive(data, text, path.parent)


def parse_archive(data: Mapping[str, object], text: str, folder: Path) -> Archive:
    """Return the archive of the parsed TOML; `text` is the file's, for line numbers, `folder` where its files are."""
    for key in data:
        if key not in ("sources", "encoding"):
            raise BadData(f'line {_line(text, key)}: unknown key {key!r}; use [sources."FILE"] or encoding')
    sources = data.get("sources", {})
    if not isinstance(sources, dict):
        raise BadData(f'line {_line(text, "sources")}: sources must be tables, as [sources."FILE"]')
    entries = {}
    for name, values in sources.items():
        line = _line(text, name)
        if not isinstance(values, dict):
            raise BadData(f'line {line}: {name!r} must be a table, as [sources."{name}"]')
        if not (folder / name).exists():
            raise BadData(f"line {line}: no file {name!r} stands here; correct the name or remove the entry")
        entries[name] = _entry(values, text, line)
    return Archive(entries, _text(data.get("encoding", ""), _line(text, "encoding"), "encoding"))


def _entry(values: Mapping[str, object], text: str, first: int) -> Entry:
    said = {}
    for key, value in values.items():
        line = _line(text, key, first)
        if key not in (*_FIELDS, "encoding"):
            raise BadData(f"line {line}: unknown key {key!r}; the keys are {', '.join(_FIELDS)}, encoding")
        said[key] = _text(value, line, key)
    encoding = said.pop("encoding", "")
    return Entry(Description(**said), encoding)


def _text(value: object, line: int, key: str) -> str:
    # TOML writes dates and years without quotation marks too.
    if isinstance(value, str | int | datetime.date) and not isinstance(value, bool):
        return str(value)
    raise BadData(f"line {line}: {key} must be a text in quotation marks")


def _line(text: str, key: str, first: int = 1) -> int:
    lines = text.splitlines()
    pattern = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
    for number in range(first, len(lines) + 1):
        if pattern.search(lines[number - 1].split("#")[0]):
            return number
    return first


def merged(own: Description, said: Description) -> Description:
    """Return the description a file gives of itself, with what a human says in its place."""
    return replace(own, **{name: getattr(said, name) for name in _FIELDS if getattr(said, name)})
