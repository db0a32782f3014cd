"""Statements by outlets: who carried one, shortened it, took it over as their own, dropped it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups
from sayso.analyze.statements.align import NEAR_DAYS
from sayso.analyze.statements.duplicates import first_of_families
from sayso.tables.columns import frame
from sayso.tables.compared import Coverage
from sayso.text.spans import Span

CARRIED = 0.75
"""An outlet that quotes so much of a statement's words has carried it, else shortened it."""
RELATIONS = ("verbatim", "near", "paraphrase")
DROPPED = {"status": "dropped", "share": 0.0, "relation": None}
DROPPED |= dict.fromkeys(("speakers", "quote_ids", "pair_ids"), ())
STATUSES = ("carried", "shortened", "own_voice", "dropped")


@dataclass(frozen=True, slots=True)
class Member:
    """A passage that says what a statement's quote says: the other side of one of its pairs.

    ``spans`` are the words of the statement's own quote that it has.
    """

    pair_id: str | None
    key: str
    quote_id: str | None
    article_id: str
    speaker: str | None
    voice: str
    relation: str
    spans: tuple[Span, ...]


def cover(
    pairs: pd.DataFrame, quotes: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return what each outlet did with each statement that more than one article carries.

    ``pairs`` is what :func:`sayso.analyze.statements.align.align_statements` returned, or some of
    its rows; ``by`` is what counts as an outlet: 'outlet', 'agency', 'month' or 'article_id'.

    Columns: those of :class:`sayso.tables.compared.Coverage`: a row for each statement and each
    outlet that has an article on the story. Statements that most outlets carry come first.

    Notes
    -----
    A story is all articles that hang together by pairs. Only an outlet that has an article on it
    within two weeks of the statement, or one without a date, can have dropped the statement.
    """
    press = _Press(pairs, articles, by)
    rows = [list(press.rows(quote, members)) for quote, members in group_pairs(pairs, quotes)]
    rows = [group for group in rows if group]
    rows.sort(key=lambda group: (-group[0].n_outlets, -group[0].n_articles, group[0].statement_id))
    return frame(Coverage, (row for group in rows for row in group))


def count_statuses(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return how many statements each outlet carried, shortened, took over and dropped.

    Columns: outlet (or the group that ``by`` named), status, n_statements, share (of the statements
    on whose story the outlet has an article). By outlet, then status; without rows of zero.
    """
    order = pd.CategoricalDtype(STATUSES, ordered=True)
    rows = coverage.assign(status=coverage["status"].astype(order))
    table = rows.groupby(["outlet", "status"], observed=True).size().rename("n_statements")
    total = table.groupby("outlet").transform("sum")
    table = table.to_frame().assign(share=table / total).reset_index()
    return table.astype({"status": "str"})


def group_pairs(pairs: pd.DataFrame, quotes: pd.DataFrame) -> Iterator[tuple[Any, list[Member]]]:
    """Yield statements: the quote that most others are joined with, then the next of the rest.

    Every member is joined with that quote itself, so that a statement cannot drift from one
    wording to another.
    """
    known = {quote.quote_id: quote for quote in quotes.itertuples()}
    joined = _members(pairs)

    def standing(quote_id: str) -> tuple:
        reach = len({member.article_id for member in joined[quote_id]})
        return -reach, -len(known[quote_id].content), quote_id

    told: set[str] = set()
    for center in sorted(joined, key=standing):
        own = joined[center]
        if all(member.pair_id in told for member in own):
            continue
        keys = {center, *(member.key for member in own)}
        # Pairs among the members say the same thing again.
        told |= {m.pair_id for key in keys & joined.keys() for m in joined[key] if m.key in keys}
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
    return Member(
        pair_id=pair.pair_id,
        key=own["quote_id"] or f"{pair.article_id_b}-n{pair.start_b}",
        voice=pair.voice_b if side == "b" else "quote",
        relation=pair.relation,
        spans=tuple(map(tuple, spans)),
        **own,
    )


class _Press:
    """The articles by outlet, date and story: makes the rows of a statement."""

    def __init__(self, pairs: pd.DataFrame, articles: pd.DataFrame, by: str) -> None:
        ids = articles["article_id"]
        self._outlet = dict(zip(ids, groups(articles, articles, by), strict=True))
        self._date = dict(zip(ids, articles["published"], strict=True))
        index = pd.Index(ids)
        links = [index.get_indexer(pairs[f"article_id_{side}"]) for side in "ab"]
        story = first_of_families(np.stack(links, axis=1), len(index))
        self._story = dict(zip(ids, story.tolist(), strict=True))
        self._articles: dict[int, list[str]] = defaultdict(list)
        for article_id, number in sorted(self._story.items()):
            self._articles[number].append(article_id)

    def rows(self, quote: Any, members: list[Member]) -> Iterator[Coverage]:
        """Yield a row for each outlet that has the statement, then for those that dropped it."""
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
        by_outlet = self._by_outlet([own, *members])
        if not by_outlet:
            return
        having = {member.article_id for part in by_outlet.values() for member in part}
        facts = {
            "statement_id": quote.quote_id,
            "statement": quote.content,
            "speaker": own.speaker,
            "n_outlets": len(by_outlet),
            "n_articles": len(having),
        }
        for outlet, part in by_outlet.items():
            row = self._carried(part, quote)
            # The statement's own quote stands in all of its pairs.
            row["pair_ids"] = row["pair_ids"] or _listed(member.pair_id for member in members)
            yield Coverage(**facts, outlet=outlet, **row)
        for outlet, ids in self._without(having, set(by_outlet)):
            when = self._first(ids)
            yield Coverage(
                **facts, **DROPPED, outlet=outlet, article_ids=tuple(ids), published=when
            )

    def _by_outlet(self, members: list[Member]) -> dict[str, list[Member]]:
        found: dict[str | None, list[Member]] = defaultdict(list)
        for member in members:
            found[self._outlet[member.article_id]].append(member)
        found.pop(None, None)
        return dict(sorted(found.items()))

    def _carried(self, part: list[Member], quote: Any) -> dict[str, Any]:
        """Return what a row tells of an outlet's passages of a statement."""
        quoted = [member for member in part if member.voice != "narration"]
        share = _share([span for m in quoted or part for span in m.spans], quote)
        ids = _listed(member.article_id for member in part)
        whole = "carried" if share >= CARRIED else "shortened"
        return {
            "status": whole if quoted else "own_voice",
            "speakers": _listed(member.speaker for member in quoted),
            "relation": min((member.relation for member in quoted or part), key=RELATIONS.index),
            "share": round(share, 3),
            "quote_ids": _listed(member.quote_id for member in part),
            "pair_ids": _listed(member.pair_id for member in part),
            "article_ids": ids,
            "published": self._first(ids),
        }

    def _without(self, having: set[str], outlets: set[str]) -> Iterator[tuple[str, list[str]]]:
        """Yield the outlets that wrote on the story at that time without it, and their articles."""
        story = self._articles[self._story[min(having)]]
        dates = [self._date[i] for i in having if pd.notna(self._date[i])]
        if dates:
            margin = timedelta(days=NEAR_DAYS)
            first, last = min(dates) - margin, max(dates) + margin
            story = [i for i in story if pd.isna(self._date[i]) or first <= self._date[i] <= last]
        others: dict[str, list[str]] = defaultdict(list)
        for article_id in story:
            if self._outlet[article_id] not in {*outlets, None}:
                others[self._outlet[article_id]].append(article_id)
        yield from sorted(others.items())

    def _first(self, ids: Iterable[str]) -> Any:
        return min((self._date[i] for i in ids if pd.notna(self._date[i])), default=pd.NaT)


def _share(spans: list[Span], quote: Any) -> float:
    """Return how much of a quote's characters spans cover, each counted once."""
    covered = {place for start, end in spans for place in range(start, end)}
    own = {place for start, end in quote.content_spans for place in range(start, end)}
    return len(covered & own) / max(len(own), 1)


def _listed(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value is not None}))
