"""What a notebook tells of codings: the draw, what suggestions did, how many more, the methods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sayso.coding.agree import accuracy, agreement
from sayso.coding.codings import RULE, Codings, example_or, found_items
from sayso.coding.counts import FIGURES, Beside, beside, headline
from sayso.coding.estimate import SHARE, n_needed
from sayso.coding.items import Item, counted, found_tables, suggested
from sayso.show.html import count

HALF_WIDTHS = (0.1, 0.05, 0.02)


@dataclass(frozen=True)
class Account:
    """A corpus beside its codings.

    ``quotes`` are those that coders are asked about, ``tables`` what was found, ``found`` the items
    of coded articles, ``both`` found beside coded, ``figures`` the headline figures, ``agreed`` how
    far each two coders agree.
    """

    codings: Codings
    quotes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    found: Mapping[str, Sequence[Item]]
    both: Beside
    figures: pd.DataFrame
    agreed: pd.DataFrame


def prepare(news: Any, folder: str | Path = "") -> Account:
    """Return a corpus beside the codings of a folder; '' is the worked example of the seeds."""
    codings = example_or(folder, news.articles)
    tables = found_tables(news, codings.asked)
    both = beside(codings, tables, news.articles)
    found = found_items(codings, suggested(tables))
    quotes = counted(news.quotes)
    return Account(codings, quotes, tables, found, both, headline(both), agreement(codings))


def pairs(groups: Iterable[str]) -> pd.DataFrame:
    """Return each two of some groups: a, b."""
    return pd.DataFrame(combinations(groups, 2), columns=["a", "b"])


def strata(design: pd.DataFrame, coded: Collection[str] = ()) -> pd.DataFrame:
    """Return the draw by stratum: stratum, n_articles, n_drawn, chance, n_blind, n_coded."""
    table = (
        design.assign(coded=design["article_id"].isin(list(coded)))
        .groupby("stratum")
        .agg(
            n_articles=("article_id", "count"),
            n_drawn=("drawn", "sum"),
            chance=("pi", "first"),
            n_blind=("blind", "sum"),
            n_coded=("coded", "sum"),
        )
    )
    return table.reset_index()


def anchoring(codings: Codings, found: Mapping[str, Sequence[Item]]) -> pd.DataFrame:
    """Return precision and recall of blind articles and of those with suggestions, apart.

    Columns: articles ('blind', 'with suggestions') and those of
    :func:`sayso.coding.agree.accuracy`. What is found oftener 'right', and missed less often, where
    it was suggested tells how far coders leaned on sayso; only chance decided which were blind.
    """
    if codings.design is None:
        return pd.DataFrame(columns=["articles", "n_articles", "precision", "recall"])
    blind = set(codings.design.loc[codings.design["blind"], "article_id"])
    rows = []
    for name, wanted in (("blind", True), ("with suggestions", False)):
        own = {n for n in codings.texts if (n in blind) == wanted}
        if own:
            part = codings.only(own)
            rows.append({"articles": name} | accuracy(part, found).iloc[0].drop("of").to_dict())
    return pd.DataFrame(rows)


def more(given: Beside) -> pd.DataFrame:
    """Return how many articles are to be coded for narrower intervals of shares.

    Columns: figure, half_width (now), n_coded, and one column for each of ``HALF_WIDTHS``, such as
    'for 0.05': articles in all, null where no number is enough.
    """
    rows = []
    for name, figure in FIGURES.items():
        if figure.bounds != SHARE or not figure.whole or given.why_not:
            continue
        if figure.of not in given.coded:
            continue
        counts = given.counts(figure)
        one = figure.estimate(counts)
        row = {"figure": name, "half_width": (one.high - one.low) / 2, "n_coded": one.n_coded}
        if one.influence is not None:
            row |= {f"for {w}": n_needed(one, counts, w) for w in HALF_WIDTHS}
        rows.append(row)
    columns = ["figure", "half_width", "n_coded", *(f"for {w}" for w in HALF_WIDTHS)]
    return pd.DataFrame(rows, columns=columns)


def methods(codings: Codings, headline: pd.DataFrame, agreed: pd.DataFrame) -> list[str]:
    """Return the sentences of a paper's methods section; none where nothing was drawn."""
    if codings.design is None or not codings.texts:
        return []
    table = strata(codings.design, codings.texts)
    done, of = int(table["n_coded"].sum()), int(table["n_articles"].sum())
    told = [
        f"Of {of:,} articles, {int(table['n_drawn'].sum()):,} were drawn at random within "
        f"{count(len(table), 'stratum', 'strata')}: {', '.join(table['stratum'])}; {done:,} of "
        f"them were coded by {count(len(codings.coders), 'coder')}, "
        f"{int(table['n_blind'].sum()):,} without any suggestion.",
        "Counts, shares and means were corrected with the difference estimator (Särndal et al. "
        "1992; Egami et al. 2023), with the draw's probabilities and 95% intervals over draws.",
    ]
    if len(agreed):
        values = (
            f"{r.what} {r.value:.2f} ({r.measure})"
            for r in agreed.dropna(subset="value").itertuples()
        )
        told.append(f"Agreement (F1; Krippendorff's alphas): {', '.join(values)}.")
        told.append(f"Rule for conflicts: {RULE}.")
    row = headline[headline["figure"] == "share with quotation marks"].iloc[0]
    if np.isfinite(row.get("corrected", np.nan)):
        told.append(
            f"The share of quotes with quotation marks, for one, was {row['found']:.3f} as found"
            f" and {row['corrected']:.3f} [{row['low']:.3f}, {row['high']:.3f}] as corrected."
        )
    return told
