"""Pictures of framing, and the evidence behind them in readable sentences."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.show.canvas import BLUE, ORANGE, legend, new_axes, nothing, short, style, title
from sayso.show.html import Html

if TYPE_CHECKING:
    from sayso.analyze.framing.codebook import Codebook
    from sayso.analyze.framing.trained import TrainedCodebook

VOICES = {"outlet": ("own words", BLUE), "quoted": ("quoted words", ORANGE)}
MARKERS = {"outlet": "o", "quoted": "D"}
MARK = "background:#FFE08A;border-bottom:2px solid #B07A00;color:#000000"


def frames_by_voice(
    shares: pd.DataFrame, by: str = "outlet", *, rows: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each frame's share in the words of outlets and in those they quote, side by side.

    Parameters
    ----------
    shares
        What :func:`sayso.analyze.framing.shares.frame_shares` returned.
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
            own = drawn[drawn[by] == group]
            first = number * (len(frames) + 1)
            places += [first - 0.9, *range(first, first + len(frames))]
            names += [short(str(group), 34), *(name.replace("_", " ") for name in frames)]
            for at, name in enumerate(frames):
                _draw_pair(ax, first + at, own[own["frame"] == name])
            ax.text(0, first - 0.9, f" units: {_sizes(own)}", fontsize=8, va="center")
        ax.set_yticks(places, names, fontsize=8.5)
        for label in ax.get_yticklabels()[:: len(frames) + 1]:
            label.set_weight("bold")
        ax.set_ylim(len(groups) * (len(frames) + 1) - 0.7, -1.5)
        ax.set_xlim(0, max(0.1, float(drawn["share"].max()) * 1.12))
        ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        ax.grid(axis="x", color="#E6E6E6", linewidth=0.7)
        for kind, (label, colour) in VOICES.items():
            ax.plot([], [], MARKERS[kind], color=colour, label=label)
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
        if np.isfinite(row.low):
            ax.plot([row.low, row.high], [y + offset] * 2, color=colour, alpha=0.4)
        points[row.voice_kind] = row.share
        marker = MARKERS[row.voice_kind]
        ax.plot(row.share, y + offset, marker, color=colour, markersize=4.5, clip_on=False)
    if len(points) == 2:
        ax.plot(list(points.values()), [y - 0.12, y + 0.12], color="#999999", linewidth=0.7)


def _sizes(rows: pd.DataFrame) -> str:
    sizes = rows.groupby("voice_kind")["n_units"].max()
    kinds = [kind for kind in VOICES if kind in sizes.index]
    return ", ".join(f"{sizes[kind]:,} in {VOICES[kind][0]}" for kind in kinds)


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
    frames: str | Sequence[str],
    *,
    voice_kind: str | None = None,
    rows: int = 5,
) -> Html:
    """Return sentences with a frame, strongest first, their evidence marked and voice named.

    Parameters
    ----------
    framing, articles
        The rows of ``corpus.framing()`` and the articles table.
    frames
        The frame, or several.
    voice_kind
        'outlet' or 'quoted'; both if left out.
    rows
        Sentences at most, for each frame.
    """
    found = framing[framing["present"] & (framing["unit"] != "quote")]
    if voice_kind:
        found = found[found["voice_kind"] == voice_kind]
    known = articles.set_index("article_id")
    words, parts = [], []
    for frame in [frames] if isinstance(frames, str) else frames:
        own = found[found["frame"] == frame]
        order = ["score", "article_id", "start"]
        shown = own.sort_values(order, ascending=[False, True, True], kind="stable").iloc[:rows]
        items = [_item(row, known.loc[row.article_id]) for row in shown.itertuples()]
        size = f"{len(shown):,} of {len(own):,}"
        words.append(f"{frame.replace('_', ' ')}: {size} sentences")
        parts.append(
            f"<p><strong>{html.escape(frame.replace('_', ' '))}</strong>: {size}</p>"
            f'<ul style="max-width:52em">{"".join(items)}</ul>'
        )
    return Html("; ".join(words), "\n".join(parts))


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


def codebook_page(book: Codebook | TrainedCodebook) -> Html | TrainedCodebook:
    """Return a codebook in words: each frame's definition, questions and cues.

    A trained one has no words of its own but its scores, and is returned as it is.
    """
    if not hasattr(book, "frames"):
        return book
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


def counts(shares: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Return the counts behind a picture: a row a group and voice, a column a frame ('3 of 12')."""
    words = [f"{k:,} of {n:,}" for k, n in zip(shares["n_present"], shares["n_units"], strict=True)]
    voice = shares["voice_kind"].map({kind: label for kind, (label, _) in VOICES.items()})
    cells = shares.assign(words=words, **{"whose words": voice})
    wide = cells.pivot(index=[by, "whose words"], columns="frame", values="words")
    return wide[list(shares["frame"].drop_duplicates())].reset_index().rename_axis(columns=None)


def sensitivity(table: pd.DataFrame) -> str:
    """Return in words how much hangs on single cues (see ``frame_shares.without_cue``)."""
    if table.empty:
        return "No cue was found, so nothing hangs on one."
    worst = table.assign(part=1 - table["share_without"] / table["share"])
    worst = worst.sort_values(
        ["n_lost", "part", "frame", "cue"], ascending=[False, False, True, True]
    )
    worst = worst.iloc[0]
    frame = str(worst["frame"]).replace("_", " ")
    return (
        f"Most hangs on '{worst['cue']}': without it, '{frame}' falls from {worst['share']:.1%} "
        f"to {worst['share_without']:.1%} of the headlines and sentences."
    )
