"""Distil teachers into the tagger that ships: ``python -m training.distil EVAL_FOLDER --out RUN``.

The student learns the teachers' label and link probabilities (Hinton, Vinyals & Dean 2015) beside
the annotators' labels. Each window is read by the teachers as a random annotator would, so what the
student learns is what the annotators would agree on, and texts that nobody labelled serve as well.
"""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

import torch
from torch.nn import functional

from training import data
from training.network import LABELS, Network, load_network
from training.train import begin, develop, draw_epochs, fit, held_windows, link_scores, named

GOLD = 0.3  # weight of the annotators' own labels and links beside the teachers'
LINKS = 0.3


@torch.no_grad()
def targets(teachers: list[Network], batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Return the teachers' mean probabilities of labels and links."""
    total: dict[str, torch.Tensor] = {}
    for teacher in teachers:
        size = teacher.annotators.num_embeddings if teacher.annotators is not None else 1
        who = torch.randint(size, (len(batch["ids"]),))
        scores, query, key = teacher(
            batch["ids"], batch["shape"], batch["mark"], batch["mask"], who
        )
        read = scores | {"link": link_scores(query, key, batch["mask"])}
        for name, values in read.items():
            shared = torch.softmax(values, -1) / len(teachers)
            total[name] = total[name] + shared if name in total else shared
    return total


def loss_of(teachers: list[Network], student: Network, batch, task: str) -> torch.Tensor:
    """Cross-entropy to the teachers' labels and links, and to the annotators' labels."""
    scores, query, key = student(batch["ids"], batch["shape"], batch["mark"], batch["mask"])
    wanted = targets(teachers, batch)
    mask = batch["mask"] & (batch["ids"] != 101) & (batch["ids"] != 102)  # no [CLS], no [SEP]
    total = sum(_soft(scores[name], wanted[name], mask) for name in LABELS)
    # Links matter where a cue or a content is.
    linked = wanted["attribution"][..., 3:].sum(-1) * mask
    links = link_scores(query, key, batch["mask"])
    total = total + LINKS * _soft(links, wanted["link"], linked)
    if task in LABELS and (batch["label"] != data.IGNORE).any():
        gold = functional.cross_entropy(
            scores[task].flatten(0, 1), batch["label"].flatten(), ignore_index=data.IGNORE
        )
        total = total + GOLD * gold
    if task == "attribution" and (batch["anchor"] != data.IGNORE).any():
        gold = functional.cross_entropy(
            links.flatten(0, 1), batch["anchor"].flatten(), ignore_index=data.IGNORE
        )
        total = total + GOLD * gold
    return total


def _soft(scores: torch.Tensor, wanted: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Return the weighted mean cross-entropy to wanted probabilities."""
    loss = -(wanted * torch.log_softmax(scores, -1)).sum(-1)
    return (loss * weight).sum() / weight.sum().clamp(min=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds attribution/, entities/ and dates/")
    parser.add_argument(
        "--teacher", type=Path, action="append", required=True, help="a run; repeat"
    )
    parser.add_argument(
        "--start", type=Path, required=True, help="a run whose weights the student begins with"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    rng = begin(options)

    teachers = [load_network(path) for path in options.teacher]
    student, average = load_network(options.start), load_network(options.start)
    student.train()
    learn, check = named(options.folder, "conll")
    held = held_windows(options.folder, check)
    texts = data.attribution(
        options.folder / "attribution" / "polnear" / "train" / "articles.jsonl.gz"
    )
    texts += learn[::3]
    texts += data.unlabelled(options.folder / "dates" / "tbaq.jsonl.gz")
    epochs = draw_epochs(texts, rng, options)
    steps = sum(map(len, epochs))
    optimizer = torch.optim.AdamW(student.parameters(), options.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=steps, pct_start=0.1
    )
    print(f"before: {develop(average, held)}, {steps} steps", flush=True)
    loss = partial(loss_of, teachers)
    fit(student, average, epochs, loss, optimizer, schedule, held, options)


if __name__ == "__main__":
    main()
