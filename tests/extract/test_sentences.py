"""The sentence table: every word of an article in one sentence, each in its part."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.reading import build_article
from sayso.reading.sentences import cut_sentences

lines = st.sampled_from(
    [
        "All news",
        "Dam will hold, says Voss",
        "By Ana Lund",
        "ARDENT, Jan. 25 (Coast) - Ms. Voss said it would hold. Nobody asked her why.",
        "- Advertisement -",
        "“It will hold,” she said. “We know.",
        "Mr. Pike of the U.S. Navy left at 5 p.m. He did not return",
        "© 2020 The Coast. All rights reserved.",
        "***",
    ]
) | st.text(max_size=60)


@settings(max_examples=200)
@given(st.lists(lines, min_size=1, max_size=9).map("\n\n".join))
def test_every_word_stands_in_one_sentence(text):
    cut = cut_sentences(text, build_article(text, article_id="a").layout)
    assert cut == sorted(cut)
    held = [i for start, end, *_ in cut for i in range(start, end)]
    assert len(held) == len(set(held))
    assert {i for i, letter in enumerate(text) if letter.isalnum()} <= set(held)


def test_the_table_is_of_all_parts(seeds, invented):
    for corpus in (seeds, invented):
        table, texts = corpus.sentences, corpus.articles.set_index("article_id")["text"]
        assert set(table["part"]) == {"headline", "subhead", "head", "body", "boilerplate"}
        for article_id, own in table.groupby("article_id"):
            assert own["position"].tolist() == list(range(len(own)))
            assert own["paragraph"].is_monotonic_increasing
            headline = own[own["part"] == "headline"].itertuples()
            assert [texts[article_id][row.start : row.end] for row in headline] == [
                corpus.article(article_id).headline
            ]


def test_an_article_that_nobody_laid_out_is_all_body():
    text = "It rained. It stopped."
    cut = cut_sentences(text, build_article("", article_id="a").layout)
    assert [(text[a:b], part, number) for a, b, part, number in cut] == [
        ("It rained.", "body", 0),
        ("It stopped.", "body", 0),
    ]
