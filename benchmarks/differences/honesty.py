"""How often do the notebooks state a finding where there is none, and how often where there is one?

    python -m benchmarks.differences.honesty STORE [--outlet NAME] [--splits 200]

STORE is a folder that ``sayso extract`` wrote. The articles of its largest outlet (or of the one
named) are dealt at random to two, three or four made-up outlets, again and again: whatever a
notebook then states as a difference of outlets is false. For the power, rows of one made-up half
are turned into hits until its share is higher by so many points.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import sayso
from sayso.analyze import figures
from sayso.analyze.blame.charges import find_charges
from sayso.analyze.blame.ties import counted
from sayso.analyze.corpus import quoted_shares
from sayso.analyze.differences import REST, Counted, differences
from sayso.analyze.groups import cited, outer, speech
from sayso.analyze.timeline import chronology

Notebooks = Mapping[str, Mapping[str, Counted]]
LEAST = 0.5  # as notebook 05 has it
PLANTED = (0.1, 0.2, 0.3)
TRIED = {"02": [("marks", "marks"), ("named", "named")], "03": [("quoted", "quoted")]}


def read_figures(store: Path, outlet: str = "") -> Notebooks:
    """Return what each notebook compares in the articles of one outlet."""
    news = sayso.open(store)
    of = news.table("articles", ["article_id", "outlet"])
    own = news.only(of["article_id"][of["outlet"] == (outlet or of["outlet"].mode()[0])])
    articles, quotes = own.articles, speech(outer(own.quotes))
    blames = counted(own.blames, LEAST)
    framing = own.framing("generic")
    texts = (own.quotes, own.sentences, articles)
    by = {"by": "outlet"}
    return {
        "01": figures.of_articles(quoted_shares(own), articles, **by),
        "02": figures.of_speakers(quotes, cited(own.sources, quotes), own.mentions, articles, **by),
        "03": figures.of_dates(chronology(own), articles, **by),
        "04": figures.of_framing(framing, articles, **by),
        "05": figures.of_blame(blames, find_charges(blames, articles), articles, **by),
        "07": figures.of_words(texts, voice="outlet", unit="words", **by),
    }


def deal(notebooks: Notebooks, rng: np.random.Generator, outlets: int) -> Notebooks:
    """Return the figures with the articles dealt at random to so many made-up outlets."""
    ids = next(iter(next(iter(notebooks.values())).values())).hits.index
    names = [f"outlet {n}" for n in np.arange(len(ids)) % outlets]
    group = pd.Series(rng.permutation(names), ids, dtype="object")
    return {
        notebook: {name: replace(one, group=group) for name, one in own.items()}
        for notebook, own in notebooks.items()
    }


def findings(notebooks: Notebooks) -> dict[str, int]:
    """Return how many differences hold in each notebook."""
    against = {"07": REST}
    return {
        name: int(differences(own, against=against.get(name, ""))["holds"].sum())
        for name, own in notebooks.items()
    }


def false_findings(notebooks: Notebooks, splits: int) -> pd.DataFrame:
    """Return how many differences hold in each split: a row a split, a column a notebook."""
    rng = np.random.default_rng(16)
    return pd.DataFrame([findings(deal(notebooks, rng, 2 + n % 3)) for n in range(splits)])


def plant(one: Counted, part: str, points: float, rng: np.random.Generator) -> Counted:
    """Return a figure in which the first outlet's share of a part is higher by so much."""
    hits, totals = one.hits.copy(), one.totals[part]
    share = hits[part].sum() / totals.sum()
    chance = np.where(one.group == "outlet 0", points / (1 - share), 0.0)
    hits[part] += rng.binomial((totals - hits[part]).astype(int), chance.clip(0, 1))
    return replace(one, hits=hits)


def power(notebooks: Notebooks, splits: int) -> pd.DataFrame:
    """Return how often a planted difference of two halves holds: figure, points, found."""
    rng, rows = np.random.default_rng(17), []
    for points in PLANTED:
        for notebook, tried in TRIED.items():
            for figure, part in tried:
                found = 0
                for _ in range(splits):
                    own = dict(deal(notebooks, rng, 2)[notebook])
                    own[figure] = plant(own[figure], part, points, rng)
                    table = differences(own)
                    held = table[table["holds"] & (table["part"] == part)]
                    found += (held["a"] == "outlet 0").any()
                rows.append((notebook, part, points, found / splits))
    return pd.DataFrame(rows, columns=["notebook", "part", "planted", "found"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--outlet", default="")
    parser.add_argument("--splits", type=int, default=200)
    options = parser.parse_args()
    notebooks = read_figures(options.store, options.outlet)
    n = len(notebooks["01"]["quoted"].hits)
    false = false_findings(notebooks, options.splits)
    print(f"{n} articles, {options.splits} splits; share of splits with a false finding:")
    print((false > 0).mean().to_string(), f"\nany notebook {(false.sum(axis=1) > 0).mean():.3f}")
    print(f"false findings a split: {false.sum(axis=1).mean():.3f}")
    print(power(notebooks, max(10, options.splits // 4)).to_string(index=False))


if __name__ == "__main__":
    main()
