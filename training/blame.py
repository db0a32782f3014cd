"""Train the blame branch: ``python -m training.blame RUN --data F --dev F --out FILE``.

The branch reads a sentence by itself: what the encoder's lower layers make of it, which stay as
they are, and the evidence of :mod:`sayso.extract.blaming.evidence` in its article. It labels issue,
target, blamer and cue, gives each cue a stance, and links it to the other three. Its first layers
are the tagger's own upper ones, those above them the base model's.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.blaming.evidence import ROLES, STANCES
from sayso.extract.blaming.learned import RELATIONS, Seen, decode
from training.blame_data import IGNORE, Example, load, read_articles
from training.network import SHARED, WIDTH, Layer, Network, fill_layer, load_network
from training.train import BASE, begin

LINK = 64
BATCH = 16


class Branch(nn.Module):
    """Layers and heads on hidden states and evidence; ``known`` columns of evidence."""

    def __init__(self, layers: int, known: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.known = known
        self.evidence = nn.Linear(known, WIDTH, bias=False)
        nn.init.normal_(self.evidence.weight, std=0.02)
        self.unsure = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, 2 * len(ROLES) + 1)
        self.stance = nn.Linear(WIDTH, len(STANCES))
        self.query = nn.Linear(WIDTH, len(RELATIONS) * LINK)
        self.key = nn.Linear(WIDTH, LINK)
        self.nobody = nn.Parameter(torch.zeros(LINK))
        self.coarse = torch.cpu._is_avx512_bf16_supported()

    def forward(self, hidden: Tensor, evidence: Tensor, mask: Tensor | None = None):
        """Return scores of labels and stances, link queries and keys."""
        attend = None if mask is None else mask[:, None, None, :]
        x = hidden + self.evidence(self.unsure(evidence))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.coarse and self.training):
            for layer in self.layers:
                x = layer(x, attend)
        x = self.dropout(x.float())
        return self.tags(x), self.stance(x), self.query(x) / math.sqrt(LINK), self.key(x)


def grown(network: Network, layers: int, known: int) -> Branch:
    """Return a branch whose layers are a tagger's upper ones, then the base model's."""
    branch, own = Branch(layers, known), network.layers[SHARED:]
    base = load_file(BASE / "model.safetensors")
    for number, layer in enumerate(branch.layers):
        if number < len(own):
            layer.load_state_dict(own[number].state_dict())
        else:
            fill_layer(layer, base, SHARED + number)
    return branch


@torch.no_grad()
def read_lower(network: Network, examples: list[Example]) -> dict[str, Tensor]:
    """Return what the lower layers make of examples, by their ids: half precision, to fit."""
    states = {}
    for e in examples:
        x = network.embed(e.ids[None], e.shape[None], e.mark[None])
        for layer in network.layers[:SHARED]:
            x = layer(x, None)
        states[e.id] = x[0].half()
    return states


def outputs_of(branch: Branch, batch: list[Example], states: dict[str, Tensor]):
    """Return what a branch makes of some examples."""
    hidden = nn.utils.rnn.pad_sequence([states[e.id].float() for e in batch], True)
    evidence = nn.utils.rnn.pad_sequence([e.evidence for e in batch], True)
    lengths = torch.tensor([[len(e.ids)] for e in batch])
    return branch(hidden, evidence, torch.arange(hidden.shape[1]) < lengths)


def loss_of(branch: Branch, batch: list[Example], states: dict[str, Tensor]) -> Tensor:
    """Return the cross-entropy against the annotation, a sentence."""
    outputs = outputs_of(branch, batch, states)
    losses = [
        _loss_of_ties(branch, e, *(part[row, : len(e.ids)] for part in outputs))
        for row, e in enumerate(batch)
    ]
    return torch.stack(losses).mean()


def _links(branch: Branch, query: Tensor, key: Tensor, cues: Tensor) -> Tensor:
    """Return the scores of links: (cues, 3, n + 1)."""
    keys = torch.cat([branch.nobody[None], key])
    return query[cues].view(len(cues), len(RELATIONS), LINK) @ keys.T


def _loss_of_ties(branch: Branch, e: Example, tags, stance, query, key) -> Tensor:
    labels = torch.from_numpy(e.label)
    total = functional.cross_entropy(tags, labels, ignore_index=IGNORE, reduction="sum") / 20
    for tie in e.ties:
        cue = torch.from_numpy(tie["pieces"]["cue"])
        total = total + functional.cross_entropy(stance[cue], torch.full_like(cue, tie["stance"]))
        links = _links(branch, query, key, cue)
        for number, role in enumerate(RELATIONS):
            first = tie["pieces"][role][:1]
            if len(first) and e.label[first[0]] != 1 + 2 * ROLES.index(role):
                continue  # hidden under another role
            aim = torch.full_like(cue, 1 + int(first[0]) if len(first) else 0)
            total = total + 0.5 * functional.cross_entropy(links[:, number], aim)
    return total


def fit(
    branch: Branch,
    examples: list[Example],
    states: dict[str, Tensor],
    rng: random.Random,
    options: argparse.Namespace,
) -> None:
    """Train; the heads learn faster than the layers, which were trained before."""
    old = list(branch.layers.parameters())
    known = {id(p) for p in old}
    new = [p for p in branch.parameters() if id(p) not in known]
    rates = [options.rate, options.heads * options.rate]
    groups = [{"params": p, "lr": rate} for p, rate in zip((old, new), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.05, fused=True)
    steps = options.epochs * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=steps, pct_start=0.1
    )
    began = time.time()
    for epoch in range(options.epochs):
        branch.train()
        rng.shuffle(examples)
        ordered = sorted(examples, key=lambda e: len(e.ids) + 30 * rng.random())
        groups = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
        rng.shuffle(groups)
        losses = []
        for number, batch in enumerate(groups, 1):
            loss = loss_of(branch, batch, states)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if number % 100 == 0:
                told = f"{number}/{len(groups)} {np.mean(losses[-100:]):.3f}"
                print(f"epoch {epoch + 1}: {told} {time.time() - began:.0f} s", flush=True)
        save_branch(branch.eval(), options.out)


@torch.no_grad()
def predict(branch: Branch, e: Example, states: dict[str, Tensor]) -> list[dict]:
    """Return a sentence's ties, each span as ``[start, end]``."""
    tags, stance, query, key = (part[0] for part in outputs_of(branch, [e], states))
    real = e.start >= 0
    seen = Seen(
        labels=torch.log_softmax(tags, -1).numpy()[real],
        stances=torch.log_softmax(stance, -1).numpy()[real],
        queries=query.view(len(e.ids), len(RELATIONS), LINK).numpy()[real],
        keys=key.numpy()[real],
        nobody=branch.nobody.numpy(),
        start=e.start[real],
        end=e.end[real],
    )
    names = ("source", "target", "issue", "cue", "stance", "score")
    return [{name: getattr(tie, name) for name in names} for tie in decode(seen)]


def load_branch(path: Path) -> Branch:
    """Return a trained branch."""
    weights = torch.load(path, weights_only=True)
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    branch = Branch(layers, weights["evidence.weight"].shape[1])
    branch.load_state_dict(weights)
    return branch.eval()


def save_branch(branch: Branch, path: Path) -> None:
    """Write a branch to a file."""
    torch.save(branch.state_dict(), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the trained encoder")
    parser.add_argument("--data", type=Path, action="append", required=True, help="JSONL; repeat")
    parser.add_argument("--articles", type=Path, action="append", default=[], help="JSONL(.gz)")
    parser.add_argument("--start", type=Path, help="what an earlier run ended with")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--dev", type=Path, help="sentences to predict")
    parser.add_argument("--plain", type=float, default=1.0, help="share of those without a tie")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--heads", type=float, default=10, help="how much faster the heads learn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rng = begin(options)
    articles = read_articles(options.articles)
    examples = [e for path in options.data for e in load(path, articles, plain=options.plain)]
    print(f"{len(examples)} sentences, {sum(len(e.ties) for e in examples)} ties", flush=True)
    network = load_network(options.run)
    held = list(load(options.dev, articles)) if options.dev else []
    states = read_lower(network, examples + held)
    known = examples[0].evidence.shape[1]
    start = options.start
    branch = load_branch(start) if start else grown(network, options.layers, known)
    fit(branch, examples, states, rng, options)
    if options.dev:
        with options.out.with_suffix(".jsonl").open("w", encoding="utf-8") as lines:
            for e in held:
                lines.write(json.dumps({"id": e.id, "ties": predict(branch, e, states)}) + "\n")


if __name__ == "__main__":
    main()
