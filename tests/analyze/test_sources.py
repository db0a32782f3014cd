"""Sources compared: shares, diversity, officials, order, treatment; their picture."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.analyze.groups import groups, outer
from sayso.analyze.sources import (
    diversity,
    is_official,
    officials,
    party_shares,
    treatment,
)
from sayso.show.speakers import voices_compared

ARTICLES = pd.DataFrame(
    {"article_id": ["a1", "a2", "b1"], "outlet": ["Alpha", "Alpha", "Beta"], "agency": None}
)


def source(article_id, name, words, start, **more):
    row = {"article_id": article_id, "source": name, "n_words": words, "n_quotes": 1}
    row |= {"start": start, "first_at": start / 100, "kind": "person", "affiliation": None}
    return row | {"aliases": [name], "named": True} | more


SOURCES = pd.DataFrame(
    [
        source("a1", "Senator Ann Bell", 30, 10, affiliation="Reds"),
        source("a1", "Bo Cole", 10, 50, affiliation="Blues"),
        source("a2", "Bo Cole", 20, 5, affiliation="Blues"),
        source("b1", "Reddland", 40, 20, kind="country", affiliation="Reds"),
    ]
)


def test_shares_of_a_group_add_up():
    table = party_shares(SOURCES, ARTICLES).set_index(["outlet", "party"])
    assert table.loc[("Alpha", "Reds"), "share"] == pytest.approx(0.5)
    assert table.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    assert table["low"].isna().all()  # fewer than ten articles
    with pytest.raises(ValueError, match="a party is one of"):
        party_shares(SOURCES, ARTICLES, of="colour")


def test_large_groups_have_an_interval_around_the_share():
    articles = pd.DataFrame({"article_id": [f"x{n}" for n in range(12)], "outlet": "X"})
    rows = [source(f"x{n}", "Ann" if n % 3 else "Bo", 10, 1, affiliation="Reds") for n in range(12)]
    sources = pd.DataFrame(rows)
    row = party_shares(sources, articles, of="source").iloc[0]
    assert row["low"] < row["share"] < row["high"]


def test_entropy_counts_equal_voices():
    rows = [source("a1", name, 1, 1, n_quotes=7) for name in ("Ann", "Bo", "Cy")]
    rows.append(source("b1", "Dee", 1, 1, n_quotes=9))
    table = diversity(pd.DataFrame(rows), ARTICLES).set_index("outlet")
    assert table["effective"].to_dict() == pytest.approx({"Alpha": 3, "Beta": 1})


def test_rarefaction_is_the_chance_to_meet_each():
    """Of 3 and 1, two drawn: the one is missed in C(3,2) of C(4,2) draws."""
    rows = [source("a1", "Ann", 1, 1, n_quotes=3), source("a1", "Bo", 1, 1)]
    rows.append(source("b1", "Cy", 1, 1, n_quotes=2))
    table = diversity(pd.DataFrame(rows), ARTICLES).set_index("outlet")
    assert table.loc["Alpha", "expected"] == pytest.approx(2 - 3 / 6)


def test_diversity_compares_groups_at_one_size():
    table = diversity(SOURCES, ARTICLES).set_index("outlet")
    assert table["n_compared"].tolist() == [1, 1]
    assert table["expected"].tolist() == pytest.approx([1, 1])
    assert (table["corrected"] >= table["effective"] - 1e-9).all()


def test_officials_are_known_by_their_office():
    rows = [
        source("a1", "Ann Bell", 1, 1, aliases=["Bell", "Foreign Minister Ann Bell"]),
        source("a2", "Ann Bell", 1, 1, aliases=["Bell"]),
        source("a1", "Bo Cole", 1, 2, aliases=["union leader Bo Cole"]),
        source("a1", "Dee Fox", 1, 3, aliases=["Sen. Dee Fox"]),
        source("a1", "Ministry of Health", 1, 4, kind="organisation"),
        source("a1", "Harbour Bank", 1, 5, kind="organisation"),
        source("a1", "officials", 1, 6, kind="unnamed", aliases=["two officials"]),
        source("a1", "neighbours", 1, 7, kind="unnamed", aliases=["neighbours"]),
    ]
    assert is_official(pd.DataFrame(rows)).tolist() == [
        *(True, True, False, True, True, False, True, False)
    ]


def test_officials_by_outlet():
    table = officials(SOURCES, ARTICLES).set_index("outlet")
    assert table.loc["Alpha", ["n_officials", "n_sources"]].tolist() == [1, 3]
    assert table.loc["Alpha", "share_of_words"] == pytest.approx(0.5)
    assert table.loc["Beta", "n_officials"] == table.loc["Beta", "n_sources"] == 1
    assert table.loc["Alpha", "low"] < table.loc["Alpha", "share"]
    assert pd.isna(table.loc["Beta", "low"])  # one article


def test_treatment_counts_marks_and_distance(invented):
    table = treatment(invented.quotes, invented.articles)
    own = outer(invented.quotes)
    assert table["n_quotes"].sum() == groups(own, invented.articles, "outlet").notna().sum()
    several = table[table["n_articles"] > 1]
    assert len(several) and several["share"].between(several["low"], several["high"]).all()
    assert table.loc[table["n_articles"] == 1, ["low", "high"]].isna().all(axis=None)


def test_pictures_take_any_number_of_groups():
    ax = voices_compared(party_shares(SOURCES, ARTICLES))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Reds", "Blues"]
    many = pd.concat([SOURCES.assign(article_id=f"n{n}") for n in range(20)])
    articles = pd.DataFrame({"article_id": [f"n{n}" for n in range(20)]})
    articles = articles.assign(outlet=articles["article_id"])
    assert len(voices_compared(party_shares(many, articles)).lines) >= 20
    empty = voices_compared(party_shares(SOURCES.iloc[:0], ARTICLES))
    assert empty.get_title(loc="left") == "Nobody is quoted"
