"""Labels: how outlets name the same persons and groups."""

from __future__ import annotations

import pandas as pd
import pytest

import sayso
from sayso.analyze.words.labels import labels_apart

NORTH = """Illegal aliens crossed the river at Tarn. The illegal aliens were held on Monday.

Former President Ivo Marsh wants the illegal aliens out. Mr. Marsh spoke to the Dorn regime.
The Dorn regime gave no answer."""
SOUTH = """Undocumented immigrants crossed the river at Tarn. The undocumented immigrants were cold.

Ivo Marsh spoke to the Dorn government. Marsh Tower stood empty. The Dorn government gave no answer,
and police held 30 undocumented immigrants."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    rows = [
        {"article_id": f"{outlet}{n}", "outlet": outlet, "headline": "The river", "text": text}
        for outlet, text in (("North", NORTH), ("South", SOUTH))
        for n in range(2)
    ]
    file = tmp_path_factory.mktemp("river") / "articles.jsonl"
    pd.DataFrame(rows).to_json(file, orient="records", lines=True)
    return sayso.read(file)


@pytest.fixture(scope="module")
def labels(corpus):
    return corpus.labels()


def used(labels, actor, outlet) -> dict[str, int]:
    own = labels[(labels["actor"] == actor) & (labels["outlet"] == outlet)]
    return own.groupby("label")["n"].sum().to_dict()


def test_groups_are_named_by_nouns_and_what_stands_before(labels):
    assert used(labels, "migrants", "North") == {"illegal aliens": 6}
    assert used(labels, "migrants", "South") == {"undocumented immigrants": 6}
    assert used(labels, "government", "North") == {"dorn regime": 4}


def test_persons_are_named_by_titles_and_a_tower_is_none(labels):
    assert used(labels, "Ivo Marsh", "North") == {"Former President Ivo Marsh": 2, "Mr Marsh": 2}
    assert used(labels, "Ivo Marsh", "South") == {"Ivo Marsh": 2}


def test_counts_and_places(corpus, labels):
    texts = corpus.articles.set_index("article_id")
    for row in labels.itertuples():
        text = texts.at[row.article_id, row.where]
        assert text[row.start : row.end].lower() == row.label.split()[-1].lower()
        assert row.n_articles <= row.n <= row.n_all
    assert labels.loc[labels["label"] == "illegal aliens", "n_articles"].eq(2).all()


def test_labels_apart(labels):
    table = labels_apart(labels)
    first = table[table["actor"] == "migrants"].groupby("outlet").head(1).set_index("outlet")
    assert first.loc["North", "label"] == "illegal aliens" and first.loc["North", "z"] > 1
    assert first.loc["North", "reference_n"] == 0 and first.loc["North", "n_articles"] == 2
    assert labels_apart(labels[labels["outlet"] == "North"]).empty


def test_targets_of_ones_own(corpus):
    labels = corpus.labels(targets={"water": ["river"]})
    assert set(labels.loc[labels["kind"] == "group", "actor"]) == {"water"}
    assert corpus.labels(targets={}, by="article_id")["outlet"].str.startswith(("N", "S")).all()
