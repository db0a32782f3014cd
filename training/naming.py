"""Train who is meant by the mentions of blame ties: ``python -m training.naming ARTICLES...``.

``ARTICLES`` are files with an article a line: ``id``, ``text`` and ``ties``, each with ``source``
(null or offsets) and ``target`` (offsets), ``blamer`` and ``target_name`` (as a reader named them)
and ``stance``. ``--news`` is the collection whose offsets ``data/blame_articles.jsonl`` has: its
part 'learnt' is learnt from, too. ``--read`` is a folder that keeps what the encoder made of the
articles, so that the next run is fast.

An eighth of the articles, by a digest of their ids, is for the claim, an eighth to choose by; the
networks learn from the rest: of all who can be meant, the likeliest should be who is called most
like the reader's name. They go into ``naming.npz``, the digest into ``SHA256SUMS``.
"""

from __future__ import annotations

import argparse
import io
import json
import pickle
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from benchmarks.attribution.score import read_gold
from benchmarks.blame_articles.score import _alike, _words, annotations, whole_text

from sayso.extract import quotes as quoting
from sayso.extract.blames import Names
from sayso.extract.blaming.learned import Tie
from sayso.extract.blaming.parties import Mention, Party
from sayso.extract.blaming.ties import Said
from sayso.extract.document import Document
from sayso.extract.people.resolver import NOBODY
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.tables.extracted import Quote
from training.blame_data import read_text
from training.weights import write_model

SEEDS, EPOCHS, BATCH, RATE, DECAY = (0, 1, 2), 10, 32, 2e-3, 0.2
FIRST, SECOND, DROPPED = 64, 16, 0.25
OTHERS = 3  # of as many ties of an article one is hidden from the others: extraction misses some


@dataclass
class Example:
    """A mention: who can be meant (``names``), the facts of each, and the reader's name."""

    part: str
    surface: str
    kind: str
    blames: bool
    gold: str
    found: str | None
    names: list[str | None]
    facts: np.ndarray
    right: np.ndarray


def part_of(article_id: str) -> str:
    """Return what an article is for: 'learn', 'choose' or 'claim'."""
    return {0: "claim", 1: "choose"}.get(zlib.crc32(article_id.encode()) % 8, "learn")


def read_articles(files: list[Path], news: Path | None) -> Iterator[dict]:
    """Yield articles with their ties; none of those that scores are claimed on."""
    ties: dict[str, list[dict]] = {}
    sealed = set()
    for row in annotations():
        if row["part"] != "learnt":
            sealed.add(row["doc"])
        else:
            ties.setdefault(row["doc"], []).extend(row["ties"])
    for line in (line for path in files for line in path.read_text(encoding="utf-8").splitlines()):
        article = json.loads(line)
        if article["id"] not in sealed:
            ties.pop(article["id"], None)
            yield article
    for article in read_gold(news) if news else ():
        own = ties.get(article["article_id"])
        if own and article["article_id"] not in sealed:
            yield {"id": article["article_id"], "text": whole_text(article), "ties": own}


def read(article: dict, folder: Path | None) -> tuple[Document, list[Quote]]:
    """Return an article as extraction has it, and its quotes."""
    kept = folder / f"{article['id']}.pkl" if folder else None
    if kept and kept.exists():
        *parts, reading, quotes = pickle.loads(kept.read_bytes())
        document = Document(*parts, lexicon(), encoder(1))
        document.__dict__["reading"] = reading
        return document, quotes
    document = read_text(article["text"])
    quotes = quoting.extract(document, {})
    if kept:
        parts = (document.article, document.paragraphs, document.quotations, document.mark_notes)
        kept.write_bytes(pickle.dumps((*parts, document.reading, quotes)))
    return document, quotes


def examples(article: dict, folder: Path | None, numbers: dict[str, int]) -> Iterator[Example]:
    """Yield the mentions of an article; ``numbers`` gets a number for each fact that is new."""
    document, quotes = read(article, folder)
    told = [
        Tie(t["source"] and tuple(t["source"]), tuple(t["target"]), None, (0, 0), t["stance"])
        for t in article["ties"]
    ]
    seen = [t for t in told if zlib.crc32(f"{article['id']}{t.target}".encode()) % OTHERS]
    names = Names(document, quotes, Said(quotes), seen)
    for tie, row in zip(told, article["ties"], strict=True):
        blamer = NOBODY
        if tie.source:
            mention = names.mention(tie.source)
            blamer = mention.found
            yield example(article["id"], names, mention, row["blamer"], numbers)
        mention = names.mention(tie.target, tie, blamer)
        yield example(article["id"], names, mention, row["target_name"], numbers)


def example(
    article_id: str, names: Names, mention: Mention, gold: str, numbers: dict[str, int]
) -> Example:
    """Return a mention as it is learnt from; the resolver's own answer is ``found``."""
    options, facts = names.options(mention)
    coded = [
        (row, numbers.setdefault(fact, len(numbers)), value)
        for row, told in enumerate(facts)
        for fact, value in told.items()
    ]
    spelled = None if mention.form else mention.surface
    return Example(
        part=part_of(article_id),
        surface=mention.surface,
        kind=kind_of(mention),
        blames=mention.blames,
        gold=gold,
        found=spelled if mention.found.kind == "unnamed" else mention.found.name,
        names=[party.speaker.name for party in options],
        facts=np.array(coded, np.float32),
        right=right(mention, options, gold),
    )


def kind_of(mention: Mention) -> str:
    """Return whether a mention is a pronoun, a name or a common noun."""
    name = mention.surface[0].isupper() and not mention.surface.startswith("The ")
    return "pronoun" if mention.form else "name" if name else "noun"


def right(mention: Mention, options: list[Party], gold: str) -> np.ndarray:
    """Return which parties a mention may be said to mean: those called most like the name given.

    If none is, that is nobody for a pronoun, and the words themselves for what else there is.
    """
    fits = np.array([likeness(party.speaker.name, gold) for party in options])
    best = fits >= max(fits.max(), 1e-9)
    if (known := lexicon().party(mention.surface)) and likeness(mention.surface, gold):
        best |= [party.speaker.name == known.name for party in options]
    if not best.any():
        best[-1 if mention.form or options[-2].kind != "words" else -2] = True
    return best


def likeness(one: str | None, other: str) -> float:
    """Return how many words two names share: 0 to 1 (the F1 of each other's words)."""
    own, others = _words(one or "?"), _words(other)
    return 2 * len(own & others) / (len(own) + len(others))


class Net(torch.nn.Module):
    """Scores the parties one by one: a small network and a straight line."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.first = torch.nn.Linear(size, FIRST)
        self.second = torch.nn.Linear(FIRST, SECOND)
        self.last = torch.nn.Linear(SECOND, 1)
        self.straight = torch.nn.Linear(size, 1)
        self.drop = torch.nn.Dropout(DROPPED)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        hidden = self.drop(torch.relu(self.first(rows)))
        hidden = self.drop(torch.relu(self.second(hidden)))
        return (self.last(hidden) + self.straight(rows)).squeeze(-1)


def dense(batch: list[Example], size: int) -> torch.Tensor:
    """Return the facts of all who can be meant by a batch of mentions: (mentions, most, facts)."""
    most = max(len(e.names) for e in batch)
    rows = np.zeros((len(batch), most, size), np.float32)
    for row, e in zip(rows, batch, strict=True):
        which, fact = e.facts[:, 0].astype(int), e.facts[:, 1].astype(int)
        within = fact < size
        row[which[within], fact[within]] = e.facts[within, 2]
    return torch.from_numpy(rows)


def loss_of(net: Net, batch: list[Example], size: int) -> torch.Tensor:
    """Return how unlikely the right ones are, a mention on average."""
    rows = dense(batch, size)
    there = torch.zeros(rows.shape[:2], dtype=torch.bool)
    fits = torch.zeros(rows.shape[:2], dtype=torch.bool)
    for n, e in enumerate(batch):
        there[n, : len(e.names)] = True
        fits[n, : len(e.names)] = torch.from_numpy(e.right)
    scores = torch.full(there.shape, -1e9).masked_scatter(there, net(rows[there]))
    return (scores.logsumexp(1) - scores.masked_fill(~fits, -1e9).logsumexp(1)).mean()


def train(learn: list[Example], size: int, seed: int) -> Net:
    """Return a network that makes the right ones likeliest."""
    torch.manual_seed(seed)
    net, order = Net(size), np.random.default_rng(seed)
    steps = EPOCHS * -(-len(learn) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(learn))
        for at in range(0, len(learn), BATCH):
            loss = loss_of(net, [learn[i] for i in shuffled[at : at + BATCH]], size)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return net.eval()


def write(nets: list[Net], numbers: dict[str, int]) -> None:
    """Write the networks to ``naming.npz``, and its digest."""
    arrays = {"facts": np.array(list(numbers))}
    for layer in ("first", "second", "last", "straight"):
        own = [getattr(net, layer) for net in nets]
        weights = np.stack([o.weight.detach().numpy().T for o in own])
        biases = np.stack([o.bias.detach().numpy()[None] for o in own])
        arrays |= {
            f"{layer}_weights": weights.astype(np.float16),
            f"{layer}_biases": biases.astype(np.float16),
        }
    kept = io.BytesIO()
    np.savez_compressed(kept, **arrays)
    write_model("naming.npz", kept.getvalue())


def chosen(nets: list[Net], e: Example, size: int) -> tuple[str | None, float]:
    """Return the likeliest name, and how likely it is."""
    with torch.no_grad():
        rows = dense([e], size)[0]
        likely = torch.stack([torch.softmax(net(rows), 0) for net in nets]).mean(0)
    return e.names[int(likely.argmax())], float(likely.max())


def report(nets: list[Net], rows: list[Example], size: int) -> None:
    """Print how many mentions are named as a reader named them, before and now, by kind."""
    counts: Counter = Counter()
    for e in rows:
        name = chosen(nets, e, size)[0]
        for kind in (e.kind, "all"):
            key = ("blamer" if e.blames else "target", kind)
            counts[(*key, "n")] += 1
            counts[(*key, "before")] += _alike(e.found or "?", e.gold)
            counts[(*key, "now")] += _alike(name or "?", e.gold)
    for role, kind in sorted({key[:2] for key in counts}):
        n, before, now = (counts[role, kind, what] for what in ("n", "before", "now"))
        print(f"{role} {kind}: {n} mentions, before {before / n:.3f}, now {now / n:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="*")
    parser.add_argument("--news", type=Path)
    parser.add_argument("--read", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    numbers: dict[str, int] = {}
    rows: list[Example] = []
    for article in read_articles(options.articles, options.news):
        rows += examples(article, options.read, numbers)
    parts = {part: [e for e in rows if e.part == part] for part in ("learn", "choose", "claim")}
    size = len(numbers)
    nets = [train(parts["learn"], size, seed) for seed in SEEDS]
    write(nets, numbers)
    for part in ("choose", "claim"):
        print(part)
        report(nets, parts[part], size)


if __name__ == "__main__":
    main()
