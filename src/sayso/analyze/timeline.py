"""What was said to happen when: time expressions joined to their sentences and their speakers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sayso.analyze.groups import REST, groups, ranked
from sayso.analyze.passages import label_rows, sentence_at, sentence_spans
from sayso.tables.parts import Parts, gather

USES = {
    "calendar": "on the calendar: a day, month, year or other stretch of days",
    "publication": "the words that gave the article's own publication date",
    "present": "'now', 'at present': no place of its own on the calendar",
    "length": "a length of time or a repetition ('six weeks', 'every year')",
    "open": "a day, month or weekday whose year or week is not known",
}
ROLES = ("told", "dates a quote", "quoted")
RELATIONS = ("before", "at", "after", "unknown")
PUBLISHED = ["article_id", "published", "published_precision", "published_evidence"]
DAY = pd.Timedelta(days=1)
MARGIN = pd.Timedelta(days=400)


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

    Columns: use, meaning, count, of.
    """
    counts = uses(dates, articles).value_counts()
    rows = [(use, words, int(counts.get(use, 0)), len(dates)) for use, words in USES.items()]
    return pd.DataFrame(rows, columns=["use", "meaning", "count", "of"])


def on_calendar(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of ``dates`` that are on the calendar: see ``USES``."""
    return dates[uses(dates, articles) == "calendar"]


def chronology(corpus: Parts) -> pd.DataFrame:
    """Return what the articles place on the calendar, in its order.

    Columns: earliest, latest, surface, outlet, article, voice, role, relation, article_id, sentence
    (its place, for :func:`sayso.analyze.passages.told`).
    ``role`` is 'quoted' where the expression stands inside a quote, 'dates a quote' where it
    stands in the sentence of a quote's cue, else 'told'; ``voice`` is who speaks in a quote
    ('unknown' if unresolved), and the outlet otherwise; ``relation`` is 'before', 'at' or
    'after' publication, or 'unknown'.
    """
    found = label_rows(gather(corpus, _placed), corpus.table("articles", ["article_id", "outlet"]))
    found["voice"] = found["voice"].where(found["role"] == "quoted", found["outlet"])
    found = found.sort_values(["earliest", "latest", "article_id", "sentence"], kind="stable")
    names = ["earliest", "latest", "surface", "outlet", "article", "voice", "role", "relation"]
    return found[[*names, "article_id", "sentence"]].reset_index(drop=True)


def _placed(corpus: Parts) -> pd.DataFrame:
    """Return the days that a part tells, as :func:`chronology` does, but the outlets."""
    dates = corpus.table("dates")
    articles = corpus.table("articles", PUBLISHED)
    own = on_calendar(dates, articles)
    quotes = corpus.table("quotes", ["article_id", "content_spans", "cue_span", "speaker"])
    sentences = corpus.table("sentences", ["article_id", "start", "end"])
    found = own[["article_id", "earliest", "latest", "surface"]].assign(sentence=own["start"])
    found[["role", "voice"]] = _roles(own, quotes, sentences)
    return found.assign(relation=relation_to_publication(own, articles))


def count_by_outlet(found: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return how many rows of a chronology each outlet has, by 'role' or by 'relation'.

    Columns: outlet, those of ``ROLES`` or ``RELATIONS``, all. An unknown outlet is left out.
    """
    known = found[found["outlet"] != "unknown"]
    counts = pd.crosstab(known["outlet"], known[column])
    order = {"role": ROLES, "relation": RELATIONS}[column]
    counts = counts.reindex(columns=list(order), fill_value=0).rename_axis(columns=None)
    return counts.assign(all=counts.sum(axis=1)).reset_index()


def inexact(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a chronology that span more than a day, ``n_days`` in front."""
    n_days = (found["latest"] - found["earliest"]).dt.days + 1
    found = found.copy()
    found.insert(0, "n_days", n_days)
    return found[n_days > 1].reset_index(drop=True)


def shared_days(found: pd.DataFrame) -> pd.DataFrame:
    """Return the days (or months, or years) of a chronology that two outlets or more speak of.

    Columns: earliest, latest, n_outlets, n_articles, outlets; those of most outlets first.
    Stretches count as the same only if both ends are; an unknown outlet counts for none.
    """
    known = found[found["outlet"] != "unknown"]
    table = known.groupby(["earliest", "latest"], sort=True).agg(
        n_outlets=("outlet", "nunique"),
        n_articles=("article", "nunique"),
        outlets=("outlet", lambda names: ", ".join(sorted(set(names)))),
    )
    table = table[table["n_outlets"] > 1]
    return table.loc[ranked(table["n_outlets"])].reset_index()


def on_shared_days(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a chronology on days that two outlets or more speak of."""
    return found.merge(shared_days(found)[["earliest", "latest"]], on=["earliest", "latest"])


def unplaced(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Return the time expressions that have no place on the calendar.

    Columns: article, outlet, surface, value (TIMEX3), use (a key of ``USES``), article_id, sentence
    (its place, for :func:`sayso.analyze.passages.told`); text order.
    """
    found = label_rows(dates, articles).assign(use=uses(dates, articles))
    found = found[~found["use"].isin(["calendar", "publication"])]
    found["sentence"] = found["start"]
    names = ["article", "outlet", "surface", "value", "use", "article_id", "sentence"]
    return found[names].reset_index(drop=True)


def _roles(dates: pd.DataFrame, quotes: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return each date's role, and who speaks where it is quoted."""
    cut = sentence_spans(sentences)
    by_article = dict(list(quotes.groupby("article_id")))
    spoken = quotes[quotes["speaker"].notna() & quotes["cue_span"].notna()]
    spoken = spoken[spoken["article_id"].isin(dates["article_id"])]
    with_cue = {
        (row.article_id, sentence_at(cut[row.article_id], row.cue_span[0]))
        for row in spoken.itertuples()
    }
    roles = []
    for date in dates.itertuples():
        quote = _innermost(by_article.get(date.article_id, quotes.iloc[:0]), date.start)
        if quote is not None:
            roles.append(("quoted", quote.speaker if pd.notna(quote.speaker) else "unknown"))
        else:
            sentence = (date.article_id, sentence_at(cut[date.article_id], date.start))
            roles.append(("dates a quote" if sentence in with_cue else "told", None))
    return pd.DataFrame(roles, index=dates.index, columns=["role", "voice"], dtype="object")


def _innermost(quotes: pd.DataFrame, place: int) -> pd.Series | None:
    """Return the quote with the shortest piece of content around a character, or None."""
    around = [
        (end - start, number)
        for number, spans in enumerate(quotes["content_spans"])
        for start, end in spans
        if start <= place < end
    ]
    return quotes.iloc[min(around)[1]] if around else None


def last_day(first: pd.Timestamp, precision: str) -> pd.Timestamp:
    """Return the last day that a publication date of this precision can mean."""
    if pd.isna(first):
        return pd.NaT
    if precision == "month":
        return first + pd.offsets.MonthEnd(0)
    return first + pd.offsets.YearEnd(0) if precision == "year" else first


def last_days(articles: pd.DataFrame) -> pd.Series:
    """Return for each article the last day on which it can have been published."""
    pairs = zip(articles["published"], articles["published_precision"], strict=True)
    return pd.Series([last_day(*pair) for pair in pairs], articles.index, dtype="datetime64[s]")


def relation_to_publication(dates: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Return how each date lies to its article's publication: one of ``RELATIONS``."""
    known = articles.assign(last=last_days(articles)).set_index("article_id")
    known = known.reindex(dates["article_id"]).set_index(dates.index)
    first, last = known["published"], known["last"]
    tests = [first.isna(), dates["latest"] < first, dates["earliest"] > last]
    relation = np.select(tests, ["unknown", "before", "after"], "at")
    return pd.Series(relation, index=dates.index, dtype="str", name="relation")


@dataclass(frozen=True, slots=True)
class Window:
    """The days that are drawn; what lies outside them is told in words."""

    first: pd.Timestamp
    last: pd.Timestamp

    def share(self, day: pd.Timestamp) -> float:
        """Return where a day stands, 0 the left edge to 1 the right."""
        return (day - self.first) / (self.last - self.first)


def find_window(placed: pd.DataFrame, articles: pd.DataFrame) -> Window | None:
    """Return the days to draw: the publication dates and the reported dates near them."""
    published = articles["published"].dropna()
    if published.empty and placed.empty:
        return None
    median = placed["earliest"].sort_values().iloc[len(placed) // 2 :][:1]
    anchors = published if len(published) else median
    first, last = anchors.min() - MARGIN, anchors.max() + MARGIN
    near = placed[(placed["latest"] >= first) & (placed["earliest"] <= last)]
    first = max(first, pd.concat([published, near["earliest"]]).min())
    last = min(last, pd.concat([published, near["latest"]]).max())
    edge = max((last - first) * 0.05, 3 * DAY)
    return Window(first - edge, last + edge)


def timeline_counts(
    dates: pd.DataFrame, articles: pd.DataFrame, *, top: int = 12, window: Window | None = None
) -> pd.DataFrame:
    """Return date expressions by outlet and month, publication dates first.

    An expression that spans several months counts in each of them by its share of days, so a row's
    sum is its number of expressions within the window.

    Index: 'published (articles)', then the outlets with the most date expressions, then
    '(others)'. Columns: first day of each month (or year, beyond 15 years).
    """
    placed = dates[dates["earliest"].notna() & dates["latest"].notna()]
    window = window or find_window(placed, articles)
    if window is None:
        return pd.DataFrame()
    unit = "Y" if (window.last - window.first).days > 15 * 366 else "M"
    first, last = window.first.to_period(unit), window.last.to_period(unit)
    bins = pd.period_range(first, last + 1).to_timestamp()
    own = groups(placed, articles, "outlet")
    leading = ranked(own.value_counts())[:top]
    own = own.where(own.isin(leading), REST)
    known = articles[articles["published"].notna()]
    rows = {"published (articles)": _spread(known["published"], last_days(known), bins)}
    for name in [*leading, REST]:
        group = placed[own == name]
        if len(group):
            rows[name] = _spread(group["earliest"], group["latest"], bins)
    return pd.DataFrame(rows, index=bins[:-1]).T


def _spread(earliest: pd.Series, latest: pd.Series, bins: pd.DatetimeIndex) -> np.ndarray:
    """Return how much of the spans falls into each bin, a span counting 1 in all."""
    start = earliest.to_numpy("datetime64[D]").astype(float)[:, None]
    end = latest.to_numpy("datetime64[D]").astype(float)[:, None] + 1
    edges = bins.to_numpy("datetime64[D]").astype(float)
    shared = np.minimum(end, edges[1:]) - np.maximum(start, edges[:-1])
    return (shared.clip(min=0) / (end - start)).sum(axis=0)
