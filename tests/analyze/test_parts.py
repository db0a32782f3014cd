"""Analyses of a corpus in parts: what they find is the same as in one piece, wherever it is cut."""

from __future__ import annotations

import pandas as pd
import pytest

import sayso
from sayso.analyze.framing.code import left_out
from sayso.analyze.groups import without_words
from sayso.analyze.timeline import chronology
from sayso.batch.executors import each_of
from sayso.corpus import Corpus
from sayso.store import Writer, digest

WIRE = (
    "The lock at Orvelt was drained on Tuesday after a diver had found a crack in its lower gate. "
    "Barges with sand and gravel for the new station must wait at Marn until the gate is mended. "
    "A second crew was called from Selby, and the keeper hopes to fill the lock before the fair."
)
SAID = "“We shall not reopen the lower gate before every bolt has been tested,” Ann Reed said."
OWN = {
    "gazette": "Shops by the quay accuse the council of hiding the works from them.",
    "herald": "The keeper of the lock had warned of rust in the gate for two years.",
    "post": "A fair with goats, fiddlers and a small circus begins on the weekend.",
}

APART = {
    "gazette": "Masons from Selby laid new stones along the towpath, where floods had washed them "
    "away in spring, and a heron watched them from the mill for most of the morning.",
    "herald": "The price of gravel rose by a tenth within a week, builders say, since lorries take "
    "twice as long over the hills, and two sites in the valley have stopped for now.",
    "post": "Pupils of the river school painted signs for boats, with frogs, kings and very large "
    "letters, and their teacher hung the best of them on the fence beside the bridge.",
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Corpus:
    """Nine articles of three outlets, with copies, shared statements and days told."""
    folder, rows = tmp_path_factory.mktemp("news"), []
    for day in (3, 4, 5):
        for outlet, own in OWN.items():
            name = f"{outlet}-{day}"
            body = {3: f"{WIRE}\n\n{own}", 4: own, 5: APART[outlet]}[day]
            text = f"Lock “closed”, day {day}\n\n{body}\n\n{SAID}\n"
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            rows.append({"article_id": name, "outlet": outlet, "published": f"2021-05-0{day}"})
    pd.DataFrame(rows).to_csv(folder / "articles.csv", index=False)
    return sayso.read(folder)


@pytest.fixture(scope="module")
def cut(whole, tmp_path_factory) -> Corpus:
    """The same in four parts, in another order."""
    folder = tmp_path_factory.mktemp("store") / "cut"
    ids, names = whole.facts["article_id"].tolist(), list(whole._tables)
    with Writer(folder, names) as writer:
        for number in (2, 0, 3, 1):
            own = whole.only(ids[number::4])
            made_from = digest([str(number)])
            writer.lacking(made_from)
            writer.add(made_from, {name: own.table(name) for name in names})
        writer.finish(spell=False)
    return sayso.open(folder)


def by_article(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("article_id", kind="stable", ignore_index=True)


@pytest.mark.parametrize(
    "analysis",
    [
        "duplicates",
        "shared_paragraphs",
        "events",
        "coverage",
        lambda news: news.headline_check().sort_values("article_id", ignore_index=True),
        lambda news: news.statements(unsure=True),
        lambda news: news.statements(unsure=True, duplicates=False),
        chronology,
        lambda news: by_article(news.framing("generic-cues")),
        lambda news: by_article(without_words(news)),
        left_out,
        # Where a label stands first hangs on the order of the articles.
        lambda news: news.labels().drop(columns=["article_id", "where", "start", "end"]),
        "charges",
    ],
)
def test_a_corpus_in_parts_tells_what_it_tells_whole(whole, cut, analysis):
    run = analysis if callable(analysis) else lambda news: getattr(news, analysis)()
    one, other = run(whole), run(cut)
    assert len(one)
    pd.testing.assert_frame_equal(one, other)


def test_workers_tell_what_one_process_tells(cut, monkeypatch):
    def found(**options):
        names = ("duplicates", "shared_paragraphs", "events", "statements", "coverage")
        return [getattr(cut, name)(**options) for name in names]

    here = found()
    monkeypatch.setattr("sayso.analyze.statements.align.MOST", 3)  # pairs in several batches,
    monkeypatch.setattr("sayso.analyze.statements.align.PAIRS", 5)  # and of these several parts
    with each_of(2) as each:
        there = found(each=each)
    assert all(map(len, here))
    for one, other in zip(here, there, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_words_are_told_at_their_places_wherever_the_texts_are(whole, cut, monkeypatch):
    found = chronology(cut)
    told = cut.told(found)
    monkeypatch.setattr("sayso.analyze.passages.FEW", 1)
    pd.testing.assert_frame_equal(cut.told(found), told)
    assert told["sentence"].str.contains("Tuesday").any() and "article_id" not in told
