"""The export of the cross-encoder: the default encoder with its changes, as a graph with weights of eight bits."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.embedding.cross import CHANGES, INPUTS, CrossEncoder, Reading, feed
from qa.embedding.graph import graph_session, graph_tokenizer
from qa.embedding.models import hub
from qa.embedding.transformer import exported, first_line, quiet
from qa.errors import ModelError

TOLERANCE = 1.0  # of the logarithm of the odds, which spans ten, between weights of eight and of thirty-two bits
LONGEST = 512
ASKED = "How many cranes did the yard make?"
PROBES = (
    Reading("The yard made five cranes last year.", "Otto Krall: Report on the harbour. 1921-03-09", "It was cold."),
    Reading("Nobody came.", "Minutes.", "How many cranes were made? " * 9),
    Reading("The minister's reply -- of 7 October -- was \u201cno\u201d. " * 20),
)
Model = Any  # a torch module; the library is imported late
Fed = dict[str, NDArray[np.int64]]


def export_cross(source: Path, target: Path) -> None:
    """Write the graph of the cross-encoder of a default encoder's folder to a file.

    Raises:
        ModelError: It cannot be exported, or the graph's scores are not the model's.
    """
    try:
        import torch

        model = changed(source)
        fed = feed(CrossEncoder(graph_tokenizer(source / "tokenizer.json"), None).rows(ASKED, PROBES))
        with tempfile.TemporaryDirectory(dir=target.parent) as work:
            whole = Path(work) / "whole.onnx"
            inputs = {name: torch.from_numpy(fed[name]) for name in INPUTS}
            exported(model, inputs, ["score"], LONGEST).save(str(whole))
            _quantized(whole, target)
        _compare(model, fed, target)
    except Exception as error:  # exporters fail in any way
        reason = first_line(error)
        raise ModelError(f"The cross-encoder cannot be prepared ({reason}): reinstall torch and onnx") from error


def changed(source: Path) -> Model:
    """Return the model: the encoder with the low-rank changes of its layers, and a head on the first piece."""
    import torch

    with hub():
        from transformers import AutoModel

        base = AutoModel.from_pretrained(str(source), local_files_only=True)
    with CHANGES.open("rb") as stream:
        changes = {k: v.astype(np.float32) for k, v in np.load(stream, allow_pickle=False).items()}
    weights = base.state_dict()
    with torch.no_grad():
        for name, value in changes.items():
            if name.endswith(".up"):
                weights[name[:-3]] += torch.from_numpy(value @ changes[f"{name[:-3]}.down"])
            elif not name.endswith(".down") and not name.startswith("head."):
                weights[name] += torch.from_numpy(value)

    class Cross(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.base = base
            self.weight = torch.from_numpy(changes["head.weight"])
            self.bias = torch.from_numpy(changes["head.bias"])

        def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
            ids, mask, kinds = tensors
            read = self.base(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state[:, 0]
            return torch.nn.functional.linear(read, self.weight, self.bias)[:, 0]

    return Cross().eval()


def _quantized(whole: Path, target: Path) -> None:
    """Write a graph with weights of eight bits, of which seven are used: processors without VNNI overflow otherwise."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = onnx.load(str(whole))
    del graph.graph.value_info[:]  # shapes as the exporter saw them; the quantizer infers its own
    onnx.save(graph, str(whole))
    with quiet():
        quantize_dynamic(str(whole), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _compare(model: Model, fed: Fed, path: Path) -> None:
    import torch

    with torch.no_grad():
        wanted = model(*(torch.from_numpy(fed[name]) for name in INPUTS)).numpy()
    found = graph_session(path).run(None, fed)[0]
    distance = float(np.abs(wanted - found).max())
    if not distance <= TOLERANCE:
        raise ValueError(f"the graph's scores differ from the model's by {distance:.2g}")
