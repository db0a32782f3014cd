"""Shared by all tests: the two corpora, and hypothesis without chance or deadlines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
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


def sentences_of(articles):
    """The sentence table of articles whose texts are all there is of them."""
    from sayso.reading import build_article
    from sayso.reading.sentences import sentence_rows
    from sayso.tables.columns import frame
    from sayso.tables.extracted import Sentence

    built = (build_article(row.text, article_id=row.article_id) for row in articles.itertuples())
    return frame(Sentence, (sentence for article in built for sentence in sentence_rows(article)))


@pytest.fixture
def chromium():
    """Debian's Chromium, which asks nobody for anything by itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A page that keeps what it ``asked`` for, and its ``complaints``."""
    page = chromium.new_page()
    page.asked, page.complaints = [], []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    return page
