"""Train the blame branch on the trained encoder: ``python -m training.blame RUN --data F ...``.

The encoder stays as it is; the branch is more layers on its output, with labels for blamer, target,
issue and cue, a stance for each cue, and links from the cue to the three others. Each sentence is
seen twice, alone and in its article, since a user may give either.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.marks import paragraphs, read_marks
from sayso.pieces import MODEL_FOLDER, build_window, cut_windows, read_pieces
from training.data import read_jsonl
from training.network import WIDTH, Layer, Network, fill_layer, load_network
from training.train import BASE

ROLES = ("issue", "target", "source", "cue")  # later ones win where spans overlap
STANCES = ("assert", "deny", "report")
RELATIONS = ("source", "target", "issue")
LINK = 64
CONTEXT = 32  # word pieces to either side of a sentence
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
    text: str
    base: int
    hidden: Tensor
    start: np.ndarray
    end: np.ndarray
    inside: np.ndarray
    label: np.ndarray
    ties: list[dict]
    weight: float = 1.0


@torch.no_grad()
def see(network: Network, text: str, at: int, length: int) -> tuple[Tensor, np.ndarray, np.ndarray]:
    """Return the hidden states of the window that holds a sentence, and each one's offsets."""
    paras = paragraphs(text)
    pieces = read_pieces(text, paras, read_marks(text, paras)[0])
    best, most = None, -1
    for ranges in cut_windows(pieces):
        window = build_window(pieces, ranges)
        real = window.piece >= 0
        start, end = np.full(len(real), -1), np.full(len(real), -1)
        start[real], end[real] = pieces.start[window.piece[real]], pieces.end[window.piece[real]]
        held = int(((start >= at) & (end <= at + length) & real).sum())
        if held > most:
            best, most = (window, start, end), held
    window, start, end = best
    ids, shape, mark = (torch.from_numpy(v)[None] for v in (window.ids, window.shape, window.mark))
    return network.encode(ids, shape, mark)[0], start, end


def example(network: Network, item: dict, text: str, base: int) -> Example:
    """Return a sentence that stands at ``base`` in ``text`` as an example."""
    hidden, start, end = see(network, text, base, len(item["text"]))
    inside = (start >= base) & (end <= base + len(item["text"])) & (start >= 0)
    label = np.where(inside, 0, IGNORE)
    ties = []
    for tie in item["ties"]:
        tie = {**tie, "stance": STANCES.index(tie["stance"])}
        for role in ROLES:
            span = tie.get(role)
            numbers = (
                np.flatnonzero(inside & (start < base + span["end"]) & (end > base + span["start"]))
                if span
                else np.zeros(0, dtype=np.int64)
            )
            tie[role + "_pieces"] = numbers
        ties.append(tie)
    for number, role in enumerate(ROLES):
        for tie in ties:
            numbers = tie[role + "_pieces"]
            label[numbers] = 2 + 2 * number
            label[numbers[:1]] = 1 + 2 * number
    first, last = np.flatnonzero(inside)[[0, -1]]
    kept = slice(max(0, first - CONTEXT), last + 1 + CONTEXT)
    for tie in ties:
        for role in ROLES:
            tie[role + "_pieces"] -= kept.start
    parts = (array[kept] for array in (start, end, inside, label))
    return Example(item["id"], item["text"], base, hidden[kept].clone(), *parts, ties)


def load(network: Network, path: Path, articles: dict[str, str], context: bool) -> list[Example]:
    """Return the examples of a file of sentences; with ``context``, in their articles as well."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    result = []
    for number, item in enumerate(items):
        item.setdefault("id", f"{path.stem}-{number}")
        result.append(example(network, item, item["text"], 0))
        whole = articles.get(item["doc"], "")
        at = item["doc_offset"]
        if context and whole[at : at + len(item["text"])] == item["text"]:
            result.append(example(network, item, whole, at))
    return result


def loss_of(branch: Branch, batch: list[Example]) -> Tensor:
    """Cross-entropy of labels, stances and links."""
    hidden = nn.utils.rnn.pad_sequence([e.hidden for e in batch], True)
    mask = torch.zeros(hidden.shape[:2], dtype=torch.bool)
    label = torch.full(hidden.shape[:2], IGNORE)
    for row, e in enumerate(batch):
        mask[row, : len(e.hidden)] = True
        label[row, : len(e.hidden)] = torch.from_numpy(e.label)
    tags, stance, query, key = branch(hidden, mask)
    weight = torch.tensor([e.weight for e in batch])[:, None].expand(label.shape).flatten()
    loss = functional.cross_entropy(
        tags.flatten(0, 1), label.flatten(), ignore_index=IGNORE, reduction="none"
    )
    total = (loss * weight).sum() / 20 / len(batch)
    others = []
    for row, e in enumerate(batch):
        for tie in e.ties:
            cue = tie["cue_pieces"]
            if not len(cue):
                continue
            wanted = torch.full((len(cue),), tie["stance"])
            others.append(functional.cross_entropy(stance[row, cue], wanted))
            keys = torch.cat([branch.nobody[None], key[row, : len(e.hidden)]])
            for number, role in enumerate(RELATIONS):
                q = query[row, cue, number * LINK : (number + 1) * LINK]
                numbers = tie[role + "_pieces"]
                aim = 1 + int(numbers[0]) if len(numbers) else 0
                if aim and e.label[aim - 1] not in (1 + 2 * ROLES.index(role),):
                    continue  # hidden under another role
                scores = q @ keys.T
                others.append(0.5 * functional.cross_entropy(scores, torch.full((len(cue),), aim)))
    if others:
        total = total + torch.stack(others).sum() / len(batch)
    return total


@torch.no_grad()
def predict(branches: list[Branch], e: Example, bias: float = 0.0) -> list[dict]:
    """Return a sentence's ties, each span as ``{"start", "end"}`` in the sentence."""
    reads = [b(e.hidden[None]) for b in branches]
    tags = torch.stack([torch.log_softmax(r[0][0], -1) for r in reads]).mean(0).numpy()
    tags = tags[e.inside].copy()
    tags[:, 7:9] += bias
    from sayso.extract.attribution import spans_of, viterbi

    where = np.flatnonzero(e.inside)
    start, end = e.start[where] - e.base, e.end[where] - e.base
    parts = spans_of(viterbi(tags), tags, start, end)
    ties = []
    for cue in (p for p in parts if p.role == 4):
        voters = where[cue.first : cue.last]
        stance = torch.stack([torch.softmax(r[1][0, voters], -1).mean(0) for r in reads]).mean(0)
        tie = {"cue": _span(cue), "stance": STANCES[int(stance.argmax())], "p": cue.probability}
        for number, role in enumerate(RELATIONS):
            options = [p for p in parts if p.role == 1 + ROLES.index(role)]
            heads = torch.tensor([0, *(1 + where[p.first] for p in options)])
            odds = []
            for branch, r in zip(branches, reads, strict=True):
                keys = torch.cat([branch.nobody[None], r[3][0]])[heads]
                q = r[2][0, voters, number * LINK : (number + 1) * LINK]
                odds.append(torch.softmax(q @ keys.T, -1).mean(0))
            chosen = int(torch.stack(odds).mean(0).argmax())
            tie[role] = _span(options[chosen - 1]) if chosen else None
        ties.append(tie)
    return [t for t in ties if t["target"]]


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


class Exported(nn.Module):
    """The branch as it runs: log-probabilities of one window's labels and stances, and links."""

    def __init__(self, branch: Branch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, hidden: Tensor):
        tags, stance, query, key = self.branch(hidden)
        nobody = self.branch.nobody[None]
        return (
            torch.log_softmax(tags, -1)[0],
            torch.log_softmax(stance, -1)[0],
            query[0],
            torch.cat([nobody, key[0]]),
        )


def export(branch: Branch, path: Path) -> None:
    """Write the branch as an int8 ONNX file."""
    outputs = ["label", "stance", "query", "key"]
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Exported(branch),
            (torch.randn(1, 16, WIDTH),),
            full,
            input_names=["hidden"],
            output_names=outputs,
            dynamic_axes={"hidden": {1: "length"}} | {name: {0: "length"} for name in outputs},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, help="the trained encoder")
    parser.add_argument("--data", type=Path, action="append", required=True, help="JSONL; repeat")
    parser.add_argument("--articles", type=Path, required=True, help="JSONL(.gz) of whole articles")
    parser.add_argument("--layers", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER / "blame.onnx")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    network = load_network(options.run)
    articles = {a["id"]: a["text"] for a in read_jsonl(options.articles)}
    examples = [e for path in options.data for e in load(network, path, articles, True)]
    branch = train(
        examples,
        options.layers,
        base=BASE,
        epochs=options.epochs,
        seed=options.seed,
        rate=options.rate,
    )
    export(branch, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB, {len(examples)} examples")


if __name__ == "__main__":
    main()
