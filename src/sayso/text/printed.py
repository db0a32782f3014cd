"""Text as it is printed, or stands in XML or a cell: no character of it changes what is around."""

from __future__ import annotations

import re

# Control characters but tabs and line ends, and what turns the direction of a line.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# A spreadsheet takes what begins like this for a formula; a mark before it says that it is text.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

LINE_END = "\r\n"
"""What ends a line of CSV: else Python's writers do not quote a cell that holds half of it."""


def for_xml(text: str) -> str:
    r"""Return a text with '\ufffd' for each character that XML cannot hold."""
    return NO_XML.sub("\ufffd", text)


def disarmed(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; :func:`armed` gives it back."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def armed(cell: str) -> str:
    """Return a cell without the mark that :func:`disarmed` put before it."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def printable(text: str) -> str:
    r"""Return a text whose control characters are written as their numbers.

    Examples
    --------
    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
