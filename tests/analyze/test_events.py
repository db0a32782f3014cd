"""Articles on one event, found by date, actors and words, or told by the user's table."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.analyze.statements.events import events_by_outlet, find_events
from sayso.corpus import Corpus
from sayso.tables.columns import schema
from sayso.tables.compared import EventArticle

BRIDGE = "The bridge over the Tarn at Selby was closed when engineer Ann Reed saw cracked pillars."
FERRY = "A ferry with forty goats aboard ran aground off Marn as captain Bo Lind slept at the helm."
TEXTS = {
    "a": f"Bridge shut\n\n{BRIDGE} Lorries must go round by Orvelt.",
    "b": f"Cracked pillars in Selby\n\n{BRIDGE} Shops by the Tarn fear for trade.",
    "c": f"Goats at sea\n\n{FERRY} The goats were fed.",
    "d": f"Captain asleep\n\n{FERRY} Divers looked at the hull.",
    "e": f"Bridge, a year on\n\n{BRIDGE} Lorries still go round by Orvelt.",
    "f": "Bread prices rise\n\nBakers blame flour, wages and rent for dearer loaves in every town.",
}
DAYS = {"a": "2020-03-02", "b": "2020-03-03", "c": "2020-03-02", "d": "2020-03-02"}
DAYS |= {"e": "2021-03-02", "f": "2020-03-02"}
NOBODY = pd.DataFrame({"article_id": [], "person": [], "n": []})


def articles(**more) -> pd.DataFrame:
    ids = pd.Series(list(TEXTS))
    made = {
        "article_id": ids,
        "outlet": ids.map(lambda i: "Post" if i in "ace" else "Sun"),
        "headline": [text.split("\n")[0] for text in TEXTS.values()],
        "text": list(TEXTS.values()),
        "published": pd.to_datetime(ids.map(DAYS)).astype("datetime64[s]"),
        "event": None,
        "boilerplate": [()] * len(TEXTS),
    }
    return pd.DataFrame(made | more)


def news(rows: pd.DataFrame, mentions: pd.DataFrame = NOBODY) -> Corpus:
    return Corpus({"articles": rows, "mentions": mentions})


def grouped(found: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(ids) for ids in found.groupby("event_id")["article_id"].agg(list)}


def test_articles_are_grouped_by_words_and_date():
    found = find_events(news(articles()))
    schema(EventArticle).validate(found)
    assert grouped(found) == set(map(frozenset, ("ab", "cd", "e", "f")))
    first = found[found["article_id"] == "b"].iloc[0]
    assert (first.event_id, first.event, first.how) == ("a", "Bridge shut", "found")
    assert (first.n_articles, first.n_outlets) == (2, 2)


def test_persons_help_to_tell_events():
    apart = articles(text=[text.replace("Ann Reed", "she") for text in TEXTS.values()])
    named = pd.DataFrame({"article_id": ["a", "b"], "person": ["Ann Reed"] * 2, "n": [9, 9]})
    assert grouped(find_events(news(apart, named))) >= {frozenset("ab")}


def test_a_column_of_the_user_goes_first():
    told = ["Works", None, None, None, "Works", "Works"]
    found = find_events(news(articles(event=told)))
    assert grouped(found) == set(map(frozenset, ("aef", "b", "cd")))
    assert set(found.loc[found["how"] == "given", "event"]) == {"Works"}


def test_the_order_of_rows_does_not_matter():
    turned = articles().iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(find_events(news(turned)), find_events(news(articles())))


def test_without_dates_words_alone_decide():
    undated = articles(published=pd.Series([pd.NaT] * len(TEXTS)).astype("datetime64[s]"))
    assert frozenset("cd") in grouped(find_events(news(undated)))


@pytest.mark.parametrize("number", [0, 1])
def test_little_gives_a_table_with_all_columns(number):
    assert len(find_events(news(articles().head(number)))) == number


def test_events_tell_who_has_them_and_who_has_not():
    rows = articles()
    outlets = rows.set_index("article_id")["outlet"].to_dict() | {"f": "Echo"}
    outlets["d"] = "Echo"
    table = events_by_outlet(find_events(news(rows)), pd.Series(outlets))
    told = table[["event_id", "outlets", "without"]].values.tolist()
    assert told == [["a", ["Post", "Sun"], ["Echo"]], ["c", ["Echo", "Post"], ["Sun"]]]
