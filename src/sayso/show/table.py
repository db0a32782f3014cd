"""Tables and sentences for notebooks: plain, escaped, the same every time.

A notebook cell ends with one of these, not with a bare frame: no index, no cut-off names, missing
values empty, whole numbers whole. The HTML is plain with inline styles, as the viewer's is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from sayso.show.html import Html, day_words, escape, published_words, short

LONG, VERY_LONG, NARROW = 45, 120, 18  # characters; columns of long texts are kept wide
CAPTION = "caption-side:top;text-align:left;padding:4px 0px;font-weight:600;white-space:nowrap"


def table(
    data: pd.DataFrame,
    caption: str = "",
    *,
    rows: int = 20,
    most: int = 220,
    percent: Sequence[str] = (),
) -> Html:
    """Return a frame as a table to be shown; an index with a name becomes its first column.

    ``rows`` are shown at most (the caption says how many are left out), of a cell ``most``
    characters; the columns named in ``percent`` hold shares.
    """
    if data.index.name:
        data = data.reset_index()
    shown = data.iloc[:rows]
    if len(shown) < len(data):
        caption = f"{caption} (the first {rows:,} of {len(data):,} rows)".strip()
    shown = shown.assign(**{name: shown[name].map(_percent) for name in percent})
    names = [str(name).replace("_", " ") for name in data.columns]
    columns = [[_text(value, most) for value in shown.iloc[:, i]] for i in range(len(names))]
    looks = [
        (kind.kind in "iuf", max(map(len, column), default=0))
        for kind, column in zip(data.dtypes, columns, strict=True)
    ]
    head = _row("th", names, looks)
    body = "\n".join(_row("td", row, looks) for row in zip(*columns, strict=True))
    if shown.empty:
        body = f'<tr><td colspan="{len(names)}"><em>no rows</em></td></tr>'
    over = f'<caption style="{CAPTION}">{escape(caption)}</caption>' if caption else ""
    words = f"Table({len(shown)} rows, {len(names)} columns)" + (f": {caption}" if caption else "")
    return Html(
        words,
        f'<table style="border-collapse:collapse;margin-left:0px">{over}'
        f"<thead>{head}</thead>\n<tbody>{body}</tbody></table>",
    )


def with_days(data: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose earliest and latest days are words ('when'), in front."""
    words = [
        "" if pd.isna(first) or pd.isna(last) else day_words(first, last, year=True)
        for first, last in zip(data["earliest"], data["latest"], strict=True)
    ]
    rest = data.drop(columns=["earliest", "latest"])
    rest.insert(0, "when", pd.Series(words, index=data.index, dtype="str"))
    return rest


def with_published(data: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose publication dates are words, as exact as they are known."""
    words = [published_words(row) for row in data.itertuples()]
    published = pd.Series(words, index=data.index, dtype="str")
    return data.drop(columns="published_precision").assign(published=published)


def with_intervals(data: pd.DataFrame) -> pd.DataFrame:
    """Return a frame whose share, low and high stand in one column, such as '33% (12 to 65)'."""
    words = [
        ("" if pd.isna(share) else f"{share:.0%}")
        + ("" if pd.isna(low) or pd.isna(high) else f" ({low:.0%} to {high:.0%})")
        for share, low, high in zip(data["share"], data["low"], data["high"], strict=True)
    ]
    return data.drop(columns=["share", "low", "high"]).assign(**{"share (95% interval)": words})


def with_corrected(
    data: pd.DataFrame, figures: pd.DataFrame | None, what: str = "", *, form: str = "{:.1%}"
) -> pd.DataFrame:
    """Return a frame with what codings make of one of its figures, in a column at its end.

    ``figures`` has the columns that name a row of the frame, and corrected, low, high, n_coded;
    without it, the frame is returned as it is. What cannot be corrected has an empty cell. ``what``
    names the figure, if there are several, ``form`` tells how its numbers are written.
    """
    if figures is None:
        return data
    names = [name for name in figures.columns if name in data.columns and name not in NUMBERS]
    words = [
        ""
        if pd.isna(row.corrected)
        else f"{form.format(row.corrected)} ({form.format(row.low)} to {form.format(row.high)}; "
        f"{row.n_coded} coded)"
        for row in figures.itertuples()
    ]
    told = figures[names].assign(words=words)
    found = data[names].merge(told, on=names, how="left")["words"].fillna("")
    column = " ".join(f"{what} corrected (95% interval)".split())
    return data.assign(**{column: found.to_numpy()})


NUMBERS = ("n_articles", "n_coded", "found", "corrected", "low", "high")


def _row(tag: str, texts: Iterable[str], looks: list[tuple[bool, int]]) -> str:
    cells = [_cell(tag, text, *look) for text, look in zip(texts, looks, strict=True)]
    return f"<tr>{''.join(cells)}</tr>"


def _cell(tag: str, text: str, right: bool, longest: int) -> str:
    """Return a cell; ``right`` aligns numbers, ``longest`` is the column's longest text."""
    style = f"text-align:{'right' if right else 'left'};vertical-align:top;padding:3px 9px"
    if longest > LONG:
        style += f";min-width:{24 if longest > VERY_LONG else 14}em"
    elif tag == "td" and len(text) <= NARROW:
        style += ";white-space:nowrap"
    return f'<{tag} style="{style}">{escape(text)}</{tag}>'


def _percent(share: float) -> str:
    """Return a share in words; small ones need a decimal to be told from none."""
    if pd.isna(share):
        return ""
    return f"{share:.1%}" if 0 < share < 0.095 else f"{share:.0%}"


def _text(value: Any, most: int) -> str:
    """Return a value as a reader expects it."""
    if isinstance(value, (list, tuple)):
        return short(", ".join(str(item) for item in value), most)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_integer(value):
        return f"{value:,}"
    return f"{value:,.2f}" if pd.api.types.is_float(value) else short(str(value), most)
