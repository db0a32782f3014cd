"""Shared by all tests: the two corpora, and hypothesis without chance or deadlines."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
INVENTED = ROOT / "tests" / "corpus"

settings.register_profile(
    "same every time",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same every time")


@pytest.fixture(scope="session")
def seeds():
    """The five articles in seeds/, with what is known of them."""
    import sayso

    return sayso.read(ROOT / "seeds")


@pytest.fixture(scope="session")
def invented():
    """The articles of tests/corpus: another subject, other outlets, other habits."""
    import sayso

    return sayso.read(INVENTED)


@pytest.fixture(scope="session")
def expected() -> dict:
    """What a careful reader finds in tests/corpus, by article_id (see its ``conventions``)."""
    return json.loads((ROOT / "tests" / "expected.json").read_text(encoding="utf-8"))["articles"]


def drawn(picture, tag: str = "text") -> list:
    """The parts of one kind that a picture draws, as elements; its figure has to be well-formed."""
    return list(ElementTree.fromstring(picture.markup).find("svg").iter(tag))


def words_drawn(picture) -> list[str]:
    return [text.text for text in drawn(picture)]


def sentences_of(articles):
    """The sentence table of articles whose texts are all there is of them."""
    from sayso.reading import build_article
    from sayso.reading.sentences import sentence_rows
    from sayso.tables.columns import frame
    from sayso.tables.extracted import Sentence

    built = (build_article(row.text, article_id=row.article_id) for row in articles.itertuples())
    return frame(Sentence, (sentence for article in built for sentence in sentence_rows(article)))
