"""What a corpus shows about its shared statements, in sentences; withheld where it is little."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sayso.analyze.intervals import FEWEST, bootstrap_ratio

STATUSES = {
    "carried": "quoted a statement that another outlet has whole, or nearly",
    "shortened": "quoted it in part, and nothing beside it",
    "dropped": "left it out, in articles that are not older",
}


def findings(coverage: pd.DataFrame, pairs: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    """Return sentences, six at most: each with its n, and its 95 % interval where it has a share.

    ``coverage`` and ``pairs`` are what ``corpus.coverage()`` and ``corpus.statements()`` returned,
    ``events`` what :func:`sayso.analyze.statements.events.events_by_outlet` did. Intervals are by
    resampling events, as what outlets do with the statements of one event hangs together; shares
    at fewer than ten events are withheld.
    """
    return [_of_events(events), _of_pairs(pairs), *_of_coverage(coverage)]


def _of_events(events: pd.DataFrame) -> str:
    if events.empty:
        return "No event is in two outlets, as far as date, persons and words tell."
    gaps = int((events["without"].map(len) > 0).sum())
    missing = f"; an outlet that has another of them lacks {gaps:,} of these" if gaps else ""
    return f"Events in two outlets or more: {len(events):,}{missing}."


def _of_pairs(pairs: pd.DataFrame) -> str:
    own, checks = (
        int((pairs[c] == v).sum()) for c, v in (("event", "one"), ("attribution", "check"))
    )
    differing = f"; two different speakers are named in {checks:,}" if checks else ""
    return f"Pairs of statements: {len(pairs):,}, {own:,} of them at one event{differing}."


def _of_coverage(coverage: pd.DataFrame) -> Iterator[str]:
    rows = coverage[coverage["n_outlets"] > 1]
    if rows.empty:
        yield "No statement is in two outlets at one event: nothing is told of who left what out."
        return
    by_event = rows.groupby("event_id")["status"]
    if by_event.ngroups < FEWEST:
        yield (
            f"What outlets did with {rows['statement_id'].nunique():,} shared statements is told "
            f"below, without shares: they are of {by_event.ngroups:,} events, and shares of fewer "
            f"than {FEWEST} are withheld."
        )
        return
    totals = by_event.size().to_numpy()
    for status, words in STATUSES.items():
        hits = by_event.agg(lambda own, status=status: (own == status).sum()).to_numpy()
        low, high = bootstrap_ratio(hits, totals)
        sure = "" if np.isnan(low) else f"95 % {low:.0%} to {high:.0%}; "
        yield (
            f"Outlets on the event {words}: {hits.sum() / totals.sum():.0%} of {totals.sum():,} "
            f"times ({sure}{len(totals):,} events)."
        )
    after = rows.loc[rows["days_after"] > 0, "days_after"]
    told = f", a median of {after.median():.0f} days" if len(after) else ""
    yield (
        f"An outlet had the statement a day or more after the first in {len(after):,} of "
        f"{int(rows['days_after'].notna().sum()):,} cases with dates{told}."
    )
