"""From notebooks that have run to the pages of a report, which lead to each other.

The pages are made anew each time, as what stands on one depends on the others: the next page, the
rows that lead to an article, the first finding of each notebook.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.paths import write_whole
from sayso.report.pages.files import write_table
from sayso.report.pages.page import folded, page, region
from sayso.report.pages.places import Place, Places
from sayso.report.pages.sections import Block, Section, read_sections
from sayso.show.html import escape
from sayso.show.table import Table

PLACE = re.compile(r'<cite data-place="([^"]*)" data-start="(\d*)">(.*?)</cite>', re.DOTALL)
NOTEBOOK = re.compile(r'href="([\w-]+)\.ipynb')
HEADS = re.compile(r"<(/?)h[1-6]\b")
OPENING = "What this corpus shows"  # the heading of a notebook's findings
BRIEF = 160  # characters of an explanation that stands unfolded


@dataclass(frozen=True, slots=True)
class Finding:
    """What the index tells of a page: its first finding, and its first picture as an image."""

    words: str
    image: str


class NotebookPage:
    """The page of a notebook; making it writes its tables to ``folder``/tables."""

    def __init__(self, name: str, notebook: Any, places: Places, folder: Path) -> None:
        self.name, self.places, self.folder = name, places, folder
        self.file = f"{name}.html"
        self.sections, self.gone = read_sections(notebook)
        self.title = self.sections[0].title or name
        self.n_anchors = 0
        self.tables: list[str] = []

    def finding(self) -> Finding:
        """Return the first finding in words, and the first picture.

        The words are the first that were computed under ``OPENING``, else the title of the picture,
        else the first of all.
        """
        blocks = [block for section in self.sections for block in section.blocks]
        opening = [b for one in self.sections if one.title == OPENING for b in one.blocks]
        pictures = [block for block in blocks if block.kind == "picture"]
        said = [
            block.words.splitlines()[0].removeprefix("- ")
            for block in opening
            if block.kind == "words" and block.words
        ]
        said += [re.split(r"\.\s", block.words)[0] + "." for block in pictures[:1]]
        said += [block.words for block in blocks if block.kind == "words"]
        return Finding(said[0] if said else "", _image(pictures[0]) if pictures else "")

    def frames(self) -> list[dict[str, Any]]:
        """Return the frames in articles that the notebook found."""
        blocks = (block for section in self.sections for block in section.blocks)
        return [frame for block in blocks for frame in block.frames]

    def write(self, before: NotebookPage | None, after: NotebookPage | None) -> None:
        """Write the page, with links to those before and after it."""
        nav = ['<a href="index.html">All reports</a>']
        nav += [f'<a href="{n.file}">{_way(n, "←")}</a>' for n in [before] if n]
        nav += [f'<a href="{n.file}">{_way(n, "→")}</a>' for n in [after] if n]
        links = "\n".join(nav)
        foot = f'<nav class="top" aria-label="More pages">{links}</nav>'
        text = page(self.title, f"{self._body()}\n{foot}", nav=links)
        write_whole(self.folder / self.file, text)

    def _body(self) -> str:
        top, *rest = self.sections
        intro = [block for block in top.blocks if block.kind == "prose"]
        question, _, about = (intro[0].html if intro else "").partition("</p>")
        computed = [self._block(b) for b in top.blocks if b.kind != "prose"]
        findings = [section for section in rest if not section.folded]
        parts = [f"<h1>{escape(self.title)}</h1>"]
        parts += [question.replace("<p>", '<p class="lead">', 1) + "</p>"] if question else []
        parts += [*computed[:1], _contents(findings), *computed[1:]]
        parts += [self._section(section) for section in findings]
        if self.gone:
            parts.append(f'<p class="muted">Nothing to tell: {escape("; ".join(self.gone))}</p>')
        more = [block.html for block in intro[1:]]
        parts.append(
            folded("About this page", "\n" + about + "\n".join(more)) if about or more else ""
        )
        parts += [folded(s.title, "\n" + self._blocks(s), _slug(s)) for s in rest if s.folded]
        return "\n".join(filter(None, parts))

    def _section(self, section: Section) -> str:
        level, blocks = section.level, self._blocks(section)
        return f'<h{level} id="{_slug(section)}">{escape(section.title)}</h{level}>\n{blocks}'

    def _blocks(self, section: Section) -> str:
        """Return the blocks of a section; what explains others is folded below these."""
        parts, explains = [], False
        for block in section.blocks:
            made = self._block(block)
            if block.kind == "prose" and explains and len(block.words) > BRIEF:
                summary = "<summary>How to read this</summary>"
                made = f'<details class="how">{summary}{made}</details>'
            parts.append(made)
            explains = block.kind != "prose"
        return "\n".join(parts)

    def _block(self, block: Block) -> str:
        if block.table:
            return self._table(block.table)
        if block.kind == "picture":
            return _figure(block)
        if block.kind == "prose":
            return NOTEBOOK.sub(r'href="\1.html', block.html)
        wide = f' role="region" tabindex="0" aria-label="{escape(block.words[:80])}"'
        markup = HEADS.sub(r"<\1h3", self._cited(block.html))
        return f'<div class="out"{wide if "<table" in markup else ""}>{markup}</div>'

    # --- what leads to articles ---------------------------------------------------------------

    def _cited(self, markup: str) -> str:
        """Return HTML whose references to places in articles are links."""

        def link(match: re.Match) -> str:
            article_id = html.unescape(match[1])
            if self.places.article(article_id) is None:
                return match[0]
            place = Place(article_id, int(match[2]) if match[2] else None)
            self.n_anchors += 1
            own = f"c{self.n_anchors}"
            self.places.lead(place, f"{self.file}#{own}", f"{self.title}")
            return f'<a id="{own}" href="{escape(self.places.link(place))}">{match[3]}</a>'

        return PLACE.sub(link, markup)

    def _table(self, table: Table) -> str:
        """Return a table that leads to articles, with links to its files."""
        self.n_anchors += 1
        own = f"t{self.n_anchors}"
        words = f"{self.title}: {table.caption or 'table'}"
        found = [self.places.of_row(table, row) for row in table.rows[: table.shown]]
        for number, place in enumerate(found, start=1):
            if place:
                self.places.lead(place, f"{self.file}#{own}-{number}", words)
        markup = table.markup(own, self._cells(table, found), ("article", "article_id"))
        self.tables.append(f"{self.name}-{own}")
        write_table(table, self.folder / "tables" / self.tables[-1])
        size = "" if table.n_rows <= table.shown else f" of all {table.n_rows:,} rows"
        if len(table.rows) < table.n_rows:
            size = f" of the first {len(table.rows):,} of {table.n_rows:,} rows"
        kinds = ", ".join(
            f'<a href="tables/{self.name}-{own}.{kind}" download>{kind.upper()}</a>'
            for kind in ("csv", "xlsx")
        )
        shown = region(escape(table.caption or "Table"), markup)
        return f'{shown}\n<p class="files">{kinds}{size}</p>'

    def _cells(self, table: Table, found: Sequence[Place | None]):
        """Return what makes the cells that lead to an article: its name, else the row's end."""

        def cell(number: int, name: str) -> str:
            place, value = found[number], table.rows[number][table.names.index(name)]
            own = self.places.article(value) if name.startswith("article") else None
            if own:
                at = place if place and place.article_id == own else Place(own)
                return self._link(at, self.places.name(own))
            if name == table.names[-1] and place and not names_one:
                text = escape(table.texts(table.rows[number])[-1])
                return f"{text} {self._link(place, self.places.name(place.article_id))}"
            return ""

        names_one = any(name.startswith("article") for name in table.names)
        return cell

    def _link(self, place: Place, words: str) -> str:
        return f'<a href="{escape(self.places.link(place))}">{escape(words)}</a>'


def _way(neighbour: NotebookPage, arrow: str) -> str:
    words = escape(neighbour.title)
    return f"{arrow} {words}" if arrow == "←" else f"{words} {arrow}"


def _contents(sections: Sequence[Section]) -> str:
    if len(sections) < 2:
        return ""
    links = "".join(
        f'<li><a href="#{_slug(section)}">{escape(section.title)}</a></li>'
        for section in sections
        if section.level == 2
    )
    return f'<nav class="contents" aria-label="Contents"><ol>{links}</ol></nav>'


def _slug(section: Section) -> str:
    """Return a heading as notebooks link to it."""
    return escape(section.title.replace(" ", "-"))


def _figure(block: Block) -> str:
    if block.html.startswith("<svg"):
        words = escape(" ".join(block.words.split()))
        return f'<figure role="img" aria-label="{words}">{block.html}</figure>'
    return f"<figure>{block.html}</figure>"


def _image(block: Block) -> str:
    """Return a picture as a small image without words: what it shows is told beside it."""
    if not block.html.startswith("<svg"):
        return re.sub(r' alt="[^"]*"', ' alt=""', block.html)
    coded = base64.b64encode(block.html.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{coded}" alt="">'
