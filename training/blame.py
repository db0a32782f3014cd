"""Train the blame branch: ``python -m training.blame RUN --data F --dev F --out FILE``.

The branch reads a sentence by itself: what the encoder's lower layers make of it and the evidence
of the rules (:mod:`sayso.extract.blaming.evidence`). It labels issue, target, blamer and cue, gives
each cue a stance, and links it to the other three. With ``--whole`` the encoder is trained, too:
so come teachers about, from which the branch that ships learns (``--teacher``), also on sentences
that nobody annotated (``--unlabelled``).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.blaming.evidence import ROLES, STANCES
from sayso.extract.blaming.learned import RELATIONS, Seen, decode
from training.blame_data import IGNORE, Example, load, read_articles
from training.network import SHARED, WIDTH, Layer, Network, load_network
from training.train import begin

LINK = 64
BATCH = 16
LIKELY = 0.05  # links are learnt where a teacher takes a piece for a cue with so much probability


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

    def forward(self, hidden: Tensor, evidence: Tensor, mask: Tensor | None = None):
        """Return scores of labels and stances, link queries and keys."""
        attend = None if mask is None else mask[:, None, None, :]
        x = hidden + self.evidence(self.unsure(evidence))
        for layer in self.layers:
            x = layer(x, attend)
        x = self.dropout(x)
        return self.tags(x), self.stance(x), self.query(x) / math.sqrt(LINK), self.key(x)


class Reader(nn.Module):
    """The encoder's lower layers with a branch; ``whole`` if the lower ones learn, too."""

    def __init__(self, network: Network, lower: int, known: int, *, whole: bool) -> None:
        super().__init__()
        own = list(network.layers[lower:])
        network.layers = network.layers[:lower]
        network.annotators = None
        self.network = network.requires_grad_(whole)
        self.whole = whole
        self.branch = Branch(len(own), known)
        for layer, given in zip(self.branch.layers, own, strict=True):
            layer.load_state_dict(given.state_dict())

    def train(self, mode: bool = True) -> Reader:
        super().train(mode)
        self.network.train(mode and self.whole)
        return self

    def forward(self, batch: list[Example]):
        def padded(name: str) -> Tensor:
            return nn.utils.rnn.pad_sequence([getattr(e, name) for e in batch], True)

        ids = padded("ids")
        mask = torch.arange(ids.shape[1]) < torch.tensor([[len(e.ids)] for e in batch])
        hidden = self.network.encode(ids, padded("shape"), padded("mark"), mask)
        return self.branch(hidden, padded("evidence"), mask)


@dataclass(slots=True)
class Soft:
    """What teachers see in a sentence of n pieces: probabilities.

    ``labels`` (n, 9), ``stances`` (n, 3); ``links`` (cues, 3, n + 1), the first of nobody, for the
    pieces ``cues``, each with its ``weight``.
    """

    labels: Tensor
    stances: Tensor
    cues: Tensor
    weight: Tensor
    links: Tensor = field(repr=False)


@torch.no_grad()
def teach(teachers: list[Reader], example: Example) -> Soft:
    """Return the mean of what some teachers see."""
    seen = [[part[0] for part in teacher([example])] for teacher in teachers]
    labels = torch.stack([torch.softmax(s[0], -1) for s in seen]).mean(0)
    stances = torch.stack([torch.softmax(s[1], -1) for s in seen]).mean(0)
    surety = labels[:, 1 + 2 * ROLES.index("cue") :].sum(-1)
    cues = torch.nonzero(surety > LIKELY)[:, 0]
    links = [
        torch.softmax(_links(teacher.branch, s[2], s[3], cues), -1)
        for teacher, s in zip(teachers, seen, strict=True)
    ]
    return Soft(labels, stances, cues, surety[cues], torch.stack(links).mean(0))


def _links(branch: Branch, query: Tensor, key: Tensor, cues: Tensor) -> Tensor:
    """Return the scores of links: (cues, 3, n + 1)."""
    keys = torch.cat([branch.nobody[None], key])
    return query[cues].view(len(cues), len(RELATIONS), LINK) @ keys.T


def loss_of(reader: Reader, batch: list[Example], soft: dict[str, Soft], gold: float) -> Tensor:
    """Cross-entropy against the annotation (a share of ``gold``), the teachers, or both."""
    tags, stance, query, key = reader(batch)
    total = torch.zeros(())
    for row, e in enumerate(batch):
        n = len(e.ids)
        outputs = tags[row, :n], stance[row, :n], query[row, :n], key[row, :n]
        taught = soft.get(e.id)
        share = 1.0 if taught is None else gold if e.annotated else 0.0
        if share:
            total = total + share * _loss_of_ties(reader.branch, e, *outputs)
        if taught:
            total = total + (1 - share) * _loss_of_lesson(reader.branch, taught, *outputs)
    return total / len(batch)


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


def _loss_of_lesson(branch: Branch, soft: Soft, tags, stance, query, key) -> Tensor:
    inner = slice(1, -1)  # markers have no labels
    total = _cross(tags[inner], soft.labels[inner]).sum() / 20
    if len(soft.cues):
        weight = soft.weight / soft.weight.sum().clamp(min=1)
        total = total + (weight * _cross(stance[soft.cues], soft.stances[soft.cues])).sum()
        links = _cross(_links(branch, query, key, soft.cues), soft.links)
        total = total + 0.5 * (weight[:, None] * links).sum()
    return total


def _cross(scores: Tensor, aim: Tensor) -> Tensor:
    return -(aim * torch.log_softmax(scores, -1)).sum(-1)


def fit(
    reader: Reader,
    examples: list[Example],
    soft: dict[str, Soft],
    rng: random.Random,
    *,
    epochs: int,
    rate: float,
    gold: float,
) -> None:
    """Train; the new parts learn ten times faster than those that were trained before."""
    old = [p for p in reader.network.parameters() if p.requires_grad]
    old += list(reader.branch.layers.parameters())
    known = {id(p) for p in reader.branch.layers.parameters()}
    new = [p for p in reader.branch.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": rate}, {"params": new, "lr": 10 * rate}], weight_decay=0.05
    )
    steps = epochs * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 10 * rate], total_steps=steps, pct_start=0.1
    )
    began = time.time()
    for epoch in range(epochs):
        reader.train()
        rng.shuffle(examples)
        ordered = sorted(examples, key=lambda e: len(e.ids) + 30 * rng.random())
        groups = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
        rng.shuffle(groups)
        losses = []
        for batch in groups:
            loss = loss_of(reader, batch, soft, gold)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        spent = time.time() - began
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {spent:.0f} s", flush=True)
    reader.eval()


@torch.no_grad()
def predict(reader: Reader, e: Example) -> list[dict]:
    """Return a sentence's ties, each span as ``[start, end]``."""
    tags, stance, query, key = (part[0] for part in reader([e]))
    real = e.start >= 0
    seen = Seen(
        labels=torch.log_softmax(tags, -1).numpy()[real],
        stances=torch.log_softmax(stance, -1).numpy()[real],
        queries=query.view(len(e.ids), len(RELATIONS), LINK).numpy()[real],
        keys=key.numpy()[real],
        nobody=reader.branch.nobody.numpy(),
        start=e.start[real],
        end=e.end[real],
    )
    names = ("source", "target", "issue", "cue", "stance", "score")
    return [{name: getattr(tie, name) for name in names} for tie in decode(seen)]


def load_branch(path: Path) -> Branch:
    """Return a trained branch."""
    return load_reader(path).branch


def load_reader(path: Path) -> Reader:
    """Return the trained encoder and branch of a file."""
    stored = torch.load(path, weights_only=True)
    network = Network(stored["lower"] + stored["upper"])
    reader = Reader(network, stored["lower"], stored["known"], whole=False)
    reader.load_state_dict(stored["weights"])
    return reader.eval()


def save_reader(reader: Reader, path: Path) -> None:
    """Write a reader to a file."""
    layers = {"lower": len(reader.network.layers), "upper": len(reader.branch.layers)}
    known = {"known": reader.branch.known, "weights": reader.state_dict()}
    torch.save(layers | known, path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the trained encoder")
    parser.add_argument("--data", type=Path, action="append", required=True, help="JSONL; repeat")
    parser.add_argument("--articles", type=Path, action="append", default=[], help="JSONL(.gz)")
    parser.add_argument("--unlabelled", type=Path, action="append", default=[], help="JSONL")
    parser.add_argument("--teacher", type=Path, action="append", default=[])
    parser.add_argument("--gold", type=float, default=0.5, help="share of the annotation")
    parser.add_argument("--start", type=Path, help="what an earlier run ended with")
    parser.add_argument("--whole", action="store_true", help="train the encoder, too")
    parser.add_argument("--dev", type=Path, help="sentences to predict")
    parser.add_argument("--plain", type=float, default=1.0, help="share of those without a tie")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rng = begin(options)
    articles = read_articles(options.articles)
    examples = [e for path in options.data for e in load(path, articles, plain=options.plain)]
    print(f"{len(examples)} sentences, {sum(len(e.ties) for e in examples)} ties", flush=True)
    plain = [e for path in options.unlabelled for e in load(path, articles, annotated=False)]
    teachers = [load_reader(path) for path in options.teacher]
    soft = {e.id: teach(teachers, e) for e in examples + plain} if teachers else {}
    network = load_network(options.run)
    lower = len(network.layers) // 2 if options.whole else SHARED
    reader = Reader(network, lower, examples[0].evidence.shape[1], whole=options.whole)
    if options.start:
        reader.load_state_dict(load_reader(options.start).state_dict())
    given = {"epochs": options.epochs, "rate": options.rate, "gold": options.gold}
    fit(reader, examples + plain, soft, rng, **given)
    save_reader(reader, options.out)
    if options.dev:
        with options.out.with_suffix(".jsonl").open("w", encoding="utf-8") as lines:
            for e in load(options.dev, articles):
                lines.write(json.dumps({"id": e.id, "ties": predict(reader, e)}) + "\n")


if __name__ == "__main__":
    main()
