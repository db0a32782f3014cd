"""Whether tables fit together: each span lies in its article, and its words are the row's."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sayso.tables.columns import kind_of
from sayso.tables.extracted import TABLES

# Columns of words, by table, and those that tell where they stand.
SPELLED: dict[str, dict[str, tuple[str, ...]]] = {
    "quotes": {
        "content": ("content_spans",),
        "cue": ("cue_span",),
        "speaker_mention": ("speaker_span",),
    },
    "dates": {"surface": ("start", "end")},
    "blames": {
        "cue": ("cue_span",),
        "issue": ("issue_span",),
        "blamer_mention": ("blamer_span",),
        "target_mention": ("target_span",),
    },
}


def find_faults(tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Return what does not fit, a line each: the row, the column, what is wrong with it."""
    articles = tables["articles"]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in articles.itertuples():
        if hashlib.sha256(row.text.encode()).hexdigest() != row.sha256:
            yield f"articles, {row.article_id}: the text is not that of its SHA-256"
    for name, table in tables.items():
        spans = [f.name for f in dataclasses.fields(TABLES[name]) if "span" in kind_of(f)]
        yield from _unfit_ids(name, table)
        places = [("start", "end")] if "start" in table else []
        for row in table.to_dict("records"):
            told = f"{name}, {next(iter(row.values()))}"
            text = texts.get(row["article_id"], "" if pd.isna(row["article_id"]) else None)
            if text is None:
                yield f"{told}: there is no article '{row['article_id']}'"
                continue
            for columns in [*((span,) for span in spans), *places]:
                if not all(0 <= a <= b <= len(text) for a, b in _spans(row, columns)):
                    yield f"{told}: {' to '.join(columns)} lies outside the article"
            for column, columns in SPELLED.get(name, {}).items():
                words = " ... ".join(text[a:b] for a, b in _spans(row, columns))
                if _spans(row, columns) and words != row[column]:
                    yield f"{told}: {column} is not what stands at {' to '.join(columns)}"


def _unfit_ids(name: str, table: pd.DataFrame) -> Iterator[str]:
    """Return what is wrong with the ids of a table: one that stands twice, or leads nowhere."""
    own = next(iter(table))
    if name != "notes":
        for value in table[own][table[own].duplicated()].unique():
            yield f"{name}, {value}: more than one row has this {own}"
    if name == "quotes":
        nested = table[table["nested_in"].notna() & ~table["nested_in"].isin(table[own])]
        for row in nested.itertuples():
            yield f"{name}, {row.quote_id}: nested_in names no quote ('{row.nested_in}')"


def _spans(row: Mapping[str, Any], columns: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the places that a row's columns tell, none where they are null."""
    values = [row[column] for column in columns]
    if len(values) == 2:
        return [] if pd.isna(values[0]) else [(int(values[0]), int(values[1]))]
    (value,) = values
    if value is None or not len(value):
        return []
    return [tuple(value)] if isinstance(value[0], int) else [tuple(span) for span in value]
