"""Facts that can be compared: figures, lengths of time and dates, each with its sentence and voice.

A figure is a number with what it counts ('12 people', '1,500 km', '$3 million', '47 percent'). Days
and lengths come from the ``dates`` table, so they are resolved: '60-day' and '60 days' are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd

from sayso.analyze.framing import Unit, read_units
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import Lexicon, lexicon
from sayso.tables.columns import frame
from sayso.tables.compared import Fact
from sayso.text.spans import Span
from sayso.timex.numbers import SCALES, TENS, UNITS, number

LARGE = SCALES | {"billion": 10**9, "trillion": 10**12, "bn": 10**9, "m": 10**6, "tn": 10**12}
DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
LENGTH = re.compile(r"P(\d+(?:\.\d+)?)([DWMY])")
SPELLED = "|".join(word for word in [*TENS, *UNITS] if word not in ("zero", "one"))
SIGNS = r"US\$|[$€£¥₽₹]"
DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\w.*)?)?)?$")
FIGURE = re.compile(
    rf"(?P<sign>{SIGNS})?\s?(?<![\w.,:/#-])"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|(?i:\b(?:{SPELLED})\b"
    rf"(?:-(?:{'|'.join(list(UNITS)[1:10])})\b)?))"
    r"(?P<scale>[\s-](?:hundred|thousand|million|billion|trillion)\b|(?:bn|tn|m)\b)?"
    r"(?P<percent>\s?%|[\s-]per\s?cent\b)?"
    r"(?![\w:/]|,\d|\.\d|-to-)",
)
NOUNS = re.compile(r"(?:[\s-](?P<words>[^\W\d_][\w'’]*(?:[ -][^\W\d_][\w'’]*){0,2}))?")
AGE = re.compile(r"[\s-]years?[\s-]old|\s?y/o")
MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s$")
CALENDAR = re.compile(r"\d|(?i:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")
NAME = re.compile(r"(?:[A-Z][\w.&’'-]*)(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w.&’'-]*)*")

# After these a name is hardly the subject of its sentence.
BEFORE_NO_SUBJECT = re.compile(
    r"\b(?:in|on|at|of|from|to|by|against|with|for|after|before|following|since|during|near|"
    r"according to|until|under|over|into)\s+(?:the\s+|a\s+|an\s+)?$",
    re.IGNORECASE,
)
MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
NO_NAMES = frozenset(
    [*MONTHS.split(), *WEEKDAYS.split(), *load_toml("function_words.toml")["words"]]
)


def read_facts(articles: pd.DataFrame, quotes: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """Return the figures, lengths and dates that articles state, each with sentence and voice.

    Parameters
    ----------
    articles, quotes, dates
        Those tables of a corpus. Articles in another language are left out.

    Returns
    -------
    DataFrame
        The columns of :class:`sayso.tables.compared.Fact`, by article and place.

    Notes
    -----
    A number whose unit is no plural noun, and an age, a score, an ordinal or a number within a name
    are left out. So is a date whose year or week is not known.
    """
    own_quotes = dict(iter(quotes.groupby("article_id", sort=False)))
    own_dates = dict(iter(dates.groupby("article_id", sort=False)))
    rows: list[Fact] = []
    for article in articles.itertuples():
        if pd.notna(article.language) and article.language != "en":
            continue
        told = own_dates.get(article.article_id, dates.iloc[:0])
        units = [u for u in read_units(article, own_quotes.get(article.article_id))]
        rows += _article_facts(article, [u for u in units if u.unit != "quote"], told)
    return frame(Fact, rows)


def _article_facts(article: Any, units: list[Unit], dates: pd.DataFrame) -> Iterator[Fact]:
    evidence = article.published_evidence or [0, 0]
    taken = [(row.start, row.end) for row in dates.itertuples()]
    found = [
        (row.start, row.end, *fact)
        for row in dates.itertuples()
        if not evidence[0] <= row.start < evidence[1] and (fact := _from_date(row, article.text))
    ]
    for start, end in sorted({(unit.start, unit.end) for unit in units}):
        found += _figures(article.text, (start, end), taken)
    text = article.text
    for start, end, kind, value, unit, hedge, days in sorted(found):
        around = _unit_at(units, start)
        if around is None or (
            around.quote_id and kind == "date" and not CALENDAR.search(text, start, end)
        ):
            continue  # 'today' in a quote is the day of speaking, not of publication
        who, span = _first_named(text, around)
        yield Fact(
            fact_id=f"{article.article_id}f{start}",
            article_id=article.article_id,
            kind=kind,
            surface=text[start:end],
            value=value,
            unit=unit,
            hedge=hedge,
            earliest=days[0],
            latest=days[1],
            voice=around.voice,
            voice_kind=around.voice_kind,
            quote_id=around.quote_id,
            who=who,
            who_span=span,
            sentence_span=(around.start, around.end),
            start=start,
            end=end,
        )


def _unit_at(units: list[Unit], place: int) -> Unit | None:
    """Return the unit in whose words a character stands."""
    for unit in units:
        if unit.start <= place < unit.end and any(a <= place < b for a, b in unit.pieces):
            return unit
    return None


def _first_named(text: str, around: Unit) -> tuple[str | None, Span | None]:
    """Return the party or person named first in a sentence, unless a preposition goes before."""
    words = lexicon()
    sentence = text[around.start : around.end]
    for match in NAME.finditer(sentence):
        start, end = _without_grammar(match)
        name = sentence[start:end]
        if not name or BEFORE_NO_SUBJECT.search(sentence[:start]):
            continue
        known = _party_of(name, words)
        # The first word of a sentence is a name if it is written like one within another, too.
        if known or " " in name or start or re.search(rf"[a-z,] {re.escape(name)}\b", text):
            return known or name, (around.start + start, around.start + end)
    return None, None


def _without_grammar(match: re.Match[str]) -> Span:
    """Return a name without 'In', 'The', 'On Monday' in front; empty if nothing else is in it."""
    start, end = match.span()
    while start < end:
        word = re.match(r"[^\s]+\s*", match.string[start:end])[0]
        plain = word.strip(" \n.,’'")
        # 'US' is a country, 'us' a pronoun.
        if plain.lower() not in NO_NAMES or (plain.isupper() and len(plain) > 1):
            break
        start += len(word)
    text = match.string[start:end]
    return start, start + len(re.sub(r"(?:['’]s?|[.,])$", "", text))


def _party_of(name: str, words: Lexicon) -> str | None:
    """Return the party that a name names ('the US') or begins with ('US President A. B.')."""
    first = name.split()[0]
    party = words.party(name) or words.party(first) or words.people(first)
    return party.name if party else None


def _from_date(row: Any, text: str) -> tuple | None:
    """Return a time expression as (kind, value, unit, hedge, days), if it can be compared."""
    if row.type == "DURATION":
        match = LENGTH.fullmatch(row.value)
        if not match or AGE.match(text[row.end - 5 :].lower()[:15]) or AGE.match(text, row.end):
            return None
        if re.match(r"[\s-]old\b", text[row.end :]):
            return None
        days = float(match[1]) * DAYS[match[2]]
        return "length", days, "days", hedge_before(text, row.start, row.surface), (None, None)
    known = pd.notna(row.earliest) and pd.notna(row.latest)
    if known and row.type in ("DATE", "TIME") and DAY.match(row.value):
        return "date", None, None, None, (row.earliest, row.latest)
    return None


def _figures(text: str, span: Span, taken: list[Span]) -> Iterator[tuple]:
    for match in FIGURE.finditer(text, *span):
        start = match.start("sign") if match["sign"] else match.start("number")
        if any(a < match.end() and start < b for a, b in taken) or AGE.match(text, match.end()):
            continue
        if MONTH_BEFORE.search(text, max(0, start - 12), start):
            continue  # 'the Sept. 11 hijackers'
        value = number([match["number"].replace(",", "")])
        if value is None and "-" in match["number"]:
            value = number(match["number"].split("-"))
        if value is None:
            continue
        value = float(value) * LARGE.get((match["scale"] or "").strip(" -\n").lower(), 1)
        measured = _measure(match, text, span[1])
        if measured:
            kind, unit, end = measured
            yield start, end, kind, value, unit, hedge_before(text, start), (None, None)


def _measure(match: re.Match[str], text: str, stop: int) -> tuple[str, str, int] | None:
    """Return what a number counts (kind, unit) and where that ends, or None."""
    units = _units()
    if match["sign"]:
        return "money", units["money"][match["sign"].lower()], match.end()
    if match["percent"]:
        points = re.compile(r"[\s-](?:age\s)?points?\b").match(text, match.end())
        return ("figure", "points", points.end()) if points else ("percent", "%", match.end())
    following = NOUNS.match(text, match.end(), stop)
    words = following["words"]
    for word in re.finditer(r"[^\s-]+", words or ""):
        plain = word.group().lower().replace("’", "'")
        end = following.start("words") + word.end()
        if plain in units["money"]:
            return "money", units["money"][plain], end
        if plain in units["units"]:
            return "figure", units["units"][plain], end
        if plain in units["stop"] or plain.endswith(("'s", "s'")):
            return None
        if plain in units["plural"] or (plain.endswith("s") and not plain.endswith("ss")):
            return "figure", plain, end
    return None


def hedge_before(text: str, start: int, surface: str = "") -> str | None:
    """Return what the words before (or at the beginning of) a figure make of it, or None."""
    before = " ".join(f"{text[max(0, start - 30) : start]} ".lower().split())
    for kind, words in load_toml("figures.toml")["hedges"].items():
        for word in words:
            if re.search(rf"\b{word}$", before) or surface.lower().startswith(f"{word} "):
                return kind
    return None


@lru_cache(maxsize=1)
def _units() -> dict[str, Any]:
    data = load_toml("figures.toml")
    function_words = set(load_toml("function_words.toml")["words"])
    return {
        "money": {form: name for name, forms in data["money"].items() for form in forms},
        "units": {form: name for name, forms in data["units"].items() for form in forms},
        "plural": set(data["nouns"]["plural"]),
        "stop": function_words | set(data["nouns"]["not_counted"]),
    }
