"""Which sentences hold a quote at all: deeds, denied saying and perception do not."""

from __future__ import annotations

import pytest

from sayso.extract.document import read_document
from sayso.extract.quotes import extract
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article


def quotes(sentence):
    text = f"Board meets on the bridge\n\n{sentence} The meeting lasted for six hours."
    article = build_article(text, article_id="a")
    return extract(read_document(article, lexicon(), encoder(1)), {})


@pytest.mark.parametrize(
    "sentence",
    [
        "The council voted 9 to 4 to close the old bridge for two years.",
        "Ann Field did not say whether the bridge would be closed.",
        "The board has yet to reveal how much the work will cost.",
        "The town saw its debts rise to four million.",
        "The board has named Bob Hill its new engineer.",
    ],
)
def test_no_quote(sentence):
    assert quotes(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Field said that the bridge would be closed for two years.",
        "The board demanded that the bridge be closed at once.",
        "According to the engineers, the work will take two years.",
        "Ann Field wrote in a letter that the bridge was unsafe.",
        "The mayor asked whether the bridge was safe.",
        "“It is over,” Ann Field told reporters.",
        "The union accused the board of lying about the costs.",
        "Bob Hill believes that the bridge will hold for years.",
        "The county denied that it had paid for the work.",
    ],
)
def test_a_quote(sentence):
    assert len(quotes(sentence)) == 1
