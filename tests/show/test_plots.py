"""Pictures: the numbers behind them, their titles, and that nothing in them is cut off."""

from __future__ import annotations

import itertools

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from sayso.analyze.speakers import stance_counts, voice_shares
from sayso.analyze.timeline import timeline_counts
from sayso.report.svg import svg
from sayso.show.canvas import alt_text
from sayso.show.framing import frames_by_voice
from sayso.show.speakers import cue_stance, share_of_voice, voices_compared
from sayso.show.timeline import timeline

HOSTILE = "Cost: $x^{ & <b> \\frac\nsecond line"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def articles(n: int = 4) -> pd.DataFrame:
    outlets = itertools.cycle(["Harbour Post", "The Ledger of the Whole Northern Coast", None])
    names = [HOSTILE if i == 1 else f"Headline number {i}, long enough to be cut" for i in range(n)]
    days = pd.date_range("2021-03-01", periods=n, freq="7D").astype("datetime64[s]").to_series()
    table = pd.DataFrame(
        {
            "article_id": [f"a{i:04}" for i in range(n)],
            "outlet": list(itertools.islice(outlets, n)),
            "headline": names,
            "published": days.to_numpy(),
            "published_precision": ["day", "month"] * (n // 2) + ["day"] * (n % 2),
        }
    )
    table.loc[n - 1, ["published", "published_precision"]] = [pd.NaT, None]
    return table


def sources() -> pd.DataFrame:
    rows = [
        ("a0000", "Ada Lund", "person", 30),
        ("a0000", "Ministry", "organisation", 10),
        ("a0001", "Ada Lund", "person", 5),
        ("a0001", HOSTILE, "unnamed", 15),
        ("a0002", "Bo Ek", "person", 0),
    ]
    return pd.DataFrame(rows, columns=["article_id", "source", "kind", "n_words"])


def quotes() -> pd.DataFrame:
    stances = ["neutral"] * 6 + ["denying", "distancing", None, "denying"]
    return pd.DataFrame(
        {
            "quote_id": [f"q{i}" for i in range(10)],
            "article_id": ["a0000"] * 6 + ["a0001"] * 4,
            "cue_stance": stances,
            "nested_in": [None] * 9 + ["q8"],
        }
    )


def dates(n: int = 4) -> pd.DataFrame:
    rows = []
    for i in range(n):
        day = pd.Timestamp("2021-03-01") + pd.Timedelta(days=7 * i)
        rows += [
            (f"a{i:04}", day - pd.Timedelta(days=2), day - pd.Timedelta(days=2)),
            (f"a{i:04}", day + pd.Timedelta(days=40), day + pd.Timedelta(days=40)),
            (f"a{i:04}", pd.Timestamp("2021-01-01"), pd.Timestamp("2021-01-31")),
            (f"a{i:04}", pd.Timestamp("1987-12-08"), pd.Timestamp("1987-12-08")),
            (f"a{i:04}", pd.NaT, pd.NaT),
        ]
    table = pd.DataFrame(rows, columns=["article_id", "earliest", "latest"])
    return table.astype({"earliest": "datetime64[s]", "latest": "datetime64[s]"})


def voices(by: str = "outlet", top: int = 8, n: int = 5):
    return share_of_voice(voice_shares(sources().iloc[:n], articles(), by=by, top=top), by)


def stances(n: int = 10):
    return cue_stance(stance_counts(quotes().iloc[:n], articles()))


def pictures() -> dict:
    return {
        "voice": voices,
        "voice by article": lambda: voices("article_id", top=1),
        "stance": stances,
        "lanes": lambda: timeline(dates(), articles()),
        "counts": lambda: timeline(dates(60), articles(60)),
        "no publication date": lambda: timeline(dates(), articles().assign(published=pd.NaT)),
        "no quotes": lambda: stances(0),
        "no sources": lambda: voices(n=0),
        "no dates": lambda: timeline(dates().iloc[:0], articles().iloc[:0]),
        "publication alone": lambda: timeline(dates().iloc[:0], articles()),
    }


@pytest.mark.parametrize("name", pictures())
def test_pictures_are_the_same_every_time(name):
    draw = pictures()[name]
    one, other = draw(), draw()
    assert svg(one.figure, alt_text(one)) == svg(other.figure, alt_text(other))


@pytest.mark.parametrize("name", pictures())
def test_no_words_are_cut_off(name):
    ax = pictures()[name]()
    figure = ax.figure
    figure.canvas.draw()
    whole = figure.bbox
    texts = [t for t in figure.findobj(matplotlib.text.Text) if t.get_visible() and t.get_text()]
    inside_axis = ax.get_xlim()
    for text in texts:
        if (
            text in ax.get_xticklabels()
            and not inside_axis[0] <= text.get_position()[0] <= inside_axis[1]
        ):
            continue
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= whole.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= whole.y1 + 1, text.get_text()


def test_lane_labels_do_not_overlap():
    ax = timeline(dates(), articles())
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) > 8
    for one, other in itertools.combinations(boxes, 2):
        assert not one.overlaps(other)


def test_voice_shares():
    ledger = "The Ledger of the Whole Northern Coast"
    table = voice_shares(sources(), articles(), top=2)
    assert table[["outlet", "source", "n_words"]].to_numpy().tolist() == [
        ["Harbour Post", "Ada Lund", 30],
        ["Harbour Post", "(others)", 10],
        [ledger, "Ada Lund", 5],
        [ledger, HOSTILE, 15],
    ]
    assert table.groupby("outlet")["share"].sum().tolist() == [1, 1]
    assert table["kind"].fillna("").tolist() == ["person", "", "person", "unnamed"]
    ax = voices()
    assert alt_text(ax).startswith("Ada Lund is heard most: 58% of 60 quoted words.")
    assert ax.get_xlabel() == "share of the quoted words (n = 60)"
    assert "not drawn" not in ax.get_xlabel()
    assert "; 1 more with fewer words not drawn" in alt_text(share_of_voice(table, rows=1))


def test_stance_leaves_nested_quotes_out():
    table = stance_counts(quotes(), articles())
    assert table[["outlet", "stance", "n_quotes"]].to_numpy().tolist() == [
        ["Harbour Post", "neutral", 6],
        ["The Ledger of the Whole Northern Coast", "distancing", 1],
        ["The Ledger of the Whole Northern Coast", "denying", 1],
        ["The Ledger of the Whole Northern Coast", "no cue", 1],
    ]
    title = stances().get_title(loc="left")
    assert " ".join(title.split()) == "2 of 9 quotes are announced with distance or denial"


def test_groups_are_known_ones():
    with pytest.raises(ValueError, match="not by 'mood'"):
        voice_shares(sources(), articles(), by="mood")


def test_timeline_tells_what_it_leaves_out():
    ax = timeline(dates(), articles())
    words = [text.get_text() for text in ax.texts]
    assert words.count("◂ 8 Dec 1987") == 4
    assert "Jan 2021" in words
    assert "n = 16; 4 durations and vague ones not drawn" in alt_text(ax)
    assert ax.get_yticklabels()[-1].get_text().endswith("date unknown")
    assert "between 1 Mar 2021 and 15 Mar 2021" in ax.get_title(loc="left").replace("\n", " ")


def test_counts_spread_unsure_dates_and_lose_none():
    table = timeline_counts(dates(60), articles(60), top=1)
    assert table.index.tolist() == ["published (articles)", "Harbour Post", "(others)"]
    assert table.loc["published (articles)"].sum() == pytest.approx(59)
    assert table.iloc[1:].to_numpy().sum() == pytest.approx(60 * 3)
    day = pd.Timestamp("2021-01-15").to_datetime64().astype("datetime64[s]")
    wide = pd.DataFrame(
        {"article_id": ["a0000"], "earliest": [day], "latest": [day + np.timedelta64(19, "D")]}
    )
    spread = timeline_counts(wide, articles(1).assign(published=day))
    assert spread.iloc[1].tolist()[:2] == pytest.approx([17 / 20, 3 / 20])


def test_many_articles_are_counted():
    ax = timeline(dates(60), articles(60))
    assert ax.get_yticklabels()[0].get_text() == "published (articles)"
    assert "60 before" in ax.get_xlabel()


def test_many_articles_of_one_month_are_counted():
    day = pd.Timestamp("2021-03-10").to_datetime64().astype("datetime64[s]")
    one_day = articles(40).assign(published=day, published_precision="day")
    ax = timeline(dates().iloc[:0], one_day)
    assert "40 articles" in ax.get_xlabel()


def test_own_axes_are_used_and_described():
    ax = plt.subplots(figsize=(6, 3))[1]
    assert share_of_voice(voice_shares(sources(), articles()), ax=ax) is ax
    assert alt_text(ax).startswith("Ada Lund is heard most: 58% of 60 quoted words. share of")


def test_interval_bars_end_within_the_axes():
    row = {"n_articles": 12, "share": 0.1, "low": 0.02, "high": 0.6, "n_units": 50, "n_present": 5}
    frames = pd.DataFrame([{"outlet": "Post", "voice_kind": "outlet", "frame": "conflict"} | row])
    parties = pd.DataFrame([{"outlet": "Post", "party": "Labour", "n_words": 50} | row])
    for ax in (frames_by_voice(frames), voices_compared(parties)):
        (line,) = [one for one in ax.collections if len(one.get_segments())]
        assert line.get_segments()[0][1][0] == 0.6 <= ax.get_xlim()[1]
