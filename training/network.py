"""The network: a MiniLM encoder with shape and quotation-mark features, and its heads."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.model.pieces import MARK_STATES, SHAPES

WIDTH, HEADS, INNER, LINK_WIDTH = 384, 12, 1536, 96
SHARED = 2  # of the layers: attribution and blame have their own upper ones
LABELS = {"attribution": 7, "entity": 9}


class Layer(nn.Module):
    """One transformer layer, as in BERT (Devlin et al. 2019), with one matrix for Q, K and V."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if mask is None:  # one window at a time, as exported
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS), dim=-1)
            mixed = weights @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Encoder and heads; ``forward`` returns each task's label scores, link queries and keys."""

    def __init__(self, layers: int = 4, dropout: float = 0.1, annotators: int = 0) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.marks = nn.Embedding(len(MARK_STATES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.annotators = nn.Embedding(annotators + 1, WIDTH) if annotators else None
        self.tags = nn.ModuleDict({task: nn.Linear(WIDTH, n) for task, n in LABELS.items()})
        self.query = nn.Linear(WIDTH, LINK_WIDTH)
        self.key = nn.Linear(WIDTH, LINK_WIDTH)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.marks.weight)
        if self.annotators is not None:
            nn.init.zeros_(self.annotators.weight)

    def forward(
        self,
        ids: Tensor,
        shape: Tensor,
        mark: Tensor,
        mask: Tensor | None = None,
        annotator: Tensor | None = None,
    ):
        """Return each task's label scores, link queries and link keys."""
        x = self.encode(ids, shape, mark, mask, annotator)
        return {task: head(x) for task, head in self.tags.items()}, *self.links(x)

    def encode(
        self,
        ids: Tensor,
        shape: Tensor,
        mark: Tensor,
        mask: Tensor | None = None,
        annotator: Tensor | None = None,
    ) -> Tensor:
        """Return the last hidden states.

        The last two layers read as one annotator would (0: nobody in particular), if they learnt
        to.
        """
        attend = None if mask is None else mask[:, None, None, :]
        x = self.embed(ids, shape, mark)
        for number, layer in enumerate(self.layers):
            if number == len(self.layers) - 2 and self.annotators and annotator is not None:
                x = x + self.annotators(annotator)[:, None]
            x = layer(x, attend)
        return x

    def embed(self, ids: Tensor, shape: Tensor, mark: Tensor) -> Tensor:
        """Return what goes into the first layer."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]]
        return self.dropout(self.norm(x + self.shapes(shape) + self.marks(mark)))

    def links(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return queries and keys: the score of a link is their product."""
        return self.query(x) / math.sqrt(LINK_WIDTH), self.key(x)


def load_network(run: Path) -> Network:
    """Return the network that a training run ended with, ready to be used."""
    weights = torch.load(run / "network.pt" if run.is_dir() else run, weights_only=True)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    known = weights.get("annotators.weight")
    network = Network(layers, annotators=len(known) - 1 if known is not None else 0)
    network.load_state_dict(weights)
    return network.eval()


def load_base(network: Network, folder: Path) -> None:
    """Copy the base model's weights (BERT names, ``model.safetensors``) into the network."""
    base = load_file(folder / "model.safetensors")
    embedding = "embeddings."
    with torch.no_grad():
        network.words.weight.copy_(base[embedding + "word_embeddings.weight"])
        network.places.weight.copy_(
            base[embedding + "position_embeddings.weight"]
            + base[embedding + "token_type_embeddings.weight"][0]
        )
        _copy(network.norm, base, embedding + "LayerNorm")
        for number, layer in enumerate(network.layers):
            fill_layer(layer, base, number)


@torch.no_grad()
def fill_layer(layer: Layer, base: dict[str, Tensor], number: int) -> None:
    """Copy one of the base model's layers."""
    name = f"encoder.layer.{number}."
    for part in ("weight", "bias"):
        parts = [base[f"{name}attention.self.{w}.{part}"] for w in ("query", "key", "value")]
        getattr(layer.qkv, part).copy_(torch.cat(parts))
    _copy(layer.out, base, name + "attention.output.dense")
    _copy(layer.norm1, base, name + "attention.output.LayerNorm")
    _copy(layer.up, base, name + "intermediate.dense")
    _copy(layer.down, base, name + "output.dense")
    _copy(layer.norm2, base, name + "output.LayerNorm")


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(base[name + ".weight"])
    module.bias.copy_(base[name + ".bias"])
