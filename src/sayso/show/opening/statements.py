"""What notebook 06 opens with: what a corpus shows about its shared statements."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sayso.analyze.intervals import FEWEST, bootstrap_ratio
from sayso.show.html import Html, count, part
from sayso.show.opening.sentences import Said, listed_said, percent

STATUSES = {
    "carried": "quoted a statement that another outlet has whole, or nearly",
    "shortened": "quoted it in part, and nothing beside it",
    "dropped": "left it out, in articles that are not older",
}
EVENTS, PAIRS = "Which events has who?", "Which statements are in several articles?"
BECAME, FIRST = "Who carried, shortened, took over or dropped them?", "One statement across outlets"


def statements(coverage: pd.DataFrame, pairs: pd.DataFrame, events: pd.DataFrame) -> Html:
    """Return the opening of notebook 06; shares at fewer than ten events are withheld.

    ``coverage`` and ``pairs`` are what ``corpus.coverage()`` and ``corpus.statements()`` returned,
    ``events`` what :func:`sayso.analyze.statements.events.events_by_outlet` did. Intervals are by
    resampling events, as what outlets do with the statements of one event hangs together.
    """
    return listed_said([_of_events(events), _of_pairs(pairs), *_of_coverage(coverage)])


def _of_events(events: pd.DataFrame) -> Said:
    if events.empty:
        return Said("No event is in two outlets, as far as date, persons and words tell.", EVENTS)
    gaps = int((events["without"].map(len) > 0).sum())
    missing = f"; an outlet that has another of them lacks {gaps:,} of these" if gaps else ""
    return Said(f"Events in two outlets or more: {len(events):,}{missing}.", EVENTS)


def _of_pairs(pairs: pd.DataFrame) -> Said:
    own, checks = int((pairs["event"] == "one").sum()), int((pairs["attribution"] == "check").sum())
    differing = f"; two different speakers are named in {checks:,}" if checks else ""
    words = f"Pairs of statements: {len(pairs):,}, {own:,} of them at one event{differing}."
    return Said(words, PAIRS)


def _of_coverage(coverage: pd.DataFrame) -> Iterator[Said]:
    rows = coverage[coverage["n_outlets"] > 1]
    if rows.empty:
        words = "No statement is in two outlets at one event under one speaker: nothing is told of "
        words += "who left what out."
        yield Said(words, BECAME)
        return
    by_event = rows.groupby("event_id")["status"]
    if by_event.ngroups < FEWEST:
        shared = count(rows["statement_id"].nunique(), "statement")
        yield Said(
            f"What outlets did with the {shared} that they share is told below, without shares: "
            f"these need {FEWEST} events, and here {'is' if by_event.ngroups == 1 else 'are'} "
            f"{by_event.ngroups:,}.",
            BECAME,
        )
        return
    totals = by_event.size().to_numpy()
    for status, words in STATUSES.items():
        hits = by_event.agg(lambda own, status=status: (own == status).sum()).to_numpy()
        low, high = bootstrap_ratio(hits, totals)
        sure = f" (95% interval {percent(low)} to {percent(high)})" if low == low else ""
        told = part(int(hits.sum()), int(totals.sum()), "time")
        words = f"Outlets on the event {words}: {told} at {len(totals):,} events{sure}."
        yield Said(words, BECAME)
    after = rows.loc[rows["days_after"] > 0, "days_after"]
    told = f", a median of {count(round(after.median()), 'day')}" if len(after) else ""
    later = part(len(after), int(rows["days_after"].notna().sum()), "case")
    yield Said(
        f"An outlet had the statement a day or more after the first in {later}{told}.", FIRST
    )
