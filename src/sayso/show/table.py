"""Tables for notebooks and pages: plain, escaped, the same every time.

A notebook cell ends with one of these, not with a bare frame: no index, no cut-off names, missing
values empty, whole numbers whole. Long texts, the evidence, stand below their row at full width.
The HTML is plain with inline styles, as the viewer's is.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from sayso.show.html import ASKED, day_words, escape, published_words, short

LONG, VERY_LONG, NARROW = 45, 120, 18  # characters; a column of longer texts than that stands below
WHOLE = 100_000
"""Rows of a table that a report keeps at most: all of them are had from the analysis itself."""
CAPTION = "caption-side:top;text-align:left;padding:4px 0px;font-weight:600"
MIME = "application/vnd.sayso.table+json"  # as what whole tables are handed to a report


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A table to be shown: of its rows the first ``shown``, cells cut.

    ``rows`` are plain values: all ``n_rows`` of them, ``WHOLE`` at most, where a report asks for
    whole tables, else those that are shown.
    """

    caption: str
    names: list[str]
    numeric: list[bool]
    percent: list[str]
    rows: list[list[Any]]
    n_rows: int
    shown: int
    most: int

    def __repr__(self) -> str:
        rows = min(self.shown, self.n_rows)
        words = f"Table({rows} rows, {len(self.names)} columns)"
        return f"{words}: {self.title}" if self.title else words

    def _repr_html_(self) -> str:
        return self.markup()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: asdict(self)} if os.environ.get(ASKED) else {}

    @property
    def title(self) -> str:
        """The caption, and how many rows are left out."""
        if self.n_rows <= self.shown:
            return self.caption
        left_out = f"(the first {self.shown:,} of {self.n_rows:,} rows)"
        return f"{self.caption} {left_out}".strip()

    def texts(self, row: list[Any]) -> list[str]:
        """Return the values of a row as a reader expects them."""
        return [
            _percent(value) if name in self.percent else _text(value, self.most)
            for name, value in zip(self.names, row, strict=True)
        ]

    def markup(
        self,
        identity: str = "",
        cell: Callable[[int, str], str] | None = None,
        under: Sequence[str] = (),
    ) -> str:
        """Return the table as HTML.

        ``identity`` begins the ids of the rows, if they are to have any; ``cell`` returns HTML in
        place of what a cell holds (given the number of the row and the column), '' to leave it;
        columns named in ``under`` stand below long texts, where there are any.
        """
        texts = [self.texts(row) for row in self.rows[: self.shown]]
        longest = [max(map(len, column), default=0) for column in zip(*texts, strict=True)]
        lines = _below(self.names, longest, under)
        aside = {i for line in lines for i in line}
        looks = [(i, self.numeric[i], n) for i, n in enumerate(longest) if i not in aside]
        looks = looks or [(i, self.numeric[i], 0) for i in range(len(self.names))]
        heads = [escape(name.replace("_", " ")) for name in self.names]
        body = []
        for number, row in enumerate(texts):
            cells = [
                (cell and cell(number, name)) or escape(text)
                for name, text in zip(self.names, row, strict=True)
            ]
            own = f' id="{identity}-{number + 1}"' if identity else ""
            body.append(f"<tbody{own}>{_record('td', cells, looks, lines)}</tbody>")
        over = f'<caption style="{CAPTION}">{escape(self.title)}</caption>' if self.title else ""
        none = f'<tbody><tr><td colspan="{len(self.names)}"><em>no rows</em></td></tr></tbody>'
        return (
            f'<table style="border-collapse:collapse;margin-left:0px">{over}'
            f"<thead>{_record('th', heads, looks, lines if body else [])}</thead>\n"
            + ("\n".join(body) or none)
            + "</table>"
        )


def table(
    data: pd.DataFrame,
    caption: str = "",
    *,
    rows: int = 20,
    most: int = 220,
    percent: Sequence[str] = (),
    told: Callable[[pd.DataFrame], pd.DataFrame] | None = None,
) -> Table:
    """Return a frame as a table to be shown; an index with a name becomes its first column.

    ``rows`` are shown at most (the caption says how many are left out), of a cell ``most``
    characters; the columns named in ``percent`` hold shares. ``told`` completes rows that are kept,
    such as ``corpus.told``, which reads the sentences at their places.
    """
    n_rows = len(data)
    data = data.iloc[: WHOLE if os.environ.get(ASKED) else rows]
    data = told(data) if told else data
    if data.index.name:
        data = data.reset_index()
    columns = [[_plain(value) for value in data.iloc[:, i]] for i in range(data.shape[1])]
    return Table(
        caption,
        [str(name) for name in data.columns],
        [kind.kind in "iuf" for kind in data.dtypes],
        list(percent),
        [list(row) for row in zip(*columns, strict=True)],
        n_rows,
        rows,
        most,
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


def _below(names: list[str], longest: list[int], under: Sequence[str]) -> list[tuple[int, ...]]:
    """Return the columns that stand below a row, a line each: passages, long texts, then others."""
    lines: list[tuple[int, ...]] = []
    for i, length in enumerate(longest):
        if names[i] == "before" and "after" in names[i + 2 : i + 3]:
            lines.append((i, i + 1, i + 2))
        elif length > VERY_LONG and not (lines and i in lines[-1]):
            lines.append((i,))
    if lines:
        lines += [(i,) for i, name in enumerate(names) if name in under]
    return lines if sum(map(len, lines)) < len(names) else []


def _record(
    tag: str, cells: list[str], looks: list[tuple[int, bool, int]], lines: list[tuple[int, ...]]
) -> str:
    """Return the cells of a row, and the lines below it, as rows of HTML."""
    rows = ["".join(_cell(tag, cells[i], right, longest) for i, right, longest in looks)]
    for line in lines:
        if len(line) == 1:
            words = cells[line[0]]
        elif tag == "th":
            words = cells[line[1]]
        else:
            before, own, after = (cells[i] for i in line)
            words = f"{before} <strong>{own}</strong> {after}".strip() if own else ""
        style = "text-align:left;padding:0px 9px 6px 22px;font-weight:400"
        if words:
            div = f'<div style="max-width:60em">{words}</div>'
            rows.append(f'<{tag} colspan="{len(looks)}" style="{style}">{div}</{tag}>')
    return "".join(f"<tr>{row}</tr>" for row in rows)


def _cell(tag: str, words: str, right: bool, longest: int) -> str:
    """Return a cell; ``right`` aligns numbers, ``longest`` is the column's longest text."""
    style = f"text-align:{'right' if right else 'left'};vertical-align:top;padding:3px 9px"
    if longest > LONG:
        style += ";min-width:14em"
    elif tag == "td" and longest <= NARROW:
        style += ";white-space:nowrap"
    return f'<{tag} style="{style}">{words}</{tag}>'


def _percent(share: float | None) -> str:
    """Return a share in words; small ones need a decimal to be told from none."""
    if share is None:
        return ""
    return f"{share:.1%}" if 0 < share < 0.095 else f"{share:.0%}"


def _plain(value: Any) -> Any:
    """Return a value as a text, a number, yes or no, or None where it is missing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in value)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if pd.api.types.is_bool(value):
        return bool(value)
    if pd.api.types.is_integer(value):
        return int(value)
    finite = pd.api.types.is_float(value) and math.isfinite(value)
    return float(value) if finite else str(value)


def _text(value: Any, most: int) -> str:
    """Return a plain value as a reader expects it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.2f}" if isinstance(value, float) else short(value, most)
