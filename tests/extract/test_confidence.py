"""Which sentences hold a quote at all: deeds, denied or imagined saying and perception do not."""

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
        # Deeds told as facts.
        "The council voted 9 to 4 to close the old bridge for two years.",
        "The board has named Bob Hill its new engineer.",
        "The court convicted the mayor of theft.",
        "A judge in Alder sentenced Bob Hill to two years in prison for fraud.",
        "The law, signed in 1994, banned the use of all heavy lorries in the valley.",
        "The accord was negotiated by the two harbour towns and signed in May.",
        "The senate approved the money for the new bridge in March.",
        "The firm hired Ann Field to rebuild the old mill.",
        # Saying that did not happen.
        "Ann Field did not say whether the bridge would be closed.",
        "The board has yet to reveal how much the work will cost.",
        "The police did not reveal the name of the driver.",
        "The letter doesn't clarify whether the owners want to sell the mill.",
        # Things that say nothing.
        "The clock said that it was four in the afternoon.",
        "The film shows a girl who climbs a tower.",
        # The author's own reasoning, and what is only imagined.
        "One might think that the board had lost its mind.",
        "We now know that the bridge was never safe.",
        # Titles, prizes, names.
        "Ann Field wrote “The Silent River”, a novel.",
        "Bob Hill was named “Engineer of the Year” by the club.",
    ],
)
def test_no_quote(sentence):
    assert quotes(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Ann Field said that the bridge would be closed for two years.", "says"),
        ("The board demanded that the bridge be closed at once.", "orders"),
        ("According to the engineers, the work will take two years.", "says"),
        ("Ann Field wrote in a letter that the bridge was unsafe.", "writes"),
        ("The mayor asked whether the bridge was safe.", "asks"),
        ("“It is over,” Ann Field told reporters.", "says"),
        ("“Who will pay for this?” Ann Field said.", "asks"),
        ("The union accused the board of lying about the costs.", "says"),
        ("Bob Hill believes that the bridge will hold for years.", "thinks"),
        ("The county denied that it had paid for the work.", "says"),
        ("Ann Field hopes that the work will be done by May.", "feels"),
        ("The town wants the county to pay for the bridge.", "intends"),
        ("A poll published in May showed that prices in the town had doubled.", "says"),
    ],
)
def test_a_quote(sentence, act):
    assert [quote.act for quote in quotes(sentence)] == [act]
