"""Write down what a teacher makes of texts: ``python -m training.targets EVAL NEWS --teacher RUN``.

A teacher of twelve layers takes thirty times as long as its student, which passes over the texts
several times. So what it makes of each window is kept: probabilities of labels, and of the few
likeliest links. A run that was stopped goes on where it stopped.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch

from training import data
from training.network import Network, load_network
from training.train import link_scores

LIKELIEST = 4  # links that are kept of each piece
SHARD = 100  # windows in a file


@torch.no_grad()
def read_window(teacher: Network, window: dict) -> dict[str, np.ndarray]:
    """Return a window with the teacher's probabilities, as nobody in particular would read it."""
    batch = {name: torch.from_numpy(window[name])[None] for name in ("ids", "shape", "mark")}
    mask = torch.ones_like(batch["ids"], dtype=torch.bool)
    nobody = torch.zeros(1, dtype=torch.long)
    scores, query, key = teacher(*batch.values(), mask, nobody)
    links = torch.softmax(link_scores(query, key, mask), -1)[0]
    likeliest = links.topk(min(LIKELIEST, links.shape[-1]), -1)
    return {
        **{name: window[name].astype(np.int32) for name in ("ids", "shape", "mark")},
        **{name: window[name].astype(np.int32) for name in ("label", "anchor")},
        "attribution": torch.softmax(scores["attribution"], -1)[0].numpy().astype(np.float16),
        "link": likeliest.values.numpy().astype(np.float16),
        "linked": likeliest.indices.numpy().astype(np.int16),
    }


def load_targets(folder: Path) -> list[dict]:
    """Return the windows that were written to a folder, with what the teacher makes of them."""
    windows = []
    for path in sorted(folder.glob("*.npz")):
        stored = dict(np.load(path))
        bounds = np.cumsum(stored.pop("length"))[:-1]
        cut = {name: np.split(values, bounds) for name, values in stored.items()}
        windows += [dict(zip(cut, parts, strict=True)) for parts in zip(*cut.values(), strict=True)]
    return windows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds attribution/")
    parser.add_argument("news", type=Path, help="articles that nobody labelled (.jsonl.gz, text)")
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=3000, help="of the unlabelled")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    rng = random.Random(options.seed)

    labelled = data.attribution(
        options.folder / "attribution" / "polnear" / "train" / "articles.jsonl.gz"
    )
    plain = data.unlabelled(options.news, options.articles, rng)
    # The labelled ones twice, cut elsewhere.
    texts = [*labelled, *plain[: options.articles // 2], *labelled]
    texts += plain[options.articles // 2 :]
    windows = data.windows(texts, rng, 256)
    teacher = load_network(options.teacher)
    options.out.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(windows), SHARD):
        path = options.out / f"{first // SHARD:05}.npz"
        if path.exists():
            continue
        read = [read_window(teacher, window) for window in windows[first : first + SHARD]]
        stored = {name: np.concatenate([window[name] for window in read]) for name in read[0]}
        stored["length"] = np.array([len(window["ids"]) for window in read])
        new = path.with_suffix(".part")
        with new.open("wb") as file:
            np.savez(file, **stored)
        new.replace(path)
        print(f"{first + len(read)}/{len(windows)} windows", flush=True)


if __name__ == "__main__":
    main()
