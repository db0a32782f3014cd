"""How often blame is right: what readers found (machines, not people) in articles of US news.

These are the only figures of that kind in notebook 05: change them here when it is read anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Of ``read`` cases of ``what`` that were drawn from real articles, ``right`` were right.

    0 ``read``: nobody looked.
    """

    what: str
    right: int = 0
    read: int = 0


LEAST, LEAST_DENIED = 0.4, 0.6
"""The confidence from which on ties and denials are counted: more than half of them are right."""
SURE = Reading("a tie of confidence .4 or more", 108, 204)
"""Such that a reader of the whole article has, too, on articles that nothing was learnt from:
printed by ``python -m training.blame_confidence``."""
DENIED = Reading("a denial of confidence .6 or more", 28, 50)
OWN = Reading("blame of confidence .4 or more as the outlet's own", 18, 50)
OWN_NEEDS = 0.8
"""From this share on they are shown apart from the rest."""
ANSWERED = Reading("a charge (.4 or more) joined with a denial (.6 or more), 'n answered'", 13, 23)
LEFT_OUT = Reading("'left out'")
"""Charges whose denial an outlet is said to leave out."""


def own_apart() -> bool:
    """Return whether the outlets' own blame is right often enough to be shown apart."""
    return OWN.read > 0 and OWN.right / OWN.read >= OWN_NEEDS
