"""What was said to happen when: time expressions joined to their sentences and their speakers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.passages import label_rows, sentence_at, sentences
from sayso.text.marks import paragraphs
from sayso.text.sentences import split_sentences

USES = {
    "calendar": "on the calendar: a day, month, year or other stretch of days",
    "publication": "the words that gave the article's own publication date",
    "present": "'now', 'at present': no place of its own on the calendar",
    "length": "a length of time or a repetition ('six weeks', 'every year')",
    "open": "a day, month or weekday whose year or week is not known",
}


def uses(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Return what each time expression can be used for: a key of ``USES``."""
    evidence = articles.set_index("article_id")["published_evidence"]
    own = [
        isinstance(span, list) and span[0] <= row.start and row.end <= span[1]
        for row, span in zip(dates.itertuples(), dates["article_id"].map(evidence), strict=True)
    ]
    use = pd.Series("calendar", index=dates.index, dtype="str", name="use")
    use[dates["earliest"].isna() | dates["latest"].isna()] = "open"
    use[dates["value"].isin(["PRESENT_REF", "PAST_REF", "FUTURE_REF"])] = "present"
    use[dates["type"].isin(["DURATION", "SET"])] = "length"
    use[pd.Series(own, index=dates.index, dtype="bool")] = "publication"
    return use


def use_counts(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return how many time expressions there are of each use.

    Returns
    -------
    DataFrame
        Columns: use, meaning, count, of.
    """
    counts = uses(dates, articles).value_counts()
    rows = [(use, words, int(counts.get(use, 0)), len(dates)) for use, words in USES.items()]
    return pd.DataFrame(rows, columns=["use", "meaning", "count", "of"])


def statements(dates: pd.DataFrame, quotes: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return what the articles place on the calendar, by day.

    Parameters
    ----------
    dates, quotes, articles
        Those tables.

    Returns
    -------
    DataFrame
        Columns: article_id, article, outlet, earliest, latest, surface, role, voice, relation,
        sentence, date_id. ``role`` is 'quoted' where the expression stands inside a quote, 'dates
        a quote' where it stands in the sentence of a quote's cue, else 'told'; ``voice`` is who
        speaks in a quote (null if unresolved), and the outlet otherwise; ``relation`` is 'before',
        'at' or 'after' publication, or 'unknown'.
    """
    own = dates[uses(dates, articles) == "calendar"]
    found = label_rows(own, articles)
    roles = _roles(own, quotes, articles)
    found["role"] = [role for role, _ in roles]
    found["voice"] = pd.Series([voice for _, voice in roles], own.index, dtype="object")
    found["voice"] = found["voice"].where(found["role"] == "quoted", found["outlet"])
    found["relation"] = _relation(own, articles)
    found["sentence"] = sentences(own, articles)
    names = ["article_id", "article", "outlet", "earliest", "latest", "surface", "role", "voice"]
    found = found.sort_values(["earliest", "latest", "article_id", "start"], kind="stable")
    return found[[*names, "relation", "sentence", "date_id"]].reset_index(drop=True)


def shared_days(found: pd.DataFrame) -> pd.DataFrame:
    """Return the days (or months, or years) that two outlets or more speak of.

    Parameters
    ----------
    found
        What :func:`statements` returned.

    Returns
    -------
    DataFrame
        Columns: earliest, latest, n_outlets, n_articles, outlets; those of most outlets first.
        Stretches count as the same only if both ends are; an unknown outlet counts for none.
    """
    known = found[found["outlet"] != "unknown"]
    spans = known.groupby(["earliest", "latest"], sort=True)
    table = pd.DataFrame(
        {
            "n_outlets": spans["outlet"].nunique(),
            "n_articles": spans["article_id"].nunique(),
            "outlets": spans["outlet"].agg(lambda names: ", ".join(sorted(set(names)))),
        }
    ).reset_index()
    table = table[table["n_outlets"] > 1]
    return table.sort_values("n_outlets", ascending=False, kind="stable", ignore_index=True)


def _roles(
    dates: pd.DataFrame, quotes: pd.DataFrame, articles: pd.DataFrame
) -> list[tuple[str, str | None]]:
    """Return for each date its role, and who speaks where it is quoted."""
    texts = articles.set_index("article_id")["text"]
    by_article = dict(list(quotes.groupby("article_id")))
    cued: dict[str, list] = {}
    roles = []
    for date in dates.itertuples():
        own = by_article.get(date.article_id, quotes.iloc[:0])
        if date.article_id not in cued:
            cut = split_sentences(texts[date.article_id], paragraphs(texts[date.article_id]))
            spoken = own.loc[own["speaker"].notna(), "cue_span"]
            cued[date.article_id] = [cut, {sentence_at(cut, span[0]) for span in spoken if span}]
        quote = _innermost(own, date.start)
        cut, with_cue = cued[date.article_id]
        if quote is not None:
            roles.append(("quoted", quote.speaker if pd.notna(quote.speaker) else None))
        else:
            dated = sentence_at(cut, date.start) in with_cue
            roles.append(("dates a quote" if dated else "told", None))
    return roles


def _innermost(quotes: pd.DataFrame, place: int):
    """Return the quote with the shortest piece of content around a character, or None."""
    around = [
        (end - start, number)
        for number, spans in enumerate(quotes["content_spans"])
        for start, end in spans
        if start <= place < end
    ]
    return quotes.iloc[min(around)[1]] if around else None


def _relation(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Return whether each date lies before, at or after its article's publication."""
    known = articles.set_index("article_id").reindex(dates["article_id"])
    first = known["published"].set_axis(dates.index)
    precision = known["published_precision"].set_axis(dates.index)
    last = first.copy()
    last[precision == "month"] = first + pd.offsets.MonthEnd(0)
    last[precision == "year"] = first + pd.offsets.YearEnd(0)
    relation = pd.Series("at", index=dates.index, dtype="str")
    relation[dates["latest"] < first] = "before"
    relation[dates["earliest"] > last] = "after"
    relation[first.isna()] = "unknown"
    return relation


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


def relation_to_publication(articles: pd.DataFrame, placed: pd.DataFrame) -> pd.Series:
    """Return for each reported date whether it lies 'before' (up to) or 'after' publication."""
    pairs = zip(articles["published"], articles["published_precision"], strict=True)
    last = pd.Series([last_day(*pair) for pair in pairs], index=articles["article_id"])
    published = placed["article_id"].map(last.astype("datetime64[s]"))
    after = np.where(placed["earliest"] > published, "after", "before")
    return pd.Series(np.where(published.isna(), "unknown", after), index=placed.index)


def timeline_counts(
    articles: pd.DataFrame, dates: pd.DataFrame, *, top: int = 12, window: Window | None = None
) -> pd.DataFrame:
    """Return date expressions by outlet and month, publication dates first.

    An expression that spans several months counts in each of them by its share of days, so a row's
    sum is its number of expressions within the window.

    Returns
    -------
    pandas.DataFrame
        Index: 'published (articles)', then the outlets with the most date expressions, then
        'others'. Columns: first day of each month (or year, beyond 15 years).
    """
    placed = dates[dates["earliest"].notna() & dates["latest"].notna()]
    window = window or find_window(articles, placed)
    if window is None:
        return pd.DataFrame()
    years = (window.last - window.first).days > 15 * 366
    bins = pd.date_range(
        window.first.to_period("Y" if years else "M").start_time,
        window.last + pd.offsets.YearBegin(1) if years else window.last + pd.offsets.MonthBegin(1),
        freq="YS" if years else "MS",
    )
    own = groups(placed, articles, "outlet")
    leading = (
        own.value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:top]
    )
    own = own.where(own.isin(leading), "others")
    rows = {"published (articles)": _spread(*_published_spans(articles), bins)}
    for name in [*leading, "others"]:
        group = placed[own == name]
        if len(group):
            rows[name] = _spread(group["earliest"], group["latest"], bins)
    return pd.DataFrame(rows, index=bins[:-1]).T


def _published_spans(articles: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    known = articles[articles["published"].notna()]
    pairs = zip(known["published"], known["published_precision"], strict=True)
    last = [last_day(day, precision) for day, precision in pairs]
    return known["published"], pd.Series(last, index=known.index, dtype="datetime64[s]")


def _spread(earliest: pd.Series, latest: pd.Series, bins: pd.DatetimeIndex) -> np.ndarray:
    """Return how much of the spans falls into each bin, a span counting 1 in all."""
    start = earliest.to_numpy("datetime64[D]").astype(float)[:, None]
    end = latest.to_numpy("datetime64[D]").astype(float)[:, None] + 1
    edges = bins.to_numpy("datetime64[D]").astype(float)
    shared = np.minimum(end, edges[1:]) - np.maximum(start, edges[:-1])
    return (shared.clip(min=0) / (end - start)).sum(axis=0)
