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
    """The network as it runs: log-probabilities of the labels of one window, and link vectors."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids, shape, mark):
        scores, query, key = self.network(ids, shape, mark)
        tags = [torch.log_softmax(scores[task], -1)[0] for task in ("attribution", "entity")]
        return *tags, query[0], key[0]


def export(network: Network, path: Path) -> None:
    """Write the network as an int8 ONNX file."""
    example = tuple(torch.ones(1, 16, dtype=torch.long) for _ in range(3))
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Exported(network),
            example,
            full,
            input_names=["ids", "shape", "mark"],
            output_names=["attribution", "entity", "query", "key"],
            dynamic_axes={name: {1: "length"} for name in ("ids", "shape", "mark")}
            | {name: {0: "length"} for name in ("attribution", "entity", "query", "key")},
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
