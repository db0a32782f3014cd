"""Distil a teacher into the tagger that ships: ``python -m training.distil EVAL NEWS --out RUN``.

The student learns the teacher's probabilities of labels and links (Hinton, Vinyals & Dean 2015),
which ``training.targets`` wrote down, beside the annotators' own labels; quotes of scraped news
that were judged in their article; and names, which annotators alone teach.
"""

from __future__ import annotations

import argparse
import copy
from pathlib import Path

import torch
from torch.nn import functional

from training import data
from training.network import Network, load_base
from training.targets import load_targets
from training.train import (
    BASE,
    batches,
    begin,
    fit,
    held_windows,
    layer_rates,
    link_scores,
)

GOLD = 0.3  # weight of the annotators' own labels and links beside the teacher's
LINKS = 0.3
NAMES = 0.5
JUDGED = 2  # how often what was judged, or has its names annotated, is seen in an epoch


def loss_of(student: Network, batch: dict[str, torch.Tensor], task: str) -> torch.Tensor:
    """Cross-entropy to the teacher's labels and links, and to annotators' labels."""
    scores, query, key = student(batch["ids"], batch["shape"], batch["mark"], batch["mask"])
    if task == "entity":
        return NAMES * _hard(scores["entity"], batch["label"])
    links = link_scores(query, key, batch["mask"])
    gold = torch.zeros(())
    if (batch["label"] != data.IGNORE).any():
        gold = _hard(scores["attribution"], batch["label"])
    if (batch["anchor"] != data.IGNORE).any():
        gold = gold + LINKS * _hard(links, batch["anchor"])
    if task == "attribution":
        return gold
    mask = batch["mask"] & (batch["ids"] != 101) & (batch["ids"] != 102)  # no [CLS], no [SEP]
    soft = _soft(torch.log_softmax(scores["attribution"], -1), batch["attribution"], mask)
    # Links matter where a cue or a content is.
    linked = batch["attribution"][..., 3:].sum(-1) * mask
    likeliest = torch.log_softmax(links, -1).gather(-1, batch["linked"])
    return soft + LINKS * _soft(likeliest, batch["link"], linked) + GOLD * gold


def _hard(scores: torch.Tensor, label: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(scores.flatten(0, 1), label.flatten(), ignore_index=data.IGNORE)


def _soft(logs: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean cross-entropy of log-probabilities to wanted probabilities."""
    loss = -(wanted * logs).sum(-1)
    return (loss * weight).sum() / weight.sum().clamp(min=1)


def draw(options: argparse.Namespace, rng) -> list[list[list[dict]]]:
    """Return the batches of each epoch: what the teacher read, what was judged, and names."""
    taught = load_targets(options.targets)
    for window in taught:
        window["task"] = "taught"
    names = options.folder / "entities" / "uner-ewt" / "test.iob2.gz"
    texts = JUDGED * [*data.news(options.news), *data.named(options.news)]
    texts += JUDGED * data.universal(names)
    return [
        batches([*taught, *data.windows(texts, rng, rng.choice([256, 192]))], options.tokens, rng)
        for _ in range(options.epochs)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds attribution/ and entities/")
    parser.add_argument("news", type=Path, help="the articles of judgements and names (.jsonl.gz)")
    parser.add_argument("--targets", type=Path, required=True, help="what training.targets wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--heads", type=float, default=3, help="how much faster the heads learn")
    parser.add_argument("--decay", type=float, default=1, help="of the rate, a layer further down")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    rng = begin(options)

    student = Network(options.layers, coarse=True)
    load_base(student, BASE)
    average = copy.deepcopy(student).eval()
    epochs = draw(options, rng)
    held = held_windows(
        options.folder, data.universal(options.folder / "entities" / "uner-ewt" / "dev.iob2.gz")
    )
    steps = sum(map(len, epochs))
    rates = layer_rates(student, options)
    groups = [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, list(rates), total_steps=steps, pct_start=0.1
    )
    fit(student, average, epochs, loss_of, optimizer, schedule, held, options)


if __name__ == "__main__":
    main()
