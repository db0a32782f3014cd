"""What tests/expected.json says stands in the texts, word for word and in order."""

from __future__ import annotations

import json

import pytest

from conftest import INVENTED, ROOT
from sayso.reading import read_articles

EXPECTED = json.loads((ROOT / "tests" / "expected.json").read_text(encoding="utf-8"))["articles"]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    articles = (item for item in read_articles(INVENTED) if hasattr(item, "text"))
    return {article.article_id: article.text for article in articles}


def test_every_article_is_described(texts):
    assert set(texts) == set(EXPECTED)


@pytest.mark.parametrize("article_id", EXPECTED)
def test_quotes_stand_in_the_text_in_order(texts, article_id):
    text, last = texts[article_id], 0
    for quote in EXPECTED[article_id]["quotes"]:
        nested = quote.get("level") == 2
        at = first = text.index(quote["content"][0], 0 if nested else last)
        for piece in quote["content"]:
            at = text.index(piece, at) + len(piece)
        for named in filter(None, (quote["cue"], quote["mention"])):
            assert named in text
        last = max(last, first)


@pytest.mark.parametrize("article_id", EXPECTED)
def test_dates_and_boilerplate_stand_in_the_text_in_order(texts, article_id):
    for kind in ("dates", "boilerplate"):
        at = 0
        for item in EXPECTED[article_id][kind]:
            surface = item if kind == "boilerplate" else item["surface"]
            at = texts[article_id].index(surface, at) + len(surface)
