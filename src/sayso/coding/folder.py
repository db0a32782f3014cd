"""The folder that goes out to coders: the design, and for each of them pages and sheets."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sayso.coding import design, sheet
from sayso.coding.items import counted, items
from sayso.coding.page import page
from sayso.show.html import escape, known

PLAIN_NAME = re.compile(r"\w[\w-]{0,40}")


def names(coders: str | int | Sequence[str]) -> list[str]:
    """Return the names of coders: ``2`` is coder1 and coder2, 'anna,ben' are two.

    Raises
    ------
    ValueError
        If a name is no plain word, or two are the same: each is the name of a folder.
    """
    if isinstance(coders, str) and not coders.strip().isdigit():
        coders = coders.split(",")
    if isinstance(coders, (str, int)):
        coders = [f"coder{number}" for number in range(1, int(coders) + 1)]
    told = [name.strip() for name in coders]
    odd = [name for name in told if not PLAIN_NAME.fullmatch(name)]
    if odd or not told or len({name.casefold() for name in told}) < len(told):
        raise ValueError(
            f"coders are given as a number or as different plain words, not '{coders}'"
        )
    return told


def write(
    folder: str | Path,
    drawn: pd.DataFrame,
    articles: pd.DataFrame,
    quotes: pd.DataFrame,
    coders: Sequence[str],
) -> Path:
    """Write a design with its pages and sheets, an ``index.html`` for each coder.

    Excel files are written where openpyxl is installed. The folder must be new or empty: codings
    that are there are nobody's to overwrite (FileExistsError).
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty: codings may be in it; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    rows = articles.set_index("article_id", drop=False)
    quotes = counted(quotes)
    chosen = drawn[drawn["drawn"]]
    width = len(str(len(chosen)))
    for coder in coders:
        (folder / coder).mkdir()
        listed = []
        for number, one in enumerate(chosen.itertuples(), 1):
            file = f"{number:0{width}}-{re.sub(r'[^A-Za-z0-9._-]+', '_', one.article_id)[:60]}"
            row = rows.loc[one.article_id]
            own = quotes[quotes["article_id"] == one.article_id]
            found = (
                []
                if one.blind
                else list(zip(own["quote_id"], items(row["text"], own), strict=True))
            )
            _write_article(folder / coder / file, row, found, coder, one.blind)
            listed.append((f"{file}.html", known(row["headline"], one.article_id)))
        _put(folder / coder / "index.html", _index(coder, listed))
    design.save(drawn, folder)
    return folder


def _write_article(path: Path, row: pd.Series, found: list, coder: str, blind: bool) -> None:
    told = {name: known(row[name], "") for name in ("article_id", "sha256", "text")}
    told["headline"] = known(row["headline"], row["article_id"])
    told["outlet"] = known(row["outlet"], "outlet unknown")
    made = page(told, found, coder=coder, blind=blind, file=path.name)
    _put(path.with_name(f"{path.name}.html"), made)
    rows = sheet.rows(row["article_id"], row["text"], row["sha256"], found)
    # The mark at the beginning tells Excel that it is UTF-8.
    _put(path.with_name(f"{path.name}.csv"), "\ufeff" + sheet.write_csv(rows))
    if importlib.util.find_spec("openpyxl"):
        sheet.write_xlsx(rows, path.with_name(f"{path.name}.xlsx"))


def _index(coder: str, listed: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<li><a href="{escape(file)}">{escape(name)}</a></li>' for file, name in listed
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Articles to code: {coder}</title></head>\n<body><h1>Articles to code: {coder}</h1>"
        "<p>Each page keeps what you do in this browser. When an article is done, export it and put"
        f" the file into this folder. A sheet (xlsx or csv) does as well.</p><ol>{links}</ol>"
        "</body></html>\n"
    )


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
