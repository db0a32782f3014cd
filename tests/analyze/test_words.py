"""Words: counted by outlet and voice, weighed by hand, found in their places."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from sayso.analyze.words.context import find_terms
from sayso.analyze.words.keyness import (
    article_keyness,
    check_reference,
    count_articles,
    count_words,
    fold,
    keywords,
    log_odds,
)
from sayso.show.words import words_ranked

COUNTS = pd.DataFrame(
    {"north": [8, 2, 0, 5], "south": [1, 3, 4, 5]}, index=pd.Index(list("abcd"), name="term")
)


def read(tmp_path, *rows: tuple[str, str]):
    """Return the direct quotes, sentences and articles of texts, given as outlet and text.

    Indirect quotes are the tagger's judgement; these tests are of what comes after it.
    """
    import sayso

    data = [
        {"article_id": f"{n}", "outlet": outlet, "published": "2020-03-03", "text": text}
        for n, (outlet, text) in enumerate(rows)
    ]
    path = tmp_path / "articles.jsonl"
    pd.DataFrame(data).to_json(path, orient="records", lines=True)
    corpus = sayso.read(path)
    quotes = corpus.quotes.query("kind == 'direct'").reset_index(drop=True)
    return quotes, corpus.sentences, corpus.articles


@pytest.fixture(scope="module")
def dam(tmp_path_factory):
    """Two outlets on one dam: a 'reckless closure' here, the closure of a dam there."""
    north = "The reckless closure of the dam hurts farmers. The reckless closure came in May."
    south = "The closure of the dam was planned. Farmers were told of the closure in April."
    quote = '"We were told late," Ann Bell, the mayor of Aldham, said.'
    return read(tmp_path_factory.mktemp("dam"), ("North", f"{north}\n\n{quote}"), ("South", south))


def test_log_odds_are_those_computed_by_hand():
    """Word a, uniform prior of 0.5 each: n = 15 and 13, A = 2."""
    row = log_odds(COUNTS, prior="uniform", prior_words=2.0).set_index(["group", "term"])
    delta = math.log(8.5 / (15 + 2 - 8.5)) - math.log(1.5 / (13 + 2 - 1.5))
    found = row.loc[("north", "a")]
    assert found["log_odds"] == pytest.approx(delta, abs=1e-12)
    assert found["z"] == pytest.approx(delta / math.sqrt(1 / 8.5 + 1 / 1.5), abs=1e-12)
    assert row.loc[("south", "a"), "z"] == pytest.approx(-found["z"], abs=1e-12)
    assert (found["count"], found["n"], found["reference_count"]) == (8, 15, 1)


def test_the_corpus_prior_has_the_corpus_shares():
    """Word c: 4 of 28 words in all, so a prior of 14 words is worth 2 of them."""
    row = log_odds(COUNTS, prior_words=14).set_index(["group", "term"]).loc[("north", "c")]
    delta = math.log(2 / (15 + 14 - 2)) - math.log(6 / (13 + 14 - 6))
    assert row["log_odds"] == pytest.approx(delta, abs=1e-12)


def test_own_background_counts_may_lack_words():
    table = log_odds(COUNTS, prior=pd.Series({"a": 99, "z": 5}), prior_words=10)
    assert table["z"].notna().all()


def test_more_prior_asks_for_more_evidence():
    weak = log_odds(COUNTS, prior_words=1).set_index(["group", "term"])["z"]
    strong = log_odds(COUNTS, prior_words=1000).set_index(["group", "term"])["z"]
    assert abs(strong["north", "a"]) < abs(weak["north", "a"])


def test_several_groups_meet_the_rest_or_a_chosen_reference():
    three = COUNTS.assign(west=[0, 0, 9, 1])
    rest = log_odds(three).set_index(["group", "term"])
    assert rest.loc[("north", "c"), "reference_count"] == 13
    chosen = log_odds(three, reference="south")
    assert set(chosen["group"]) == {"north", "west"} and set(chosen["reference"]) == {"south"}
    with pytest.raises(ValueError, match="reference 'east'"):
        log_odds(three, reference="east")


def test_a_reference_is_checked_before_anything_is_counted(dam):
    check_reference("South", dam[2], by="outlet")
    check_reference("", dam[2], by="outlet")
    with pytest.raises(ValueError, match="reference 'East' is none of: North, South"):
        check_reference("East", dam[2], by="outlet")


def test_keywords_are_those_of_highest_z():
    weighed = log_odds(COUNTS.rename(index={"a": "dam", "d": "the"}), prior_words=1)
    found = keywords(weighed)
    assert list(found["group"] + " " + found["term"]) == ["north dam", "south c", "south b"]
    assert (found["z"] > 0).all() and found.groupby("group")["z"].is_monotonic_decreasing.all()
    assert list(keywords(weighed, top=1)["term"]) == ["dam", "c"]
    assert keywords(weighed, least=found["z"].max())["term"].tolist() == ["dam"]


def test_one_group_has_nothing_to_be_compared_with():
    alone = log_odds(COUNTS[["north"]])
    assert alone.empty and list(alone.columns) == list(log_odds(COUNTS).columns)
    assert keywords(log_odds(COUNTS[["north"]])).empty


def test_capitals_tell_a_country_from_a_pronoun():
    assert (fold("US"), fold("us"), fold("Russia’s"), fold("NATO")) == (
        "US",
        "us",
        "russia",
        "nato",
    )
    assert fold("US", capitals=False) == "us"


def test_voices_are_counted_apart_and_add_up(dam):
    own, quoted = count_words(*dam), count_words(*dam, voice="quoted")
    assert "late" in quoted.index and "late" not in own.index
    whole = count_words(*dam, voice="all")
    total = own.add(quoted, fill_value=0).fillna(0).sum().sum()
    assert whole.to_numpy().sum() == total
    assert whole.loc["closure"].to_dict() == {"North": 2, "South": 2}


def test_units(dam):
    assert count_words(*dam, unit="bigrams").loc["reckless closure", "North"] == 2
    assert count_words(*dam, unit="stems").loc["closure", "South"] == 2
    with pytest.raises(ValueError, match="unit is one of"):
        count_words(*dam, unit="letters")


def test_an_article_without_an_outlet_is_in_no_group(dam):
    quotes, sentences, articles = dam
    whole = count_words(quotes, sentences, articles)
    one = articles.assign(outlet=articles["outlet"].where(articles["outlet"] == "North"))
    counts = count_words(quotes, sentences, one)
    assert list(counts) == ["North"]
    assert counts["North"].to_dict() == whole["North"][whole["North"] > 0].to_dict()
    assert count_words(quotes, sentences, articles, by="agency").empty


def test_a_concordance_leads_back_to_the_text(dam):
    texts = dam[2].set_index("article_id")["text"]
    found = find_terms(*dam, ["closures", "told of"])
    assert found["term"].value_counts().to_dict() == {"closures": 4, "told of": 1}
    for row in found.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.words


def test_no_phrase_runs_over_the_end_of_a_sentence(dam):
    assert find_terms(*dam, "farmers the").empty
    assert find_terms(*dam, "").empty


def test_pictures_name_words_and_say_when_there_are_none():
    table = log_odds(COUNTS.rename(index={"a": "dam"}))
    drawn = words_ranked(keywords(table))
    assert "north" in drawn.rows and "n = 15 words" in drawn.markup
    assert words_ranked(keywords(table.iloc[:0])).title == "No words to compare"


def test_a_word_of_one_article_is_no_keyword_of_an_outlet(tmp_path):
    north = [
        "The quay was closed. " + "Herring sold well. " * 9,
        "The quay was closed.",
        "The quay.",
    ]
    south = ["The pier was closed.", "The pier was open.", "The pier."]
    rows = [("North", text) for text in north] + [("South", text) for text in south]
    tables = read(tmp_path, *rows)
    weighed = log_odds(count_words(*tables), least=2)
    assert "Herring" in set(keywords(weighed)["term"])
    carriers, sizes = count_articles(*tables)
    assert sizes.to_dict() == {"North": 3, "South": 3}
    spread = article_keyness(carriers, sizes)
    found = keywords(weighed, spread).set_index(["group", "term"])
    assert set(found.index) == {("North", "quay"), ("South", "pier")}
    row = found.loc[("North", "quay")]
    told = row[["n_articles", "of_articles", "reference_articles", "reference_of"]]
    assert told.tolist() == [3, 3, 0, 3]
    # (4/5 - 1/5) over the root of 1/2 * 1/2 * (1/5 + 1/5)
    assert row["article_z"] == pytest.approx(0.6 / math.sqrt(0.1))


def test_house_style_dates_and_the_outlets_own_name_are_no_keywords(tmp_path):
    north = "Mr. Lund of the Northern Post paid 46 crowns AND left on Friday in March."
    tables = read(tmp_path, ("Northern Post", north * 3), ("South", "Lund stayed. Crowns fell."))
    terms = set(keywords(log_odds(count_words(*tables)), top=50)["term"])
    assert not terms & {"Mr", "Northern", "Post", "46", "AND", "Friday", "March"}
    assert {"paid", "left"} <= terms
