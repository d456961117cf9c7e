"""What humans add about an archive's people, in a small TOML file beside the archive."""

from __future__ import annotations

import tomllib
from pathlib import Path

from qa.errors import BadData
from qa.names.records import Addition

_FIELDS = {"name", "variants", "offices"}


def load_additions(path: Path) -> tuple[Addition, ...]:
    """Return the additions of a names file: `[[person]]` with `name` and lists `variants`, `offices`.

    Raises:
        BadData: the file cannot be read or does not say what it must; the message is one line.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadData(f"{path}: cannot be read; give a names file that is there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadData(f"{path}: {' '.join(str(error).split())}; write it as TOML") from error
    rows = data.get("person", [])
    if set(data) - {"person"} or not isinstance(rows, list):
        raise BadData(f"{path}: only [[person]] tables may stand here")
    return tuple(_addition(path, number, row) for number, row in enumerate(rows, 1))


def _addition(path: Path, number: int, row: object) -> Addition:
    """Return one checked entry."""
    where = f"{path}: person {number}"
    if not isinstance(row, dict) or set(row) - _FIELDS:
        raise BadData(f"{where} may hold only {', '.join(sorted(_FIELDS))}")
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadData(f'{where} needs a name: name = "..."')
    lists = {field: row.get(field, []) for field in ("variants", "offices")}
    for field, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
            raise BadData(f"{where}: {field} must be a list of texts")
    return Addition(" ".join(name.split()), tuple(lists["variants"]), tuple(lists["offices"]))
