"""Writes `turns.md`: every figure for documents and turns, with the time that reading takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
VOLUME = Path(__file__).resolve().parents[2] / "shared" / "archives" / "frus-tei" / "frus1934v04.xml"
TIMED = """
import resource, sys, time
from dataclasses import replace
from pathlib import Path
from qa.documents.finding import find_documents
from qa.names import People
from qa.sources.reading import read_all
from qa.turns.finding import find_turns, sightings

start = time.perf_counter()
volume = read_all([Path(sys.argv[1])])[0][0]
sources = [replace(volume, id=f"{volume.id}-{n}") for n in range(int(sys.argv[2]))]
documents = [(s, d) for s in sources for d in find_documents(s)]
people = People.learn([x for s, d in documents for x in sightings(d, s.text)])
turns = sum(len(find_turns(d, s.text, people)) for s, d in documents)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{sys.argv[2]} x {volume.name}: {len(documents)} documents, {turns} turns, "
      f"{time.perf_counter() - start:.1f} s, {memory:.0f} MB")
"""


def lines(*command: str) -> list[str]:
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return [line for line in done.stdout.splitlines() if not line.startswith(" ")]


def main() -> None:
    parts = {
        "The archive's documents (`documents.py`)": lines("eval/documents.py"),
        "Turns of the archive (`turns.py`)": lines("eval/turns.py", "--split", "dev") + lines("eval/turns.py"),
        "Minutes in reported speech (`minutes.py`)": lines("eval/minutes.py", "--split", "dev")
        + lines("eval/minutes.py"),
        "Labelled transcripts (`transcripts.py`)": lines("eval/transcripts.py"),
        "TEI volumes (`tei.py`)": [" ".join(line.split()) for line in lines("eval/tei.py") if "%" in line],
    }
    if VOLUME.is_file():
        timed = [line for copies in ("1", "2", "4") for line in lines("-c", TIMED, str(VOLUME), copies)]
        parts["Reading a volume: documents, names and turns"] = timed
    text = "# Documents and turns: figures reached\n\nMade by `turns_table.py`.\n"
    for title, found in parts.items():
        text += f"\n## {title}\n\n" + "".join(f"- {line}\n" for line in found)
    (HERE / "turns.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
