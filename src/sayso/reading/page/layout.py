"""Layout: where masthead, headline, subhead, byline, dateline and body of an article stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from sayso.article import Layout
from sayso.reading.page.byline import Byline, read_byline
from sayso.reading.page.dateline import DATE, Dateline, find_date_line, find_dateline
from sayso.reading.page.labels import label_lines
from sayso.reading.page.outlets import find_outlet
from sayso.text.marks import paragraphs
from sayso.text.spans import Span

ARTICLE = ("body", "crosshead")
# What may open with a dateline, and then is the text; and what is text where nothing else is.
MAY_OPEN = ("crosshead", "standfirst", "caption")
TEXT_IF_NONE = ("standfirst", "caption", "link", "furniture", "comment", "biography")
# What is not the article; its lines are set aside and never read for quotes.
BOILERPLATE = ("masthead", "section", "caption", "link", "furniture", "comment", "biography")
# Whatever else a line is that begins 'By', or stands over a role, it may name the author.
CREDITED = ("section", "furniture", "link", "masthead", "imprint")
CREDIT = re.compile(r"(?:(?:written|posted|words|story) )?by:? (?=[A-Z])", re.IGNORECASE)
# A place alone opens a paragraph; 'LOOK: ...' and the like may open a short line.
SHORT = 110
FIRST = 3
HEAD_LINES = 6
ROLE = re.compile(
    r"(?:[\w-]+ ){0,3}(?:journalist|reporter|correspondent|editor|columnist|writer)", re.IGNORECASE
)
DATED = ("date", "byline", "imprint")
BARE_DAY = re.compile(rf"{DATE}\.?")
SAYS_WHEN = re.compile(
    r"(?:first |originally |date )?(?:published|posted)\b|vol\.? \d", re.IGNORECASE
)
DIGIT = re.compile(r"\d")
BLANKS = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """A layout, the place in its dateline, outlet and authors, and the lines that may date it."""

    layout: Layout
    place: Span | None
    outlet: str | None
    author: str | None
    dated: tuple[Span, ...]


def find_layout(text: str, *, headline: str | None = None) -> Head:
    """Return where the parts of an article stand.

    ``headline`` is one that is known from outside: the text need not begin with it.
    """
    paras = paragraphs(text)
    labels = label_lines(text, paras, known=headline)
    for index, para in enumerate(paras[:HEAD_LINES]):
        # A line in the head that is a date and no more is not the text.
        if labels[index] in ARTICLE and find_date_line(text, *para):
            labels[index] = "date"
    dateline, opening = _find_opening(text, paras, labels)
    _settle(labels, opening)
    lines: dict[str, list[Span]] = {}
    for para, label in zip(paras, labels, strict=True):
        lines.setdefault(label, []).append(para)
    if dateline:
        paras[opening] = (BLANKS.match(text, dateline.end).end(), paras[opening][1])
    body = [para for para, label in zip(paras, labels, strict=True) if label in ARTICLE]
    marked = sorted(span for label in BOILERPLATE for span in lines.get(label, []))
    layout = Layout(
        headline=_first(lines.get("headline")),
        subhead=_together(paras, lines.get("standfirst", [])),
        dateline=(dateline.start, dateline.end) if dateline else _first(lines.get("date")),
        byline=_first(lines.get("byline")),
        outlet=_first(lines.get("masthead")),
        agency=dateline.agency if dateline else None,
        body=tuple(body),
        boilerplate=tuple(marked),
    )
    place = dateline.place if dateline else None
    return Head(layout, place, *_named(text, lines), _dated(text, lines))


def _find_opening(text: str, paras: list[Span], labels: list[str]) -> tuple[Dateline | None, int]:
    """Return the dateline and the number of the paragraph with which the running text begins."""
    own = [index for index, label in enumerate(labels) if label in ("body", *MAY_OPEN)]
    for index in own[:FIRST]:
        start, end = paras[index]
        dateline = find_dateline(text, start, end)
        if dateline and (dateline.agency or dateline.date or end - start > SHORT):
            return dateline, index
    return None, labels.index("body") if "body" in labels else 0


def _settle(labels: list[str], opening: int) -> None:
    """Let the text begin where it opens, and what heads it under the headline be its subhead."""
    if not set(labels) & set(ARTICLE):
        text = next((label for label in TEXT_IF_NONE if label in labels), None)
        labels[:] = ["body" if text in (label, None) else label for label in labels]
    elif "headline" in labels[:opening]:
        under = range(labels.index("headline") + 1, opening)
        for index in (index for index in under if labels[index] in ARTICLE):
            labels[index] = "standfirst"
        labels[opening] = "body"
    if "headline" not in labels:
        labels[:] = ["body" if label == "standfirst" else label for label in labels]


def _dated(text: str, lines: dict[str, list[Span]]) -> tuple[Span, ...]:
    """Return the lines that may date an article, in order."""
    end = max((end for label in ARTICLE for _, end in lines.get(label, [])), default=0)
    dated = [span for label in DATED for span in lines.get(label, [])]
    # A bare day after the text may be that of a correction.
    dated = [span for span in dated if span[0] < end or not BARE_DAY.fullmatch(text, *span)]
    # One stamp alone is of no entry of a live blog.
    dated += stamps if len(stamps := lines.get("stamp", [])) == 1 else []
    # Whatever else a line is that begins 'First published on ...', it dates the article.
    dated += [span for span in lines.get("furniture", []) if SAYS_WHEN.match(text, *span)]
    if not any(DIGIT.search(text, *span) for span in dated):
        # What a masthead has is often the day of reading; it counts where nothing else does.
        dated += lines.get("masthead", [])
    return tuple(sorted(dated))


def _named(text: str, lines: dict[str, list[Span]]) -> tuple[str | None, str | None]:
    """Return the outlet and the authors of a page."""
    bylines = [read_byline(text[slice(*span)]) for span in lines.get("byline", [])]
    return find_outlet(text, lines, bylines), _authors(text, lines, bylines)


def _authors(text: str, lines: dict[str, list[Span]], bylines: list[Byline]) -> str | None:
    """Return the authors whom the bylines name, or else those whom other lines present."""
    head = [span for label in CREDITED for span in lines.get(label, [])]
    after = dict(pairwise(sorted(head)))
    credits = [
        span
        for span in head
        if CREDIT.match(text, *span) or (span in after and ROLE.fullmatch(text, *after[span]))
    ]
    named = [name for byline in bylines for name in byline.persons]
    for spans in (lines.get("date", []), lines.get("biography", []), credits):
        named += [name for span in spans for name in read_byline(text[slice(*span)]).persons]
        if named:
            return ", ".join(dict.fromkeys(named))
    return None


def _first(spans: list[Span] | None) -> Span | None:
    return spans[0] if spans else None


def _together(paras: list[Span], spans: list[Span]) -> Span | None:
    """Return the stretch of the first lines that follow each other without a line between them."""
    if not spans:
        return None
    end = paras.index(spans[0])
    while end + 1 < len(paras) and paras[end + 1] in spans:
        end += 1
    return spans[0][0], paras[end][1]
