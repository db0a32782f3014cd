"""Train the blame branch on the trained encoder: ``python -m training.blame RUN --data F ...``.

Tried, and not shipped: alone it finds fewer ties than the rules do (see ``README.md``). The
encoder's lower layers stay as they are; the branch has its own upper ones, labels for blamer,
target, issue and cue, a stance for each cue, and links from the cue to the three others.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.extract.attribution import spans_of, viterbi
from sayso.marks import paragraphs, read_marks
from sayso.pieces import build_window, cut_windows, read_pieces
from training.data import read_jsonl
from training.network import WIDTH, Layer, Network, load_network

ROLES = ("issue", "target", "source", "cue")  # later ones win where spans overlap
STANCES = ("assert", "deny", "report")
RELATIONS = ("source", "target", "issue")
LINK = 64
SHARED = 2  # of the encoder's layers; the branch begins as a copy of the others
IGNORE = -100


class Branch(nn.Module):
    """Layers and heads on the encoder's output."""

    def __init__(self, layers: int = 1, dropout: float = 0.2) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, 2 * len(ROLES) + 1)
        self.stance = nn.Linear(WIDTH, len(STANCES))
        self.query = nn.Linear(WIDTH, len(RELATIONS) * LINK)
        self.key = nn.Linear(WIDTH, LINK)
        self.nobody = nn.Parameter(torch.zeros(LINK))

    def forward(self, x: Tensor, mask: Tensor | None = None):
        attend = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attend)
        x = self.dropout(x)
        return self.tags(x), self.stance(x), self.query(x) / math.sqrt(LINK), self.key(x)


@dataclass(slots=True)
class Example:
    """A sentence as the encoder saw it (``hidden``), its labels, and its ties by piece numbers."""

    id: str
    hidden: Tensor
    start: np.ndarray
    end: np.ndarray
    label: np.ndarray
    ties: list[dict]


@torch.no_grad()
def see(network: Network, text: str) -> tuple[Tensor, np.ndarray, np.ndarray]:
    """Return the hidden states of a sentence, and each one's offsets (-1 at markers)."""
    paras = paragraphs(text)
    pieces = read_pieces(text, paras, read_marks(text, paras)[0])
    window = build_window(pieces, cut_windows(pieces)[0])
    real = window.piece >= 0
    start, end = np.full(len(real), -1), np.full(len(real), -1)
    start[real], end[real] = pieces.start[window.piece[real]], pieces.end[window.piece[real]]
    inputs = (torch.from_numpy(v)[None] for v in (window.ids, window.shape, window.mark))
    return network.encode(*inputs)[0], start, end


def example(network: Network, item: dict) -> Example:
    """Return a sentence and its ties as an example."""
    hidden, start, end = see(network, item["text"])
    label = np.where(start >= 0, 0, IGNORE)
    ties = []
    for tie in item["ties"]:
        tie = {**tie, "stance": STANCES.index(tie["stance"])}
        for role in ROLES:
            span = _ends(tie.get(role)) or (0, 0)
            tie[role + "_pieces"] = np.flatnonzero((start < span[1]) & (end > span[0]))
        ties.append(tie)
    for number, role in enumerate(ROLES):
        for tie in ties:
            numbers = tie[role + "_pieces"]
            label[numbers] = 2 + 2 * number
            label[numbers[:1]] = 1 + 2 * number
    return Example(item["id"], hidden, start, end, label, ties)


def load(network: Network, path: Path, articles: dict[str, str]) -> list[Example]:
    """Return the examples of a file of sentences.

    A sentence is given with its text (``text``, ``doc_offset``), or only by its place in an article
    (``start``, ``end``), as in ``data/blame_annotations.jsonl``.
    """
    result = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        item = json.loads(line)
        whole = articles.get(item["doc"], "")
        at = item.get("doc_offset", item.get("start"))
        item.setdefault("text", whole[at : item.get("end")])
        item.setdefault("id", f"{path.stem}-{number}")
        result.append(example(network, item))
    return result


def _ends(span: dict | list | None) -> tuple[int, int] | None:
    if span is None:
        return None
    return (span["start"], span["end"]) if isinstance(span, dict) else (span[0], span[1])


def loss_of(branch: Branch, batch: list[Example]) -> Tensor:
    """Cross-entropy of labels, stances and links."""
    hidden = nn.utils.rnn.pad_sequence([e.hidden for e in batch], True)
    labels = [torch.from_numpy(e.label) for e in batch]
    label = nn.utils.rnn.pad_sequence(labels, True, padding_value=IGNORE)
    mask = torch.arange(hidden.shape[1]) < torch.tensor([[len(e.hidden)] for e in batch])
    tags, stance, query, key = branch(hidden, mask)
    total = functional.cross_entropy(
        tags.flatten(0, 1), label.flatten(), ignore_index=IGNORE, reduction="sum"
    )
    total = total / 20
    for row, e in enumerate(batch):
        keys = torch.cat([branch.nobody[None], key[row, : len(e.hidden)]])
        for tie in e.ties:
            total = total + _loss_of_tie(e, tie, stance[row], query[row], keys)
    return total / len(batch)


def _loss_of_tie(e: Example, tie: dict, stance: Tensor, query: Tensor, keys: Tensor) -> Tensor:
    """Return the loss of a tie's stance and of the links from its cue."""
    cue = tie["cue_pieces"]
    total = functional.cross_entropy(stance[cue], torch.full((len(cue),), tie["stance"]))
    for number, role in enumerate(RELATIONS):
        first = tie[role + "_pieces"][:1]
        if len(first) and e.label[first[0]] != 1 + 2 * ROLES.index(role):
            continue  # hidden under another role
        aim = torch.full((len(cue),), 1 + int(first[0]) if len(first) else 0)
        asked = query[cue, number * LINK : (number + 1) * LINK]
        total = total + 0.5 * functional.cross_entropy(asked @ keys.T, aim)
    return total


@torch.no_grad()
def predict(branch: Branch, e: Example, bias: float = 0.0) -> list[dict]:
    """Return a sentence's ties, each span as ``{"start", "end"}``."""
    scores, stance, query, key = branch(e.hidden[None])
    where = np.flatnonzero(e.start >= 0)
    tags = torch.log_softmax(scores[0], -1).numpy()[where]
    tags[:, 2 * len(ROLES) - 1 :] += bias
    parts = spans_of(viterbi(tags), tags, e.start[where], e.end[where])
    ties = []
    for cue in (p for p in parts if p.role == len(ROLES)):
        voters = where[cue.first : cue.last]
        tie = {"cue": _span(cue), "stance": STANCES[int(stance[0, voters].mean(0).argmax())]}
        for number, role in enumerate(RELATIONS):
            options = [p for p in parts if p.role == 1 + ROLES.index(role)]
            heads = torch.tensor([0, *(1 + where[p.first] for p in options)])
            keys = torch.cat([branch.nobody[None], key[0]])[heads]
            asked = query[0, voters, number * LINK : (number + 1) * LINK]
            chosen = int(torch.softmax(asked @ keys.T, -1).mean(0).argmax())
            tie[role] = _span(options[chosen - 1]) if chosen else None
        ties.append(tie)
    return [tie for tie in ties if tie["target"]]


def _span(part) -> dict[str, int]:
    return {"start": int(part.start), "end": int(part.end)}


def train(
    examples: list[Example],
    start: list[Layer],
    *,
    epochs: int,
    seed: int,
    rate: float,
    dropout: float = 0.2,
) -> Branch:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    branch = Branch(len(start), dropout)
    for layer, known in zip(branch.layers, start, strict=True):
        layer.load_state_dict(known.state_dict())
    old = list(branch.layers.parameters())
    known = {id(p) for p in old}
    new = [p for p in branch.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": rate}, {"params": new, "lr": 5 * rate}], weight_decay=0.05
    )
    steps = epochs * math.ceil(len(examples) / 16)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate, 5 * rate], total_steps=steps, pct_start=0.1
    )
    for _ in range(epochs):
        rng.shuffle(examples)
        ordered = sorted(examples, key=lambda e: len(e.hidden) + 30 * rng.random())
        groups = [ordered[i : i + 16] for i in range(0, len(ordered), 16)]
        rng.shuffle(groups)
        for batch in groups:
            loss = loss_of(branch, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return branch.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the trained encoder")
    parser.add_argument("--data", type=Path, action="append", required=True, help="JSONL; repeat")
    parser.add_argument("--articles", type=Path, required=True, help="JSONL(.gz) of whole articles")
    parser.add_argument("--dev", type=Path, required=True, help="sentences to predict")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--bias", type=float, default=0.0, help="added to the scores of cues")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="JSONL of predicted ties")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.run)
    own, network.layers = list(network.layers[SHARED:]), network.layers[:SHARED]
    articles = {a["id"]: a["text"] for a in read_jsonl(options.articles)}
    examples = [e for path in options.data for e in load(network, path, articles)]
    branch = train(examples, own, epochs=options.epochs, seed=options.seed, rate=options.rate)
    with options.out.open("w", encoding="utf-8") as lines:
        for e in load(network, options.dev, articles):
            ties = predict(branch, e, options.bias)
            lines.write(json.dumps({"id": e.id, "ties": ties}) + "\n")


if __name__ == "__main__":
    main()
