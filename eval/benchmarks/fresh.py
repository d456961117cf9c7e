"""Measures the first command of the README on a fresh clone in an empty folder: seconds, peak memory, installed size.

Run: python eval/benchmarks/fresh.py. Writes its figures into `eval/benchmarks/cold.json` beside the others.
"""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parents[2]
FIGURES = Path(__file__).with_name("cold.json")


def measured(folder: Path) -> dict[str, float]:
    """Return the figures of `make ask` in a fresh clone made in the folder; peak memory is of its largest process."""
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    begun = perf_counter()
    subprocess.run(["make", "--silent", "ask"], cwd=folder, check=True)
    seconds = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = sum(f.lstat().st_size for f in (folder / ".venv").rglob("*") if f.is_file() and not f.is_symlink())
    return {
        "make_ask_s": round(seconds),
        "make_ask_peak_mb": round(peak),
        "installed_mb": round(size / 1024 / 1024),
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder) / "clone")
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    FIGURES.write_text(json.dumps(known | found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
