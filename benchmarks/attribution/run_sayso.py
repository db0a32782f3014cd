"""Read articles with sayso as users do, streamed into a store; called by compare.py.

The tables to extract are named as in ``sayso extract --tables``; all, if none are.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from worker import Read, work


def load() -> Read:
    """Return the reader."""
    from sayso.batch.run import extract_to
    from sayso.corpus import open_store

    tables = sys.argv[1].split(",") if len(sys.argv) > 1 else None

    def read(articles: list[dict]) -> tuple[list[list[dict]], int]:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "articles.jsonl"
            lines = (json.dumps({"article_id": a["id"], "text": a["text"]}) for a in articles)
            source.write_text("\n".join(lines), encoding="utf-8")
            for _ in extract_to(source, Path(folder) / "store", tables=tables):
                pass
            quotes = open_store(Path(folder) / "store").quotes
        return as_attributions(articles, quotes), 0

    return read


def as_attributions(articles: list[dict], quotes) -> list[list[dict]]:
    """Return the outermost quotes of each article as PolNeAR would mark them."""
    from benchmarks.attribution.score import as_attribution

    own = dict(list(quotes[quotes.nested_in.isna()].groupby("article_id")))
    return [
        [as_attribution(a["text"], q) for q in own[a["id"]].itertuples()] if a["id"] in own else []
        for a in articles
    ]


if __name__ == "__main__":
    work(load, ["sayso", "onnxruntime", "tokenizers"])
