"""Articles read twice, and paragraphs that stand in an article twice."""

from __future__ import annotations

import json

import pytest

import sayso
from sayso.article import Article
from sayso.reading import build_article, read_articles
from sayso.reading.repeats import find_repeats

PARAGRAPHS = [
    f"The {name} board voted on Thursday to widen its channel by {number} metres, a step that the"
    " fishermen of the town have opposed since spring."
    for number, name in enumerate(
        ("harbour", "river", "lake", "county", "island", "canal", "coast"), start=11
    )
]


def write(folder, rows):
    lines = (json.dumps({"outlet": "Gazette", "published": "2021-03-04"} | row) for row in rows)
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")


def read(folder):
    found = list(read_articles(folder))
    kinds = [(note.article_id, note.kind) for one in found for note in getattr(one, "notes", ())]
    return [one.article_id for one in found if isinstance(one, Article)], kinds


ROWS = [
    {"article_id": "a", "text": "\n\n".join(PARAGRAPHS)},
    {"article_id": "b", "text": "\n\n".join(PARAGRAPHS[1:])},
    {"article_id": "c", "text": "\n\n".join(PARAGRAPHS), "outlet": "Herald"},
    {"article_id": "d", "text": "\n\n".join(PARAGRAPHS), "published": "2021-03-05"},
    {"article_id": "e", "text": "\n\n".join([*PARAGRAPHS[:2], *"xyz"])},
]


def test_a_copy_in_the_same_outlet_on_the_same_day_is_named(tmp_path):
    write(tmp_path, ROWS)
    ids, kinds = read(tmp_path)
    assert ids == ["a", "b", "c", "d", "e"]
    assert [one for one in kinds if one[1] == "duplicate"] == [("b", "duplicate")]


def test_copies_can_be_set_aside(tmp_path):
    write(tmp_path, ROWS)
    corpus = sayso.read(tmp_path)
    assert "b" in set(corpus.sentences.article_id)
    left = corpus.without_copies()
    assert list(left.articles.article_id) == ["a", "c", "d", "e"]
    assert "b" not in {*left.sentences.article_id, *left.notes.article_id}


@pytest.mark.parametrize(("copies", "told"), [(1, False), (2, True)])
def test_text_repeated_inside_an_article(copies, told):
    text = "\n\n".join(PARAGRAPHS * copies)
    assert bool(find_repeats(build_article(text, article_id="a"))) == told
