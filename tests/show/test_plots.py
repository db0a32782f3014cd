"""Pictures: the numbers behind them, their titles, and that they can be read at any width."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from conftest import ROOT, drawn, words_drawn
from sayso.analyze.speakers import stance_counts, voice_shares
from sayso.analyze.timeline import timeline_counts
from sayso.show.canvas import SMALL, WIDTHS, Canvas, ink_on, nothing, share_scale, stacks, steps
from sayso.show.speakers import cue_stance, share_of_voice
from sayso.show.timeline import timeline

HOSTILE = "Cost: $x^{ & <b> \\frac\nsecond line"


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


EVERY = [name for name in pictures() if not name.startswith("no ") or "publication" in name]


@pytest.mark.parametrize("name", pictures())
def test_pictures_are_the_same_every_time(name):
    draw = pictures()[name]
    first = draw()
    assert first == draw() and first.title
    assert not re.search(r' id="|20\d\d-\d\d-\d\dT|\d\.\d{3}', first.markup)


def test_pictures_are_the_same_whatever_the_hash_seed():
    code = (
        "import sys; sys.path[:0] = ['tests', 'tests/show']\n"
        "from test_plots import pictures\n"
        "print([draw().markup for draw in pictures().values()])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "src"},
        ).stdout
        for seed in "12"
    ]  # fmt: skip
    assert runs[0] == runs[1] and "Ada Lund" in runs[0]


@pytest.mark.parametrize("name", EVERY)
def test_pictures_are_described_for_who_does_not_see_them(name):
    picture = pictures()[name]()
    (svg,) = re.findall(r'<svg role="img"[^>]*>', picture.markup)
    assert "currentColor" in svg and "viewBox" not in svg  # ink of the theme, letters of one size
    assert drawn(picture, "title")[0].text == picture.title
    described = drawn(picture, "desc")[0].text
    assert described.startswith(picture.subtitle) and repr(picture).endswith(described)
    for row in picture.rows:
        assert row in described
    assert "n = " in picture.subtitle and "source: corpus." in picture.subtitle


@pytest.mark.parametrize("name", EVERY)
def test_no_letter_is_small_and_all_stay_inside(name):
    picture = pictures()[name]()
    assert {int(text.get("font-size", 13)) for text in drawn(picture)} <= {SMALL, 13}
    for part in itertools.chain(*(drawn(picture, tag) for tag in ("rect", "svg", "line"))):
        for place in ("x", "x1", "x2"):
            if str(part.get(place)).endswith("%"):
                left = float(part.get(place)[:-1])
                width = part.get("width", "0%") if place == "x" and part.tag == "rect" else "0%"
                assert left >= -0.01 and left + float(width[:-1]) <= 100.03, picture.title
    for bar in drawn(picture, "rect"):
        assert float(bar.get("width")[:-1]) > 0  # nothing is drawn for none


def test_words_give_way_to_shorter_ones_where_there_is_no_room():
    canvas = Canvas()
    canvas.within(0, 10, 0.3, ("a name with its share 30%", "30%"), "#0072B2")
    canvas.within(0.3, 30, 0.01, ("too long", "1%"), "#0072B2")
    words = {text.text: text.get("class") for text in drawn(canvas.picture("t", "n = 1"))}
    width = next(w for w in WIDTHS if w >= (25 * 7.1 + 6) / 0.3)
    assert words == {"a name with its share 30%": f"sayso-from{width}", "30%": f"sayso-to{width}"}


def test_long_names_are_cut_by_the_width_there_is():
    canvas = Canvas()
    canvas.row("The quite long name of a newspaper and of one of its many articles", "n = 1,234")
    picture = canvas.picture("t", "n = 1")
    short, long = sorted(words_drawn(picture)[:2], key=len)
    assert short.endswith("…") and len(short) <= 37 and long.endswith("articles")


def test_a_column_without_cases_has_no_piece_and_zero_is_none():
    counts = pd.DataFrame({"a": [0, 2], "b": [3, 0]}, index=["x", "y"])
    canvas = Canvas()
    stacks(canvas, counts, {"a": ("#0072B2", "a"), "b": ("#D55E00", "b")}, shares=True)
    bars = drawn(canvas.picture("t", "n = 5"), "rect")
    assert [bar.find("title").text for bar in bars] == ["b: 3 of 3 (100%)", "a: 2 of 2 (100%)"]


@pytest.mark.parametrize("most", [0.03, 0.1, 1, 1.1, 7, 34, 5000, 123456])
def test_scales_are_round_numbers(most):
    numbers = list(steps(most).values())
    assert numbers[0] == 0 and 3 <= len(numbers) <= 6 and numbers[-1] <= most + 1e-9
    assert len(set(np.diff(numbers).round(9))) == 1


def test_scales_of_shares_hold_what_is_drawn():
    assert [share_scale(v) for v in ([], [0.02], [0.33, None], [0.999])] == [0.1, 0.1, 0.35, 1]


def test_words_on_colours_can_be_read():
    assert ink_on("#0072B2") == "#fff" and ink_on("#F0E442") == "#000"


def test_hostile_words_stay_words():
    picture = nothing(HOSTILE)
    assert "&lt;b&gt;" in picture.markup and "<b>" not in picture.markup
    assert "<b>" not in voices().markup and any("<b>" in row for row in timeline(
        dates(), articles()).rows)  # fmt: skip


def test_lane_labels_do_not_overlap():
    picture = timeline(dates(), articles())
    lanes: dict[tuple, list[tuple[float, float]]] = {}
    for text in drawn(picture):
        if text.get("font-size") != str(SMALL) or "class" not in text.attrib:
            continue
        width = 560 if "from" in text.get("class") else 330
        length, x = 6.6 * len(text.text), float(text.get("x")[:-1]) / 100 * width
        left = x - {"middle": length / 2, "end": length}.get(text.get("text-anchor"), 0)
        lanes.setdefault((text.get("class"), text.get("y")), []).append((left, left + length))
    assert sum(map(len, lanes.values())) > 8
    for boxes in lanes.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(boxes)):
            assert end <= start


def test_voice_shares():
    ledger = "The Ledger of the Whole Northern Coast"
    table = voice_shares(sources(), articles(), top=2)
    assert table[["outlet", "source", "n_words"]].to_numpy().tolist() == [
        ["Harbour Post", "Ada Lund", 30],
        ["Harbour Post", "others", 10],
        [ledger, "Ada Lund", 5],
        [ledger, HOSTILE, 15],
    ]
    assert table.groupby("outlet")["share"].sum().tolist() == [1, 1]
    assert table["kind"].fillna("").tolist() == ["person", "", "person", "unnamed"]
    picture = voices()
    assert picture.title == "Ada Lund is heard most: 35 of 60 quoted words (58%)"
    assert picture.subtitle == "share of the quoted words; n = 60; source: corpus.sources"
    assert "; 1 more with fewer words not drawn" in share_of_voice(table, rows=1).subtitle


def test_stance_leaves_nested_quotes_out():
    table = stance_counts(quotes(), articles())
    assert table[["outlet", "stance", "n_quotes"]].to_numpy().tolist() == [
        ["Harbour Post", "neutral", 6],
        ["The Ledger of the Whole Northern Coast", "distancing", 1],
        ["The Ledger of the Whole Northern Coast", "denying", 1],
        ["The Ledger of the Whole Northern Coast", "no cue", 1],
    ]
    assert stances().title == "2 of 9 quotes are announced with distance or denial"


def test_groups_are_known_ones():
    with pytest.raises(ValueError, match="not by 'mood'"):
        voice_shares(sources(), articles(), by="mood")


def test_timeline_tells_what_it_leaves_out():
    picture = timeline(dates(), articles())
    words = words_drawn(picture)
    assert words.count("◂ 8 Dec 1987") == 2 * 4  # for a narrow picture, and for a wide one
    assert "Jan 2021" in words and "date unknown" in words
    assert "n = 16 in 4 articles; 4 durations and vague ones not drawn" in picture.subtitle
    assert "3 articles published between 1 Mar 2021 and 15 Mar 2021" in picture.title


def test_counts_spread_unsure_dates_and_lose_none():
    table = timeline_counts(dates(60), articles(60), top=1)
    assert table.index.tolist() == ["published (articles)", "Harbour Post", "others"]
    assert table.loc["published (articles)"].sum() == pytest.approx(59)
    assert table.iloc[1:].to_numpy().sum() == pytest.approx(60 * 3)
    day = pd.Timestamp("2021-01-15").to_datetime64().astype("datetime64[s]")
    wide = pd.DataFrame(
        {"article_id": ["a0000"], "earliest": [day], "latest": [day + np.timedelta64(19, "D")]}
    )
    spread = timeline_counts(wide, articles(1).assign(published=day))
    assert spread.iloc[1].tolist()[:2] == pytest.approx([17 / 20, 3 / 20])


def test_many_articles_are_counted():
    picture = timeline(dates(60), articles(60))
    assert picture.rows[0] == "published (articles)"
    assert "60 before" in picture.subtitle and " 0 " not in picture.subtitle


def test_many_articles_of_one_month_are_counted():
    day = pd.Timestamp("2021-03-10").to_datetime64().astype("datetime64[s]")
    one_day = articles(40).assign(published=day, published_precision="day")
    assert "40 articles" in timeline(dates().iloc[:0], one_day).subtitle
