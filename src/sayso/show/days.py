"""Days on a picture: which are drawn, what they are called, how they relate to publication."""

from __future__ import annotations

from dataclasses import dataclass

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from sayso.show.plots import PALE

DAY = pd.Timedelta(days=1)
MARGIN = pd.Timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn; what lies outside them is told in words."""

    first: pd.Timestamp
    last: pd.Timestamp

    def share(self, day: pd.Timestamp) -> float:
        """Return where a day stands, 0 the left edge to 1 the right."""
        return (day - self.first) / (self.last - self.first)


def find_window(articles: pd.DataFrame, placed: pd.DataFrame) -> Window | None:
    """Return the days to draw: the publication dates and the reported dates near them."""
    published = articles["published"].dropna()
    if len(published):
        first, last = published.min() - MARGIN, published.max() + MARGIN
    elif len(placed):
        middle = placed["earliest"].sort_values().iloc[len(placed) // 2]
        first, last = middle - MARGIN, middle + MARGIN
    else:
        return None
    near = placed[(placed["latest"] >= first) & (placed["earliest"] <= last)]
    first = max(first, pd.concat([published, near["earliest"]]).min())
    last = min(last, pd.concat([published, near["latest"]]).max())
    edge = max((last - first) * 0.05, 3 * DAY)
    return Window(first - edge, last + edge)


def last_day(first: pd.Timestamp, precision: str) -> pd.Timestamp:
    """Return the last day that a publication date of this precision can mean."""
    if pd.isna(first):
        return pd.NaT
    if precision == "month":
        return first + pd.offsets.MonthEnd(0)
    return first + pd.offsets.YearEnd(0) if precision == "year" else first


def day_words(earliest: pd.Timestamp, latest: pd.Timestamp, *, year: bool = False) -> str:
    """Return the shortest name of a stretch of days: '4 Dec', 'Dec 2018', '1992', '3-9 Feb'."""
    day = f"{earliest.day} {earliest:%b}" + (f" {earliest.year}" if year else "")
    if earliest == latest:
        return day
    ends_month = latest.is_month_end and earliest.day == 1
    if ends_month and (earliest.month, latest.month) == (1, 12):
        same = earliest.year == latest.year
        return str(earliest.year) if same else f"{earliest.year}–{latest.year}"
    if ends_month and (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest:%b} {earliest.year}"
    if earliest.year != latest.year and not year:
        day += f" {earliest.year}"
    year = year or earliest.year != latest.year
    return f"{day} – {latest.day} {latest:%b}" + (f" {latest.year}" if year else "")


def calendar_axis(ax: Axes) -> None:
    locator = mdates.AutoDateLocator(minticks=4, maxticks=9)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator))
    ax.grid(axis="x", color=PALE, linewidth=0.6)


def relation_to_publication(articles: pd.DataFrame, placed: pd.DataFrame) -> pd.Series:
    """Return for each reported date whether it lies 'before' (up to) or 'after' publication."""
    pairs = zip(articles["published"], articles["published_precision"], strict=True)
    last = pd.Series([last_day(*pair) for pair in pairs], index=articles["article_id"])
    published = placed["article_id"].map(last.astype("datetime64[s]"))
    after = np.where(placed["earliest"] > published, "after", "before")
    return pd.Series(np.where(published.isna(), "unknown", after), index=placed.index)


def finding(articles: pd.DataFrame, placed: pd.DataFrame) -> str:
    """Return what the picture shows, in one sentence."""
    known = articles[articles["published"].notna()].sort_values("published")
    if not len(known):
        return f"{len(placed):,} dates are reported; no article tells when it was published"
    first, last = (published_words(row) for row in known.iloc[[0, -1]].itertuples())
    when = first if first == last else f"between {first} and {last}"
    relation = relation_to_publication(articles, placed)
    compared = relation[relation != "unknown"]
    if not len(compared):
        return f"Published {when}; no other dates are reported"
    later = int((compared == "after").sum())
    return f"Published {when}; {later:,} of {len(compared):,} dates reported lie after publication"


def published_words(article) -> str:
    """Return when an article was published, as exactly as it is known."""
    last = last_day(article.published, article.published_precision)
    return day_words(article.published, last, year=True)
