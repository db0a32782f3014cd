"""What holds of every corpus, whatever its articles are: a line for each thing that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.stress.written import Written
from sayso.corpus import Corpus
from sayso.extract import BROKEN
from sayso.tables.columns import schema
from sayso.tables.extracted import TABLES
from sayso.tables.verify import find_faults

ONE = re.compile(r": (?:sheet '.*?': )?(?:row|line|record) [\d.]+ ")
MORE = re.compile(r": (?:sheet '.*?': )?(\d+) (?:more )?(?:row|line|record)s?\b(?!.*articles$)")
FAULT = re.compile(r"\b[A-Z]\w*(?:Error|Exception)\b")


def lost_articles(corpus: Corpus, written: Written, folder: Path) -> Iterator[str]:
    """Return the files of which fewer articles were read or told of than there are in them."""
    articles, notes = corpus.articles, corpus.notes
    for path, number in written.items():
        place = path.relative_to(folder).as_posix()
        within = articles["path"].str.startswith(f"{place}/") | articles["path"].eq(place)
        own = notes["path"].fillna("")
        told = notes[own.eq(place) | own.str.startswith(f"{place}/")]
        untold = told[told["article_id"].isna() & (told["level"] != "warning")]
        n_told = sum(map(_n_told, untold["message"]))
        if within.sum() + n_told < number:
            yield f"lost: {place} has {number} articles, {within.sum()} rows and {n_told} told"


def _n_told(message: str) -> int:
    """Return of how many articles a note tells that they are not read."""
    if found := MORE.search(message):
        return int(found[1])
    if found := re.search(r"none of its (\d+) \w+s is read", message):
        return int(found[1])
    return 0 if " columns used: " in message else 1


def read_or_told(corpus: Corpus, written: Written, folder: Path) -> Iterator[str]:
    """Return the files of which neither an article nor a note is there."""
    places = [*corpus.articles["path"], *corpus.notes["path"].dropna()]
    for path in written:
        place = path.relative_to(folder).as_posix()
        if not any(one == place or one.startswith(f"{place}/") for one in places):
            yield f"lost: nothing is told of {place}"


def broken(corpus: Corpus, *, damaged: bool) -> Iterator[str]:
    """Return the faults of code that notes tell of; a damaged file may make its parser fail."""
    for note in corpus.notes.itertuples():
        is_fault = note.kind in (BROKEN, "unreadable article")
        if is_fault or (not damaged and note.level == "error" and FAULT.search(note.message)):
            yield f"broken: {note.message}"


def unfit_rows(corpus: Corpus) -> Iterator[str]:
    """Return the rows that do not fit their table, their article or each other."""
    tables = {name: getattr(corpus, name) for name in TABLES}
    yield from find_faults(tables)
    for name, table in tables.items():
        try:
            schema(TABLES[name]).validate(table)
        except Exception as error:
            yield f"{name} does not fit its schema: {' '.join(str(error).split())[:300]}"
    quotes, dates = tables["quotes"], tables["dates"]
    yield from _unknown(dates["anchor"].dropna(), {"published", *dates["date_id"]}, "dates.anchor")
    yield from _unknown(tables["blames"]["voice"], {"outlet", *quotes["quote_id"]}, "blames.voice")
    ends = tables["sentences"].groupby("article_id")["end"].shift()
    if (tables["sentences"]["start"] < ends).any():
        yield "sentences overlap"


def _unknown(values: pd.Series, known: set[str], what: str) -> Iterator[str]:
    for value in values[~values.isin(known)].head(3):
        yield f"{what} names '{value}', which is not there"
