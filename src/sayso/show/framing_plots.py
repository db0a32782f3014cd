"""Pictures of framing, and the evidence behind them in readable sentences."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.show.plots import BLUE, ORANGE, legend, new_axes, nothing, short, style, title

if TYPE_CHECKING:
    from sayso.analyze.codebook import Codebook

VOICES = {"outlet": ("own words", BLUE), "quoted": ("quoted words", ORANGE)}
MARK = "background:#FFE08A;border-bottom:2px solid #B07A00;color:#000000"


@dataclass(frozen=True, slots=True, repr=False)
class Html:
    """A piece of HTML with a short description in words."""

    words: str
    markup: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return self.markup


def frames_by_voice(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each frame's share in the words of outlets and in those they quote, side by side.

    Parameters
    ----------
    shares
        What :func:`sayso.analyze.frame_shares.frame_shares` returned.
    by
        Its column of groups; the groups with the most units are drawn.
    rows
        Groups at most.
    ax
        Where to draw.
    """
    if shares.empty or not shares["n_present"].sum():
        return nothing("No frame was found", ax)
    sizes = shares.groupby(by)["n_units"].sum().sort_index()
    groups = list(sizes.sort_values(ascending=False, kind="stable").index[:rows])
    frames = list(shares["frame"].drop_duplicates())
    drawn = shares[shares[by].isin(groups)]
    with style():
        ax = new_axes(1.6 + 0.2 * len(groups) * (len(frames) + 1), ax)
        places, names = [], []
        for number, group in enumerate(groups):
            for at, name in enumerate(frames):
                y = number * (len(frames) + 1) + at
                own = drawn[(drawn[by] == group) & (drawn["frame"] == name)]
                _draw_pair(ax, y, own)
                places.append(y)
                names.append(name.replace("_", " "))
            _name_group(ax, number * (len(frames) + 1) - 0.75, group, drawn[drawn[by] == group])
        ax.set_yticks(places, names, fontsize=8.5)
        ax.set_ylim(len(groups) * (len(frames) + 1) - 0.7, -1.5)
        ax.set_xlim(0, max(0.1, float(drawn["share"].max()) * 1.12))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="x", color="#E6E6E6", linewidth=0.7)
        for label, colour in VOICES.values():
            ax.plot([], [], "o", color=colour, label=label)
        legend(ax)
        left = len(sizes) - len(groups)
        aside = f"; {left} more {by}s not drawn" if left else ""
        ax.set_xlabel(f"share of headlines and sentences with the frame{aside}")
        title(ax, finding(shares))
    return ax


def _draw_pair(ax: Axes, y: float, own: pd.DataFrame) -> None:
    points = {}
    for row in own.itertuples():
        _, colour = VOICES[row.voice_kind]
        offset = -0.12 if row.voice_kind == "outlet" else 0.12
        if np.isfinite(row.share_low):
            ax.plot([row.share_low, row.share_high], [y + offset] * 2, color=colour, alpha=0.4)
        points[row.voice_kind] = row.share
        ax.plot(row.share, y + offset, "o", color=colour, markersize=5)
    if len(points) == 2:
        ax.plot(list(points.values()), [y - 0.12, y + 0.12], color="#999999", linewidth=0.7)


def _name_group(ax: Axes, y: float, group: str, rows: pd.DataFrame) -> None:
    sizes = rows.groupby("voice_kind")["n_units"].max()
    told = ", ".join(
        f"{sizes[kind]:,} in {VOICES[kind][0]}" for kind in VOICES if kind in sizes.index
    )
    ax.text(
        0, y, f" {short(str(group), 40)} (units: {told})", fontsize=8.5, weight="bold", va="center"
    )


def finding(shares: pd.DataFrame) -> str:
    """Return the finding of a picture: the frame used most in either voice, with counts."""
    sums = shares.groupby(["voice_kind", "frame"], sort=False)[["n_present", "n_units"]].sum()
    parts = []
    for kind, (label, _) in VOICES.items():
        if kind in sums.index.get_level_values(0):
            own = sums.loc[kind]
            top = own["n_present"].idxmax()
            counts = own.loc[top]
            if counts["n_present"]:
                name = str(top).replace("_", " ")
                parts.append(f"{label}: {name} ({counts['n_present']:,} of {counts['n_units']:,})")
    return "Most frequent frame in " + "; in ".join(parts)


def evidence(
    framing: pd.DataFrame,
    articles: pd.DataFrame,
    frame: str,
    *,
    voice_kind: str | None = None,
    rows: int = 5,
) -> Html:
    """Return sentences with a frame, strongest first, their evidence marked and voice named.

    Parameters
    ----------
    framing, articles
        The rows of ``corpus.framing()`` and the articles table.
    frame
        The frame.
    voice_kind
        'outlet' or 'quoted'; both if left out.
    rows
        Sentences at most.
    """
    found = framing[framing["present"] & (framing["frame"] == frame) & (framing["unit"] != "quote")]
    if voice_kind:
        found = found[found["voice_kind"] == voice_kind]
    order = ["score", "article_id", "start"]
    shown = found.sort_values(order, ascending=[False, True, True], kind="stable").iloc[:rows]
    known = articles.set_index("article_id")
    items = [_item(row, known.loc[row.article_id]) for row in shown.itertuples()]
    label = html.escape(frame.replace("_", " "))
    words = f"{len(shown)} of {len(found)} sentences with the frame '{frame}'"
    empty = "<p><em>none</em></p>"
    body = f'<ul style="max-width:52em">{"".join(items)}</ul>' if items else empty
    return Html(words, f"<p><strong>{label}</strong>: {len(shown)} of {len(found)}</p>{body}")


def _item(row, article: pd.Series) -> str:
    text = article["text"]
    parts, at = [], row.start
    for start, end in row.evidence_spans:
        parts.append(html.escape(text[at:start]))
        parts.append(f'<mark style="{MARK}">{html.escape(text[start:end])}</mark>')
        at = end
    parts.append(html.escape(text[at : row.end]))
    voice = "the outlet" if row.voice_kind == "outlet" else row.voice
    voice = "an unresolved speaker" if pd.isna(voice) else voice
    outlet = article["outlet"] if pd.notna(article["outlet"]) else "outlet unknown"
    place = f"{outlet}, {row.article_id}, characters {row.start} to {row.end}"
    return (
        f'<li style="margin-bottom:6px">{"".join(parts)}<br>'
        f"<em>in the voice of {html.escape(str(voice))}</em> ({html.escape(place)})</li>"
    )


def codebook_html(book: Codebook) -> str:
    """Return a codebook in words: each frame's definition, questions and cues."""
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
    return "\n".join(parts)
