"""The blame branch: layers and heads on what an encoder's lower layers make of a sentence.

It labels issue, target, blamer and cue, gives each cue a stance, and links it to the other three.
The branch that ships stands on the tagger; its teacher, of the same make and twice as wide, on
MPNet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from sayso.extract.blaming.learned import RELATIONS, ROLES, STANCES
from sayso.model.encoder import encoder
from sayso.model.pieces import Window
from training.blame_data import Example
from training.network import MINILM, MPNET, SHARED, Layer, Network, Size, biased, fill_layer
from training.train import BASE

LINK = 64
TOKENS = 1500  # that the lower layers read at once
ROUNDED = "_quantized"  # how the exported weights of a layer are called
LOWER = {MINILM: SHARED, MPNET: 8}
"""Layers below the branch, which stay as they are."""


class Branch(nn.Module):
    """Layers and heads on hidden states and evidence; ``known`` columns of evidence."""

    def __init__(self, layers: int, known: int, size: Size = MINILM, dropout: float = 0.2) -> None:
        super().__init__()
        self.evidence = nn.Linear(known, size.width, bias=False)
        nn.init.normal_(self.evidence.weight, std=0.02)
        self.unsure = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(dropout, size) for _ in range(layers))
        self.distances = nn.Embedding(size.buckets, 12) if size.buckets else None
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(size.width, 2 * len(ROLES) + 1)
        self.stance = nn.Linear(size.width, len(STANCES))
        self.query = nn.Linear(size.width, len(RELATIONS) * LINK)
        self.key = nn.Linear(size.width, LINK)
        self.nobody = nn.Parameter(torch.zeros(LINK))
        self.coarse = torch.cpu._is_avx512_bf16_supported()

    @property
    def known(self) -> int:
        """How many columns the evidence has."""
        return self.evidence.weight.shape[1]

    def forward(self, hidden: Tensor, evidence: Tensor, mask: Tensor | None = None):
        """Return scores of labels and stances, link queries and keys."""
        attend = None if mask is None else mask[:, None, None, :]
        if self.distances is not None:
            attend = biased(self.distances, hidden.shape[1], attend)
        x = hidden + self.evidence(self.unsure(evidence))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.coarse and self.training):
            for layer in self.layers:
                x = layer(x, attend)
        x = self.dropout(x.float())
        return self.tags(x), self.stance(x), self.query(x) / math.sqrt(LINK), self.key(x)

    def links(self, query: Tensor, key: Tensor, cues: Tensor) -> Tensor:
        """Return the scores of links from some pieces of a sentence: (cues, 3, n + 1)."""
        keys = torch.cat([self.nobody[None], key])
        return query[cues].view(len(cues), len(RELATIONS), LINK) @ keys.T


def grown(network: Network, layers: int, known: int) -> Branch:
    """Return a branch whose layers are a network's upper ones, then the base model's."""
    size = size_like(network)
    branch, own = Branch(layers, known, size), network.layers[LOWER[size] :]
    base = load_file(BASE / "model.safetensors")
    for number, layer in enumerate(branch.layers):
        if number < len(own):
            layer.load_state_dict(own[number].state_dict())
        else:
            fill_layer(layer, base, LOWER[size] + number)
    if branch.distances is not None:
        branch.distances.load_state_dict(network.distances.state_dict())
        branch.distances.requires_grad_(False)
    return branch


def size_like(module: nn.Module) -> Size:
    """Return the size of a network or a branch."""
    return MINILM if module.layers[0].out.weight.shape[0] == MINILM.width else MPNET


def padded(batch: Sequence[Example], *names: str) -> list[Tensor]:
    """Return what examples have under some names, and a mask of their pieces."""
    lengths = torch.tensor([[len(e.ids)] for e in batch])
    values = [pad_sequence([getattr(e, name) for e in batch], True) for name in names]
    return [*values, torch.arange(int(lengths.max())) < lengths]


def batches_by_length(examples: Sequence[Example]) -> Iterator[list[Example]]:
    """Yield examples of like length, as many as are read at once."""
    ordered = sorted(examples, key=lambda e: len(e.ids))
    while ordered:
        number = max(1, TOKENS // len(ordered[min(40, len(ordered) - 1)].ids))
        yield ordered[:number]
        ordered = ordered[number:]


@torch.no_grad()
def read_lower(network: Network | None, examples: Sequence[Example]) -> dict[str, Tensor]:
    """Return what the lower layers make of examples, by their ids: half precision, to fit.

    Without a network they are those of the encoder that ships.
    """
    if network is None:
        return {e.id: torch.from_numpy(encoder(1).read_lower(_window(e))).half() for e in examples}
    states = {}
    for batch in batches_by_length(examples):
        *pieces, mask = padded(batch, "ids", "shape", "mark")
        x, attend = network.embed(*pieces), mask[:, None, None, :]
        if network.distances is not None:
            attend = biased(network.distances, x.shape[1], attend)
        with torch.autocast("cpu", torch.bfloat16, enabled=network.coarse):
            for layer in network.layers[: LOWER[size_like(network)]]:
                x = layer(x, attend)
        for row, e in enumerate(batch):
            states[e.id] = x[row, : len(e.ids)].half().clone()
    return states


def _window(e: Example) -> Window:
    ids, shape, mark = (part.numpy() for part in (e.ids, e.shape, e.mark))
    return Window(ids, shape, mark, e.start)


def outputs_of(
    branch: Branch, batch: Sequence[Example], states: dict[str, Tensor]
) -> list[tuple[Tensor, ...]]:
    """Return what a branch makes of some examples: for each labels, stances, queries, keys."""
    hidden = pad_sequence([states[e.id].float() for e in batch], True)
    found = branch(hidden, *padded(batch, "evidence"))
    return [tuple(part[row, : len(e.ids)] for part in found) for row, e in enumerate(batch)]


def load_branch(path: Path) -> Branch:
    """Return a trained branch: its checkpoint, or as it ships (``.onnx``), its weights rounded."""
    weights = shipped(path) if path.suffix == ".onnx" else torch.load(path, weights_only=True)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    width, known = weights["evidence.weight"].shape
    branch = Branch(layers, known, MINILM if width == MINILM.width else MPNET)
    branch.load_state_dict(weights)
    return branch.eval()


def shipped(path: Path) -> dict[str, Tensor]:
    """Return the weights of an exported branch: its integers times their scale, in their order."""
    made = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    weights = {
        name.removeprefix("branch."): torch.tensor(value)
        for name, value in made.items()
        if name.startswith("branch.")
    }
    weights["nobody"] = next(torch.tensor(v[0]) for n, v in made.items() if "Concat" in n)
    quantized = (name.removesuffix(ROUNDED) for name in made if name.endswith(ROUNDED))
    layers = sum(name.endswith("qkv.bias") for name in weights)
    inside = [f"layers.{n}.{part}" for n in range(layers) for part in ("qkv", "out", "up", "down")]
    names = ["evidence", *inside, "tags", "stance", "query", "key"]
    for name, own in zip(names, quantized, strict=True):
        whole = made[own + ROUNDED].astype("float32") - made[f"{own}_zero_point"]
        weights[f"{name}.weight"] = torch.tensor((whole * made[f"{own}_scale"]).T)
    return weights
