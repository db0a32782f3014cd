"""Words that would run, ask or compute something, in a report that a browser opens: none does."""

from __future__ import annotations

import re
import shutil

import pytest
from benchmarks.stress.injections import (
    CONTROL,
    PAYLOADS,
    Numbered,
    bare,
    computed,
    opened,
    outputs,
    write_corpus,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
# A script, an event, an address in a style, a formula, a path.
SOME = tuple(PAYLOADS[number] for number in (2, 8, 20, 38, 45))


def test_what_is_injected_into_a_report_does_nothing(tmp_path):
    from sayso.report.run import render

    numbered = Numbered()
    for name in ("texts", "out"):
        (tmp_path / name).mkdir()
    write_corpus(tmp_path / "texts", SOME, numbered)
    assert len(numbered.places) == 10 * len(SOME)
    (made,) = render(tmp_path / "texts", tmp_path / "out", notebooks=["01"])
    assert made.status == "rendered", made.message
    assert list(computed(tmp_path)) == []
    pages = sorted((tmp_path / "out").rglob("*.html"))
    shown = outputs(tmp_path / "out" / ".ran", tmp_path / "shown")
    assert len(pages) > 3 * len(SOME) and len(shown) == 1
    assert list(opened([*shown, *bare(pages, tmp_path / "bare")])) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bare", "out", "shown", "texts"]


def test_a_page_that_does_something_is_told(tmp_path):
    pages = []
    for number, payload in enumerate(SOME[:3]):
        words = Numbered().put(payload, "page").replace("//hit1", "http://hit1")
        pages.append(tmp_path / f"{number}.html")
        pages[-1].write_text(f"<!doctype html><body>{words}</body>", encoding="utf-8")
    told = list(opened(pages))
    assert {line.split(":")[0] for line in told} >= {"script", "request", "element"}
    (tmp_path / "t.csv").write_text('a,"=1+1"\n-3,5\n', encoding="utf-8")
    assert len(list(computed(tmp_path))) == 1


def test_payloads_are_many_kinds():
    assert len(PAYLOADS) * 10 > 250
    for kind in (
        "<script",
        "onerror=",
        "url\\(",
        "^=",
        "javascript:",
        "data:",
        r"\.\./",
        "{{",
        "svg",
    ):
        assert any(re.search(kind, payload) for payload in PAYLOADS)
    assert any(CONTROL.search(payload) for payload in PAYLOADS)
