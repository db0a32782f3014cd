"""Texts that were damaged before they came: 'â€œ' for a quotation mark, '&quot;', '\ufffd'.

UTF-8 that was read as another encoding is read anew by ftfy, line by line and only where ftfy is
sure. Nothing else is changed: no curly quote is straightened, no healthy line touched.
"""

from __future__ import annotations

import html
import re
from dataclasses import fields, replace

from sayso.reading.formats.source import Raw
from sayso.reading.known import Known
from sayso.reading.problem import Problem

# Bytes 80 to BF as Western and Polish Windows and Latin-1 show them, and the bytes before them in
# UTF-8; behind them the same marks ('‚Äú' for a quotation mark) on Macs, in DOS and in Russia.
BEHIND = "".join(
    bytes(range(0x80, 0xC0)).decode(encoding, errors="ignore")
    for encoding in ("cp1252", "latin-1", "cp1250")
)
ELSEWHERE = "‚Ä[úùòôîìÆ¶]|√[©®±≥≠¥°¢£§]|ΓÇ[£¥ÖÿôöÖªù]|вЂ[њќ™љ“”¦]"
SIGNS = re.compile(f"[Â-ß][{re.escape(BEHIND)}]|[à-ï][{re.escape(BEHIND)}]{{2}}|â€|ï¿½|{ELSEWHERE}")
# Letters that would be a sign with the mark behind them, which closes a quotation: “Ã”, «CAFÉ».
QUOTED = re.compile(r"“[^“”]*[À-ß]”|«[^«»]*[À-ß]»|„[^„“]*[À-ß]“|‘[^‘’]*[À-ß]’")
# A closing quotation mark loses its last byte, which Windows-1252 does not have.
CLOSING = re.compile(f"â€(?![{re.escape(BEHIND.replace(chr(0xA0), ''))}])")
CODES = re.compile(
    r"&(?:quot|amp|apos|lt|gt|nbsp|[lr][ds]quo|[mn]dash|hellip|#x?[0-9a-fA-F]{2,6});"
)
SURE = re.compile(f"â€|{ELSEWHERE}")
# Apostrophes and quotation marks that an encoding without them could not hold.
LOST = re.compile(
    r"(?<=[a-z])\?(?:t|s|re|ve|ll|d|m)\b(?=[ ,.])|(?:^|(?<=\s))\?(?=[A-Z])|(?<=,)\?(?=\s)",
    re.MULTILINE,
)
LOST_MARKS = 2
MEND = "restore it from the source to be sure"
CONFIG = {
    "unescape_html": False,
    "remove_terminal_escapes": False,
    "fix_c1_controls": False,
    "fix_latin_ligatures": False,
    "fix_character_width": False,
    "uncurl_quotes": False,
    "fix_line_breaks": False,
    "fix_surrogates": False,
    "remove_control_chars": False,
    "normalization": None,
}


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
        messages.append(f"{_count(text, chr(0xFFFD))} lost and read as '\ufffd'; {MEND}")
    if len(LOST.findall(text)) >= LOST_MARKS:
        messages.append(
            f"it has '?' in place of apostrophes or quotation marks, and was not repaired; {MEND}"
        )
    problems = tuple(Problem("warning", "encoding", message) for message in messages)
    return replace(raw, text=text, known=_known(raw.known), problems=(*raw.problems, *problems))


def is_garbled(text: str) -> bool:
    """Whether a text has characters that are surely UTF-8 read as another encoding."""
    return SIGNS.search(text) is not None and any(map(_is_bad, text.split("\n")))


def _is_bad(line: str) -> bool:
    """Whether a line is damaged: 'CAFÉ»' has a sign of it and is not."""
    if not SIGNS.search(QUOTED.sub("", line)):
        return False
    try:
        from ftfy.badness import is_bad
    except ModuleNotFoundError:
        return SURE.search(line) is not None
    return is_bad(line) or SURE.search(line) is not None


def _repaired(text: str) -> tuple[str, str]:
    """Return a garbled text with its lines repaired, and what to say of it."""
    told = "the text came damaged ('â€œ' for a quotation mark and the like)"
    try:
        from ftfy import TextFixerConfig, fix_encoding
    except ModuleNotFoundError:
        return text, f"{told} and was not repaired; pip install 'sayso[formats]' repairs it"
    config = TextFixerConfig(**CONFIG)
    lines = [
        fix_encoding(CLOSING.sub("â€\x9d", line), config) if _is_bad(line) else line
        for line in text.split("\n")
    ]
    repaired = "\n".join(lines)
    how = "was repaired in part" if is_garbled(repaired) or "\ufffd" in repaired else "was repaired"
    how = how if repaired != text else "was not repaired"
    return repaired, f"{told} and {how}; {MEND}"


def _known(known: Known) -> Known:
    """Return what is known of an article with garbled names and headlines repaired."""
    changed = {}
    for field in fields(known):
        value = getattr(known, field.name)
        if isinstance(value, str) and is_garbled(value):
            changed[field.name] = _repaired(value)[0]
    return replace(known, **changed)


def _count(text: str, char: str) -> str:
    number = text.count(char)
    return "one character is" if number == 1 else f"{number} characters are"
