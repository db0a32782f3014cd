"""Sources compared: shares, diversity, roles, women, the unheard, treatment; their pictures."""

from __future__ import annotations

import tomllib

import pandas as pd
import pytest

from sayso.analyze.groups import groups, outer
from sayso.analyze.sources import (
    diversity,
    named,
    party_shares,
    roles,
    treatment,
    unheard,
    women,
)
from sayso.show.canvas import alt_text
from sayso.show.speakers import named_unheard, one_person, roles_cited, voices_compared, women_heard

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


def cited(*pairs):
    """Sources as (article, name, role, named)."""
    rows = [
        source(article, name, 10, n, role=role, named=named, source_id=f"{article}-s{n}")
        for n, (article, name, role, named) in enumerate(pairs)
    ]
    return pd.DataFrame(rows)


CITED = cited(
    ("a1", "Ann Bell", "politician", True),
    ("a1", "Cy Dunn", "expert", True),
    ("a1", "critics", None, False),
    ("a2", "Ann Bell", None, True),
    ("a2", "a worker", "worker", False),
    ("b1", "a worker", None, False),
)


def test_roles_by_outlet_are_shares_of_its_sources():
    table = roles(CITED, ARTICLES).set_index(["outlet", "role"])
    assert table.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    # What another article tells of a named source holds here, too; an unnamed one is another.
    assert table.loc[("Alpha", "politician"), ["n_articles", "n_sources"]].tolist() == [2, 2]
    assert table.loc[("Beta", "untold"), "n_sources"] == 1
    assert list(table.loc["Alpha"].index) == ["politician", "expert", "worker", "untold"]
    alpha = table.loc[("Alpha", "politician")]
    assert alpha["share"] == 0.4 and pd.isna(alpha["low"])  # two articles
    assert pd.isna(table.loc[("Beta", "untold"), "low"])  # one article


def test_documents_are_a_kind_of_their_own():
    rows = pd.concat([CITED, cited(("b1", "audit", None, False)).assign(kind="document")])
    assert roles(rows, ARTICLES).set_index(["outlet", "role"]).loc[("Beta", "document")].n_sources
    assert list(roles(rows, ARTICLES)["role"])[-2:] == ["document", "untold"]
    assert named(rows, ARTICLES).equals(named(CITED, ARTICLES))
    ax = roles_cited(roles(rows, ARTICLES))
    looks = dict(zip(ax.get_legend_handles_labels()[1], ax.containers[::1], strict=False))
    assert looks["document"].patches[0].get_hatch()


def test_a_last_name_beside_the_full_name_is_told_not_joined():
    note = """'Bell' speaks in 1 article(s), may be Ann Bell ([[person]] name = "Ann Bell", ...)"""
    notes = pd.DataFrame({"kind": ["short name"], "message": [note]})
    line = one_person(["Ann Bell", "Bo Cole", "Bell"], notes)
    assert "'Bell' and 'Ann Bell'" in line
    written = tomllib.loads(line[line.index("person = ") : line.index(" into")])
    assert written == {"person": [{"name": "Ann Bell", "aliases": ["Bell"]}]}
    assert one_person(["Ann Bell", "Bo Cole"], notes) == ""
    assert one_person(["Ann Bell", "Bell"], notes.assign(kind="ambiguous name")) == ""


def test_a_role_on_which_articles_differ_is_given_to_nobody_else():
    rows = cited(
        ("a1", "Bo", "expert", True), ("a2", "Bo", "media", True), ("b1", "Bo", None, True)
    )
    table = roles(rows, ARTICLES).set_index(["outlet", "role"])
    assert table.loc[("Beta", "untold"), "n_sources"] == 1


def mentioned(*rows):
    names = ["article_id", "person", "quoted", "gender", "n"]
    return pd.DataFrame(rows, columns=names).assign(role=None)


MENTIONS = mentioned(
    ("a1", "Ann Bell", True, "female", 3),
    ("a1", "Bo Cole", True, "male", 2),
    ("a1", "Kim Dee", True, "unknown", 1),
    ("a1", "Cole", False, "unknown", 1),
    ("a2", "Ann Bell", False, "unknown", 4),
    ("a2", "Eve Fox", False, "female", 2),
    ("b1", "Eve Fox", False, "female", 5),
    ("b1", "Gus Hall", False, "unknown", 9),
)


def test_womens_share_lies_between_bounds():
    table = women(MENTIONS, ARTICLES).set_index("heard")
    assert list(table.index) == ["quoted", "only mentioned"]
    quoted = table.loc["quoted"]
    assert quoted[["n_women", "n_men", "n_unknown", "n"]].tolist() == [1, 1, 1, 3]
    assert (quoted["least"], quoted["share"]) == (pytest.approx(1 / 3), 0.5)
    assert quoted["most"] == pytest.approx(2 / 3)
    # Ann Bell is a woman in a2, where nothing tells it, as she is in a1.
    assert table.loc["only mentioned", ["n_women", "n_unknown"]].tolist() == [3, 2]
    assert table["low"].isna().all()  # fewer than ten articles


def test_womens_share_has_an_interval_from_ten_articles_on():
    articles = pd.DataFrame({"article_id": [f"x{n}" for n in range(12)], "outlet": "X"})
    pair = [("Ann", "female"), ("Bo", "male")]
    rows = [(f"x{n}", f"{p}{n}", True, g, 1) for n in range(12) for p, g in pair[: 1 + n % 2]]
    row = women(mentioned(*rows), articles).iloc[0]
    assert row["low"] < row["share"] < row["high"]


def test_women_by_outlet_leave_out_articles_without_one():
    articles = ARTICLES.assign(outlet=["Alpha", None, "Beta"])
    table = women(MENTIONS, articles, by="outlet")
    assert table.groupby("outlet")["n"].sum().to_dict() == {"Alpha": 4, "Beta": 2}
    assert women(MENTIONS, articles.assign(outlet=None), by="outlet").empty


def test_the_unheard_are_quoted_nowhere_under_any_name():
    table = unheard(MENTIONS)
    assert table["person"].tolist() == ["Eve Fox", "Gus Hall"]  # 'Cole' may be Bo Cole
    assert table[["n_articles", "n_mentions"]].values.tolist() == [[2, 7], [1, 9]]
    assert table["gender"].tolist()[0] == "female" and pd.isna(table["gender"][1])


def test_pictures_of_few_tell_counts_and_of_many_shares():
    few = women_heard(women(MENTIONS, ARTICLES))
    title = few.get_title(loc="left").replace("\n", " ")
    assert title == "Women: 1 of 3 quoted (1 unknown), 3 of 5 only mentioned (2 unknown)"
    many = pd.concat([MENTIONS.assign(article_id=f"n{n}") for n in range(12)])
    articles = pd.DataFrame({"article_id": [f"n{n}" for n in range(12)], "outlet": "X"})
    drawn = women_heard(women(many, articles, by="outlet"), "outlet")
    told = drawn.get_title(loc="left").replace("\n", " ")
    assert told == "Women: 33% to 67% of 36 quoted, 60% to 100% of 60 only mentioned"
    assert "X, only mentioned" in alt_text(drawn)


def test_pictures_of_roles_and_of_the_unheard():
    ax = roles_cited(roles(CITED, ARTICLES))
    assert ax.get_title(loc="left") == "Most cited: politician, 2 of 6 sources"
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Alpha", "Beta"]
    ax = named_unheard(unheard(MENTIONS))
    assert alt_text(ax).startswith("Eve Fox is named in 2 articles and never quoted.")
    assert ax.patches[1].get_width() == 9
    empty = [
        women_heard(women(MENTIONS.iloc[:0], ARTICLES)),
        roles_cited(roles(CITED.iloc[:0], ARTICLES)),
        named_unheard(unheard(MENTIONS.iloc[:0])),
    ]
    titles = [ax.get_title(loc="left") for ax in empty]
    assert titles == ["Nobody is named", "No sources", "Everybody who is named is quoted"]


def test_treatment_counts_marks_and_distance(invented):
    table = treatment(invented.quotes, invented.sources, invented.articles)
    own = outer(invented.quotes)
    assert table["n_quotes"].sum() == groups(own, invented.articles, "outlet").notna().sum()
    assert len(table) and table["share"].between(0, 1).all()
    assert table[["low", "high"]].isna().all(axis=None)  # fewer than ten articles each


def test_joint_speakers_count_for_each_of_their_parties():
    quotes = pd.DataFrame({"article_id": ["a1", "a1", "a1"], "cue_stance": "neutral"}).assign(
        quote_id=list("xyz"), nested_in=None, kind="direct", content="so it is",
        speakers=[("Bo Cole", "Senator Ann Bell"), ("Bo Cole",), ()],
    )  # fmt: skip
    table = treatment(quotes, SOURCES, ARTICLES).set_index("party")
    assert table["n_quotes"].to_dict() == {"Blues": 2, "Reds": 1, "no party known": 1}


def test_pictures_take_any_number_of_groups():
    ax = voices_compared(party_shares(SOURCES, ARTICLES))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Reds", "Blues"]
    many = pd.concat([SOURCES.assign(article_id=f"n{n}") for n in range(20)])
    articles = pd.DataFrame({"article_id": [f"n{n}" for n in range(20)]})
    articles = articles.assign(outlet=articles["article_id"])
    assert len(voices_compared(party_shares(many, articles)).lines) >= 20
    empty = voices_compared(party_shares(SOURCES.iloc[:0], ARTICLES))
    assert empty.get_title(loc="left") == "Nobody is quoted"
