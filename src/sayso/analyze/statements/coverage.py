"""Statements by outlets: who carried one, shortened it, took it over as their own, dropped it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.statements.spill import Shelf
from sayso.analyze.statements.traces import comes_near
from sayso.analyze.statements.wording import WORD
from sayso.tables.columns import frame
from sayso.tables.compared import Coverage
from sayso.tables.parts import Parts
from sayso.text.spans import Span

CARRIED = {"verbatim": 0.75, "near": 0.55, "paraphrase": 0.75}
"""An outlet that has so much of a statement's words has carried it; of what it does not give word
for word, more counts as there than its words in common."""
BETWEEN = " ... "  # what joins a quote's pieces
ROW = 4
"""So many words in a row that stand anywhere in an outlet's article are not left out there."""
RELATIONS = ("verbatim", "near", "paraphrase")
STATUSES = ("carried", "shortened", "partly", "own_voice", "unclear", "dropped")
FACTS = ["article_id", "outlet", "agency", "published", "published_precision"]
SAID = ["quote_id", "article_id", "kind", "content", "content_spans", "speaker", "speakers"]
SAID += ["speaker_kind"]
KEPT = 1000
"""So many articles are kept in memory while statements are looked for in them."""
NOTHING = {"share": 0.0, "relation": None, "days_after": None, "speakers": (), "quote_ids": ()}


@dataclass(frozen=True, slots=True)
class Member:
    """A passage that says what a statement's quote says: the other side of one of its pairs.

    ``spans`` are the words of the statement's own quote that it has; ``inside``: it says no more;
    ``belongs``: it surely says the same, and no other speaker is told for it.
    """

    pair_id: str | None
    key: str
    quote_id: str | None
    article_id: str
    speaker: str | None
    voice: str
    relation: str
    spans: tuple[Span, ...]
    inside: bool = True
    belongs: bool = True


def cover(
    pairs: pd.DataFrame, corpus: Parts, events: pd.Series, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return what each outlet did with each statement that more than one article carries.

    ``pairs`` is what :func:`sayso.analyze.statements.align.align_statements` returned, or some of
    its rows; those that are not sure keep an outlet from having dropped a statement. ``events``
    tells by article_id which event an article is about; ``by`` is what counts as an outlet:
    'outlet', 'agency', 'month' or 'article_id'.

    Columns: those of :class:`sayso.tables.compared.Coverage`: a row for each statement and each
    outlet that has an article on its event. Statements that most outlets carry come first.

    Notes
    -----
    A statement is made at one event by one speaker. Only an outlet with an article on that event
    which is not older than the statement's first can have dropped it; one whose articles are all
    older, or have no date, has no row. What is not quoted word for word is dropped by nobody.
    """
    pairs = pairs[pairs["event"] == "one"]
    press = _Press(pairs, corpus, events, by)
    told = group_pairs(pairs, press.quotes)
    rows = [list(press.rows(quote, members)) for quote, members in told]
    rows = [group for group in rows if group]
    rows.sort(key=lambda group: (-group[0].n_outlets, -group[0].n_articles, group[0].statement_id))
    return frame(Coverage, (row for group in rows for row in group))


def count_statuses(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return how many statements each outlet carried, shortened, took over and dropped.

    Columns: outlet (or the group that ``by`` named), status, n_statements, share (of the statements
    on whose event the outlet has an article). By outlet, then status; without rows of zero.
    """
    order = pd.CategoricalDtype(STATUSES, ordered=True)
    rows = coverage.assign(status=coverage["status"].astype(order))
    table = rows.groupby(["outlet", "status"], observed=True).size().rename("n_statements")
    total = table.groupby("outlet").transform("sum")
    table = table.to_frame().assign(share=table / total).reset_index()
    return table.astype({"status": "str"})


def first_and_after(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return how often each outlet had a statement before others, and how long it followed after.

    Days are what is known: outlets of one day are together, whoever was first on it. Statements
    that one outlet has, or of which a date is missing, are left out.

    Columns: outlet, n_statements, n_first (days before all others), n_together (the first day, with
    others), n_after, median_days (from the first day, of those after; null if none). By n_first.
    """
    rows = coverage[coverage["days_after"].notna() & (coverage["n_outlets"] > 1)]
    first = rows["days_after"] == 0
    alone = first & (first.groupby(rows["statement_id"]).transform("sum") == 1)
    # On one day all are together; alone is who is first where others follow on another day.
    counts = rows.assign(n_first=alone, n_together=first & ~alone, n_after=~first)
    table = counts.groupby("outlet").agg(
        n_statements=("statement_id", "count"),
        n_first=("n_first", "sum"),
        n_together=("n_together", "sum"),
        n_after=("n_after", "sum"),
    )
    median = rows[~first].groupby("outlet")["days_after"].median().rename("median_days")
    table = table.join(median).reset_index().astype({"outlet": "str"})
    order = ["n_first", "n_statements", "outlet"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def group_pairs(
    pairs: pd.DataFrame, known: Mapping[str, Any]
) -> Iterator[tuple[Any, list[Member]]]:
    """Yield statements: the quote that most others are joined with, then the next of the rest.

    Every member is joined with that quote itself, so that a statement cannot drift from one
    wording to another. Members that may say something else come with it, too. ``known`` are the
    quotes (rows) of the pairs.
    """
    joined = _members(pairs)

    def standing(quote_id: str) -> tuple:
        reach = len({member.article_id for member in joined[quote_id] if member.belongs})
        return -reach, -len(known[quote_id].content), quote_id

    told: set[str] = set()
    places: dict[str, set[str]] = defaultdict(set)
    for center in sorted(joined, key=standing):
        own = joined[center]
        if all(member.pair_id in told for member in own if member.belongs):
            continue
        keys = {center, *(member.key for member in own if member.belongs)}
        # Pairs among the members say the same thing again.
        told |= {m.pair_id for key in keys & joined.keys() for m in joined[key] if m.key in keys}
        # So does the center's article where it repeats itself: in a quote and in a tweet, say.
        article_id, seen = known[center].article_id, [places[m.key] for m in own if m.belongs]
        if article_id in set.intersection(*seen):
            continue
        for key in keys:
            places[key] |= {article_id, *(m.article_id for m in own if m.belongs)}
        yield known[center], own


def _members(pairs: pd.DataFrame) -> dict[str, list[Member]]:
    """Return for each quote the passages that it is joined with."""
    joined: dict[str, list[Member]] = defaultdict(list)
    for pair in pairs.astype("object").where(pairs.notna(), None).itertuples():
        joined[pair.quote_id_a].append(_member(pair, "b", pair.spans_a))
        if pair.quote_id_b:
            joined[pair.quote_id_b].append(_member(pair, "a", pair.spans_b))
    return joined


def _member(pair: Any, side: str, spans: Iterable[Span]) -> Member:
    """Return a side of a pair as a member of the other side's statement, which has the spans."""
    names = ("quote_id", "article_id", "speaker")
    own = {name: getattr(pair, f"{name}_{side}") for name in names}
    one_speaker = pair.attribution == "same" or not (pair.speaker_a and pair.speaker_b)
    return Member(
        pair_id=pair.pair_id,
        key=own["quote_id"] or f"{pair.article_id_b}-n{pair.start_b}",
        voice=pair.voice_b if side == "b" else "quote",
        relation=pair.relation,
        spans=tuple(map(tuple, spans)),
        inside=pair.extent in ("whole", f"{side}_shorter"),
        belongs=pair.sure and one_speaker,
        **own,
    )


class _Press:
    """The articles by outlet, date and event: makes the rows of a statement.

    ``quotes`` are those of the pairs, by id; texts and all quotes of articles on their events are
    on disk.
    """

    def __init__(self, pairs: pd.DataFrame, corpus: Parts, events: pd.Series, by: str) -> None:
        articles = corpus.table("articles", FACTS)
        ids = articles["article_id"]
        self._outlet = dict(zip(ids, groups(articles, articles, by), strict=True))
        self._date = dict(zip(ids, articles["published"], strict=True))
        self._event = dict(zip(ids, ids.map(events), strict=True))
        self._articles: dict[str, list[str]] = defaultdict(list)
        for article_id, event in sorted(self._event.items()):
            self._articles[event].append(article_id)
        own = {*pairs["article_id_a"], *pairs["article_id_b"]}
        on = {article_id for i in own for article_id in self._articles[self._event[i]]}
        self.quotes: dict[str, Any] = {}
        self._shelf = Shelf()
        self._read(corpus, on, {*pairs["quote_id_a"], *pairs["quote_id_b"].dropna()})
        self._article = lru_cache(KEPT)(self._shelf.get)

    def _read(self, corpus: Parts, wanted: set[str], of_pairs: set[str]) -> None:
        for part in corpus.parts():
            found: dict[str, list[Any]] = defaultdict(list)
            for row in part.table("quotes", SAID).to_dict("records"):
                quote = SimpleNamespace(**row)
                found[quote.article_id].append(quote)
                if quote.quote_id in of_pairs:
                    self.quotes[quote.quote_id] = quote
            for article in part.table("articles", ["article_id", "text"]).itertuples():
                if article.article_id in wanted:
                    kept = (article.text, found[article.article_id])
                    self._shelf.put(article.article_id, kept)

    def rows(self, quote: Any, members: list[Member]) -> Iterator[Coverage]:
        """Yield a row for each outlet that has the statement, then for the others on its event."""
        own = Member(
            pair_id=None,
            key=quote.quote_id,
            quote_id=quote.quote_id,
            article_id=quote.article_id,
            speaker=None if pd.isna(quote.speaker) else quote.speaker,
            voice="quote",
            relation="verbatim",
            spans=tuple(map(tuple, quote.content_spans)),
        )
        sure = [member for member in members if member.belongs]
        by_outlet = self._by_outlet([own, *sure])
        if not by_outlet:
            return
        having = {member.article_id for part in by_outlet.values() for member in part}
        first = self._first(having)
        facts = {
            "statement_id": quote.quote_id,
            "statement": quote.content,
            "speaker": own.speaker,
            "n_outlets": len(by_outlet),
            "n_articles": len(having),
            "event_id": self._event[quote.article_id],
        }
        for outlet, part in by_outlet.items():
            row = self._carried(part, quote)
            row["days_after"] = (row["published"] - first).days
            # The statement's own quote stands in all of its pairs.
            row["pair_ids"] = row["pair_ids"] or _listed(member.pair_id for member in sure)
            yield Coverage(**facts, outlet=outlet, **row)
        perhaps = self._by_outlet([member for member in members if not member.belongs])
        for outlet, ids in self._others(quote, set(by_outlet)):
            if row := self._without(quote, ids, perhaps.get(outlet, []), first):
                yield Coverage(**facts, **NOTHING, outlet=outlet, **row)

    def _by_outlet(self, members: list[Member]) -> dict[str, list[Member]]:
        found: dict[str | None, list[Member]] = defaultdict(list)
        for member in members:
            found[self._outlet[member.article_id]].append(member)
        found.pop(None, None)
        return dict(sorted(found.items()))

    def _carried(self, part: list[Member], quote: Any) -> dict[str, Any]:
        """Return what a row tells of an outlet's passages of a statement."""
        quoted = [member for member in part if member.voice != "narration"]
        ids = _listed(member.article_id for member in part)
        text = " ".join(self._article(article_id)[0] for article_id in ids)
        share = _share([span for m in quoted or part for span in m.spans], quote, text)
        return {
            "status": _status(quoted, share, quote),
            "speakers": _listed(member.speaker for member in quoted),
            "relation": min((member.relation for member in quoted or part), key=RELATIONS.index),
            "share": round(share, 3),
            "quote_ids": _listed(member.quote_id for member in part),
            "pair_ids": _listed(member.pair_id for member in part),
            "article_ids": ids,
            "published": self._first(ids),
        }

    def _others(self, quote: Any, outlets: set[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the other outlets that wrote on a statement's event, and their articles."""
        others: dict[str, list[str]] = defaultdict(list)
        for article_id in self._articles[self._event[quote.article_id]]:
            if self._outlet[article_id] not in {*outlets, None}:
                others[self._outlet[article_id]].append(article_id)
        yield from sorted(others.items())

    def _without(
        self, quote: Any, ids: list[str], perhaps: list[Member], first: Any
    ) -> dict[str, Any] | None:
        """Return what a row tells of an outlet that may lack a statement; None if it is older."""
        found = _listed(member.article_id for member in perhaps)
        if not found:
            ids = [i for i in ids if self._date[i] >= first]  # false where one is not known
            near = (i for i in ids if comes_near(quote, *self._article(i)))
            found = tuple(near if quote.kind == "direct" else ids)
        told = found or tuple(ids)
        row = {"status": "unclear" if found else "dropped", "article_ids": told}
        row |= {"pair_ids": _listed(m.pair_id for m in perhaps), "published": self._first(told)}
        return row if told else None

    def _first(self, ids: Iterable[str]) -> Any:
        return min((self._date[i] for i in ids if pd.notna(self._date[i])), default=pd.NaT)


def _status(quoted: list[Member], share: float, quote: Any) -> str:
    """Return what became of a statement of which an outlet quotes a share."""
    if not quoted:
        return "own_voice"
    if share >= CARRIED[min((member.relation for member in quoted), key=RELATIONS.index)]:
        return "carried"
    cut = any(member.inside and member.relation != "paraphrase" for member in quoted)
    return "shortened" if cut and quote.kind != "indirect" else "partly"


def _share(spans: list[Span], quote: Any, text: str) -> float:
    """Return how much of a quote's characters spans cover, or rows of words that a text has."""
    said = f" {' '.join(_folded(text))} "
    covered = {place for start, end in spans for place in range(start, end)}
    own: set[int] = set()
    at = 0
    for start, end in map(tuple, quote.content_spans):
        own |= set(range(start, end))
        words = list(WORD.finditer(quote.content, at, at + end - start))
        for row in zip(*(words[n:] for n in range(ROW)), strict=False):
            if f" {' '.join(_folded(' '.join(w.group() for w in row)))} " in said:
                covered |= set(range(start + row[0].start() - at, start + row[-1].end() - at))
        at += end - start + len(BETWEEN)
    return len(covered & own) / max(len(own), 1)


def _folded(text: str) -> Iterator[str]:
    return (word.casefold().replace("’", "'") for word in WORD.findall(text))


def _listed(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value is not None}))
