"""Exports of the tools that media researchers use, made by hand and read without options."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from sayso.article import Article
from sayso.reading import read_articles

FIRST = "The harbour board voted on Thursday to widen the channel, a step that many oppose."
SECOND = "“We had no choice,” said the mayor, Ann Müller, after a debate of six hours."
TEXT = f"{FIRST}\n\n{SECOND}"
TITLE, URL = "Board votes for a wider channel", "https://gazette.example/channel"

NEWS_PLEASE = {
    "authors": ["Ann Field", "Bo Lind"],
    "date_download": "2021-03-09 08:00:00",
    "date_modify": "2021-03-08 08:00:00",
    "date_publish": "2021-03-04 10:00:00",
    "description": "A step that many oppose.",
    "filename": "https%3A%2F%2Fgazette.example%2Fchannel.json",
    "image_url": "https://gazette.example/a.jpg",
    "language": "en",
    "localpath": None,
    "maintext": TEXT,
    "source_domain": "gazette.example",
    "text": None,
    "title": TITLE,
    "title_page": None,
    "title_rss": None,
    "url": URL,
}
NEWSPAPER4K = {
    "url": URL,
    "read_more_link": "",
    "language": "en",
    "title": TITLE,
    "top_image": "",
    "meta_img": "",
    "images": [],
    "movies": [],
    "keywords": ["channel"],
    "keyword_scores": {"channel": 1.5},
    "meta_keywords": [""],
    "tags": None,
    "authors": ["Ann Field", "Bo Lind"],
    "publish_date": "2021-03-04T10:00:00+00:00",
    "summary": "A step.",
    "meta_description": "A step.",
    "meta_lang": "en",
    "meta_favicon": "",
    "meta_site_name": "Gazette",
    "canonical_link": URL,
    "text": TEXT,
}
FUNDUS = {
    "title": TITLE,
    "body": {
        "summary": [],
        "sections": [{"headline": [], "paragraphs": [FIRST, SECOND]}],
    },
    "authors": ["Ann Field", "Bo Lind"],
    "publishing_date": "2021-03-04 10:00:00+01:00",
    "topics": [],
    "free_access": True,
}
NEWS_API = {
    "source": {"id": None, "name": "Gazette"},
    "author": "Ann Field, Bo Lind",
    "title": TITLE,
    "description": "A step that many oppose.",
    "url": URL,
    "urlToImage": None,
    "publishedAt": "2021-03-04T10:00:00Z",
    "content": f"{TEXT[:120]}… [+1234 chars]",
}
EVENT_REGISTRY = {
    "uri": "6501234567",
    "lang": "eng",
    "isDuplicate": False,
    "date": "2021-03-05",
    "time": "08:00:00",
    "dateTime": "2021-03-05T08:00:00Z",
    "dateTimePub": "2021-03-04T10:00:00Z",
    "dataType": "news",
    "sim": 0.5,
    "url": URL,
    "title": TITLE,
    "body": TEXT,
    "source": {"uri": "gazette.example", "dataType": "news", "title": "Gazette"},
    "authors": [
        {"uri": "ann_field@gazette.example", "name": "Ann Field", "type": "author"},
        {"uri": "bo_lind@gazette.example", "name": "Bo Lind", "type": "author"},
    ],
    "image": None,
    "eventUri": "eng-1",
    "sentiment": 0.1,
}
MEDIA_CLOUD = {
    "id": "a81",
    "indexed_date": "2021-03-06",
    "language": "en",
    "media_name": "gazette.example",
    "media_url": "gazette.example",
    "publish_date": "2021-03-04",
    "title": TITLE,
    "url": URL,
}
GDELT = {
    "url": URL,
    "url_mobile": "",
    "title": TITLE,
    "seendate": "20210304T101500Z",
    "socialimage": "",
    "domain": "gazette.example",
    "language": "English",
    "sourcecountry": "Norway",
}
AMCAT = {
    "_id": "Zk3",
    "date": "2021-03-04T00:00:00",
    "title": TITLE,
    "url": URL,
    "publisher": "Gazette",
    "author": "Ann Field, Bo Lind",
    "text": TEXT,
}
ZOTERO = {
    "Key": "QX7",
    "Item Type": "newspaperArticle",
    "Publication Year": "2021",
    "Author": "Field, Ann",
    "Title": TITLE,
    "Publication Title": "Gazette",
    "Url": URL,
    "Abstract Note": "A step.",
    "Date": "2021-03-04",
    "File Attachments": "channel.html",
}
LEXIS_NEXIS_TOOLS = {
    "ID": "1",
    "Source_File": "news.TXT",
    "Newspaper": "Gazette",
    "Date": "2021-03-04",
    "Length": "355 words",
    "Section": "NEWS",
    "Author": "Ann Field, Bo Lind",
    "Edition": "NA",
    "Headline": TITLE,
    "Graphic": "FALSE",
    "Article": TEXT,
}
QUANTEDA = {"doc_id": "news1.txt", "text": TEXT, "year": "2021"}


def as_csv(*rows, **dialect) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def read(folder: Path, name: str, content: str):
    (folder / name).write_text(content, encoding="utf-8", newline="")
    found = list(read_articles(folder))
    articles = [item for item in found if isinstance(item, Article)]
    return articles, [item for item in found if not isinstance(item, Article)]


WITH_TEXTS = {
    "news-please": ("a.json", json.dumps(NEWS_PLEASE, indent=4), "gazette.example"),
    "news-please lines": ("a.jsonl", json.dumps(NEWS_PLEASE), "gazette.example"),
    "news-please by pandas": ("a.csv", as_csv(NEWS_PLEASE), "gazette.example"),
    "newspaper4k": ("a.json", json.dumps(NEWSPAPER4K), "Gazette"),
    "newspaper4k array": ("a.json", json.dumps([NEWSPAPER4K]), "Gazette"),
    "newspaper4k by csv": ("a.csv", as_csv(NEWSPAPER4K), "Gazette"),
    "fundus": ("a.json", json.dumps([FUNDUS], indent=4), None),
    "fundus lines": ("a.jsonl", json.dumps(FUNDUS), None),
    "fundus with plaintext": ("a.json", json.dumps([FUNDUS | {"plaintext": TEXT}]), None),
    "Event Registry": (
        "a.json",
        json.dumps({"articles": {"results": [EVENT_REGISTRY], "totalResults": 1, "page": 1}}),
        "Gazette",
    ),
    "Event Registry lines": ("a.jsonl", json.dumps(EVENT_REGISTRY), "Gazette"),
    "AmCAT": ("a.csv", as_csv(AMCAT), "Gazette"),
    "AmCAT API": ("a.json", json.dumps({"results": [AMCAT], "meta": {"page": 0}}), "Gazette"),
    "LexisNexisTools": ("a.csv", as_csv(LEXIS_NEXIS_TOOLS, quoting=csv.QUOTE_ALL), "Gazette"),
    "LexisNexisTools in Europe": ("a.csv", as_csv(LEXIS_NEXIS_TOOLS, delimiter=";"), "Gazette"),
}


@pytest.mark.parametrize("tool", WITH_TEXTS)
def test_exports(tmp_path, tool):
    name, content, outlet = WITH_TEXTS[tool]
    (article,), notes = read(tmp_path, name, content)
    assert article.text == TEXT
    assert (article.headline, article.outlet) == (TITLE, outlet)
    assert article.author == "Ann Field, Bo Lind"
    assert (article.published.day, article.published.how) == (date(2021, 3, 4), "metadata")
    assert article.url in (URL, None)
    assert [note.kind for note in notes] == ["columns"]
    assert article.notes == ()


def test_captions_of_television(tmp_path):
    row = {
        "identifier-access": "https://archive.example/details/NEWS_20210304",
        "title": "Evening News",
        "start_localtime": "2021-03-04 18:00:00",
        "contributor": "WXYZ",
        "text": f">> {FIRST.lower()}",
    }
    (article,), _ = read(tmp_path, "a.csv", as_csv(row))
    assert (article.outlet, article.published.day) == ("WXYZ", date(2021, 3, 4))
    assert article.url == row["identifier-access"]


def test_quanteda(tmp_path):
    (article,), notes = read(tmp_path, "a.csv", as_csv(QUANTEDA))
    assert (article.article_id, article.text) == ("news1.txt", TEXT)
    assert "not used: 'year'" in notes[0].message


def test_what_newsapi_cut_is_told(tmp_path):
    answer = {
        "status": "ok",
        "totalResults": 40,
        "articles": [NEWS_API, NEWS_API | {"content": None}],
    }
    (article,), notes = read(tmp_path, "a.json", json.dumps(answer))
    assert (article.outlet, article.published.day) == ("Gazette", date(2021, 3, 4))
    assert [note.kind for note in article.notes] == ["cut"]
    empty, columns = notes
    assert "only a summary ('description')" in empty.message
    assert "1 of 2 records are articles" in columns.message


def without(row: dict, name: str) -> dict:
    return {key: value for key, value in row.items() if key != name}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", as_csv(MEDIA_CLOUD, MEDIA_CLOUD), "Media Cloud exports headlines and addresses"),
        ("a.json", json.dumps({"articles": [GDELT, GDELT]}), "GDELT lists the addresses"),
        ("a.csv", as_csv(GDELT, GDELT), "GDELT lists the addresses"),
        ("a.csv", as_csv(ZOTERO, ZOTERO, quoting=csv.QUOTE_ALL), "texts in attached files"),
        (
            "a.jsonl",
            "\n".join([json.dumps(without(EVENT_REGISTRY, "body"))] * 2),
            "left out 'body'",
        ),
        (
            "a.json",
            json.dumps([without(NEWS_API, "content")] * 2),
            "NewsAPI's 'content' is missing",
        ),
        ("a.json", json.dumps([without(FUNDUS, "body")] * 2), "fundus left out 'body'"),
        ("a.csv", as_csv(*[without(LEXIS_NEXIS_TOOLS, "Article")] * 2), "without its articles"),
        ("a.json", json.dumps([without(NEWSPAPER4K, "text")] * 2), "newspaper4k's 'text'"),
        (
            "a.json",
            json.dumps([without(without(NEWS_PLEASE, "maintext"), "text")] * 2),
            "news-please's 'maintext'",
        ),
    ],
)
def test_exports_without_texts_say_so(tmp_path, name, content, why):
    articles, (note,) = read(tmp_path, name, content)
    assert articles == []
    assert (note.level, note.kind, note.path) == ("error", "no text column", name)
    assert why in note.message and "none of its 2" in note.message


def test_a_list_of_zotero_beside_the_files_it_names(tmp_path):
    (tmp_path / "channel.txt").write_text(TEXT, encoding="utf-8")
    row = ZOTERO | {"File Attachments": "/home/ann/Zotero/storage/QX7/channel.txt"}
    (article,), notes = read(tmp_path, "articles.csv", as_csv(row))
    assert (article.outlet, article.author) == ("Gazette", "Field, Ann")
    assert notes == []
