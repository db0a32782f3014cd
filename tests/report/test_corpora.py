"""Ordinary corpora of many kinds: every notebook runs on each, and its pages are made."""

from __future__ import annotations

import json
import re

import matplotlib.pyplot as plt
import nbformat
import pytest
from cells import run_cells

import sayso
from sayso.paths import notebooks_path
from sayso.report.pages.index import Result
from sayso.report.run import RAN, lay_out
from sayso.show.html import ASKED

NOTEBOOKS = sorted(notebooks_path().glob("*.ipynb"))
BODY = (
    '"We will not pay $5 million for a_b_c," Mayor Ana Voss said on Monday. The council blamed '
    'others for the delay. The ministry denied that it was responsible. "It is <b>safe</b> & '
    'sound," said Tom Reed, a spokesman. Others said on 4 May 2021 that the plan had failed.'
)
PLAIN = "The bridge is long. It stands by the river. Nobody crosses it."


def articles(n, outlets, text=BODY, published="2021-05-05", headline="Bridge <closed>: $5 & a_b"):
    """Return the rows of invented articles, outlets and dates in turns."""
    return [
        {
            "article_id": f"a {i:02}?",
            "outlet": outlets[i % len(outlets)] if outlets else None,
            "published": published and published[i % len(published)],
            "headline": headline and f"{headline} {i}",
            "text": f"{text} Number {i}.",
        }
        for i in range(n)
    ]


MARKS = ("$Post_$", "<b>Post</b>", "A & B", "C\\D{}^", "others", "unknown", "=1+1", "%s 'q\"")
FORTY = [f"Outlet number {i}" for i in range(40)]
SHORT = '"We stay," Ana Voss said on Monday. Critics blamed the council for the delay.'
KINDS = {
    "one article of which little is known": articles(1, None, PLAIN, None, None),
    "no outlet, no dates": articles(3, None, BODY, None),
    "no quotes": articles(3, ("A", "B"), PLAIN, ("1999-02-28", "2100-12-31")),
    "marks in names": articles(8, MARKS, published=("2021-05-05", "2021-06-07")),
    "only headlines": articles(4, ("A", "B"), 'Mayor "lied" about bridge', ("2021-05-05",), None),
    "forty outlets": articles(40, FORTY, SHORT, ("2012-01-11", "2019-09-01", None)),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_notebook_runs_and_becomes_a_page(kind, tmp_path, monkeypatch):
    monkeypatch.setenv(ASKED, "1")
    source = tmp_path / "news $_<x>.jsonl"
    source.write_text("\n".join(map(json.dumps, KINDS[kind])), encoding="utf-8")
    corpus = sayso.read(source)
    store, out = corpus.save(tmp_path / "store $_<x>"), tmp_path / "out"
    (out / RAN).mkdir(parents=True)
    for path in NOTEBOOKS:
        ran = run_cells(path, monkeypatch, corpus=str(store))
        nbformat.write(ran, str(out / RAN / path.name))
        plt.close("all")
    results = [Result(p.stem, p.stem, "rendered", f"{p.stem}.html") for p in NOTEBOOKS]
    lay_out(out, store.name, corpus, results)
    pages = {page: page.read_text("utf-8") for page in out.rglob("*.html")}
    assert len(pages) == len(NOTEBOOKS) + len(corpus) + 2
    for page, text in pages.items():
        assert "<b>Post</b>" not in text and "Bridge <closed>" not in text
        for link in re.findall(r'href="([^"#:]+)(?:#([^"]+))?"', text):
            target = (page.parent / link[0]).resolve()
            assert target.exists(), f"{page.name} leads to {link[0]}"
            if link[1] and target.suffix == ".html":
                assert f'id="{link[1]}"' in pages[out / target.relative_to(out.resolve())], link
