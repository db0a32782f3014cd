"""A notebook that has run, as the sections of a page: findings first, what found nothing left out.

What stands under a heading is a section. Sections that say what words mean, and the limits,
literature and provenance, are folded; so is what explains a table, below it. A section whose tables
and pictures are all empty vanishes with its prose.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from sayso.show.framing import FRAMES
from sayso.show.table import MIME, Table

HIDDEN_TAGS = {"parameters", "injected-parameters", "remove-cell"}
HEADING = re.compile(r"^(#{1,3}) +(.+?)\s*$")
FENCE = re.compile(r"^\s*(```|~~~)")
FOLDED = re.compile(
    r"What is (an? |coded|counted)|Definitions|Limits$|Literature$|Provenance$|For the methods"
)
NOTHING = ("nothing to draw", "<em>no ")  # what pictures and lists say that have nothing


@dataclass(slots=True)
class Block:
    """A piece of a page: 'prose', 'table', 'picture' or 'words' (what a cell computed)."""

    kind: str
    html: str = ""
    words: str = ""
    table: Table | None = None
    frames: list[dict[str, Any]] = field(default_factory=list)  # that were found in articles

    @property
    def empty(self) -> bool:
        """Whether it shows that there was nothing to show."""
        if self.table:
            return not self.table.rows
        return not self.words.strip() or any(mark in self.html for mark in NOTHING)


@dataclass(slots=True)
class Section:
    """A heading and what stands under it; ``level`` is 1 for the title, 2, or 3."""

    title: str
    level: int
    blocks: list[Block] = field(default_factory=list)
    folded: bool = False  # it is no finding, but what one needs to understand the findings


def read_sections(notebook: NotebookNode) -> tuple[list[Section], list[str]]:
    """Return the sections of a notebook, and the titles of those that found nothing.

    The first section is the title with what stands under it, also where a notebook has no heading.
    """
    sections = [Section("", 1)]
    for cell in notebook.cells:
        if HIDDEN_TAGS & set(cell.metadata.get("tags", ())):
            continue
        if cell.cell_type == "markdown":
            for level, title, text in _pieces(cell.source):
                if level == 1 and not sections[0].title:
                    sections[0].title = title
                elif level:
                    sections.append(Section(title, max(level, 2)))
                if text.strip():
                    sections[-1].blocks.append(Block("prose", _markdown(text), text))
        elif cell.cell_type == "code":
            sections[-1].blocks += [b for output in cell.outputs for b in _block(output)]
    return _without_empty(sections)


def _pieces(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield the level and words of each heading, 0 and '' for none, with the text under it."""
    level, title, lines, fenced = 0, "", [], False
    for line in source.splitlines():
        fenced ^= bool(FENCE.match(line))
        heading = None if fenced else HEADING.match(line)
        if heading:
            yield level, title, "\n".join(lines)
            level, title, lines = len(heading[1]), heading[2], []
        else:
            lines.append(line)
    yield level, title, "\n".join(lines)


def _markdown(text: str) -> str:
    from nbconvert.filters import markdown2html

    return markdown2html(text)


def _block(output: Any) -> Iterator[Block]:
    """Yield what an output shows, in the richest form that a page can hold."""
    data = output.get("data", {})
    words = data.get("text/plain", "")
    if MIME in data:
        yield Block("table", words=words, table=Table(**data[MIME]))
    elif "image/svg+xml" in data:
        svg = data["image/svg+xml"]
        yield Block("picture", svg[max(svg.find("<svg"), 0) :], words)
    elif image := next((kind for kind in ("image/png", "image/jpeg") if kind in data), None):
        source = f"data:{image};base64,{data[image].strip()}"
        alt = output.metadata.get(image, {}).get("alt") or words
        yield Block("picture", f'<img src="{source}" alt="{html.escape(alt)}">', alt)
    elif "text/html" in data:
        words = data.get("text/plain", "shown")
        yield Block("words", data["text/html"], words, frames=data.get(FRAMES, []))
    elif text := output.get("text") or words:
        yield Block("words", f"<pre>{html.escape(text)}</pre>", text)


def _without_empty(sections: list[Section]) -> tuple[list[Section], list[str]]:
    """Return the sections that found something, without tables that did not; and other titles."""
    kept: list[Section] = []
    gone: list[str] = []
    lost = folded = False  # what is below a heading that is gone moves up; a folded one folds it
    for section in sections:
        folded = bool(FOLDED.match(section.title)) or (folded and section.level > 2)
        own = _full(section.blocks)
        outputs = any(block.kind != "prose" for block in section.blocks)
        if section.level > 1 and outputs and all(block.kind == "prose" for block in own):
            gone.append(section.title)
            lost |= section.level == 2
            continue
        lost &= section.level > 2
        kept.append(Section(section.title, 2 if lost else section.level, own, folded))
    return kept, gone


def _full(blocks: list[Block]) -> list[Block]:
    """Return blocks without empty ones, and without the prose below these."""
    kept: list[Block] = []
    above: list[Block] = []  # what the next prose explains
    for block in blocks:
        if block.kind != "prose":
            above.append(block)
            if not block.empty:
                kept.append(block)
        else:
            if not above or not all(one.empty for one in above):
                kept.append(block)
            above = []
    return kept
