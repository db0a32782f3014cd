"""The article as a page: its text with quotes, speakers, cues, dates and boilerplate marked.

The HTML is plain: inline styles that JupyterLab keeps in notebooks it does not trust, no script,
tints that let light and dark themes show through. No mark is known by its colour alone. Article
text is hostile input, so every piece of it is escaped once, here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from sayso.lexicon.cues import SPEECH
from sayso.paths import OWN_PAGE, write_whole
from sayso.show.html import Html, count, escape, known, published_words, short
from sayso.show.table import table

# What each role looks like, the most telling role last: it gives a piece of text its tint.
TINTS = {
    "quote": "background-color:rgba(86,180,233,0.16)",
    "nested": "background-color:rgba(86,180,233,0.34)",
    "cue": "background-color:rgba(0,158,115,0.22)",
    "speaker": "background-color:rgba(230,159,0,0.30)",
    "date": "background-color:rgba(204,121,167,0.26)",
    "blame": "background-color:rgba(213,94,0,0.28)",
    "frame": "background-color:rgba(240,228,66,0.40)",
}
EXTRAS = {
    "cue": "font-style:italic",
    "speaker": "font-weight:600",
    "date": "outline:1px dotted rgba(204,121,167,1)",
    "blame": "outline:1px solid rgba(213,94,0,1)",
    "frame": "outline:1px dashed rgba(176,122,0,1)",
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
    """A few words shown in front of the character at ``at``, not part of the text.

    ``role`` is what they belong to, as that of a mark.
    """

    at: int
    words: str
    title: str = ""
    role: str = "quote"


@dataclass(frozen=True, slots=True)
class Wrap:
    """HTML around a stretch of text: no two of these overlap."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, repr=False)
class ArticleView(Html):
    """An article as highlighted HTML: ``markup`` for a notebook, :meth:`page` for a browser."""

    article_id: str

    def page(self) -> str:
        """Return a whole HTML page that loads nothing."""
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'{OWN_PAGE}<meta name="viewport" content="width=device-width">'
            '<meta name="color-scheme" content="light dark">'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">"
            f"<title>{escape(self.article_id)}</title></head>\n"
            f'<body style="margin:2em auto;padding:0px 1em;max-width:50em">\n{self.markup}\n'
            "</body></html>\n"
        )

    def save(self, path: str | Path) -> None:
        """Write the page to a file."""
        write_whole(Path(path), self.page())


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
    if blames is not None:
        blames = blames[blames["article_id"] == article_id]
    parts = (
        _head(article),
        _legend("speaker", "cue", "date", *(["blame"] if blames is not None else [])),
        highlight(article["text"], *marks(article, quotes, dates, blames)),
        quote_table(quotes),
    )
    body = "\n".join(parts)
    whole = f'<div style="max-width:46em;line-height:1.65;font-size:15px">\n{body}\n</div>'
    words = f"ArticleView({article_id!r}, {len(quotes)} quotes, {len(dates)} dates)"
    return ArticleView(words, whole, article_id)


def beside(views: Sequence[ArticleView]) -> ArticleView:
    """Return views beside each other, below each other where there is no room; one as it is."""
    if len(views) == 1:
        return views[0]
    columns = "".join(f'<div style="flex:1 1 22em;min-width:0">{v.markup}</div>' for v in views)
    whole = f'<div style="display:flex;flex-wrap:wrap;gap:28px">{columns}</div>'
    names = " | ".join(one.article_id for one in views)
    return ArticleView("; ".join(one.words for one in views), whole, names)


# --- what is marked ---------------------------------------------------------------------------


def marks(
    article: Any, quotes: pd.DataFrame, dates: pd.DataFrame, blames: pd.DataFrame | None = None
) -> tuple[list[Mark], list[Label]]:
    """Return the marks and labels of an article's text."""
    aside = article.boilerplate
    found = [Mark(*span, "boilerplate", "boilerplate: not part of the article") for span in aside]
    labels = [Label(start, "boilerplate", role="boilerplate") for start, _ in aside]
    found += [Mark(row.start, row.end, "date", _date_title(row)) for row in dates.itertuples()]
    for quote in quotes.itertuples():
        found.extend(_quote_marks(quote))
        labels.extend(_quote_labels(quote, article.text))
    for tie in [] if blames is None else blames.itertuples():
        found.append(Mark(*tie.cue_span, "blame", _blame_title(tie)))
        labels.append(Label(tie.cue_span[0], _blame_label(tie), _blame_title(tie), "blame"))
    return found, labels


def _quote_marks(quote: Any) -> Iterator[Mark]:
    title = _quote_title(quote)
    role = "nested" if pd.notna(quote.nested_in) else "quote"
    for span in quote.content_spans:
        yield Mark(*span, role, title, quote.kind)
    if quote.speaker_span:
        yield Mark(*quote.speaker_span, "speaker", f"speaker: {_speaker(quote)}")
    if quote.cue_span:
        stance = known(quote.cue_stance, "no stance")
        yield Mark(*quote.cue_span, "cue", f"cue: {quote.cue} ({stance})")


def _quote_labels(quote: Any, text: str) -> Iterator[Label]:
    at = len(text[: quote.content_spans[0][0]].rstrip(OPENING_MARKS))
    arrow = "↳ " if pd.notna(quote.nested_in) else ""
    name = short(known(quote.speaker, "speaker unknown"), 32)
    act = "" if quote.act in SPEECH else f", {quote.act}"
    yield Label(at, f"{arrow}{name}, {quote.kind}{act}", _quote_title(quote))
    if quote.cue_span and known(quote.cue_stance, "neutral") != "neutral":
        yield Label(quote.cue_span[0], quote.cue_stance, role="cue")


def _quote_title(quote: Any) -> str:
    stance = known(quote.cue_stance, "no stance")
    parts = (
        f"{quote.kind} quote",
        "" if quote.act == "says" else quote.act,
        "inside another quote" if pd.notna(quote.nested_in) else "",
        _speaker(quote),
        f"via {quote.via}" if pd.notna(quote.via) else "",
        f"cue '{quote.cue}' ({stance})" if pd.notna(quote.cue) else "no cue",
        f"confidence {quote.confidence:.2f}",
        "negated" if quote.negated else "",
    )
    return ", ".join(filter(None, parts))


def _speaker(quote: Any) -> str:
    name = known(quote.speaker, "speaker unknown")
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
    return f"{verb[tie.stance]} {short(known(tie.target, tie.target_mention), 32)}"


def _blame_title(tie: Any) -> str:
    who = "the outlet" if tie.blamer_kind == "outlet" else known(tie.blamer, "no blamer found")
    issue = f" for: {tie.issue}" if pd.notna(tie.issue) else ""
    target = known(tie.target, tie.target_mention)
    return f"blame ({tie.stance}): {who} → {target}{issue}, confidence {tie.confidence:.2f}"


# --- the text ---------------------------------------------------------------------------------


def highlight(
    text: str,
    marks: list[Mark],
    labels: Sequence[Label] = (),
    *,
    wraps: Sequence[Wrap] = (),
    look: Callable[[list[Mark]], str] | None = None,
) -> str:
    """Return a text as HTML with marks and labels; every piece of it is escaped once.

    The text is cut wherever a mark begins or ends, so marks may overlap and nest in any way.
    Without the labels (``<small>`` elements) and the tags, what is left is the text. ``look``
    returns the attributes of a piece with these marks, by default its style.
    """
    look = look or _inline
    marks = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    marks.sort(key=lambda m: (m.start, -m.end, m.role, m.title))
    at: dict[int, list[Label]] = {}
    for label in labels:
        if 0 <= label.at <= len(text):
            at.setdefault(label.at, []).append(label)
    opening = {wrap.start: wrap.before for wrap in wraps}
    closing = {wrap.end: wrap.after for wrap in wraps}
    places = {place for one in (*marks, *wraps) for place in (one.start, one.end)}
    cuts = sorted({0, len(text)} | at.keys() | places)
    pieces, active, opened = [], [], 0
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        pieces += [closing.get(start, ""), opening.get(start, "")]
        pieces += [_label(label, look) for label in at.get(start, ())]
        active = [mark for mark in active if start < mark.end]
        while opened < len(marks) and marks[opened].start <= start:
            active.append(marks[opened])
            opened += 1
        pieces.append(_piece(text[start:end], active, look))
    return f'<div style="white-space:pre-wrap;overflow-wrap:break-word">{"".join(pieces)}</div>'


def _piece(text: str, active: list[Mark], look: Callable[[list[Mark]], str]) -> str:
    if not active or not text:
        return escape(text)
    tag = "time" if any(mark.role == "date" for mark in active) else "span"
    title = "&#10;".join(dict.fromkeys(escape(mark.title) for mark in active))
    return f'<{tag} {look(active)} title="{title}">{escape(text)}</{tag}>'


def by_class(active: list[Mark]) -> str:
    """Return the classes of a piece, for a page with :func:`layer_rules`."""
    names = dict.fromkeys(name for mark in active for name in (mark.role, mark.kind) if name)
    return f'class="{" ".join(names)}"'


def layer_rules(layers: Mapping[str, Sequence[str]]) -> str:
    """Return CSS that marks each layer's roles while the box ``layer-<name>`` is on."""
    looks = {role: TINTS.get(role, "") + ";" + EXTRAS.get(role, "") for role in (*TINTS, *EXTRAS)}
    looks |= UNDERLINES
    layer_of = {role: layer for layer, roles in layers.items() for role in roles}
    rules = [f".marked small {{{LABEL}}}"]
    for role, look in looks.items():
        if layer := layer_of.get(role):
            rules.append(f"main:has(#layer-{layer}:checked) .marked :not(small).{role} {{{look}}}")
            off = f"main:not(:has(#layer-{layer}:checked)) .marked small.{role}"
            rules.append(f"{off} {{display:none}}")
    return "\n".join(rules)


def _inline(active: list[Mark]) -> str:
    return f'style="{_style(active)}"'


def _style(active: list[Mark]) -> str:
    """Return the style of a piece: one tint, one underline (the innermost), all extras."""
    roles = {mark.role for mark in active}
    kinds = [mark.kind for mark in active if mark.kind]
    tint = [style for role, style in TINTS.items() if role in roles][-1:]
    line = [UNDERLINES[kinds[-1]]] if kinds else []
    return ";".join(tint + line + [style for role, style in EXTRAS.items() if role in roles])


def _label(label: Label, look: Callable[[list[Mark]], str]) -> str:
    title = f' title="{escape(label.title)}"' if label.title else ""
    own = f'style="{LABEL}"' if look is _inline else f'class="{label.role}"'
    return f"<small {own}{title}>{escape(label.words)}</small>"


# --- around the text --------------------------------------------------------------------------


def _head(article: pd.Series) -> str:
    headline = escape(known(article["headline"], "(no headline)"))
    return (
        f'<h3 style="margin:0px 0px 4px 0px;font-size:1.3em;line-height:1.3">{headline}</h3>\n'
        f'<div style="opacity:0.8;margin-bottom:8px">{facts(article)}</div>'
    )


def facts(article: pd.Series) -> str:
    """Return as HTML who published an article and when, how that is known, and its address."""
    told = [known(article["outlet"], "outlet unknown"), _published(article)]
    return " · ".join(filter(None, (escape(" · ".join(told)), _link(article["url"]))))


def _published(article: pd.Series) -> str:
    """Return when the article was published, and the words that say so."""
    if pd.isna(article["published"]):
        return "date unknown"
    how = article["published_how"]
    if article["published_evidence"]:
        start, end = article["published_evidence"]
        how += f": “{' '.join(article['text'][start:end].split())}”"
    return f"{published_words(article)} ({how})"


def _link(url: Any) -> str:
    """Return a link, or the address as text where its scheme is not that of the web."""
    url = known(url, "")
    try:
        parts = urlsplit(url)
    except ValueError:
        return escape(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return escape(url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(parts.netloc)}</a>'


def _legend(*roles: str) -> str:
    samples = [
        _piece(f"{kind} quote", [Mark(0, 1, "quote", "", kind)], _inline) for kind in UNDERLINES
    ]
    samples.append(_piece("quote in a quote", [Mark(0, 1, "nested", "", "direct")], _inline))
    samples += [_piece(role, [Mark(0, 1, role, "")], _inline) for role in (*roles, "boilerplate")]
    samples.append(_label(Label(0, "who, how"), _inline))
    shown = " &nbsp; ".join(sample.replace(' title=""', "") for sample in samples)
    return (
        '<div style="font-size:0.85em;margin-bottom:12px;padding:4px 0px;'
        'border-top:1px solid rgba(128,128,128,0.4);border-bottom:1px solid rgba(128,128,128,0.4)">'
        f"{shown}</div>"
    )


def quote_table(quotes: pd.DataFrame) -> str:
    """Return the quotes as a folded table, one row each."""
    rows = []
    for quote in quotes.itertuples():
        stance = f" ({quote.cue_stance})" if pd.notna(quote.cue_stance) else ""
        cue = known(quote.cue, "none") + stance
        how = (quote.kind, quote.act, cue, known(quote.via, ""))
        rows.append((_speaker(quote), *how, quote.content, quote.confidence))
    names = ["speaker", "kind", "act", "cue", "via", "words", "confidence"]
    shown = pd.DataFrame(rows, columns=names)
    return (
        '<details style="margin-top:12px;font-size:0.9em"><summary>'
        f"{count(len(quotes), 'quote')}, as a table</summary>\n"
        f"{table(shown, rows=len(shown), most=LONGEST)._repr_html_()}</details>"
    )
