"""Texts that were damaged before they came: 'â€œ' for a quotation mark, '&quot;', '\ufffd'.

UTF-8 that was read as another encoding is read anew by ftfy, line by line and only where ftfy is
sure. Nothing else is changed: no curly quote is straightened, no healthy line touched.
"""

from __future__ import annotations

import html
import re
from dataclasses import asdict, replace

from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

# Letters that would be a sign with the mark behind them, which closes a quotation: “Ã”, «CAFÉ».
QUOTED = re.compile(r"“[^“”]*[À-ß]”|«[^«»]*[À-ß]»|„[^„“]*[À-ß]“|‘[^‘’]*[À-ß]’")
# A closing quotation mark loses its last byte, which Windows-1252 does not have.
CLOSING = re.compile(r"â€(?=[\s,.;:!?)\]\"'â-]|$)")
CODES = re.compile(
    r"&(?:quot|amp|apos|lt|gt|nbsp|[lr][ds]quo|[mn]dash|hellip|#x?[0-9a-fA-F]{2,6});"
)
# What is damage without ftfy to tell.
SURE = re.compile(r"â€|Ã[¡¤¨©³¶¼]")
# Apostrophes and quotation marks that an encoding without them could not hold.
LOST = re.compile(
    r"(?<=[a-z])\?(?:t|s|re|ve|ll|d|m)\b(?=[ ,.])|(?:^|(?<=\s))\?(?=[A-Z])|(?<=,)\?(?=\s)",
    re.MULTILINE,
)
LOST_MARKS = 2
MEND = "restore it from the source to be sure"


def mended(raw: Raw) -> Raw:
    """Return a text that came damaged as it was, as far as that is sure, with a note on it."""
    text, messages = raw.text, []
    if CODES.search(text):
        text = CODES.sub(lambda match: html.unescape(match.group()), text)
        messages.append("HTML codes in it ('&quot;') were read as the characters they stand for")
    if is_garbled(text):
        text, message = _repaired(text)
        messages.append(message)
    if "\ufffd" in text and not raw.problems:
        messages.append(f"characters that were lost are read as '\ufffd'; {MEND}")
    if len(LOST.findall(text)) >= LOST_MARKS:
        messages.append(
            f"it has '?' in place of apostrophes or quotation marks, and was not repaired; {MEND}"
        )
    problems = tuple(Problem("warning", "encoding", message) for message in messages)
    told = {name: value for name, value in asdict(raw.known).items() if isinstance(value, str)}
    changed = {name: _repaired(value)[0] for name, value in told.items() if is_garbled(value)}
    known = replace(raw.known, **changed)
    return replace(raw, text=text, known=known, problems=(*raw.problems, *problems))


def is_garbled(text: str) -> bool:
    """Whether a text has a line that is surely UTF-8 read as another encoding."""
    return not text.isascii() and (SURE.search(text) is not None or _repaired(text)[0] != text)


def _repaired(text: str) -> tuple[str, str]:
    """Return a text with its garbled lines repaired, and what to say of it."""
    told = "the text came damaged ('â€œ' for a quotation mark and the like)"
    try:
        from ftfy import TextFixerConfig, fix_encoding
        from ftfy.badness import is_bad
    except ModuleNotFoundError:
        return text, f"{told} and was not repaired; pip install 'sayso[formats]' repairs it"
    config = TextFixerConfig(fix_c1_controls=False)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.isascii() and is_bad(QUOTED.sub("", line)):
            lines[number] = fix_encoding(CLOSING.sub("â€\x9d", line), config)
    repaired = "\n".join(lines)
    how = (
        "was repaired in part" if SURE.search(repaired) or "\ufffd" in repaired else "was repaired"
    )
    how = how if repaired != text else "was not repaired"
    return repaired, f"{told} and {how}; {MEND}"
