"""From a row of a table to the sentence behind it, and from there to its page in the report."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from sayso.analyze.passages import sentence_spans, short_ids
from sayso.show.html import citation

if TYPE_CHECKING:
    from sayso.corpus import Corpus
    from sayso.show.table import Table

NAMES = ("article", "article_id", "article_id_a", "article_id_b")  # columns that name articles
# Columns that hold words of an article, the surest first.
TEXTS = ("sentence", "content", "words", "evidence", "statement", "body", "headline", "subhead")
TEXTS = (*TEXTS, "speaker_mention", "issue", "surface")
# What a citation is made of, beside the id.
CITED = ("article_id", "outlet", "headline", "published", "published_precision", "text")
LEAST, ALONE = 4, 30  # characters that words must have to be looked for, and in all articles
UNSAFE = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """An article, and where in its text something stands, if that is known."""

    article_id: str
    start: int | None = None


class Places:
    """The articles of a corpus as pages with sentences, and what in the report leads to each.

    ``led`` gathers, by article and sentence, the links to the rows that lead there.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.articles = articles = corpus.facts
        self.sentences = sentence_spans(corpus.table("sentences", ["article_id", "start", "end"]))
        self.led: dict[tuple[str, str], dict[str, str]] = {}
        self._texts: dict[str, _Words] = {}
        self._names: dict[str, str] = {}
        for part in corpus.parts():
            for row in part.table("articles", CITED).itertuples():
                self._texts[row.article_id] = _Words(row.text)
                self._names[row.article_id] = citation(row)
        self._outlets = articles.set_index("article_id")["outlet"].to_dict()
        self._ids = {name: whole for whole, name in short_ids(articles).items()}
        self._ids |= {whole: whole for whole in articles["article_id"]}

    def name(self, article_id: str) -> str:
        """Return outlet, date and headline."""
        return self._names[article_id]

    def article(self, value: Any) -> str | None:
        """Return the id of the article that a value names, or None."""
        return self._ids.get(value) if isinstance(value, str) else None

    def anchor(self, place: Place) -> str:
        """Return what the sentence at a place is called on the page of its article, '' if none."""
        if place.start is None:
            return ""
        cut = self.sentences.get(place.article_id, [])
        number = bisect_right(cut, (place.start, float("inf"))) - 1
        return f"s{number + 1}" if number >= 0 and place.start < cut[number][1] else ""

    def link(self, place: Place) -> str:
        """Return the address of a place, seen from the pages of the report."""
        anchor = self.anchor(place)
        return f"articles/{file_name(place.article_id)}" + (f"#{anchor}" if anchor else "")

    def lead(self, place: Place, address: str, words: str) -> None:
        """Note that the row at an address leads to a place."""
        self.led.setdefault((place.article_id, self.anchor(place)), {})[address] = words

    def of_row(self, table: Table, row: list[Any]) -> Place | None:
        """Return where in an article the words of a row stand, or the article that it names."""
        values = dict(zip(table.names, row, strict=True))
        article_id = next(filter(None, (self.article(values.get(name)) for name in NAMES)), None)
        needles = [words for words in _needles(values) if article_id or len(words[0]) >= ALONE]
        candidates = [article_id] if article_id else self._candidates(values.get("outlet"))
        for needle, ahead in needles:
            for candidate in candidates:
                if (start := self._texts[candidate].find(needle, ahead)) is not None:
                    return Place(candidate, start)
        return Place(article_id) if article_id else None

    def _candidates(self, outlet: Any) -> Iterator[str]:
        known_outlet = outlet in self._outlets.values()
        return [i for i, own in self._outlets.items() if not known_outlet or own == outlet]


def file_name(article_id: str) -> str:
    """Return what the page of an article is called: its id, made safe and distinct for any disk."""
    safe = UNSAFE.sub("-", article_id.lower())[:60].strip("-.")
    if safe != article_id or safe == "index":
        safe = f"{safe or 'article'}-{hashlib.sha256(article_id.encode()).hexdigest()[:8]}"
    return f"{safe}.html"


class _Words:
    """A text on one line, as tables show it, that tells where in the text its words stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line: str | None = None

    def find(self, words: str, ahead: int) -> int | None:
        """Return where in the text stands what is ``ahead`` characters into these words."""
        if self._line is None:
            found = list(re.finditer(r"\S+", self._text))
            self._starts = [match.start() for match in found]
            self._line = " ".join(match.group() for match in found)
            self._on_line = [0, *accumulate(len(match.group()) + 1 for match in found[:-1])]
        at = self._line.find(words)
        if at < 0:
            return None
        token = bisect_right(self._on_line, at + ahead) - 1
        return self._starts[token] + at + ahead - self._on_line[token]


def _needles(values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the words of a row that may stand in an article, the surest first, and an offset."""
    names = list(values)
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    if "before" in names and (own := names[names.index("before") + 1]) in texts:
        before = (texts.get("before") or "").removeprefix("… ")
        after = (texts.get("after") or "").removesuffix(" …")
        for joined in (f"{before} {texts[own]} {after}", f"{before}{texts[own]}{after}"):
            yield joined.strip(), joined.strip().find(texts[own])
        yield texts[own], 0
    for name in TEXTS:
        words = texts.get(name, "").split(" ... ")[0]
        if len(words) >= LEAST:
            yield words, 0
