"""What notebooks open with: findings that hold, descriptions, and what is withheld."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from conftest import ROOT
from sayso.analyze.differences import differences, per_article
from sayso.analyze.figures import overall
from sayso.evaluation.results import read_results
from sayso.show.opening import notebooks
from sayso.show.opening.limits import SUBJECTS, measured
from sayso.show.opening.sentences import (
    DIFFERENCES,
    Phrase,
    Said,
    in_words,
    opening,
    percent,
    share,
)

FEW, MANY = [0, 1, 0, 2, 1, 0, 1, 1, 0, 1], [4, 5, 3, 6, 4, 5, 4, 3, 5, 6]


def counts(rate: bool = False, **numbers: list[int]):
    ids = [f"a{n:03}" for n in range(sum(map(len, numbers.values())))]
    names = [name for name, own in numbers.items() for _ in own]
    articles = pd.DataFrame({"article_id": ids, "outlet": names})
    hits = pd.DataFrame({"x": [n for own in numbers.values() for n in own]}, index=ids)
    return per_article(hits, 1.0 if rate else 10.0, articles, "outlet", rate=rate)


def phrases(figure: str, name: str) -> Phrase:
    rate = figure == "rate"
    return Phrase("charges an article" if rate else "the sources are shy", "Who?", rate)


def opened(figure: str = "share", **numbers: list[int]):
    counted = counts(figure == "rate", **numbers)
    compared = differences({figure: counted})
    return opening([Said("A description.", "What else?")], compared, phrases, counted, "outlet")


def test_a_difference_that_holds_is_one_sentence_with_interval_n_and_link():
    page = opened(Post=FEW, Herald=MANY)
    first, second, last = page.words.splitlines()
    assert re.fullmatch(
        r"- In Herald 45% of the sources are shy, in Post 7\.0%: 38 points more "
        r"\(95% interval \d\d to \d\d; 10 and 10 articles\)\.",
        first,
    )
    assert second == "- A description." and "1 beyond chance" in last
    assert '<a href="#Who?">' in page.markup and '<a href="#What-else?">' in page.markup


def test_a_rate_is_told_as_one():
    first = opened("rate", Post=FEW, Herald=MANY).words.splitlines()[0]
    assert first.startswith("- In Herald there are 4.5 charges an article, in Post 0.7: 3.8 more (")


def test_what_does_not_hold_is_withheld_and_why_is_told():
    words = opened(Post=FEW, Herald=FEW[::-1]).words
    assert " more (" not in words and "no proof that they are alike" in words
    words = opened(Post=FEW[:1], Herald=MANY).words
    assert " more (" not in words and "Post 1" in words and "10 articles each" in words
    words = opened(Post=FEW, Herald=MANY, Echo=[9, 9]).words
    assert "not compared, having fewer than 10 articles: Echo 2" in words


def test_of_one_part_one_pair_is_told_and_how_many_more_there_are():
    words = opened(Post=FEW, Herald=MANY, Echo=FEW[::-1]).words
    assert words.count(" more (") == 1 and "so it is between 1 other pair" in words


def test_names_are_escaped():
    page = opened(**{"<b>Post": FEW, "Herald": MANY})
    assert "<b>" not in page.markup and "&lt;b&gt;Post" in page.markup


def test_differences_are_told_in_a_table():
    table = in_words(differences({"share": counts(Post=FEW, Herald=MANY)}), phrases)
    (row,) = table.to_dict("records")
    assert (row["a"], row["in a"], row["in b"], row["holds"]) == ("Herald", "45%", "7.0%", True)
    assert in_words(differences({"share": counts(Post=FEW)}), phrases).empty


def test_a_share_has_an_interval_only_if_there_are_enough_articles():
    words = share(overall(counts(Post=FEW + MANY), "x"), "source", "are shy")
    assert words.startswith("52 of 200 sources (26%) in 20 articles are shy (95% interval ")
    words = share(overall(counts(Post=FEW[:4]), "x"), "source", "are shy", "aside")
    assert words == "3 of 40 sources (8%) in 4 articles are shy (aside)."


@pytest.mark.parametrize(("value", "words"), [(0, "0%"), (0.5, "50%"), (0.013, "1.3%")])
def test_small_shares_have_a_decimal(value, words):
    assert percent(value) == words


def sections() -> set[str]:
    """Return the headings that openings link to."""
    return {
        value
        for name, value in vars(notebooks).items()
        if name.isupper() and isinstance(value, str)
    } | {DIFFERENCES}


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "07"])
def test_a_notebook_opens_with_what_the_corpus_shows_and_links_lead_to_headings(number):
    (path,) = Path(ROOT / "notebooks").glob(f"{number}-*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    heads = [line for c in cells if c.cell_type == "markdown" for line in c.source.splitlines()]
    heads = [line.lstrip("#").strip() for line in heads if line.startswith("#")]
    assert heads[1] == "What this corpus shows"
    assert heads.index("Definitions and method") > heads.index(DIFFERENCES)
    (page,) = (o["data"]["text/html"] for c in cells if c.id == "opening" for o in c.outputs)
    links = re.findall(r'href="#([^"]+)"', "".join(page))
    assert 2 <= len(links) <= 7 and set(links) <= {head.replace(" ", "-") for head in heads}


def test_every_section_that_is_linked_stands_in_a_notebook():
    written = "".join(path.read_text("utf-8") for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert {name for name in sections() if name not in written} == set()


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_limits_tell_figures_or_that_there_are_none(subject):
    assert re.search(r"\d", measured(read_results(), subject).words)
    assert "Not measured yet" in measured({}, subject).words


def test_nothing_to_tell_is_told():
    none = counts(Post=[])
    words = opening([], differences({"share": none}), phrases, none, "outlet").words
    assert words.startswith("Withheld") and np.isnan(overall(none, "x")["value"])
