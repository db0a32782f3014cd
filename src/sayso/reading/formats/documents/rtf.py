"""Rich Text Format (.rtf), read by striprtf; it is made ready first for what that takes amiss."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.reading.formats.source import File, Raw
from sayso.reading.formats.text import read_text, read_words
from sayso.reading.problem import Problem

HEAD = b"{\\rtf"
# Pictures are long rows of digits.
PICTURE = re.compile(r"[0-9a-fA-F\r\n]{1000,}")
# Text that is deleted or hidden stands in a group that says so in its first words.
UNSEEN = re.compile(r"\{((?:\\[a-z]+-?\d* ?)*?)\\(deleted|v)(?![a-z\d])")
FONT = re.compile(r"(?=\{\\f\d)")
LONGEST_LINE = 10_000
# The end of a page parts the articles of a download; cells of a table are no '|'.
WORDS = {"page": r"\'0c", "cell": r"\tab ", "nestcell": r"\tab ", "softline": " "}
CONTROL = re.compile(rf"(?<!\\)\\({'|'.join(WORDS)})(?![a-z\d]) ?")
LEFT_OUT = re.compile(r"\\(?:footnote|shptxt)\b")
NOT_READ = Problem("warning", "unread parts", "its footnotes and text boxes are not read")


def read_rtf(file: File) -> Iterator[Raw | Problem]:
    """Return the article of an RTF file, or those of a download."""
    from striprtf.striprtf import rtf_to_text

    data = file.read()
    if not data.lstrip().startswith(HEAD):
        yield from read_text(file)
        return
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError:
        # RTF has no place for letters beyond ASCII; they are escaped.
        source = re.sub(rb"[\x80-\xff]", lambda match: b"\\'%02x" % match.group()[0], data).decode()
    problems = (NOT_READ,) if LEFT_OUT.search(source) else ()
    # A field's code holds a link's address, which striprtf would put into the text.
    source = PICTURE.sub("", source).replace(r"\fldinst", r"\fldtype")
    # striprtf takes ever longer over the fonts of a longer line; no file has so many on one.
    source = FONT.sub("\n", source)
    if any(len(line) > LONGEST_LINE for line in source.split("\n")):
        source = source.replace(r"{\fonttbl", r"{\*\fonttab")
    source = UNSEEN.sub(r"{\\*\1\\\2", source)
    source = CONTROL.sub(lambda match: WORDS[match.group(1)], source).replace(r"\-", "")
    text = rtf_to_text(source, errors="replace")
    # A character beyond the first 65,536 is written as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    yield from read_words("\n".join(line.strip(" \t") for line in text.split("\n")), problems)
