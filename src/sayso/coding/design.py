"""Which articles are coded: a stratified draw, and the file that keeps how it was made.

The unit that is drawn is the article, not the quote that was found: quotes that were drawn could
tell how many of them are right, and never what was missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.coding import sheet
from sayso.paths import DESIGN
from sayso.text.printed import LINE_END, armed, disarmed

TOOLS = "tools"  # the folder of files for other programs
NO_GROUP, OTHERS, LARGE, ALL = "(none)", "(others)", "(large)", "(all)"
LEAST = 2  # articles of a stratum: of one nobody can tell how much they differ
ALLOCATIONS = ("proportional", "neyman")
BLIND = ("none", "half", "all")
COLUMNS = ["article_id", "stratum", "n_stratum", "n_drawn", "pi", "drawn", "blind", "lead"]
COLUMNS += ["sha256", "asked"]


def draw(
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    n: int,
    *,
    by: str = "outlet",
    allocation: str = "proportional",
    seed: int = 1,
) -> pd.DataFrame:
    """Draw ``n`` articles (or all) at random within strata; the same seed draws the same ones.

    ``by`` makes the strata (:data:`sayso.analyze.groups.BY`); see :func:`stratify` for those with
    names of their own. The ``allocation`` is 'proportional' to the articles of a stratum, or
    'neyman': more where articles differ more in ``quotes`` found.

    Columns, a row for every article of the corpus: article_id, stratum, n_stratum (its articles),
    n_drawn (of these), pi (the chance of each to be drawn), drawn, blind (False), lead (''),
    sha256 (of the text), asked ('quotes'). Raises ValueError for an option that there is not, ``n``
    below 2 or a ``seed`` below 0.
    """
    if allocation not in ALLOCATIONS:
        raise ValueError(f"allocation is one of {', '.join(ALLOCATIONS)}, not '{allocation}'")
    if seed < 0:
        raise ValueError(f"a seed is a whole number from 0, not {seed}")
    if n < LEAST:
        raise ValueError(f"at least {LEAST} articles are to be coded, not {n}")
    frame = articles[["article_id", "sha256"]].reset_index(drop=True)
    found = frame["article_id"].map(quotes["article_id"].value_counts()).fillna(0)
    strata = groups(articles, articles, by).fillna(NO_GROUP).reset_index(drop=True)
    frame["stratum"] = stratify(strata, found, n)
    sizes = frame["stratum"].value_counts().sort_index()
    spread = found.groupby(frame["stratum"]).std(ddof=0)
    weight = sizes * spread if allocation == "neyman" and spread.any() else sizes
    shares = allocate(sizes, weight.astype("float64"), n)
    chance = np.random.default_rng(seed).permutation(len(frame))
    order = frame.assign(chance=chance).groupby("stratum")["chance"].rank()
    frame["n_stratum"], frame["n_drawn"] = (frame["stratum"].map(n) for n in (sizes, shares))
    frame["pi"] = frame["n_drawn"] / frame["n_stratum"]
    frame["drawn"] = order <= frame["n_drawn"]
    return frame.assign(blind=False, lead="", asked="quotes")[COLUMNS]


def stratify(strata: pd.Series, found: pd.Series, n: int) -> pd.Series:
    """Return strata with '(large)', all of which is drawn, and '(others)' of too small ones.

    Large are articles that a draw in proportion to the quotes found would rather take than leave,
    a quarter of ``n`` at most: what is wrong in them weighs so much that chance must not decide.
    Others are the smallest strata, where two of ``n`` for each are too many.
    """
    longest = found.sort_values(ascending=False, kind="stable").index[: n // 4]
    large = longest[found[longest] * n * 2 >= max(found.sum(), 1)]
    rest = strata.drop(large)
    names = ranked(rest.value_counts())
    most = max((n - len(large)) // LEAST, 1)
    if len(names) > most:
        rest = rest.where(rest.isin(names[: most - 1]), OTHERS if most > 1 else ALL)
    return rest.reindex(strata.index, fill_value=LARGE)


def allocate(sizes: pd.Series, weight: pd.Series, n: int) -> pd.Series:
    """Return how many of ``n`` articles each stratum gives: two or all it has, then by weight."""
    n = min(n, int(sizes.sum()))
    given = sizes.clip(upper=LEAST)
    given[given.index == LARGE] = sizes[sizes.index == LARGE]
    while given.sum() < n:
        # One after the other to whoever is furthest behind its share; equal ones by name.
        behind = (weight + 1e-9) / (given + 1)
        given[behind.where(given < sizes).idxmax()] += 1
    return given


def assign(design: pd.DataFrame, coders: Sequence[str], blind: str, seed: int = 1) -> pd.DataFrame:
    """Return a design that says which drawn articles are blind, and whose coding leads.

    Both take turns within each stratum, in an order of chance. ``blind`` is 'none', 'half' or
    'all' of them. Where coders differ, the one who leads counts: so nobody's habits lean on all.

    Raises
    ------
    ValueError
        If ``blind`` is something else, or the names of coders are not different ones.
    """
    if blind not in BLIND:
        raise ValueError(f"blind is one of {', '.join(BLIND)}, not '{blind}'")
    if len(set(coders)) < len(coders) or not coders:
        raise ValueError("coders need names of their own, one each")
    chance = np.random.default_rng([seed, 1]).permutation(len(design))
    drawn = design.assign(chance=chance)[design["drawn"]].sort_values(["stratum", "chance"])
    turn = drawn.groupby("stratum").cumcount()
    number = turn % len(coders)
    # Over the strata, and within a large one, each coder leads as many blind ones as others.
    half = (turn + turn // len(coders) + pd.factorize(drawn["stratum"])[0]) % 2 == 0
    design = design.copy()
    design.loc[drawn.index, "blind"] = half if blind == "half" else blind == "all"
    design.loc[drawn.index, "lead"] = [coders[n] for n in number]
    return design


def save(design: pd.DataFrame, folder: str | Path) -> Path:
    """Write a design as ``design.csv``, in which no cell is a formula."""
    path = Path(folder) / DESIGN
    safe = design.map(lambda cell: disarmed(cell) if isinstance(cell, str) else cell)
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator=LINE_END)
    return path


def load(folder: str | Path) -> pd.DataFrame:
    """Return the design of a folder.

    Raises
    ------
    FileNotFoundError
        If there is none: nothing is known of how its articles were drawn.
    ValueError
        If a column is missing or holds what it cannot, or rows were changed, lost or doubled.
    """
    path = Path(folder) / DESIGN
    if not path.is_file():
        raise FileNotFoundError(
            f"{folder} has no {DESIGN}: 'sayso sample' writes it when it draws the articles"
        )
    head, *rows = sheet.read_csv(path) or [[]]
    cells = [list(map(armed, row)) for row in rows if row]
    design = pd.DataFrame(cells, columns=head)
    lacking = [name for name in COLUMNS if name not in design]
    if lacking:
        raise ValueError(f"{path.name} of {path.parent.name} lacks: {', '.join(lacking)}")
    for name in ("drawn", "blind"):
        told = design[name].astype(str).str.casefold().map({"true": True, "false": False})
        if told.isna().any():
            raise ValueError(f"{path.name}: column '{name}' holds something beside True and False")
        design[name] = told.astype(bool)
    for name in ("n_stratum", "n_drawn", "pi"):
        design[name] = pd.to_numeric(design[name], errors="coerce")
    own = design.groupby("stratum")
    fits = own["article_id"].transform("nunique").eq(design["n_stratum"])
    fits &= own["article_id"].transform("count").eq(design["n_stratum"])
    fits &= own["drawn"].transform("sum").eq(design["n_drawn"])
    fits &= (design["pi"] - design["n_drawn"] / design["n_stratum"]).abs() < 1e-6
    if not fits.all():
        where = design.loc[~fits, "stratum"].iloc[0]
        raise ValueError(
            f"{path.name} was changed: its rows of stratum '{where}' are not those that were "
            "written; take the file that 'sayso sample' wrote"
        )
    return design[COLUMNS]
