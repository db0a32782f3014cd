"""Train the blame branch: ``python -m training.blame RUN --data F --dev F --out FILE``.

The branch reads a sentence by itself: what the encoder's lower layers make of it, which stay as
they are, and what the encoder made of its pieces in their article. With ``--teacher`` it learns
what a trained branch of a larger network makes of the sentences, of those of ``--news``, too, which
nobody annotated.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.blaming.learned import RELATIONS, ROLES, Seen, decode
from sayso.extract.blaming.ties import SURE
from training.blame_branch import (
    LINK,
    Branch,
    batches_by_length,
    grown,
    load_branch,
    outputs_of,
    read_lower,
)
from training.blame_data import IGNORE, Example, load, load_news, read_articles
from training.network import Network, load_network
from training.train import begin

BATCH = 16
CUE = 1 + 2 * ROLES.index("cue")
LIKELY = (
    0.05  # of a piece to be one of a cue, by the teacher, for its stance and links to be learnt
)
HARD = 0.3  # of the loss, by the annotation, where there is one beside the teacher


@dataclass(slots=True)
class Taught:
    """What a teacher makes of the n pieces of a sentence, as probabilities in half precision.

    ``labels`` (n, 9) and ``stances`` (n, 3); ``links`` (m, 3, n + 1) of the ``cues``, the m pieces
    that are likely to be one.
    """

    labels: Tensor
    stances: Tensor
    cues: Tensor
    links: Tensor


@torch.no_grad()
def teach(branch: Branch, examples: Sequence[Example], states: dict[str, Tensor]) -> dict:
    """Return what a teacher makes of examples, by their ids."""
    taught = {}
    for batch in batches_by_length(examples):
        outputs = outputs_of(branch, batch, states)
        for e, (tags, stance, query, key) in zip(batch, outputs, strict=True):
            labels = torch.softmax(tags, -1)
            cues = torch.nonzero(labels[:, CUE:].sum(-1) > LIKELY)[:, 0]
            links = torch.softmax(branch.links(query, key, cues), -1)
            stances = torch.softmax(stance, -1)
            taught[e.id] = Taught(labels.half(), stances.half(), cues, links.half())
    return taught


def loss_by_annotation(branch: Branch, e: Example, outputs: tuple[Tensor, ...]) -> Tensor:
    """Return the cross-entropy against the annotation of a sentence."""
    tags, stance, query, key = outputs
    labels = torch.from_numpy(e.label)
    total = functional.cross_entropy(tags, labels, ignore_index=IGNORE, reduction="sum") / 20
    for tie in (tie for tie in e.ties if len(tie["pieces"]["cue"])):
        cue = torch.from_numpy(tie["pieces"]["cue"])
        total = total + functional.cross_entropy(stance[cue], torch.full_like(cue, tie["stance"]))
        links = branch.links(query, key, cue)
        for number, role in enumerate(RELATIONS):
            first = tie["pieces"][role][:1]
            if len(first) and e.label[first[0]] != 1 + 2 * ROLES.index(role):
                continue  # hidden under another role
            aim = torch.full_like(cue, 1 + int(first[0]) if len(first) else 0)
            total = total + 0.5 * functional.cross_entropy(links[:, number], aim)
    return total


def loss_by_teacher(branch: Branch, e: Example, outputs: tuple, taught: Taught) -> Tensor:
    """Return the cross-entropy against what a teacher makes of a sentence."""
    tags, stance, query, key = outputs
    labels, cues = taught.labels.float(), taught.cues
    real = torch.from_numpy(e.start >= 0)
    total = (_cross(tags, labels) * real).sum() / 20
    if len(cues):
        sure = labels[cues, CUE:].sum(-1)
        total = total + (_cross(stance[cues], taught.stances[cues].float()) * sure).mean()
        links = _cross(branch.links(query, key, cues), taught.links.float()).sum(-1)
        total = total + 0.5 * (links * sure).mean()
    return total


def _cross(scores: Tensor, target: Tensor) -> Tensor:
    return -(target * torch.log_softmax(scores, -1)).sum(-1)


def loss_of(
    branch: Branch, batch: list[Example], states: dict[str, Tensor], taught: dict[str, Taught]
) -> Tensor:
    """Return the loss of some sentences by their annotation, their teacher or both, a sentence."""
    losses = []
    for e, outputs in zip(batch, outputs_of(branch, batch, states), strict=True):
        parts = []
        if e.label is not None:
            share = HARD if e.id in taught else 1.0
            parts.append(share * loss_by_annotation(branch, e, outputs))
        if e.id in taught:
            share = 1.0 if e.label is None else 1 - HARD
            parts.append(share * loss_by_teacher(branch, e, outputs, taught[e.id]))
        losses.append(sum(parts))
    return torch.stack(losses).mean()


def drawn(examples: list[Example], plain: float, rng: random.Random) -> list[list[Example]]:
    """Return the batches of an epoch: of annotated sentences without a tie a share, ``plain``."""
    chosen = [
        e for e in examples if e.ties or e.label is None or plain == 1 or rng.random() < plain
    ]
    ordered = sorted(chosen, key=lambda e: len(e.ids) + 15 * rng.random())
    groups = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    rng.shuffle(groups)
    return groups


def fit(
    branch: Branch,
    examples: list[Example],
    loss: Callable[[list[Example]], Tensor],
    options: argparse.Namespace,
) -> None:
    """Train; the heads learn faster than the layers, which were trained before."""
    rng = random.Random(options.seed)
    epochs = [drawn(examples, options.plain, rng) for _ in range(options.epochs)]
    old = list(branch.layers.parameters())
    known = {id(p) for p in old}
    new = [p for p in branch.parameters() if p.requires_grad and id(p) not in known]
    rates = [options.rate, options.heads * options.rate]
    parts = [{"params": p, "lr": rate} for p, rate in zip((old, new), rates, strict=True)]
    optimizer = torch.optim.AdamW(parts, weight_decay=0.05, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, rates, total_steps=sum(map(len, epochs)) + 1, pct_start=0.1
    )
    began = time.time()
    for epoch, groups in enumerate(epochs, 1):
        branch.train()
        losses = []
        for number, batch in enumerate(groups, 1):
            value = loss(batch)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(value.item())
            if number % 100 == 0:
                told = f"{number}/{len(groups)} {np.mean(losses[-100:]):.3f}"
                print(f"epoch {epoch}: {told} {time.time() - began:.0f} s", flush=True)
        torch.save(branch.eval().state_dict(), options.out)


@torch.no_grad()
def predict(branch: Branch, e: Example, states: dict[str, Tensor]) -> list[dict]:
    """Return a sentence's ties, each span as ``[start, end]``."""
    tags, stance, query, key = outputs_of(branch, [e], states)[0]
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
    names = ("source", "target", "issue", "cue", "stance", "confidence")
    sure = [tie for tie in decode(seen) if tie.confidence >= SURE]
    return [{name: getattr(tie, name) for name in names} for tie in sure]


def _encoder(run: Path) -> Network | None:
    return None if run.name == "shipped" else load_network(run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the trained encoder, or 'shipped'")
    parser.add_argument("--data", type=Path, action="append", required=True, help="JSONL; repeat")
    parser.add_argument("--articles", type=Path, action="append", default=[], help="JSONL(.gz)")
    parser.add_argument("--teacher", type=Path, nargs=2, help="its encoder and its branch")
    parser.add_argument("--news", type=Path, help="articles for what the teacher makes of them")
    parser.add_argument("--number", type=int, default=2500, help="of those articles")
    parser.add_argument("--start", type=Path, help="what an earlier run ended with")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--dev", type=Path, help="sentences to predict")
    parser.add_argument("--plain", type=float, default=1.0, help="share of those without a tie")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--heads", type=float, default=10, help="how much faster the heads learn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if options.run.name == "shipped" and not options.start:
        parser.error("'shipped' needs --start: src/sayso/model/blame.onnx")
    begin(options)
    articles = read_articles(options.articles)
    examples = [e for path in options.data for e in load(path, articles)]
    print(f"{len(examples)} sentences, {sum(len(e.ties) for e in examples)} ties", flush=True)
    if options.news:
        examples += load_news(options.news, options.number, set(articles))
    states, taught = {}, {}
    if options.teacher:
        run, teacher = options.teacher
        states = read_lower(_encoder(run), examples)
        taught = teach(load_branch(teacher), examples, states)
    network = _encoder(options.run)
    held = list(load(options.dev, articles)) if options.dev else []
    if not options.teacher or run != options.run:
        states = read_lower(network, examples)
    states |= read_lower(network, held)
    known = examples[0].evidence.shape[1]
    branch = load_branch(options.start) if options.start else grown(network, options.layers, known)
    fit(branch, examples, lambda batch: loss_of(branch, batch, states, taught), options)
    if options.dev:
        with options.out.with_suffix(".jsonl").open("w", encoding="utf-8") as lines:
            for e in held:
                lines.write(json.dumps({"id": e.id, "ties": predict(branch, e, states)}) + "\n")


if __name__ == "__main__":
    main()
