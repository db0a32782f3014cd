"""Export trained networks as int8 ONNX files: ``python -m training.export [RUN] [--blame FILES]``.

The encoder's lower layers are one file, so that attribution and blame can share them; each has its
own upper layers and heads in another. Weights are quantized to seven bits (``reduce_range``), so
that the integer products cannot overflow on processors without VNNI, and every processor computes
the same sums; :mod:`training.portable` sees to those of floats.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.model.pieces import WINDOW
from sayso.paths import MODEL_FOLDER
from training.blame_branch import Branch, load_branch
from training.network import SHARED, WIDTH, Network, load_network
from training.portable import portable


class Lower(nn.Module):
    """The encoder up to the layers that are not shared."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        # The base model knows twice as many places as a window has.
        network.places.weight = nn.Parameter(network.places.weight[:WINDOW].clone())

    def forward(self, ids: Tensor, shape: Tensor, mark: Tensor) -> Tensor:
        x = self.network.embed(ids, shape, mark)
        for layer in self.network.layers[:SHARED]:
            x = layer(x, None)
        return x[0]


class Upper(nn.Module):
    """The other layers: log-probabilities of labels, and link vectors."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, hidden: Tensor) -> tuple[Tensor, ...]:
        x = hidden[None]
        for layer in self.network.layers[SHARED:]:
            x = layer(x, None)
        heads = (self.network.tags[task](x) for task in ("attribution", "entity"))
        query, key = self.network.links(x)
        return *(torch.log_softmax(h, -1)[0] for h in heads), query[0], key[0]


class Blame(nn.Module):
    """The blame branch: log-probabilities of labels and stances, and link vectors.

    The key at [CLS] is that of 'nobody'.
    """

    def __init__(self, branch: Branch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, hidden: Tensor, evidence: Tensor) -> tuple[Tensor, ...]:
        tags, stance, query, key = self.branch(hidden[None], evidence[None])
        key = torch.cat([self.branch.nobody[None], key[0, 1:]])
        return torch.log_softmax(tags, -1)[0], torch.log_softmax(stance, -1)[0], query[0], key


def export(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], path: Path) -> None:
    """Write a module as an int8 ONNX file; lengths are free."""
    free = {name: {int(value.dtype == torch.long): "length"} for name, value in inputs.items()}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            full,
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=free | {name: {0: "length"} for name in outputs},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    onnx.save(portable(onnx.load(path)), path)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def export_tagger(network: Network, folder: Path) -> None:
    """Write the encoder's lower layers and the tagger."""
    names = ("ids", "shape", "mark")
    example = {name: torch.ones(1, 16, dtype=torch.long) for name in names}
    export(Lower(network), example, ["hidden"], folder / "encoder.onnx")
    outputs = ["attribution", "entity", "query", "key"]
    export(Upper(network), {"hidden": torch.ones(16, WIDTH)}, outputs, folder / "tagger.onnx")


def export_blame(branch: Branch, folder: Path) -> None:
    """Write the blame branch."""
    example = {"hidden": torch.ones(16, WIDTH), "evidence": torch.ones(16, branch.known)}
    outputs = ["labels", "stances", "queries", "keys"]
    export(Blame(branch), example, outputs, folder / "blame.onnx")


def mean(paths: Sequence[Path]) -> Branch:
    """Return a branch whose weights are the mean of others (Wortsman et al., ICML 2022)."""
    branches = [load_branch(path) for path in paths]
    known = [branch.state_dict() for branch in branches]
    mean_of = {name: sum(one[name] for one in known) / len(known) for name in known[0]}
    branches[0].load_state_dict(mean_of)
    return branches[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, nargs="?", help="the trained tagger")
    parser.add_argument("--blame", type=Path, nargs="+", help="blame branches: their mean is taken")
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    options = parser.parse_args()
    if options.run:
        export_tagger(load_network(options.run), options.out)
    if options.blame:
        export_blame(mean(options.blame), options.out)


if __name__ == "__main__":
    main()
