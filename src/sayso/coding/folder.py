"""The folder that goes out to coders: the design, and for each of them pages and sheets."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sayso.coding import design, sheet
from sayso.coding.counts import beside
from sayso.coding.formats import TOOLS, write_documents
from sayso.coding.gain import extended
from sayso.coding.items import LAYERS, Document, counted, found_tables, in_order, items, suggested
from sayso.coding.page import page
from sayso.show.html import escape, known

PLAIN_NAME = re.compile(r"\w[\w-]{0,40}")


@dataclass(frozen=True)
class Plan:
    """What is drawn, and what coders get.

    ``by``, ``allocation`` and ``seed`` are told at :func:`sayso.coding.design.draw`; ``coders`` are
    names or how many there are; ``blind`` ('none', 'half', 'all') of the articles come without
    suggestions; ``ask`` names what is coded, with commas between: quotes, blames, frames or
    frames:CODEBOOK; ``tools`` are programs that files are written for as well ('brat,refi').
    ``more`` is a folder of codings that is drawn on: it is copied, and what is asked, by whom and
    in which strata is as it was there.
    """

    by: str = "outlet"
    coders: str | int | Sequence[str] = 1
    blind: str = "half"
    allocation: str = "proportional"
    seed: int = 1
    ask: str = "quotes"
    tools: str = ""
    more: str = ""


def listed(words: str, allowed: Sequence[str], what: str) -> list[str]:
    """Return words that commas part; raise ValueError for one that is not allowed."""
    told = [word.strip() for word in words.split(",") if word.strip()]
    for word in told:
        if word.partition(":")[0] not in allowed:
            raise ValueError(f"{what} '{word}' is none of {', '.join(allowed)}")
    return list(dict.fromkeys(told))


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
    odd = [n for n in told if not PLAIN_NAME.fullmatch(n) or n in (design.TOOLS, "settled")]
    if odd or not told or len({name.casefold() for name in told}) < len(told):
        raise ValueError(
            f"coders are given as a number or as different plain words, not '{coders}'"
        )
    return told


def sample(news: Any, out: str | Path, articles: int, plan: Plan) -> pd.DataFrame:
    """Draw articles of a corpus and write what coders need to a new folder; return the design.

    Raises ValueError for a plan that cannot be, FileExistsError for a folder that is not empty.
    """
    folder, tools = Path(out), listed(plan.tools, list(TOOLS), "the format")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty: codings may be in it; name another folder")
    drawn, tables, new = _drawn(news, articles, plan)
    if plan.more:
        shutil.copytree(plan.more, folder, dirs_exist_ok=True)
    found = dict(list(suggested(tables).groupby("article_id")))
    chosen = news.articles.set_index("article_id", drop=False).loc[new["article_id"]]
    blind = set(new.loc[new["blind"], "article_id"])
    own = [found.get(n) if n not in blind else None for n in chosen.index]
    told = [
        [] if f is None else list(zip(f["id"], items(text, f), strict=True))
        for text, f in zip(chosen["text"], own, strict=True)
    ]
    frames = list(dict.fromkeys(tables["frames"]["frame"])) if "frames" in tables else []
    asked = {name: frames if name == "frames" else () for name in tables}
    coders = names(plan.coders) if not plan.more else sorted(set(drawn["lead"]) - {""})
    for coder in coders:
        _write_coder(folder / coder, chosen, told, blind, asked)
    pairs = zip(chosen.index, chosen["text"], told, strict=True)
    documents = [Document(n, text, tuple(in_order(q for _, q in f))) for n, text, f in pairs]
    for tool in tools:
        (folder / design.TOOLS / tool).mkdir(parents=True, exist_ok=True)
        for name, content in write_documents(tool, documents).items():
            (folder / design.TOOLS / tool / name).write_bytes(content)
    design.save(drawn, folder)
    return drawn


def _drawn(news: Any, n: int, plan: Plan) -> tuple[pd.DataFrame, dict, pd.DataFrame]:
    """Return the design, the tables that coders are asked about, and the rows newly drawn."""
    rows = news.articles
    if plan.more:
        codings = news.with_codings(plan.more).codings
        tables = found_tables(news, codings.asked)
        drawn = extended(codings, beside(codings, tables, rows), n)
        before = codings.design["drawn"].to_numpy()
        return drawn, tables, drawn[drawn["drawn"] & ~before]
    asked = listed(plan.ask, list(LAYERS), "what coders are asked,") or ["quotes"]
    options = {"by": plan.by, "allocation": plan.allocation, "seed": plan.seed}
    drawn = design.draw(rows, counted(news.quotes), n, **options)
    drawn = design.assign(drawn, names(plan.coders), plan.blind, plan.seed)
    tables = found_tables(news, dict(word.partition(":")[::2] for word in asked))
    return drawn.assign(asked=";".join(asked)), tables, drawn[drawn["drawn"]]


def _write_coder(
    folder: Path, chosen: pd.DataFrame, told: list, blind: set[str], asked: Mapping
) -> None:
    """Write a page and sheets for each article; Excel files where openpyxl is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    width, files = len(str(len(chosen))), []
    for number, (name, found) in enumerate(zip(chosen.index, told, strict=True), 1):
        file = f"{number:0{width}}-{re.sub(r'[^A-Za-z0-9._-]+', '_', name)[:60]}"
        row = chosen.loc[name]
        options = {"coder": folder.name, "blind": name in blind, "asked": asked}
        _write_article(folder / file, row, found, options)
        files.append((f"{file}.html", known(row["headline"], name)))
    before = len(list(folder.glob("index*.html")))
    name = f"index{before + 1}.html" if before else "index.html"
    _put(folder / name, _index(folder.name, files))


def _write_article(path: Path, row: pd.Series, found: list, options: dict) -> None:
    told = {name: known(row[name], "") for name in ("article_id", "sha256", "text")}
    told["headline"] = known(row["headline"], row["article_id"])
    told["outlet"] = known(row["outlet"], "outlet unknown")
    made = page(told, found, file=path.name, **options)
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
