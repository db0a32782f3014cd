"""The timeline: when articles were published, and when things happen that they speak of.

A date is drawn as wide as it is unsure: a dot for a day, a bar for a month or a year. Up to 30
articles have a lane each; more are counted, by outlet and month.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from sayso.analyze.timeline import (
    DAY,
    Window,
    find_window,
    last_days,
    relation_to_publication,
    timeline_counts,
)
from sayso.show.canvas import (
    BLUE,
    GREY,
    INK,
    SKY,
    SMALL,
    VERMILION,
    Canvas,
    Picture,
    article_name,
    nothing,
)
from sayso.show.html import count, day_words, published_words

LANE = 50  # pixels: a row of labels, the marks, a row of labels
LABEL_ROWS = (-11, 19)
"""How far from the marks' middle labels stand: above, below."""
SIZES = ((330, {"most": 560}), (560, {"least": 560}))
"""Widths of a picture at which labels are placed, and at which widths these are shown."""
STEPS = ("D", "2D", "5D", "7D", "14D", "MS", "2MS", "3MS", "6MS", "YS", "2YS", "5YS", "10YS")
MOST_TICKS = 5


def timeline(dates: pd.DataFrame, articles: pd.DataFrame, *, lanes: int = 30) -> Picture:
    """Draw publication dates and reported dates on one axis.

    Up to ``lanes`` articles have a lane each; more are counted by outlet and month. The picture
    spans the publication dates and 400 days around them; what lies outside is named at the edge of
    its lane (or counted in the subtitle). Date expressions without a place on the calendar
    (durations, 'now') are counted, too.
    """
    placed = dates[dates["earliest"].notna() & dates["latest"].notna()]
    window = find_window(placed, articles)
    if window is None:
        return nothing("No dates to draw")
    draw = _draw_lanes if len(articles) <= lanes else _draw_counts
    canvas = Canvas()
    unit = draw(canvas, placed, articles, len(dates) - len(placed), window)
    canvas.ticks(_days(window))
    return canvas.picture(_finding(placed, articles), f"{unit}; source: corpus.dates")


def _days(window: Window) -> dict[str, float]:
    """Return the days that the scale names: words, and where each stands."""
    for step in STEPS:
        days = pd.date_range(window.first.normalize(), window.last, freq=step)
        if len(days) <= MOST_TICKS:
            break
    days = days[days >= window.first]
    if step.endswith("S"):
        form = "%Y" if "Y" in step else "%b %Y"
        return {day.strftime(form): window.share(day) for day in days}
    return {day_words(day, day): window.share(day) for day in days}


def _draw_lanes(
    canvas: Canvas, placed: pd.DataFrame, articles: pd.DataFrame, unplaced: int, window: Window
) -> str:
    """Draw each article's publication and reported dates on a lane of its own; return the unit."""
    ordered = articles.sort_values(["published", "article_id"], na_position="last", kind="stable")
    _lane_legend(canvas, placed, articles)
    for article in ordered.assign(last=last_days(ordered)).itertuples():
        y = canvas.row(article_name(article), published_words(article) or "date unknown", room=LANE)
        canvas.line((0, 1), (y, y), opacity=0.25)
        own = placed[placed["article_id"] == article.article_id]
        _draw_dates(canvas, y, own, article.last, window)
        _draw_published(canvas, y, article, window)
    aside = f"; {unplaced:,} durations and vague ones not drawn" if unplaced else ""
    articles_drawn = count(len(ordered), "article")
    return f"date expressions on the calendar; n = {len(placed):,} in {articles_drawn}{aside}"


def _draw_dates(
    canvas: Canvas, y: float, own: pd.DataFrame, published: pd.Timestamp, window: Window
) -> None:
    """Draw one article's reported dates, with labels where there is room.

    ``published`` is the last day on which the article can have been published.
    """
    spans = own.groupby(["earliest", "latest"]).size().rename("n").reset_index()
    inside = (spans["latest"] >= window.first) & (spans["earliest"] <= window.last)
    spans = spans.assign(words=[_span_words(row) for row in spans.itertuples()])
    for span in spans[inside].itertuples():
        later = pd.notna(published) and span.earliest > published
        colour = GREY if pd.isna(published) else VERMILION if later else BLUE
        first, last = _ends(span, window)
        if span.earliest == span.latest:
            canvas.mark(first, y, ">" if later else "o", colour, span.words)
        else:
            canvas.bar(first, y, last - first, colour, span.words, height=8, opacity=0.45)
    for width, shown in SIZES:
        labels = Labels(canvas, y, width, shown)
        _name_outside(labels, spans[~inside], window)
        for span in spans[inside].itertuples():
            labels.place(span.words, sum(_ends(span, window)) / 2)


def _ends(span, window: Window) -> tuple[float, float]:
    """Return where a span begins and ends, as far as it is drawn."""
    first = window.share(span.earliest)
    last = first if span.earliest == span.latest else window.share(span.latest + DAY)
    return max(0.0, first), min(1.0, last)


def _span_words(span) -> str:
    return day_words(span.earliest, span.latest) + (f" ({span.n} times)" if span.n > 1 else "")


@dataclass(slots=True)
class Labels:
    """The words of a lane at one width of the picture: they stand where nothing is written yet."""

    canvas: Canvas
    y: float
    width: float
    shown: dict[str, float]
    taken: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def place(self, words: str, middle: float, rows: tuple[int, ...] = LABEL_ROWS) -> None:
        """Write words around ``middle``, in the first of the ``rows`` that has room, if any has."""
        length = (6.6 * len(words) + 8) / self.width
        left = min(max(middle - length / 2, 0), 1 - length)
        for row in rows:
            boxes = self.taken.setdefault(row, [])
            if all(left + length < start or left > end for start, end in boxes):
                boxes.append((left, left + length))
                anchor, x = "middle", middle
                if left in (0, 1 - length):
                    anchor, x = ("start", 0) if left == 0 else ("end", 1)
                look = {"size": SMALL, "anchor": anchor, **self.shown}
                self.canvas.text(x, self.y + row, words, **look)
                return


def _name_outside(labels: Labels, spans: pd.DataFrame, window: Window) -> None:
    """Name the dates that the window leaves out, at the edges of the lane."""
    before = spans["latest"] < window.first
    for rows, edge in ((spans[before], 0), (spans[~before], 1)):
        names = [day_words(row.earliest, row.latest, year=True) for row in rows.itertuples()]
        most = 3 if labels.width > 400 else 1
        names = [*names[:most], f"{len(names) - most} more"] if len(names) > most else names
        if names:
            words = ", ".join(names)
            labels.place(f"{words} ▸" if edge else f"◂ {words}", edge, LABEL_ROWS[::-1])


def _draw_published(canvas: Canvas, y: float, article, window: Window) -> None:
    """Draw when an article was published: a day as a diamond, a longer stretch as a frame."""
    words = f"published {published_words(article)}"
    if pd.notna(article.published) and article.last > article.published:
        first, last = window.share(article.published), min(1, window.share(article.last + DAY))
        canvas.bar(first, y, last - first, INK, words, height=12, hollow=True)
    elif pd.notna(article.published):
        canvas.mark(window.share(article.published), y, "D", INK, words)


def _lane_legend(canvas: Canvas, placed: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Name the marks that this picture uses."""
    relations = set(relation_to_publication(placed, articles))
    entries = [
        (articles["published"].notna().any(), "D", INK, "published"),
        (relations & {"before", "at"}, "o", BLUE, "reported, up to publication"),
        ("after" in relations, ">", VERMILION, "reported, later"),
        ("unknown" in relations, "o", GREY, "reported, publication date unknown"),
        (
            (placed["earliest"] < placed["latest"]).any(),
            "s",
            SKY,
            "a bar: month, year or other span",
        ),
    ]
    for used, shape, colour, words in entries:
        if used:
            canvas.key(shape, colour, words)


def _draw_counts(
    canvas: Canvas, placed: pd.DataFrame, articles: pd.DataFrame, unplaced: int, window: Window
) -> str:
    """Draw how many articles appeared, and how many dates each outlet reports, by month."""
    table = timeline_counts(placed, articles, window=window)
    others = float(table.loc["others"].sum()) if "others" in table.index else 0
    table = table.drop(index="others", errors="ignore")
    step = table.columns[-1] - table.columns[-2] if len(table.columns) > 1 else 31 * DAY
    unit = "month" if step.days < 40 else "year"
    most = [table.iloc[0].max(), table.iloc[1:].max(axis=None) if len(table) > 1 else 0]
    for number, (name, row) in enumerate(table.iterrows()):
        y = canvas.row(name, f"n = {row.sum():,.0f}")
        _draw_fields(canvas, y, row, window, most[min(number, 1)])
    undrawn = {
        "before these months": int((placed["latest"] < window.first).sum()),
        "after them": int((placed["earliest"] > window.last).sum()),
        "durations and vague ones": unplaced,
        "in other or unknown outlets": round(others),
        "articles without a publication date": int(articles["published"].isna().sum()),
    }
    aside = ", ".join(f"{number:,} {words}" for words, number in undrawn.items() if number)
    return (
        f"date expressions a {unit}, the darker the more (at most {most[1]:,.0f}; articles: "
        f"{most[0]:,.0f}); n = {len(placed):,} in {len(articles):,} articles"
        + (f"; not drawn: {aside}" if aside else "")
    )


def _draw_fields(canvas: Canvas, y: float, row: pd.Series, window: Window, most: float) -> None:
    """Draw a row of counts as fields, the darker the more."""
    colour = INK if row.name.startswith("published") else BLUE
    ends = [*row.index[1:], window.last + DAY]
    for first, last, number in zip(row.index, ends, row, strict=True):
        if number < 1e-9:
            continue
        left, right = (min(max(window.share(day), 0), 1) for day in (first, last))
        told = f"{first:%b %Y}: {number:,.1f}".removesuffix(".0")
        canvas.bar(
            left, y, right - left, colour, told, opacity=0.15 + 0.85 * (number / most) ** 0.5
        )


def _finding(placed: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Return what the picture shows, in one sentence."""
    known = articles[articles["published"].notna()].sort_values("published")
    if not len(known):
        return f"{len(placed):,} dates are reported; no article tells when it was published"
    first, last = (published_words(row) for row in known.iloc[[0, -1]].itertuples())
    when = first if first == last else f"between {first} and {last}"
    when = f"{count(len(known), 'article')} published {when}"
    relation = relation_to_publication(placed, articles)
    compared = relation[relation != "unknown"]
    if not len(compared):
        return f"{when}; no other dates are reported"
    later = int((compared == "after").sum())
    return f"{when}; {later:,} of {len(compared):,} dates reported lie after publication"
