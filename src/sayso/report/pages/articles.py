"""One page an article: its text with layers to switch on, and the rows that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sayso.paths import OWN_PAGE, write_whole
from sayso.report.pages.page import own_file, page, region
from sayso.report.pages.places import Places, file_name
from sayso.show.html import count, escape, known, published_words, short
from sayso.show.viewer import (
    Label,
    Mark,
    Wrap,
    by_class,
    facts,
    highlight,
    layer_rules,
    marks,
    quote_table,
)

if TYPE_CHECKING:
    from sayso.corpus import Corpus

BOXES = {
    "quotes": ("quote", "nested", "direct", "mixed", "indirect"),
    "speakers": ("speaker", "cue"),
    "dates": ("date",),
    "blame": ("blame",),
    "frames": ("frame",),
    "aside": ("boilerplate",),
}
ON = ("quotes", "speakers", "aside")
TABLES = ("quotes", "dates", "blames")
LIST = "index.html"


def write_articles(
    folder: Path, corpus: Corpus, places: Places, frames: Sequence[dict[str, Any]]
) -> None:
    """Write the page of each article, and the list of all; pages of other articles are removed.

    ``frames`` are the rows of :class:`sayso.show.framing.Evidence`.
    """
    folder.mkdir(exist_ok=True)
    framed: dict[str, list[dict[str, Any]]] = {}
    for frame in frames:
        framed.setdefault(frame["article_id"], []).append(frame)
    led: dict[str, dict[str, dict[str, str]]] = {}
    for (article_id, anchor), rows in places.led.items():
        led.setdefault(article_id, {})[anchor] = rows
    written = {LIST}
    ids = places.articles["article_id"].to_list()
    for number, (row, own) in enumerate(_rows(corpus)):
        body = _Article(
            row, own, framed.get(row.article_id, []), led.get(row.article_id, {}), places
        )
        near = [("Previous article", ids[number - 1 : number] if number else [])]
        near += [("Next article", ids[number + 1 : number + 2])]
        links = [f'<a href="{file_name(i)}">{words}</a>' for words, one in near for i in one]
        nav = ['<a href="../index.html">All reports</a>', f'<a href="{LIST}">All articles</a>']
        name, style = file_name(row.article_id), own_file("article.css") + layer_rules(BOXES)
        text = page(
            places.name(row.article_id), body.markup(), nav="\n".join(nav + links), style=style
        )
        write_whole(folder / name, text)
        written.add(name)
    write_whole(folder / LIST, page("Articles", _list(corpus, places), nav=nav[0]))
    for path in folder.glob("*.html"):
        if path.name not in written and OWN_PAGE in path.read_text("utf-8", errors="replace"):
            path.unlink()


def _rows(corpus: Corpus) -> Iterator[tuple[Any, dict[str, pd.DataFrame]]]:
    """Yield each article with its rows of ``TABLES``."""
    for part in corpus.parts():
        tables = {name: part.table(name) for name in TABLES}
        found = {name: dict(list(table.groupby("article_id"))) for name, table in tables.items()}
        for row in part.table("articles").itertuples():
            own = {name: found[name].get(row.article_id, tables[name].iloc[:0]) for name in TABLES}
            yield row, own


class _Article:
    """What a page tells of an article."""

    def __init__(
        self,
        row: Any,
        tables: dict[str, pd.DataFrame],
        frames: list[dict[str, Any]],
        led: dict[str, dict[str, str]],
        places: Places,
    ) -> None:
        self.row, self.tables, self.frames, self.led = row, tables, frames, led
        self.cut = places.sentences.get(row.article_id, [])

    def markup(self) -> str:
        """Return the page's main part."""
        row = pd.Series(self.row._asdict())
        found, labels = marks(row, *(self.tables[name] for name in TABLES))
        found += [mark for frame in self.frames for mark in _frame_marks(frame)]
        labels += [_frame_label(frame) for frame in self.frames]
        text = highlight(row["text"], found, labels, wraps=list(self._wraps()), look=by_class)
        return "\n".join(
            (
                f"<h1>{escape(known(row['headline'], '(no headline)'))}</h1>",
                f"<p>{facts(row)}</p>",
                self._layers(),
                f'<div class="marked">{text}</div>',
                region("Quotes", quote_table(self.tables["quotes"])),
                self._rows(),
            )
        )

    def _layers(self) -> str:
        sizes = {
            "quotes": len(self.tables["quotes"]),
            "dates": len(self.tables["dates"]),
            "blame": len(self.tables["blames"]),
            "frames": len(self.frames),
            "aside": len(self.row.boilerplate),
        }
        boxes = []
        for layer in BOXES:
            if sizes.get(layer) == 0:
                continue
            words = "what is set aside" if layer == "aside" else layer
            size = f" ({sizes[layer]:,})" if layer in sizes else " and cues"
            on = " checked" if layer in ON else ""
            box = f'<input type="checkbox" id="layer-{layer}"{on}>'
            boxes.append(f"<label>{box} {words}{size}</label>")
        return f'<fieldset class="layers"><legend>Mark</legend>{"".join(boxes)}</fieldset>'

    def _wraps(self) -> Iterator[Wrap]:
        for number, (start, end) in enumerate(self.cut, start=1):
            rows = self.led.get(f"s{number}", ())
            tail = ""
            if rows:
                words = f"{count(len(rows), 'row')} of tables with this sentence"
                link = f'href="#rows-s{number}" aria-label="{words}" title="{words}"'
                tail = f'<sup><a class="led" {link}>{len(rows)}</a></sup>'
            yield Wrap(start, end, f'<span class="s" id="s{number}">', f"{tail}</span>")

    def _rows(self) -> str:
        """Return the rows of tables that lead to the article, sentence by sentence."""
        items = []
        for anchor in sorted(self.led, key=lambda name: int(name[1:] or 0)):
            links = [
                f'<a href="../{escape(address)}">{escape(words)}</a>'
                for address, words in self.led[anchor].items()
            ]
            words = "the article"
            if anchor:
                start, end = self.cut[int(anchor[1:]) - 1]
                said = short(self.row.text[start:end], 90)
                words = f'<a href="#{anchor}">{escape(said)}</a>'
            items.append(
                f'<li id="rows-{anchor}">{words}<br><small>{"; ".join(links)}</small></li>'
            )
        if not items:
            return "<p>No row of a table leads here.</p>"
        return f"<h2>In the tables of this report</h2>\n<ol>{chr(10).join(items)}</ol>"


def _frame_marks(frame: dict[str, Any]) -> Iterator[Mark]:
    for start, end in frame["spans"]:
        yield Mark(start, end, "frame", f"cue of the frame {frame['frame']}")


def _frame_label(frame: dict[str, Any]) -> Label:
    title = f"frame {frame['frame']}, in the words of {frame['voice']}"
    return Label(frame["start"], frame["frame"], title, "frame")


def _list(corpus: Corpus, places: Places) -> str:
    """Return the list of all articles, by outlet, date and headline."""
    quotes = corpus.table("quotes", ["article_id"])["article_id"].value_counts()
    rows = []
    order = places.articles.sort_values(["outlet", "published", "headline"], kind="stable")
    for row in order.itertuples():
        headline = escape(known(row.headline, places.name(row.article_id)))
        cells = (
            escape(known(row.outlet, "unknown")),
            published_words(row) or "undated",
            f'<a href="{file_name(row.article_id)}">{headline}</a>',
            f"{row.n_words:,}",
            f"{quotes.get(row.article_id, 0):,}",
        )
        rows.append(f"<tbody><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></tbody>")
    names = ("outlet", "published", "headline", "words", "quotes")
    head = "".join(f"<th>{name}</th>" for name in names)
    table = f"<table><thead><tr>{head}</tr></thead>\n{chr(10).join(rows)}</table>"
    return f"<h1>{count(len(rows), 'article')}</h1>\n{region('All articles', table)}"
