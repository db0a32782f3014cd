"""Train the reader of page lines: which line of a page is headline, byline, caption, body, ...

    python -m training.page --real allsides.jsonl.gz --out src/sayso/model/page.npz

A linear-chain conditional random field (Lafferty et al. 2001) over the features of
``sayso.reading.page.lines``. It learns from the seeds, the invented pages of ``pages.jsonl`` and,
with ``--real``, from the scraped articles of ``page_annotations.jsonl`` (labels by line number; the
texts are not ours to give). Pages of the part 'kept' are for ``python -m benchmarks.score page``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from sayso.reading.page.labels import LABELS
from sayso.reading.page.lines import page_features
from sayso.text.marks import paragraphs

HERE = Path(__file__).parent
Lines = list[tuple[str, str]]
"""The lines of a page, each with its label; blank lines have none."""
Page = tuple[list[list[str]], list[int]]
"""The features of each line, and its label."""


def invented(path: Path) -> list[tuple[str, Lines]]:
    """Return the pages of a file of JSON lines (``lines``: pairs of label and line), by part."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["part"], [tuple(line) for line in row["lines"]]) for row in rows]


def real(labels: Path, texts: Path | None) -> list[tuple[str, str, Lines]]:
    """Return the seeds and scraped articles by part, with their headlines.

    Lines without a label are body.
    """
    wanted = {row["article_id"]: row for row in map(json.loads, labels.read_text().splitlines())}
    pages = []
    for article_id, headline, text in (*seeds(), *(scraped(texts) if texts else ())):
        if article_id in wanted:
            marked = wanted[article_id]
            told = {n: label for label, numbers in marked["lines"].items() for n in numbers}
            spans = paragraphs(text)
            lines = [(told.get(n, "body"), text[a:b]) for n, (a, b) in enumerate(spans)]
            blank = [line for one in lines for line in (one, ("", ""))]
            pages.append((marked["part"], headline, blank))
    return pages


def seeds() -> Iterator[tuple[str, str, str]]:
    """Return the articles that sayso was begun with: id, headline (in the text), text."""
    for path in sorted(Path("seeds").glob("*.txt")):
        yield path.name.split("_")[0], "", path.read_text(encoding="utf-8")


def scraped(texts: Path) -> Iterator[tuple[str, str, str]]:
    """Return id, headline and text of each article of a file of gzipped JSON lines."""
    with gzip.open(texts, "rt", encoding="utf-8") as articles:
        for row in map(json.loads, articles):
            yield row["article_id"], row["headline"], row["text"]


def grafted(rng: random.Random, headline: str, body: Lines, pages: list[Lines]) -> Lines:
    """Return a scraped article with the head of one invented page and the foot of another.

    Scrapers mostly drop heads: so the model sees what belongs together. A third of the heads is
    the headline alone, as people often paste it.
    """
    if any(label == "headline" for label, _ in body):
        return body
    head, _, _ = _parted(rng.choice(pages))
    if rng.random() < 1 / 3:
        head = [("headline", "")]
    head = [(label, headline if label == "headline" else line) for label, line in head]
    _, _, foot = _parted(rng.choice(pages))
    if not any(label == "headline" for label, _ in head):
        head = []
    close = rng.random() < 1 / 3
    body = [line for line in body if line[0]] if close else body
    return [*head, ("", ""), *body, ("", ""), *(foot if rng.random() < 1 / 2 else [])]


def shortened(rng: random.Random, page: Lines) -> Lines:
    """Return a page with little of its text and its foot: notices are short, and so are cuts."""
    head, body, foot = _parted(page)
    ends = [i + 1 for i, (label, _) in enumerate(body) if label == "body"]
    return [*head, *body[: rng.choice(ends[:4])], ("", ""), *foot[: rng.choice([0, 0, 2, 4, 8])]]


def _parted(page: Lines) -> tuple[Lines, Lines, Lines]:
    """Return what stands before, from and after the first and the last line of a page's body."""
    own = [i for i, (label, _) in enumerate(page) if label == "body"]
    return page[: own[0]], page[own[0] : own[-1] + 1], page[own[-1] + 1 :]


def measured(lines: Lines) -> Page:
    """Return the features and the label of each paragraph: that of most of its characters."""
    text, spans = "", []
    for label, line in lines:
        if label:
            spans.append((len(text), len(text) + len(line), LABELS.index(label)))
        text += line + "\n"
    paras = paragraphs(text)
    found = []
    for start, end in paras:
        share: Counter[int] = Counter()
        for a, b, label in spans:
            share[label] += max(0, min(b, end) - max(a, start))
        found.append(share.most_common(1)[0][0])
    return page_features(text, paras), found


def gathered(texts: Path | None, held: list[str], *, grafts: int) -> list[Page]:
    """Return the pages to learn from: the invented, the scraped, and the scraped with heads."""
    pages = [lines for part, lines in invented(HERE / "pages.jsonl") if part not in held]
    rng = random.Random(0)
    found = [measured(lines) for lines in (*pages, *(shortened(rng, page) for page in pages))]
    for part, headline, lines in real(HERE / "page_annotations.jsonl", texts):
        if part not in held:
            found.append(measured(lines))
            found += [measured(grafted(rng, headline, lines, pages)) for _ in range(grafts)]
    return found


class Chain(nn.Module):
    """The field: a weight a feature and label, and one a pair of neighbouring labels."""

    def __init__(self, n_features: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.own = nn.EmbeddingBag(n_features, len(LABELS), mode="sum")
        nn.init.zeros_(self.own.weight)
        self.step = nn.Parameter(torch.zeros(len(LABELS) + 1, len(LABELS) + 1))

    def emissions(self, page) -> torch.Tensor:
        """Return what speaks for each label of each line; some features are left out at random."""
        ids, offsets, _ = page
        kept = (torch.rand(len(ids)) >= self.drop).float() / (1 - self.drop)
        return self.own(ids, offsets, per_sample_weights=kept)

    def forward(self, page) -> torch.Tensor:
        """Return the negative log-likelihood of a page's labels, a line."""
        scores, labels = self.emissions(page), page[2]
        edge = len(LABELS)
        total = self.step[edge, :edge] + scores[0]
        for row in scores[1:]:
            total = torch.logsumexp(total[:, None] + self.step[:edge, :edge], 0) + row
        norm = torch.logsumexp(total + self.step[:edge, edge], 0)
        chain = torch.cat([torch.tensor([edge]), labels, torch.tensor([edge])])
        gold = self.step[chain[:-1], chain[1:]].sum() + scores[range(len(labels)), labels].sum()
        return (norm - gold) / len(labels) ** 0.5


def tensors(page: Page, known: dict[str, int]):
    ids, offsets = [], []
    for features in page[0]:
        offsets.append(len(ids))
        ids += [known[f] for f in features if f in known]
    return torch.tensor(ids), torch.tensor(offsets), torch.tensor(page[1])


def train(pages: list[Page], *, epochs: int, least: int, decay: float, drop: float):
    """Return the features that stand on ``least`` pages or more, and the field fitted to them."""
    on = Counter(f for page in pages for f in {f for line in page[0] for f in line})
    known = {f: i for i, f in enumerate(sorted(f for f, n in on.items() if n >= least))}
    chain, data = Chain(len(known), drop), [tensors(page, known) for page in pages]
    optimiser = torch.optim.AdamW(chain.parameters(), lr=0.03, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, epochs)
    torch.manual_seed(0)
    rng = random.Random(0)
    # The mean over the second half of training is steadier than where it ends.
    mean = AveragedModel(chain)
    for epoch in range(epochs):
        rng.shuffle(data)
        for start in range(0, len(data), 8):
            optimiser.zero_grad()
            batch = data[start : start + 8]
            sum(chain(page) for page in batch).div(len(batch)).backward()
            optimiser.step()
            if epoch >= epochs // 2:
                mean.update_parameters(chain)
        schedule.step()
    return known, mean.module


def write(path: Path, known: dict[str, int], chain: Chain) -> None:
    """Write the field as arrays, with three decimals: the same on every machine."""
    own = chain.own.weight.detach().numpy().astype(np.float64)
    kept = np.abs(own).max(axis=1) >= 0.05
    names = [f for f in known if kept[known[f]]]
    np.savez_compressed(
        path,
        labels=np.array(LABELS),
        features=np.array("\n".join(names)),
        own=np.round(own[kept] * 200).clip(-32768, 32767).astype(np.int16),
        step=np.round(chain.step.detach().numpy() * 200).astype(np.int16),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--real", type=Path, help="the scraped articles, gzipped JSON lines")
    parser.add_argument("--hold", nargs="*", default=["kept"], help="parts not to learn from")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/model/page.npz"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--least", type=int, default=4)
    parser.add_argument("--grafts", type=int, default=2, help="heads a scraped article")
    parser.add_argument("--drop", type=float, default=0.3, help="share of features left out")
    parser.add_argument("--decay", type=float, default=0.02)
    options = parser.parse_args()
    torch.set_num_threads(1)
    learnt = gathered(options.real, options.hold, grafts=options.grafts)
    known, chain = train(
        learnt, epochs=options.epochs, least=options.least, decay=options.decay, drop=options.drop
    )
    write(options.out, known, chain)
    print(f"{len(learnt)} pages, {len(known)} features -> {options.out}")


if __name__ == "__main__":
    main()
