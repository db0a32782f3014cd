"""Draw blame ties from annotated articles, for a person to judge: a CSV with an empty ``right``.

``python tools/draw_blames.py articles.jsonl.gz drawn.csv --number 60 --seed 5`` reads articles in
the format of BASIL (Fan et al. 2019). ``--targets`` also prints a loose figure over all the ties:
people marked spans that disfavour somebody, and of the ties whose sentence has such a span, it is
the share whose target is one of those. ``--events 20`` keeps to the last 20 events by id: of
the others, the blame branch has learnt sentences.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import pandas as pd
from benchmarks.attribution.score import read_gold
from benchmarks.speakers.score import same

import sayso
from sayso.text.marks import paragraphs
from sayso.text.sentences import split_sentences
from sayso.text.spans import Span

DRAWN = "article_id outlet sentence blamer blamer_kind target issue cue stance voice confidence"


def read_stories(path: Path, events: int | None) -> list[dict]:
    """Return the articles of a JSONL file (.gz or not), or those of its last events."""
    stories = list(read_gold(path))
    if events is None:
        return stories
    last = sorted({story["event_id"] for story in stories})[-events:]
    return [story for story in stories if story["event_id"] in last]


def read_ties(stories: list[dict]) -> pd.DataFrame:
    """Return the blame ties of articles, each with its outlet and its sentence."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "articles.jsonl"
        plain.write_text("".join(json.dumps(s) + "\n" for s in stories), encoding="utf-8")
        corpus = sayso.read(plain)
    articles = corpus.articles.set_index("article_id")
    sentences = {i: _sentences(text) for i, text in articles.text.items()}
    ties = corpus.blames
    places = [
        _around(sentences[article], cue)
        for article, cue in zip(ties.article_id, ties.cue_span, strict=True)
    ]
    return ties.assign(
        outlet=ties.article_id.map(articles.outlet),
        sentence_span=places,
        sentence=[
            " ".join(articles.text[article][slice(*place)].split())
            for article, place in zip(ties.article_id, places, strict=True)
        ],
    )


def _sentences(text: str) -> list[Span]:
    return split_sentences(text, paragraphs(text))


def _around(sentences: list[Span], cue: Span) -> Span:
    """Return the sentence that a cue begins in."""
    return next(((a, b) for a, b in sentences if a <= cue[0] < b), tuple(cue))


def disfavoured(ties: pd.DataFrame, stories: list[dict]) -> pd.Series:
    """Return for each tie whom people marked as disfavoured in its sentence: a list of names."""
    marked = {
        story["article_id"]: [
            (a["start"], a["end"], a["target"])
            for a in story["annotations"]
            if a["polarity"] == "neg" and a["target"]
        ]
        for story in stories
    }
    return pd.Series(
        [
            [name for a, b, name in marked[article] if a < end and start < b]
            for article, (start, end) in zip(ties.article_id, ties.sentence_span, strict=True)
        ],
        index=ties.index,
    )


def agreement(ties: pd.DataFrame, stories: list[dict]) -> str:
    """Return in words how many targets agree with those that people marked as disfavoured."""
    names = disfavoured(ties, stories)
    near = ties.assign(names=names)[names.str.len() > 0]
    agree = sum(
        any(same(target, name) for name in marked)
        for target, marked in zip(near.target.fillna(""), near.names, strict=True)
    )
    share = f"{agree / len(near):.2f}" if len(near) else "none"
    return (
        f"{len(ties)} ties, {len(near)} in a sentence with a span that disfavours somebody; "
        f"the target is one of those in {agree} ({share})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--events", type=int, help="only the last so many")
    parser.add_argument("--targets", action="store_true")
    chosen = parser.parse_args()
    stories = read_stories(chosen.articles, chosen.events)
    ties = read_ties(stories)
    drawn = ties.sample(min(chosen.number, len(ties)), random_state=chosen.seed).sort_index()
    drawn[DRAWN.split()].assign(right="").to_csv(chosen.out, index=False)
    if chosen.targets:
        print(agreement(ties, stories))


if __name__ == "__main__":
    main()
