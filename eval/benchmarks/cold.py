"""Cold start, warm questions, memory: what a user waits for.

Run: python eval/benchmarks/cold.py [--index DIR].

Cold figures are wall-clock seconds of whole processes, in alternating pairs with `import sentence_transformers`, so
that what else the machine does falls on both alike; the median of seven is reported. `--build` also measures an index
of `corpus/` made from nothing. Python may keep what it compiled, as it does for a user, and numpy has one thread, as
under the command line. Writes `eval/benchmarks/cold.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported, which is when it is read
RUNS = 7
QUESTION = "what did Brezhnev tell Kim Ch'ang Bong"
QUESTIONS = (
    "What did Mao say about sending troops to Korea?",
    "What is the Kremlin's first concern?",
    "What did Moskovsky answer?",
    "Who interpreted the conversation?",
    "When was the treaty signed?",
)


def seconds(command: Sequence[str]) -> float:
    """Return the wall time of a process; it must end as a question may: 0 or 3."""
    begun = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - begun


def peak_megabytes(command: Sequence[str]) -> float:
    """Return the peak memory of a process, measured in one of its own."""
    code = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout
    return int(out) / 1024 if platform.system() == "Linux" else int(out) / 2**20


def warm(index: Path) -> tuple[float, float]:
    """Return the median wall and processor milliseconds of a question to an open archive."""
    import qa

    assistant = qa.open_index(index)
    for question in QUESTIONS:
        assistant.ask(question)
    wall, spent = [], []
    for question in QUESTIONS * 3:
        begun, used = time.perf_counter(), time.process_time()
        assistant.ask(question)
        wall.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - used) * 1000)
    return median(wall), median(spent)


def build(qa: str) -> dict[str, float]:
    """Return how long an index of the first archive takes, the encoder's export included, and the peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        peak = peak_megabytes([qa, "index", str(HERE.parents[1] / "corpus"), "--index", f"{folder}/archive"])
        return {"index_s": round(time.perf_counter() - begun, 1), "index_peak_mb": round(peak)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, default=Path(os.environ.get("QA_INDEX", "indexes/archive")))
    parser.add_argument("--out", type=Path, default=HERE / "cold.json")
    parser.add_argument("--build", action="store_true", help="also build an index, which takes half a minute")
    chosen = parser.parse_args()
    qa = str(Path(sys.executable).with_name("qa"))
    ask = [qa, "ask", QUESTION, "--index", str(chosen.index)]
    stack = [sys.executable, "-c", "import sentence_transformers"]
    seconds(ask)
    seconds(stack)  # files come from the disk's cache from here on
    pairs = [(seconds(ask), seconds(stack)) for _ in range(RUNS)]
    helps = [seconds([qa, "--help"]) for _ in range(RUNS)]
    wall, spent = warm(chosen.index)
    cold = median(a for a, _ in pairs)
    figures: dict[str, object] = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "cold_ask_s": round(cold, 2),
        "import_sentence_transformers_s": round(median(b for _, b in pairs), 2),
        "cold_ask_share": round(median(a / b for a, b in pairs), 3),
        "help_s": round(median(helps), 2),
        "help_share_of_ask": round(median(helps) / cold, 2),
        "warm_question_ms": round(wall),
        "warm_question_processor_ms": round(spent),
        "ask_peak_mb": round(peak_megabytes(ask)),
        "chat_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if chosen.build:
        figures |= build(qa)
    known = json.loads(chosen.out.read_text(encoding="utf-8")) if chosen.out.is_file() else {}
    chosen.out.write_text(json.dumps(known | figures, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(chosen.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
