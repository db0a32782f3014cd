"""What figures are held against: other systems, a second person, our targets.

They are kept in ``data/yardsticks.toml``, each with how it came about.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sayso.evaluation.results import Result
from sayso.lexicon.files import load_toml

FILE = "yardsticks.toml"


def beside(evaluation: str, own: Mapping[str, float]) -> pd.DataFrame:
    """Return our figures (by name) in an evaluation with those of others below.

    Returns
    -------
    DataFrame
        One row is a system, ours first: system, kind (own, peer, person), a column for each of our
        figures (null where a system has none), note.
    """
    rows = [{"system": "sayso", "kind": "own", **own, "note": ""}]
    for system in load_toml(FILE)["system"]:
        if system["evaluation"] == evaluation:
            about = {"system": system["name"], "kind": system["kind"], "note": system["note"]}
            rows.append(about | {figure: system["figures"].get(figure) for figure in own})
    return pd.DataFrame(rows, columns=["system", "kind", *own, "note"])


def compare(results: Mapping[str, Result], evaluation: str) -> pd.DataFrame:
    """Return our kept F1 of an evaluation with those of others below (see :func:`beside`)."""
    return beside(evaluation, OWN[evaluation](results[evaluation].tables["figures"]))


def _own_dates(figures: pd.DataFrame) -> dict[str, float]:
    by_type = figures.set_index("type")
    names = ("strict", "relaxed", "type", "value")
    own = {name: by_type.loc["all", f"{name}_f1"] / 100 for name in names}
    return own | {"value, DATE only": by_type.loc["DATE", "value_f1"] / 100}


def _own_framing(figures: pd.DataFrame) -> dict[str, float]:
    learnt = figures[figures["model"] == "this codebook"].set_index("dataset")
    kinds = ("micro", "macro")
    return {
        f"{name} {kind}": learnt.loc[name, f"{kind}_f1"] for name in learnt.index for kind in kinds
    }


OWN = {
    "attribution": lambda figures: figures.set_index("measure")["f1"].to_dict(),
    "dates": _own_dates,
    "framing": _own_framing,
}


def targets(results: Mapping[str, Result]) -> pd.DataFrame:
    """Return what we aim at and how far we are.

    Returns
    -------
    DataFrame
        One row is a target: evaluation, figure, target (such as 'at least 0.73'), measured and
        reached (both null where it was not measured).
    """
    rows = []
    for target in load_toml(FILE)["target"]:
        measured = _look_up(results.get(target["evaluation"]), target)
        least, most = target.get("least"), target.get("most")
        words = f"at least {least}" if most is None else f"at most {most}"
        reached = None
        if measured is not None:
            reached = measured >= least if most is None else measured <= most
        rows.append((target["evaluation"], target["figure"], words, measured, reached))
    table = pd.DataFrame(rows, columns=["evaluation", "figure", "target", "measured", "reached"])
    return table.astype({"measured": "float64", "reached": "boolean"})


def _look_up(result: Result | None, target: Mapping) -> float | None:
    """Return the figure that a target is about, as a share; None where there is none."""
    table = result.tables.get(target.get("table", "figures")) if result else None
    if table is None or target["column"] not in table:
        return None
    for column, value in target.get("row", {}).items():
        table = table[table[column] == value]
    values = table[target["column"]].dropna()
    if values.empty:
        return None
    return float(values.iloc[0]) / (100 if target.get("percent") else 1)
