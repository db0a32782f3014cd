"""Text as it is printed, or stands in XML: no character of it changes or breaks what is around."""

from __future__ import annotations

import re

# Control characters but tabs and line ends, and what turns the direction of a line.
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def for_xml(text: str) -> str:
    r"""Return a text with '\ufffd' for each character that XML cannot hold."""
    return NO_XML.sub("\ufffd", text)


def printable(text: str) -> str:
    r"""Return a text whose control characters are written as their numbers.

    Examples
    --------
    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
