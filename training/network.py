"""The network: MiniLM or MPNet as encoder, with shape and quotation-mark features, and heads."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.model.pieces import MARK_STATES, SHAPES, tokenizer

WIDTH, HEADS, LINK_WIDTH = 384, 12, 96
SHARED = 2  # of the layers: attribution and blame have their own upper ones
LABELS = {"attribution": 7, "entity": 9}
VOCABULARY, SPECIAL = 30522, {0: "<pad>", 101: "<s>", 102: "</s>", 103: "<mask>"}


@dataclass(frozen=True, slots=True)
class Size:
    """What base models differ in; ``buckets``: of distances that attention is biased by, if any."""

    width: int
    inner: int
    eps: float
    buckets: int = 0


MINILM = Size(WIDTH, 1536, 1e-12)
MPNET = Size(768, 3072, 1e-5, 32)


class Layer(nn.Module):
    """One transformer layer, as in BERT (Devlin et al. 2019), with one matrix for Q, K and V."""

    def __init__(self, dropout: float, size: Size = MINILM) -> None:
        super().__init__()
        width = size.width
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=size.eps)
        self.up = nn.Linear(width, size.inner)
        self.down = nn.Linear(size.inner, width)
        self.norm2 = nn.LayerNorm(width, eps=size.eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        if mask is None:  # one window at a time, as exported
            weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(width // HEADS), dim=-1)
            mixed = weights @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Encoder and heads; ``forward`` returns each task's label scores, link queries and keys.

    ``coarse``: layers multiply in bfloat16 where the processor does; the heads never do.
    """

    def __init__(
        self,
        layers: int = 4,
        dropout: float = 0.1,
        annotators: int = 0,
        size: Size = MINILM,
        coarse: bool | None = None,
    ) -> None:
        super().__init__()
        width = size.width
        self.words = nn.Embedding(VOCABULARY, width)
        self.places = nn.Embedding(512, width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.marks = nn.Embedding(len(MARK_STATES), width)
        self.norm = nn.LayerNorm(width, eps=size.eps)
        self.layers = nn.ModuleList(Layer(dropout, size) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.distances = nn.Embedding(size.buckets, HEADS) if size.buckets else None
        self.annotators = nn.Embedding(annotators + 1, width) if annotators else None
        self.tags = nn.ModuleDict({task: nn.Linear(width, n) for task, n in LABELS.items()})
        self.query = nn.Linear(width, LINK_WIDTH)
        self.key = nn.Linear(width, LINK_WIDTH)
        coarse = size == MPNET if coarse is None else coarse
        self.coarse = coarse and torch.cpu._is_avx512_bf16_supported()
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
        if self.distances is not None:
            attend = biased(self.distances, ids.shape[1], attend)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.coarse):
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


def biased(distances: nn.Embedding, length: int, attend: Tensor | None) -> Tensor:
    """Return the attention's bias by distance, as in T5 (Raffel et al. 2020), and by a mask."""
    place = torch.arange(length)
    apart = place[None, :] - place[:, None]
    half = distances.num_embeddings // 2
    exact = half // 2
    far = exact + (apart.abs().clamp(min=1) / exact).log() / math.log(128 / exact) * exact
    bucket = torch.where(apart.abs() < exact, apart.abs(), far.long().clamp(max=half - 1))
    near = distances(bucket + half * (apart > 0)).permute(2, 0, 1)[None]
    return near if attend is None else near.masked_fill(~attend, -1e4)


def size_of(folder: Path) -> Size:
    """Return the size of a base model."""
    kind = json.loads((folder / "config.json").read_text(encoding="utf-8"))["model_type"]
    return {"bert": MINILM, "mpnet": MPNET}[kind]


def load_network(run: Path) -> Network:
    """Return the network that a training run ended with, ready to be used."""
    weights = torch.load(run / "network.pt" if run.is_dir() else run, weights_only=True)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    known = weights.get("annotators.weight")
    size = MINILM if weights["words.weight"].shape[1] == WIDTH else MPNET
    network = Network(layers, annotators=len(known) - 1 if known is not None else 0, size=size)
    network.load_state_dict(weights)
    return network.eval()


@torch.no_grad()
def load_base(network: Network, folder: Path) -> None:
    """Copy the base model's weights, named as in BERT or MPNet, into the network."""
    base = load_file(folder / "model.safetensors")
    words = base["embeddings.word_embeddings.weight"]
    places = base["embeddings.position_embeddings.weight"]
    if network.distances is not None:
        words, places = _as_bert(words, folder), places[2:]
        network.distances.weight.copy_(base["encoder.relative_attention_bias.weight"])
    else:
        places = places + base["embeddings.token_type_embeddings.weight"][0]
    network.words.weight.copy_(words)
    network.places.weight.copy_(places)
    _copy(network.norm, base, "embeddings.LayerNorm")
    for number, layer in enumerate(network.layers):
        fill_layer(layer, base, number)


def _as_bert(words: Tensor, folder: Path) -> Tensor:
    """Return MPNet's word embeddings in the order of BERT's vocabulary, which it shares."""
    number = {w: i for i, w in enumerate((folder / "vocab.txt").read_text("utf-8").splitlines())}
    shipped = tokenizer()
    names = [SPECIAL.get(i) or shipped.id_to_token(i) for i in range(VOCABULARY)]
    return words[[number[name] for name in names]]


@torch.no_grad()
def fill_layer(layer: Layer, base: dict[str, Tensor], number: int) -> None:
    """Copy one of the base model's layers."""
    name = f"encoder.layer.{number}."
    attention = name + "attention."
    queries, out, norm = ["attn.q", "attn.k", "attn.v"], "attn.o", "LayerNorm"
    if attention + "attn.o.weight" not in base:  # as BERT calls them
        queries = ["self.query", "self.key", "self.value"]
        out, norm = "output.dense", "output.LayerNorm"
    for part in ("weight", "bias"):
        parts = [base[f"{attention}{w}.{part}"] for w in queries]
        getattr(layer.qkv, part).copy_(torch.cat(parts))
    _copy(layer.out, base, attention + out)
    _copy(layer.norm1, base, attention + norm)
    _copy(layer.up, base, name + "intermediate.dense")
    _copy(layer.down, base, name + "output.dense")
    _copy(layer.norm2, base, name + "output.LayerNorm")


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(base[name + ".weight"])
    module.bias.copy_(base[name + ".bias"])
