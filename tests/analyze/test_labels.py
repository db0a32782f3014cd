"""Labels: how outlets name the same persons and groups."""

from __future__ import annotations

import pandas as pd
import pytest

import sayso
from sayso.analyze.words.labels import labels_apart

NORTH = """Illegal aliens crossed the river at Tarn. The illegal aliens were held on Monday.

Former President Ivo Marsh wants the illegal aliens out. Mr. Marsh spoke to the Dorn regime.
The Dorn regime gave no answer. The regime may kill again, said a rioter.
Police began killing him."""
SOUTH = """Undocumented immigrants crossed the river at Tarn. The undocumented immigrants were cold.

Radical President Ivo Marsh spoke to the Dorn government. Marsh, a fiery populist, left. Marsh Tower
stood empty, and a staunch Marsh man wept. The government of Dorn gave no answer, and police held
30 undocumented immigrants. They protest in March; a peaceful demonstrator was hurt."""


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


def test_groups_are_named_by_nouns_and_the_views_before_them(labels):
    assert used(labels, "migrants", "North") == {"illegal alien": 6}
    assert used(labels, "migrants", "South") == {"undocumented immigrant": 6}


def test_each_government_is_an_actor_of_its_own_and_is_known_again(labels):
    assert used(labels, "Dorn government", "North") == {"regime": 6}
    assert used(labels, "Dorn government", "South") == {"government": 4}


def test_persons_are_named_by_views_not_by_titles_and_a_tower_is_none(labels):
    assert used(labels, "Ivo Marsh", "North") == {"Ivo Marsh": 4}
    named = {"radical Ivo Marsh": 2, "fiery populist Ivo Marsh": 2}
    assert used(labels, "Ivo Marsh", "South") == named


def test_what_two_papers_call_by_style_alone_is_one_name_and_verbs_are_none(labels):
    assert used(labels, "protesters", "North") == {"rioter": 2}
    assert used(labels, "protesters", "South") == {"peaceful protester": 2}
    assert not used(labels, "unrest", "South") and not used(labels, "killing", "North")


def test_a_view_of_what_follows_is_none_of_the_name(tmp_path):
    file = tmp_path / "one.jsonl"
    text = "Fiery gun control advocates met. Controversial gun control was agreed on."
    row = {"article_id": "a", "outlet": "North", "text": text}
    pd.DataFrame([row]).to_json(file, orient="records", lines=True)
    named = used(sayso.read(file).labels(), "gun law", "North")
    assert named == {"gun control": 1, "controversial gun control": 1}


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("Guards accused Ivo Marsh of theft.", "Ivo Marsh"),
        ("The disgraced Ivo Marsh is gone.", "disgraced Ivo Marsh"),
        ("Disgraced Ivo Marsh is gone.", "disgraced Ivo Marsh"),
        ("Ivo Marsh, a self-styled “king”, is gone.", "Ivo Marsh"),
        ("Right-wing Senator Ann Reed thanked Ivo Marsh.", "Ivo Marsh"),
    ],
)
def test_a_view_is_an_adjective_of_the_name_that_follows(sentence, label, tmp_path):
    file = tmp_path / "one.jsonl"
    row = {"article_id": "a", "outlet": "North", "text": sentence}
    pd.DataFrame([row]).to_json(file, orient="records", lines=True)
    assert used(sayso.read(file).labels(), "Ivo Marsh", "North") == {label: 1}


def test_counts_and_places(corpus, labels):
    texts = corpus.articles.set_index("article_id")
    for row in labels.itertuples():
        named = texts.at[row.article_id, row.where][row.start : row.end].lower()
        assert named.split()[-1].rstrip("s") in (row.label.lower().split()[-1], "demonstrator")
        assert row.n_articles <= row.n <= row.n_all
    assert labels.loc[labels["label"] == "illegal alien", "n_articles"].eq(2).all()


def test_labels_apart(labels):
    table = labels_apart(labels)
    first = table[table["actor"] == "migrants"].groupby("outlet").head(1).set_index("outlet")
    assert first.loc["North", "label"] == "illegal alien" and first.loc["North", "z"] > 1
    assert first.loc["North", "others"] == "undocumented immigrant"
    assert first.loc["North", "reference_n"] == 0 and first.loc["North", "n_articles"] == 2
    told = table.loc[table["actor"] == "Ivo Marsh", ["outlet", "label"]].to_numpy().tolist()
    assert told == [["South", "fiery populist Ivo Marsh"], ["South", "radical Ivo Marsh"]]
    assert labels_apart(labels[labels["outlet"] == "North"]).empty


def counted(**uses: dict[str, int]) -> pd.DataFrame:
    rows = [(outlet, label, n) for outlet, own in uses.items() for label, n in own.items()]
    table = pd.DataFrame(rows, columns=["outlet", "label", "n"])
    return table.assign(actor="unrest", kind="group", voice_kind="outlet", n_articles=1)


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"protest": 4}, ["riot"]),
        ({"protest": 1}, []),  # too few to tell what the others say
        ({"riot": 2, "protest": 4}, []),  # half as often
        ({"riot": 2, "protest": 2, "unrest": 2, "march": 2, "rally": 2}, []),  # none more often
    ],
)
def test_a_label_is_told_where_the_others_say_something_else(others, told):
    table = labels_apart(counted(North={"riot": 3, "protest": 3}, South=others))
    assert table.loc[table["outlet"] == "North", "label"].tolist() == told


def test_targets_of_ones_own(corpus):
    labels = corpus.labels(targets={"water": ["river|stream", "flood"]})
    assert set(labels.loc[labels["kind"] == "group", "actor"]) == {"water"}
    assert corpus.labels(targets={}, by="article_id")["outlet"].str.startswith(("N", "S")).all()
