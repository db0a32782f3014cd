"""The article as a page: its text with quotes, speakers, cues, dates and boilerplate marked.

The HTML is plain: inline styles that JupyterLab keeps in notebooks it does not trust, no script,
tints that let light and dark themes show through. No mark is known by its colour alone. Article
text is hostile input, so every piece of it is escaped once, here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from sayso.show.html import count, escape, published_words, short
from sayso.show.table import table

# What each role looks like, the most telling role last: it gives a piece of text its tint.
TINTS = {
    "quote": "background-color:rgba(86,180,233,0.16)",
    "nested": "background-color:rgba(86,180,233,0.34)",
    "cue": "background-color:rgba(0,158,115,0.22)",
    "speaker": "background-color:rgba(230,159,0,0.30)",
    "date": "background-color:rgba(204,121,167,0.26)",
    "blame": "background-color:rgba(213,94,0,0.28)",
}
EXTRAS = {
    "cue": "font-style:italic",
    "speaker": "font-weight:600",
    "date": "outline:1px dotted rgba(204,121,167,1)",
    "blame": "outline:1px solid rgba(213,94,0,1)",
    "boilerplate": "opacity:0.6;font-size:0.85em;font-style:italic",
}
UNDERLINES = {
    "direct": "border-bottom:2px solid rgba(40,140,215,1)",
    "mixed": "border-bottom:2px dashed rgba(40,140,215,1)",
    "indirect": "border-bottom:2px dotted rgba(40,140,215,1)",
}
LABEL = (
    "font-size:0.68em;font-weight:600;vertical-align:2px;padding:0px 4px;margin-right:3px;"
    "border:1px solid rgba(128,128,128,0.7);border-radius:3px;white-space:nowrap"
)
LONGEST = 5000  # characters of a quote in the table
OPENING_MARKS = "“”„«»‹›\"'‘’‚`"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with a role; ``kind`` is a quote's kind, ``title`` what hovering tells."""

    start: int
    end: int
    role: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A few words shown in front of the character at ``at``, not part of the text."""

    at: int
    words: str
    title: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ArticleView:
    """An article as highlighted HTML: ``html`` for a notebook, :meth:`page` for a browser."""

    article_id: str
    n_quotes: int
    n_dates: int
    html: str

    def __repr__(self) -> str:
        return f"ArticleView({self.article_id!r}, {self.n_quotes} quotes, {self.n_dates} dates)"

    def _repr_html_(self) -> str:
        return self.html

    def page(self) -> str:
        """Return a whole HTML page that loads nothing."""
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            '<meta name="color-scheme" content="light dark">'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">"
            f"<title>{escape(self.article_id)}</title></head>\n"
            f'<body style="margin:2em auto;padding:0px 1em;max-width:50em">\n{self.html}\n'
            "</body></html>\n"
        )

    def save(self, path: str | Path) -> None:
        """Write the page to a file."""
        Path(path).write_text(self.page(), encoding="utf-8", newline="")


def view(
    article: pd.Series,
    quotes: pd.DataFrame,
    dates: pd.DataFrame,
    blames: pd.DataFrame | None = None,
) -> ArticleView:
    """Return an article with what was found in it marked.

    ``article`` is a row of the articles table. Rows of other articles are left out of the tables;
    without ``blames`` no blame is marked.
    """
    article_id = article["article_id"]
    quotes = quotes[quotes["article_id"] == article_id]
    dates = dates[dates["article_id"] == article_id]
    found, labels = marks(article, quotes, dates)
    if blames is not None:
        for tie in blames[blames["article_id"] == article_id].itertuples():
            found.append(Mark(*tie.cue_span, "blame", _blame_title(tie)))
            labels.append(Label(tie.cue_span[0], _blame_label(tie), _blame_title(tie)))
    parts = (
        _head(article),
        _legend("speaker", "cue", "date", *(["blame"] if blames is not None else [])),
        highlight(article["text"], found, labels),
        _quote_table(quotes),
    )
    body = "\n".join(parts)
    whole = f'<div style="max-width:46em;line-height:1.65;font-size:15px">\n{body}\n</div>'
    return ArticleView(article_id, len(quotes), len(dates), whole)


# --- what is marked ---------------------------------------------------------------------------


def marks(
    article: pd.Series, quotes: pd.DataFrame, dates: pd.DataFrame
) -> tuple[list[Mark], list[Label]]:
    """Return the marks and labels of an article's text."""
    aside = _spans(article["boilerplate"])
    found = [Mark(*span, "boilerplate", "boilerplate: not part of the article") for span in aside]
    labels = [Label(start, "boilerplate") for start, _ in aside]
    found += [Mark(row.start, row.end, "date", _date_title(row)) for row in dates.itertuples()]
    for quote in quotes.itertuples():
        found.extend(_quote_marks(quote))
        labels.extend(_quote_labels(quote, article["text"]))
    return found, labels


def _quote_marks(quote: Any) -> Iterator[Mark]:
    title = _quote_title(quote)
    role = "nested" if pd.notna(quote.nested_in) else "quote"
    for span in _spans(quote.content_spans):
        yield Mark(*span, role, title, quote.kind)
    for span in _spans(quote.speaker_span):
        yield Mark(*span, "speaker", f"speaker: {_speaker(quote)}")
    for span in _spans(quote.cue_span):
        yield Mark(*span, "cue", f"cue: {quote.cue} ({_or(quote.cue_stance, 'no stance')})")


def _quote_labels(quote: Any, text: str) -> Iterator[Label]:
    spans = _spans(quote.content_spans)
    if spans:
        at = spans[0][0]
        while at > 0 and text[at - 1] in OPENING_MARKS:
            at -= 1
        arrow = "↳ " if pd.notna(quote.nested_in) else ""
        name = short(_or(quote.speaker, "speaker unknown"), 32)
        yield Label(at, f"{arrow}{name}, {quote.kind}", _quote_title(quote))
    for span in _spans(quote.cue_span):
        if pd.notna(quote.cue_stance) and quote.cue_stance != "neutral":
            yield Label(span[0], quote.cue_stance)


def _quote_title(quote: Any) -> str:
    stance = _or(quote.cue_stance, "no stance")
    cue = f"cue '{quote.cue}' ({stance})" if pd.notna(quote.cue) else "no cue"
    parts = [f"{quote.kind} quote", _speaker(quote), cue, f"confidence {quote.confidence:.2f}"]
    if pd.notna(quote.via):
        parts.insert(2, f"via {quote.via}")
    if pd.notna(quote.nested_in):
        parts.insert(1, "inside another quote")
    if quote.negated:
        parts.append("negated")
    return ", ".join(parts)


def _speaker(quote: Any) -> str:
    name = _or(quote.speaker, "speaker unknown")
    return f"{name} ({quote.speaker_kind})" if pd.notna(quote.speaker_kind) else name


def _date_title(date: Any) -> str:
    if pd.isna(date.earliest) and pd.isna(date.latest):
        days = "not tied to a calendar day"
    elif date.earliest == date.latest:
        days = f"{date.earliest:%Y-%m-%d}"
    else:
        ends = ["?" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (date.earliest, date.latest)]
        days = f"between {ends[0]} and {ends[1]}"
    return f"{date.type.lower()} {date.value}: {days}"


def _blame_label(tie: Any) -> str:
    verb = {"assert": "blames", "report": "reports blame of", "deny": "denies blame of"}
    return f"{verb[tie.stance]} {short(_or(tie.target, tie.target_mention), 32)}"


def _blame_title(tie: Any) -> str:
    who = "the outlet" if tie.blamer_kind == "outlet" else _or(tie.blamer, "nobody named")
    issue = f" for: {tie.issue}" if pd.notna(tie.issue) else ""
    target = _or(tie.target, tie.target_mention)
    return f"blame ({tie.stance}): {who} → {target}{issue}, confidence {tie.confidence:.2f}"


def _spans(value: Any) -> list[tuple[int, int]]:
    """Return a span column's or a spans column's value as a list of pairs."""
    if not isinstance(value, (list, tuple)) or not len(value):
        return []
    pairs = value if isinstance(value[0], (list, tuple)) else [value]
    return [(int(start), int(end)) for start, end in pairs]


def _or(value: Any, otherwise: str) -> str:
    return str(value) if pd.notna(value) else otherwise


# --- the text ---------------------------------------------------------------------------------


def highlight(text: str, marks: list[Mark], labels: list[Label] = ()) -> str:
    """Return a text as HTML with marks and labels; every piece of it is escaped once.

    The text is cut wherever a mark begins or ends, so marks may overlap and nest in any way.
    Without the labels (``<small>`` elements) and the tags, what is left is the text.
    """
    marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    at = {label.at for label in labels if 0 <= label.at <= len(text)}
    cuts = sorted({0, len(text)} | at | {m.start for m in marks} | {m.end for m in marks})
    waiting = sorted(marks, key=lambda m: (m.start, -m.end, m.role, m.title), reverse=True)
    shown = sorted(labels, key=lambda label: label.at)[::-1]
    active: list[Mark] = []
    pieces = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start == start:
            active.append(waiting.pop())
        while shown and shown[-1].at <= start:
            pieces.append(_label(shown.pop()))
        pieces.append(_piece(text[start:end], active))
    return f'<div style="white-space:pre-wrap;overflow-wrap:break-word">{"".join(pieces)}</div>'


def _piece(text: str, active: list[Mark]) -> str:
    if not active or not text:
        return escape(text)
    tag = "time" if any(mark.role == "date" for mark in active) else "span"
    title = "&#10;".join(dict.fromkeys(escape(mark.title) for mark in active))
    return f'<{tag} style="{_style(active)}" title="{title}">{escape(text)}</{tag}>'


def _style(active: list[Mark]) -> str:
    """Return the style of a piece: one tint, one underline (the innermost), all extras."""
    roles = {mark.role for mark in active}
    kinds = [mark.kind for mark in active if mark.kind]
    tint = [style for role, style in TINTS.items() if role in roles][-1:]
    line = [UNDERLINES[kinds[-1]]] if kinds else []
    return ";".join(tint + line + [style for role, style in EXTRAS.items() if role in roles])


def _label(label: Label) -> str:
    title = f' title="{escape(label.title)}"' if label.title else ""
    return f'<small style="{LABEL}"{title}>{escape(label.words)}</small>'


# --- around the text --------------------------------------------------------------------------


def _head(article: pd.Series) -> str:
    facts = [_or(article["outlet"], "outlet unknown"), _published(article)]
    lines = [escape(" · ".join(facts)), _link(article["url"])]
    headline = escape(_or(article["headline"], "(no headline)"))
    return (
        f'<h3 style="margin:0px 0px 4px 0px;font-size:1.3em;line-height:1.3">{headline}</h3>\n'
        f'<div style="opacity:0.8;margin-bottom:8px">{" · ".join(filter(None, lines))}</div>'
    )


def _published(article: pd.Series) -> str:
    """Return when the article was published, and the words that say so."""
    if pd.isna(article["published"]):
        return "date unknown"
    spans = _spans(article["published_evidence"])
    words = ", ".join(" ".join(article["text"][start:end].split()) for start, end in spans)
    how = f"{article['published_how']}: “{words}”" if words else article["published_how"]
    return f"{published_words(article)} ({how})"


def _link(url: Any) -> str:
    """Return a link, or the address as text where its scheme is not that of the web."""
    url = _or(url, "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return escape(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return escape(url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(parts.netloc)}</a>'


def _legend(*roles: str) -> str:
    samples = [_piece(f"{kind} quote", [Mark(0, 1, "quote", "", kind)]) for kind in UNDERLINES]
    samples.append(_piece("quote in a quote", [Mark(0, 1, "nested", "", "direct")]))
    samples += [_piece(role, [Mark(0, 1, role, "")]) for role in (*roles, "boilerplate")]
    samples.append(_label(Label(0, "who, how")))
    shown = " &nbsp; ".join(sample.replace(' title=""', "") for sample in samples)
    return (
        '<div style="font-size:0.85em;margin-bottom:12px;padding:4px 0px;'
        'border-top:1px solid rgba(128,128,128,0.4);border-bottom:1px solid rgba(128,128,128,0.4)">'
        f"{shown}</div>"
    )


def _quote_table(quotes: pd.DataFrame) -> str:
    """Return the quotes as a folded table, one row each."""
    rows = []
    for quote in quotes.itertuples():
        stance = f" ({quote.cue_stance})" if pd.notna(quote.cue_stance) else ""
        cue = _or(quote.cue, "none") + stance
        rows.append((_speaker(quote), quote.kind, cue, quote.content, quote.confidence))
    shown = pd.DataFrame(rows, columns=["speaker", "kind", "cue", "words", "confidence"])
    return (
        '<details style="margin-top:12px;font-size:0.9em"><summary>'
        f"{count(len(quotes), 'quote')}, as a table</summary>\n"
        f"{table(shown, rows=len(shown), most=LONGEST)._repr_html_()}</details>"
    )
