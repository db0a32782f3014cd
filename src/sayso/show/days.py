"""Days on a picture: which are drawn, what they are called, how they relate to publication."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from sayso.analyze.timeline import last_day, relation_to_publication
from sayso.show.plots import PALE


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
