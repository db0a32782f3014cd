"""The benchmark of attribution: peers' answers become attributions, runs become ratios."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest

from conftest import ROOT


@pytest.fixture
def benchmark(monkeypatch):
    for folder in (ROOT, ROOT / "benchmarks" / "attribution"):
        monkeypatch.syspath_prepend(str(folder))
    return importlib.import_module("benchmarks.attribution.compare")


def test_speeds_are_compared_round_by_round(benchmark):
    quotes, whole, *peers = (name for name, *_ in benchmark.SYSTEMS)
    runs = [
        {"round": number, "system": system, "words_per_second": speed * busy}
        for number, busy in ((1, 1.0), (2, 0.5), (3, 0.1))
        for system, speed in ((quotes, 3000), (whole, 500), *((peer, 1000) for peer in peers))
    ]
    table = benchmark.ratios(runs)
    assert table["ours"].tolist() == [quotes] * len(peers) + [whole] * len(peers)
    assert table["system"].tolist() == peers * 2
    for ours, times in ((quotes, 3), (whole, 0.5)):
        own = table[table["ours"] == ours]
        assert own[["times_as_fast", "least", "most"]].to_numpy() == pytest.approx(times)


def test_peers_get_the_same_text_in_two_ways(benchmark):
    articles = [{"id": "a", "text": "One.\n\nTwo.", "attributions": []}]
    assert benchmark.tasks(articles, True)[0]["units"] == [(0, 4), (6, 10)]
    assert benchmark.tasks(articles, False)[0]["units"] == [(0, 10)]


def test_pieces_with_one_cue_become_one_content(benchmark):
    textacy = importlib.import_module("run_textacy")

    class Word(str):
        idx = 0

    def token(start: int, text: str) -> Word:
        word = Word(text)
        word.idx = start
        return word

    found: dict = {}
    for start, end in ((0, 4), (20, 27)):
        triple = SimpleNamespace(
            speaker=[token(5, "Ann"), token(9, "Lee")],
            cue=[token(13, "said")],
            content=SimpleNamespace(start_char=start, end_char=end),
        )
        textacy.add(found, triple, 100)
    (only,) = found.values()
    assert only["content"] == [[100, 104], [120, 127]]
    assert (only["source"], only["cue"]) == ([(105, 112)], [(113, 117)])
