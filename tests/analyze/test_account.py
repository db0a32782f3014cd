"""The account of what was read."""

from __future__ import annotations

import pandas as pd

from sayso.analyze.account import Account

ARTICLES = pd.DataFrame(
    {
        "n_words": [120, 80, 45],
        "path": ["a.txt", "b.zip/1.docx", "b.zip/2.docx"],
        "outlet": ["Harbour Gazette", None, "Harbour Gazette"],
        "published_how": ["dateline", "unknown", "metadata"],
        "language": ["en", "en", None],
    }
)
NOTES = pd.DataFrame(
    {
        "level": ["note", "error", "warning", "warning"],
        "kind": ["columns", "unreadable file", "duplicate", "duplicate"],
        "message": ["t.csv: 2 columns", "x.pdf: it is locked", "a: copy of b", "c: copy of b"],
    }
)


def told() -> list[str]:
    account = Account()
    account.add_articles(ARTICLES.itertuples())
    account.add_notes(NOTES.itertuples())
    return str(account).splitlines()


def test_articles_are_counted_by_format_outlet_date_and_language():
    lines = told()
    assert lines[0] == "articles   3 (245 words) in files: 2 .docx, 1 .txt"
    assert lines[1] == "outlets    Harbour Gazette 2, without an outlet 1"
    assert lines[2].endswith("1 undated")
    assert lines[3] == "languages  en 2, not told 1"


def test_the_worst_notes_come_first_and_what_mends_them_last():
    lines = told()
    assert lines[4] == "error      1 x unreadable file; x.pdf: it is locked"
    assert lines[5] == "warning    2 x duplicate; the first: a: copy of b"
    assert lines[6].startswith("note       1 x columns")
    assert [line.split()[2] for line in lines[7:]] == ["1", "1", "articles"]


def test_nothing_read():
    assert str(Account()).splitlines()[0] == "articles   0 (0 words) in files: none"
