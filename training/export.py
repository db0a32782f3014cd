"""Export a trained network to one int8 ONNX file: ``python -m training.export runs/first``.

Weights are quantized to seven bits (``reduce_range``), so that the integer products cannot overflow
on processors without VNNI, and every processor computes the same sums.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from sayso.pieces import MODEL_FOLDER
from training.network import Network, load_network


class Exported(nn.Module):
    """The network as it runs on one window.

    Gives the log-probabilities of its labels, its link vectors and, for the blame branch, its
    hidden states.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids, shape, mark):
        hidden = self.network.encode(ids, shape, mark)
        heads = (self.network.tags[task](hidden) for task in ("attribution", "entity"))
        query, key = self.network.links(hidden)
        return *(torch.log_softmax(h, -1)[0] for h in heads), query[0], key[0], hidden[0]


def export(network: Network, path: Path) -> None:
    """Write the network as an int8 ONNX file."""
    outputs = ["attribution", "entity", "query", "key", "hidden"]
    example = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Exported(network),
            example,
            full,
            input_names=["ids", "shape", "mark"],
            output_names=outputs,
            dynamic_axes={name: {1: "length"} for name in ("ids", "shape", "mark")}
            | {name: {0: "length"} for name in outputs},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER / "tagger.onnx")
    options = parser.parse_args()
    export(load_network(options.run), options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
