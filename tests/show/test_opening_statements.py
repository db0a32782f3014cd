"""Sentences on what a corpus shows about its shared statements."""

from __future__ import annotations

import pandas as pd

from sayso.analyze.statements.coverage import first_and_after
from sayso.show.opening.statements import statements

PAIRS = pd.DataFrame({"event": ["one", "again"], "attribution": ["same", "check"]})
EVENTS = pd.DataFrame({"without": [[], ["Post"]]})


def coverage(n_events: int) -> pd.DataFrame:
    rows = [
        (f"e{n}", f"s{n}", outlet, status, days)
        for n in range(n_events)
        for outlet, status, days in (
            ("Sun", "carried", 0.0),
            ("Post", "shortened", 2.0),
            ("Echo", "dropped", None),
        )
    ]
    names = ["event_id", "statement_id", "outlet", "status", "days_after"]
    return pd.DataFrame(rows, columns=names).assign(n_outlets=2)


def lines(*tables: pd.DataFrame) -> list[str]:
    return statements(*tables).words.splitlines()


def test_shares_are_told_with_interval_and_number():
    told = lines(coverage(12), PAIRS, EVENTS)
    assert len(told) == 6
    assert told[0].startswith("- Events in two outlets or more: 2; an outlet")
    assert told[1].startswith("- Pairs of statements: 2, 1 of them at one event")
    assert "12 of 36 times (33%) at 12 events." in told[2]
    assert "12 of 24 cases (50%), a median of 2 days" in told[5]


def test_shares_of_few_events_are_withheld():
    told = lines(coverage(9), PAIRS, EVENTS)
    assert len(told) == 3 and "these need 10 events" in told[2] and "%" not in told[2]


def test_nothing_shared_is_told_as_such():
    told = lines(coverage(1).iloc[:0], PAIRS.iloc[:0], EVENTS.iloc[:0])
    assert told[0].startswith("- No event") and told[2].startswith("- No statement")


def test_who_was_first_alone_is_told():
    table = first_and_after(coverage(3)).set_index("outlet")
    assert table.loc["Sun", ["n_first", "n_together", "n_after"]].tolist() == [3, 0, 0]
    assert table.loc["Post", ["n_after", "median_days"]].tolist() == [3, 2.0]
    assert "Echo" not in table.index
