"""Agreement between coders, and the sheets they fill in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask

from sayso.analyze.framing.agreement import (
    agreement,
    coding_sheet,
    own_codings,
    read_codings,
)


def _codings(table: dict[str, str]) -> pd.DataFrame:
    """Return codings from a string for each coder, a letter a unit, '-' where there is none."""
    rows = [
        (f"u{unit:02}", coder, value)
        for coder, values in table.items()
        for unit, value in enumerate(values)
        if value != "-"
    ]
    return pd.DataFrame(rows, columns=["unit_id", "coder", "value"])


def test_alpha_of_krippendorffs_own_example():
    # Krippendorff (2011), Computing alpha-reliability: nominal data with missing values.
    table = {
        "A": ["-", "-", "-", "-", "-", "3", "4", "1", "2", "1", "1", "3", "3", "-", "3"],
        "B": ["1", "-", "2", "1", "3", "3", "4", "3", "-", "-", "-", "-", "-", "-", "-"],
        "C": ["-", "-", "2", "1", "3", "4", "4", "-", "2", "1", "1", "3", "3", "-", "4"],
    }
    result = agreement(_codings({c: "".join(v) for c, v in table.items()})).iloc[0]
    assert result.alpha == pytest.approx(0.691, abs=0.001)
    assert result.alpha_low <= result.alpha <= result.alpha_high


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_the_formulas_are_nltks(missing):
    generator = np.random.default_rng(1)
    codes = generator.integers(0, 3, (30, 3))
    codes[:, 1] = np.where(generator.random(30) < 0.7, codes[:, 0], codes[:, 1])
    codes[generator.random(codes.shape) < missing] = -1
    table = {c: "".join("abc"[v] if v >= 0 else "-" for v in codes[:, c]) for c in range(3)}
    result = agreement(_codings(table)).iloc[0]
    shared = codes[(codes >= 0).sum(axis=1) >= 2]
    assert result.alpha == pytest.approx(_nltk(shared, (0, 1, 2)).alpha())
    pairs = [
        (a, b, shared[(shared[:, [a, b]] >= 0).all(axis=1)]) for a, b in ((0, 1), (0, 2), (1, 2))
    ]
    kappas = [_nltk(both, (a, b)).kappa() for a, b, both in pairs]
    assert result.kappa == pytest.approx(np.mean(kappas))
    assert result.kappa_low < result.kappa < result.kappa_high


def _nltk(codes: np.ndarray, coders: tuple[int, ...]) -> AnnotationTask:
    return AnnotationTask(
        [(c, f"u{u:02}", int(row[c])) for u, row in enumerate(codes) for c in coders if row[c] >= 0]
    )


def test_share_equal_is_of_pairs_of_codings():
    result = agreement(_codings({"A": "1100", "B": "1010", "C": "1---"})).iloc[0]
    assert result.share_equal == pytest.approx(4 / 6)


def test_perfect_and_constant_codings():
    assert agreement(_codings({"A": "1010", "B": "1010"})).iloc[0].alpha == 1
    constant = agreement(_codings({"A": "0000", "B": "0000"})).iloc[0]
    assert constant.share_equal == 1 and np.isnan(constant.alpha)


def test_mistakes_are_named():
    one = _codings({"A": "1010"})
    with pytest.raises(ValueError, match="one coder"):
        agreement(one)
    with pytest.raises(ValueError, match="twice"):
        agreement(pd.concat([one, one, _codings({"B": "1"})]))
    with pytest.raises(ValueError, match="'coder'"):
        agreement(one.drop(columns="coder"))


def test_no_cell_of_a_sheet_is_run_as_a_formula_and_all_come_back(seeds, tmp_path):
    framing, articles = seeds.framing(), seeds.articles
    for number, start in enumerate(("=1+1&", "@so", "+", "'=", "-x\t")):
        old = articles.article_id[number]
        for table in (framing, articles):
            table["article_id"] = table["article_id"].replace(old, start + old)
        framing["unit_id"] = framing["unit_id"].str.replace(f"^{old}", start + old, regex=True)
    framing["frame"] = framing["frame"].replace("conflict", "=conflict")
    file = tmp_path / "sheet.csv"
    sheet = coding_sheet(framing, articles, file, units=30)
    filled = pd.read_csv(file, dtype=str, keep_default_na=False)
    cells = [*filled.columns, *filled.to_numpy().ravel()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]
    assert sum(cell.startswith("'") for cell in cells) > 30
    filled["'=conflict"] = "1"
    filled.to_csv(file, index=False)
    codings = read_codings({"Ada": file})
    assert list(codings["unit_id"]) == list(sheet["unit_id"])
    assert set(codings["frame"]) == {"=conflict"}


def test_a_sheet_goes_out_and_comes_back(seeds, tmp_path):
    framing = seeds.framing()
    file = tmp_path / "sheet.csv"
    sheet = coding_sheet(framing, seeds.articles, file, units=12)
    assert len(sheet) == 12 and (sheet["conflict"] == "").all()
    assert not {"score", "present", "outlet"} & set(sheet.columns)
    filled = pd.read_csv(file, dtype=str, keep_default_na=False)
    filled["conflict"] = ["1", "0"] * 6
    filled.to_csv(file, index=False)
    codings = read_codings({"Ada": file})
    assert list(codings["value"]) == [1, 0] * 6
    both = pd.concat([codings, own_codings(framing)])
    result = agreement(both).set_index("frame")
    assert result.loc["conflict", "n_units"] == 12
    filled.loc[3, "conflict"] = "maybe"
    filled.to_csv(file, index=False)
    with pytest.raises(ValueError, match=r"sheet.csv, row 5, column 'conflict': 'maybe'"):
        read_codings({"Ada": file})
