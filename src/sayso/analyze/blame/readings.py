"""How often blame is right: what readers found (machines, not people) in articles of US news.

These are the only figures of that kind in notebook 05: change them here when it is read anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Of ``read`` cases that were drawn from real articles, ``right`` were right."""

    right: int
    read: int


SURE: Reading | None = Reading(103, 197)
"""Ties of a confidence of .4 or more that a reader of the whole article has, too, on articles that
nothing was learnt from: printed by ``python -m training.blame_confidence``."""
DENIED: Reading | None = Reading(23, 50)
"""Denials of a confidence of .3 or more."""
OWN: Reading | None = Reading(29, 50)
"""Ties of a confidence of .3 or more in which the outlet itself is said to blame."""
OWN_NEEDS = 0.8
"""From this share on they are shown apart from the rest."""
ANSWERED: Reading | None = Reading(8, 21)
"""Charges joined with a denial, which *n answered* counts, both of a confidence of .4 or more."""
LEFT_OUT: Reading | None = None
"""Charges whose denial an outlet is said to leave out; null: not measured."""


def own_apart() -> bool:
    """Return whether the outlets' own blame is right often enough to be shown apart."""
    return OWN is not None and OWN.read > 0 and OWN.right / OWN.read >= OWN_NEEDS
