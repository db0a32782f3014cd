"""Score gender and role of people and sources against labels that were made by reading.

PATH is a file of articles, a JSON object a line (``article_id``, ``text``), gzipped; several files
are joined by a comma. ``training/person_labels.jsonl`` holds offsets into their texts. Half of the
articles was open while rules were written ('tuned'), the other half was 'kept'.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pandas as pd

from sayso.extract import read_rows
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.paths import project_path
from sayso.reading import build_article

LABELS = "training/person_labels.jsonl"


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the figures on both halves of the labels.

    Returns
    -------
    DataFrame
        A row a part: persons and sources that are labelled and found; gender_right (of those
        given), gender_given (of the persons); role_right (of the roles given), role_given (of the
        roles labelled), role_f1 (mean F1 of the labelled roles).

    Raises
    ------
    ValueError
        If no path is given.
    """
    if path is None:
        raise ValueError("persons needs a path: JSONL files of the articles, joined by a comma")
    table = compare(path)
    return pd.DataFrame([_figures(part, own) for part, own in table.groupby("part", sort=True)])


def data(path: Path) -> list[Path]:
    """Return the files that the figures rest on: those of the articles, and the labels."""
    return [*map(Path, str(path).split(",")), Path(project_path(LABELS))]


def compare(path: Path) -> pd.DataFrame:
    """Return a row for each label whose person or source was found, with what was read of it.

    Returns
    -------
    DataFrame
        Columns: part, article_id, name, gender, role (labelled); read_gender, how, read_role.
    """
    lines = Path(project_path(LABELS)).read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    wanted = {label["article_id"] for label in labels}
    found: dict[str, dict] = {}
    for file in data(path)[:-1]:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            stories = (json.loads(line) for line in lines)
            found |= {s["article_id"]: _read(s) for s in stories if s["article_id"] in wanted}
    rows = []
    for label in labels:
        read = found.get(label["article_id"], {})
        if match := read.get(label["name"]) or read.get(tuple(label["span"])):
            names = ("part", "article_id", "name", "gender", "role")
            rows.append([*(label[name] for name in names), *match])
    columns = ["part", "article_id", "name", "gender", "role", "read_gender", "how", "read_role"]
    return pd.DataFrame(rows, columns=columns)


def _read(story: dict) -> dict:
    """Return gender, how and role of an article's people and sources, by first place and name."""
    article = build_article(story["text"], article_id=story["article_id"])
    rows = read_rows(article, lexicon(), encoder(1))
    people = [(m.person, m) for m in rows["mentions"]]
    pairs = [*((s.source, s) for s in rows["sources"]), *people]
    return {
        key: (row.gender, row.gender_how, row.role)
        for name, row in pairs
        for key in (name, (row.start, row.end))
    }


def _figures(part: str, rows: pd.DataFrame) -> dict[str, object]:
    people = rows[rows["gender"].isin(["female", "male"])]
    given = people[people["read_gender"].isin(["female", "male"])]
    roles = rows[rows["role"].notna()]
    told = rows[rows["read_role"].notna()]
    f1 = []
    for role in sorted(set(roles["role"])):
        right = ((rows["role"] == role) & (rows["read_role"] == role)).sum()
        f1.append(2 * right / ((rows["role"] == role).sum() + (rows["read_role"] == role).sum()))
    return {
        "part": part,
        "found": len(rows),
        "persons": len(people),
        "gender_right": (given["gender"] == given["read_gender"]).mean(),
        "gender_given": len(given) / max(1, len(people)),
        "roles": len(roles),
        "role_right": (told["role"] == told["read_role"]).mean(),
        "role_given": roles["read_role"].notna().mean(),
        "role_f1": sum(f1) / max(1, len(f1)),
    }
