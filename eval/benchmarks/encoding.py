"""How fast texts are encoded: the exported graph, the model in torch, and the graph in 8-bit integers.

Run `python eval/benchmarks/encoding.py [FILE...]`; without files the archive in `corpus/` is read. It prints passages
a second for each way, how far their vectors lie apart, and how long the first question of a fresh process takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from qa.embedding import OnnxEncoder, open_encoder
from qa.embedding.graph import GRAPH, graph_session
from qa.embedding.models import default_folder
from qa.embedding.records import Vectors
from qa.embedding.transformer import TransformerEncoder

COLD = """
from time import perf_counter
begun = perf_counter()
import sys
from pathlib import Path
from qa.embedding import open_encoder
open_encoder(None, Path(sys.argv[1]), expected=sys.argv[2]).encode(["What did the envoy ask for?"], "query")
print(perf_counter() - begun)
"""

FIGURES = Path(__file__).with_name("cold.json")


def texts_of(files: list[Path]) -> list[str]:
    words = " ".join(path.read_text(encoding="utf-8") for path in files).split()
    return [" ".join(words[at : at + size]) for at in range(0, len(words) - 90, 90) for size in (20, 60, 90)]


def timed(encode: Callable[[], Vectors]) -> tuple[Vectors, float]:
    begun = perf_counter()
    vectors = encode()
    return vectors, perf_counter() - begun


def quantised(encoder: OnnxEncoder, folder: Path, work: Path) -> OnnxEncoder:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(folder / GRAPH, work / "int8.onnx", weight_type=QuantType.QInt8)
    return OnnxEncoder(encoder.card, encoder._tokenizer, graph_session(work / "int8.onnx"))


def main() -> None:
    files = [Path(name) for name in sys.argv[1:]] or sorted(Path("corpus").glob("*.txt"))
    texts = texts_of(files)
    with tempfile.TemporaryDirectory() as work:
        cache = Path(work) / "encoders"
        begun = perf_counter()
        graph = open_encoder(None, cache)
        assert isinstance(graph, OnnxEncoder)
        print(f"export and open: {perf_counter() - begun:.1f} s, once")
        ways = {
            "graph": graph,
            "torch": TransformerEncoder.load(default_folder(), graph.name),
            "graph, int8": quantised(graph, cache / graph.weights_sha256, Path(work)),
        }
        reference, speeds = None, {}
        for name, encoder in ways.items():
            vectors, seconds = timed(lambda encoder=encoder: encoder.encode(texts, "passage"))  # type: ignore[misc]
            reference = vectors if reference is None else reference
            apart = float(np.max(1 - (vectors * reference).sum(axis=1)))
            speeds[name] = round(len(texts) / seconds)
            print(f"{name:12} {len(texts) / seconds:6.0f} texts/s, cosine distance at most {apart:.1e}")
        for _ in range(3):
            arguments = [sys.executable, "-c", COLD, str(cache), graph.weights_sha256]
            seconds = float(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout)
            print(f"first question of a fresh process: {seconds:.2f} s")
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    FIGURES.write_text(json.dumps(known | {"texts_per_s": speeds["graph"]}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
