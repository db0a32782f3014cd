"""What each kind of time expression comes to, on a given day of publication.

A kind is a function of the slots that a rule remembered and of the context. It returns a
:class:`Reading`, or None where the words turn out to name no time. Where the calendar has no such
day it may raise ValueError or OverflowError, as :mod:`datetime` does: that is no value either.
"""

from sayso.timex.kinds import days, hours, lengths, periods, relative
from sayso.timex.kinds.base import KINDS, Reading, Slots

__all__ = ["KINDS", "Reading", "Slots", "days", "hours", "lengths", "periods", "relative"]
