"""Pictures of framing, and the evidence behind them in readable sentences."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.framing.codebook import Codebook
from sayso.analyze.framing.trained import TrainedCodebook
from sayso.analyze.groups import ranked
from sayso.show.canvas import (
    BLUE,
    LINE,
    ORANGE,
    draw_shares,
    first_rows,
    legend,
    name_rows,
    new_axes,
    nothing,
    percent_axis,
    short,
    style,
    title,
)
from sayso.show.html import ASKED, Html, cite, count, known
from sayso.tables.parts import Parts

VOICES = {"outlet": ("own words", BLUE, "o"), "quoted": ("quoted words", ORANGE, "D")}
MARK = "background:#FFE08A;border-bottom:2px solid #B07A00;color:#000000"
FRAMES = "application/vnd.sayso.frames+json"  # as what all evidence is handed to a report
LEAST_RIGHT = 0.7  # of what a trained codebook gives for a frame, in cross-validation


def frames_by_voice(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 6, ax: Axes | None = None
) -> Axes:
    """Draw each frame's share in the words of outlets and in those they quote, side by side.

    ``shares`` are those of :func:`sayso.analyze.framing.shares.frame_shares`, ``by`` is their
    column of groups; the ``rows`` groups with the most units are drawn.
    """
    if shares.empty or not shares["n_present"].sum():
        return nothing("No frame was found", ax)
    sizes = shares.groupby(by)["n_units"].sum()
    largest, aside = first_rows(sizes[ranked(sizes)], rows, f"{by}s")
    groups = list(largest.index)
    drawn = shares[shares[by].isin(groups)]
    found = drawn.groupby("frame", sort=False)["n_present"].sum()
    frames = list(found.index[found > 0])
    nowhere = (
        f"; {count(n, 'frame')} without any not drawn" if (n := len(found) - len(frames)) else ""
    )
    step = len(frames) + 1
    names = [name for group in groups for name in (short(str(group), 34), *map(_spaced, frames))]
    with style():
        ax = new_axes(0.4 * len(names), ax)
        for number, group in enumerate(groups):
            _draw_group(ax, number * step, drawn[drawn[by] == group], frames)
        name_rows(ax, names, above=0.24)
        for label in ax.get_yticklabels()[::step]:
            label.set_weight("bold")
        most = float(drawn[["share", "high"]].max().max())
        percent_axis(ax, min(1.0, max(0.1, most * 1.12)))
        ax.grid(axis="x")
        for label, colour, mark in (VOICES[kind] for kind in drawn["voice_kind"].unique()):
            ax.plot([], [], mark, color=colour, label=label)
        legend(ax)
        ax.set_xlabel(f"share of headlines and sentences with the frame{aside}{nowhere}")
        title(ax, finding(shares))
    return ax


def _spaced(frame: str) -> str:
    return str(frame).replace("_", " ")


def _draw_group(ax: Axes, y: int, own: pd.DataFrame, frames: list[str]) -> None:
    """Draw the number of a group's units at ``y``, and its frames below."""
    sizes = own.groupby("voice_kind")["n_units"].max()
    words = [f"{sizes[kind]:,} in {VOICES[kind][0]}" for kind in VOICES if kind in sizes]
    ax.text(0, y + 0.04, f"units: {', '.join(words)}", va="center")
    pairs = []
    for (kind, (_, colour, mark)), offset in zip(VOICES.items(), (-0.1, 0.1), strict=True):
        rows = own[own["voice_kind"] == kind].set_index("frame").reindex(frames)
        places = y + 1 + offset + np.arange(len(frames))
        draw_shares(ax, rows, places, mark, color=colour, markersize=4.5)
        pairs.append((rows["share"], places))
    # A line from a frame's share in one voice to that in the other.
    ax.plot(*zip(*pairs, strict=True), color=LINE, linewidth=0.7, zorder=1)


def finding(shares: pd.DataFrame) -> str:
    """Return the finding of a picture: the frame used most in either voice, with counts."""
    sums = shares.groupby(["voice_kind", "frame"], sort=False)[["n_present", "n_units"]].sum()
    parts = []
    for kind, (label, *_) in VOICES.items():
        own = sums[sums.index.get_level_values(0) == kind]
        if own["n_present"].sum():
            top = own.loc[own["n_present"].idxmax()]
            frame = _spaced(top.name[1])
            parts.append(f"{label}: {frame} ({top['n_present']:,} of {top['n_units']:,})")
    return "Most frequent frame in " + "; in ".join(parts)


@dataclass(frozen=True, slots=True, repr=False)
class Evidence(Html):
    """Sentences with frames; ``rows`` are all that were found in the texts of articles.

    Each has article_id, start, frame, voice and spans (of the evidence).
    """

    rows: list[dict[str, Any]]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FRAMES: self.rows} if os.environ.get(ASKED) else {}


def evidence(
    framing: pd.DataFrame,
    corpus: Parts,
    frames: Sequence[str],
    *,
    voice_kind: str,
    rows: int = 5,
) -> Html:
    """Return sentences with each frame, strongest first, their evidence marked and voice named.

    Of the rows of ``corpus.framing()`` those of one kind of voice ('outlet' or 'quoted') are shown,
    ``rows`` sentences at most for each frame.
    """
    found = framing[framing["present"] & (framing["unit"] != "quote")]
    found = found[found["voice_kind"] == voice_kind].sort_values(
        ["score", "article_id", "start"], ascending=[False, True, True], kind="stable"
    )
    each = {frame: own for frame in frames if len(own := found[found["frame"] == frame])}
    shown = {row for own in each.values() for row in own["article_id"].head(rows)}
    by_id = corpus.only(shown).table("articles").set_index("article_id")
    words, parts = [], []
    for frame, own in each.items():
        items = [_item(row, by_id.loc[row.article_id]) for row in own.head(rows).itertuples()]
        size = f"{len(items):,} of {len(own):,}"
        words.append(f"{_spaced(frame)}: {size} sentences")
        parts.append(
            f"<p><strong>{html.escape(_spaced(frame))}</strong>: {size}</p>"
            f'<ul style="max-width:52em">{"".join(items)}</ul>'
        )
    none = "<p><em>no sentence with a frame</em></p>"
    whole = [_plain(row) for row in found[found["where"] == "text"].itertuples()]
    words = "; ".join(words) or "no sentence with a frame"
    return Evidence(words, "\n".join(parts) or none, whole)


def _plain(row: Any) -> dict[str, Any]:
    spans = [[int(start), int(end)] for start, end in row.evidence_spans]
    told = {"frame": _spaced(row.frame), "voice": _voice(row), "spans": spans}
    return {"article_id": row.article_id, "start": int(row.start), **told}


def _voice(row: Any) -> str:
    return "the outlet" if row.voice_kind == "outlet" else known(row.voice, "an unresolved speaker")


def _item(row, article: pd.Series) -> str:
    text = article["text" if row.where == "text" else "headline"]
    parts, at = [], row.start
    for start, end in row.evidence_spans:
        parts.append(html.escape(text[at:start]))
        parts.append(f'<mark style="{MARK}">{html.escape(text[start:end])}</mark>')
        at = end
    parts.append(html.escape(text[at : row.end]))
    place = cite(article, row.article_id, row.start if row.where == "text" else None)
    return (
        f'<li style="margin-bottom:6px">{"".join(parts)}<br>'
        f"<em>in the voice of {html.escape(_voice(row))}</em> ({place})</li>"
    )


def codebook_page(book: Any) -> Any:
    """Return a codebook in words: each frame's definition, questions and cues.

    Of a trained one: the definitions, where it learnt beside cues of the same frames, and how well
    each is found.
    """
    if not isinstance(book, Codebook):
        return _trained_page(book)
    parts = [f"<p><strong>{html.escape(book.title)}</strong>. {html.escape(book.note)}</p>"]
    for frame in book.frames:
        asked = "".join(f"<li>{html.escape(question)}</li>" for question in frame.questions)
        cues = ", ".join(html.escape(cue) for cue in frame.cues)
        sources = "<br>".join(html.escape(source) for source in frame.literature)
        parts.append(
            f"<p><strong>{html.escape(frame.label)}</strong>: {html.escape(frame.definition)}</p>"
            f"<ul>{asked}</ul><details><summary>{len(frame.cues)} cues and literature</summary>"
            f'<p style="max-width:52em">{cues}</p><p>{sources}</p></details>'
        )
    return Html(f"codebook '{book.name}', {len(book.frames)} frames", "\n".join(parts))


def _trained_page(book: TrainedCodebook) -> Html:
    meant = {frame.name: frame.definition for frame in book.features.book.frames}
    parts = []
    never = [least >= 1 and book.rule == "any" for least in book.thresholds]
    for row, unseen in zip(book.by_frame.itertuples(), never, strict=True):
        right = f"by cross-validation right {row.precision:.0%} of {row.n_given:,}"
        told = f"{right}, finds {row.recall:.0%} of {row.n_rows:,}"
        if unseen:
            told = "never given: it could not be told so well as was asked for"
        elif not row.n_given or row.precision < LEAST_RIGHT:
            told += "; too seldom right to be relied on: read each"
        parts.append(
            f"<p><strong>{html.escape(_spaced(row.frame))}</strong>: "
            f"{html.escape(meant.get(row.frame, ''))} <em>({told})</em></p>"
        )
    words = f"codebook '{book.name}', {len(book.labels)} frames learnt from {book.rows:,} texts"
    return Html(words, f"<p>{html.escape(words)}</p>" + "\n".join(parts))


def sensitivity(table: pd.DataFrame) -> str:
    """Return in words how much hangs on single cues.

    ``table`` is what :func:`sayso.analyze.framing.shares.without_cue` returned.
    """
    if table.empty:
        return "No cue was found, so nothing hangs on one."
    worst = table.iloc[0]
    if not worst["n_lost"]:
        return "No headline or sentence has its frame by one cue alone."
    return (
        f"Most hangs on '{worst['cue']}': without it, '{_spaced(worst['frame'])}' falls from "
        f"{worst['share']:.1%} to {worst['share_without']:.1%} of the headlines and sentences."
    )
