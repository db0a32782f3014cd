"""Reliability: do human coders, and sayso, see the same frames?

A coding sheet goes out as CSV, comes back filled in, and codings of several coders are compared by
Krippendorff's alpha and Cohen's kappa.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from sayso.analyze.passages import place_texts
from sayso.text.printed import LINE_END, armed, disarmed

RESAMPLES = 1000
FIXED = ["unit_id", "article_id", "unit", "text"]
YES = {"1", "1.0", "x", "yes", "y", "true"}
NO = {"0", "0.0", "no", "n", "false"}
FIGURES = ("share_equal", "alpha", "alpha_low", "alpha_high", "kappa", "kappa_low", "kappa_high")


def coding_sheet(
    framing: pd.DataFrame,
    articles: pd.DataFrame,
    path: str | Path,
    *,
    units: int = 50,
    seed: int = 0,
) -> pd.DataFrame:
    """Write a sheet for a coder as CSV: units drawn at random, a column for each frame to fill in.

    The sheet does not tell what sayso found, nor the outlet: a coder should not know either. The
    same ``seed`` draws the same sheet for every coder.

    The sheet: unit_id, article_id, unit ('headline' or 'sentence', ``units`` of them at most),
    text, a column for each frame (empty), note.
    """
    whole = framing[framing["unit"] != "quote"].drop_duplicates("unit_id")
    drawn = whole.sample(min(units, len(whole)), random_state=seed).sort_values(
        ["article_id", "start"], kind="stable"
    )
    text = [
        " ".join(text[start:end].split())
        for text, start, end in zip(
            place_texts(drawn, articles), drawn["start"], drawn["end"], strict=True
        )
    ]
    sheet = drawn[["unit_id", "article_id", "unit"]].assign(text=text).reset_index(drop=True)
    sheet[[*framing["frame"].drop_duplicates(), "note"]] = ""
    safe = sheet.rename(columns=disarmed).map(disarmed)
    safe.to_csv(path, index=False, lineterminator=LINE_END)
    return sheet


def read_codings(sheets: Mapping[str, str | Path]) -> pd.DataFrame:
    """Return what coders filled in: coder -> the CSV file of the sheet.

    A cell holds 1 (x, yes) or 0 (no); an empty one means not coded. In a row with any frame coded,
    too, it is not coded: say 0 where you mean it.

    Columns: unit_id, coder, frame, value (1, 0).

    Raises
    ------
    ValueError
        If a file is no such sheet, or a cell holds something else (named by file, row and column).
    """
    parts = []
    for coder, path in sheets.items():
        read = pd.read_csv(path, dtype=str, keep_default_na=False)
        sheet = read.rename(columns=armed).map(armed)
        if "unit_id" not in sheet:
            raise ValueError(f"{Path(path).name} is no coding sheet: it has no column 'unit_id'")
        for name in sheet.columns.drop([*FIXED, "note"], errors="ignore"):
            values = [_read_cell(v, path, r, name) for r, v in enumerate(sheet[name], 2)]
            part = pd.DataFrame({"unit_id": sheet["unit_id"], "frame": name, "value": values})
            parts.append(part.dropna(subset="value").assign(coder=coder))
    if not parts:
        raise ValueError("no sheets, or none with a frame in it")
    codings = pd.concat(parts, ignore_index=True)[["unit_id", "coder", "frame", "value"]]
    return codings.astype({"value": int})


def _read_cell(cell: str, path: str | Path, row: int, name: str) -> float:
    value = cell.strip().lower()
    if value in YES or value in NO:
        return float(value in YES)
    if value:
        raise ValueError(f"{Path(path).name}, row {row}, column '{name}': '{cell}' is not 1 or 0")
    return float("nan")


def own_codings(framing: pd.DataFrame, *, coder: str = "sayso") -> pd.DataFrame:
    """Return sayso's codings in the form of :func:`read_codings`: a unit in any voice."""
    rows = framing[framing["unit"] != "quote"]
    units = rows.groupby(["unit_id", "frame"], sort=False)["present"].any().reset_index()
    units = units.assign(coder=coder, value=units["present"].astype(int))
    return units[["unit_id", "coder", "frame", "value"]]


def agreement(codings: pd.DataFrame) -> pd.DataFrame:
    """Return how far coders agree, for each frame.

    A coding is a row: unit_id, coder, value (any label), and frame where there are several. A coder
    who did not code a unit has no row for it; units that only one has coded are left out.

    Columns: frame, coders, n_units, share_equal (of pairs of codings), Krippendorff's alpha
    (nominal, any number of coders, missing values) and Cohen's kappa (mean over the pairs of
    coders), each with a 95% interval over units drawn anew. Null where all say the same:
    agreement by chance cannot be told then.

    Notes
    -----
    Krippendorff (2018), Content analysis, asks for an alpha of .80, or of .667 where conclusions
    may be tentative.
    """
    for column in ("unit_id", "coder", "value"):
        if column not in codings:
            raise ValueError(f"codings have no column '{column}'")
    if codings["coder"].nunique() < 2:
        raise ValueError("codings are of one coder; agreement needs two or more")
    named = codings if "frame" in codings else codings.assign(frame="all")
    twice = named[named.duplicated(["unit_id", "coder", "frame"])]
    if len(twice):
        row = twice.iloc[0]
        raise ValueError(f"coder '{row.coder}' coded unit '{row.unit_id}' twice")
    rows = [_agree(name, part) for name, part in named.groupby("frame", sort=False)]
    return pd.DataFrame(rows, columns=["frame", "coders", "n_units", *FIGURES])


def _agree(name: str, part: pd.DataFrame) -> tuple:
    table = part.pivot(index="unit_id", columns="coder", values="value").sort_index()
    table = table[table.notna().sum(axis=1) >= 2]
    coders = ", ".join(map(str, table.columns))
    numbers, values = pd.factorize(table.to_numpy().ravel())  # -1 where a coder gave no value
    codes = numbers.reshape(table.shape)
    if len(values) < 2:
        return (name, coders, len(table), 1.0 if len(table) else np.nan, *[np.nan] * 6)
    both = np.concatenate(list(_pairs(codes)))
    figures = [float((both[:, 0] == both[:, 1]).mean())]
    draws = np.random.default_rng(0).integers(0, len(codes), (RESAMPLES, len(codes)))
    for measure in (alpha, kappa):
        drawn = [measure(codes[rows], len(values)) for rows in draws]
        figures += [measure(codes, len(values)), *pd.Series(drawn).quantile([0.025, 0.975])]
    return (name, coders, len(table), *figures)


def _pairs(codes: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the codes of each two coders, of the units that both coded."""
    for pair in combinations(codes.T, 2):
        both = np.stack(pair, axis=1)
        yield both[(both >= 0).all(axis=1)]


def alpha(codes: np.ndarray, n_values: int) -> float:
    """Return Krippendorff's nominal alpha of codes (units, coders), -1 where one is missing."""
    counts = np.stack([(codes == value).sum(axis=1) for value in range(n_values)], axis=1)
    sizes = counts.sum(axis=1)
    counts, sizes = counts[sizes >= 2], sizes[sizes >= 2]
    totals = counts.sum(axis=0)
    expected = totals.sum() ** 2 - (totals**2).sum()
    if not expected:
        return float("nan")
    differing = (sizes**2 - (counts**2).sum(axis=1)) / (sizes - 1)
    return float(1 - (totals.sum() - 1) * differing.sum() / expected)


def kappa(codes: np.ndarray, n_values: int) -> float:
    """Return Cohen's kappa, the mean over pairs of coders; null where chance alone would agree."""
    found = []
    for both in filter(len, _pairs(codes)):
        shares = [np.bincount(column, minlength=n_values) / len(both) for column in both.T]
        chance = float(shares[0] @ shares[1])
        if chance < 1:
            found.append((float((both[:, 0] == both[:, 1]).mean()) - chance) / (1 - chance))
    return float(np.mean(found)) if found else float("nan")
