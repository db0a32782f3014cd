"""What may be wrong with an article: with its text, its cells, the bytes of its file.

Each mutation takes a text (or bytes) and a source of chance and returns it changed; the same seed
changes it in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from typing import Any

MARKS = "“”‘’\"'«»„‚‹›`\u00b4"
ODD = (
    "\u202e", "\u202d", "\u2066", "\u2069", "\u200f", "\u200b", "\u200d", "\ufeff", "\u00ad",
    "\u0301\u0323\u0489", "\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c", "\x1b[31m",
    "\0", "\ufffd", "\ufffe", "\ud800", "\udfff", "\U000e0041", "\U0001f468\u200d\U0001f469",
    "\u0130", "\u1e9e", "\ufb03", "\u2160", "\uff11", "\u0661", "\u4e09", "\u2005", "\u3000",
    "\t", "\r", "\r\n", "\n \n", "\x7f", "\x80", "\U0010ffff",
)  # fmt: skip
NUMBERS = (
    "9" * 311, "9" * 4301, "1" + ",000" * 400, "hundred " * 160, "5K half marathon", "3M quarter",
    "1e999", "١٢٣", "²³", "½", "-0", "0x7f", "Ⅻ", "1.2.3.4.5", "two " * 60, "a million billion",
    "5000000000 years ago", "999999999 days later", "the 99999th quarter", "$1e9bn", "12345678901",
)  # fmt: skip
DATES = (
    "0001-01-01", "9999-12-31", "January 1, 1", "31 December 9999", "in the year 10000",
    "the 0s", "the 9990s", "February 30, 2019", "February 29, 1900", "29 February 2000",
    "13/13/13", "00/00/0000", "24:00", "25:61", "12:60 pm", "2019-W53-7", "the 100th century",
    "Friday the 13th", "a century ago", "9,999 years ago", "in 9998 years", "Monday " * 9,
    "next year's yesterday", "Easter 9999", "0 AD", "44 B.C.", "1/1/1", "Q5 2019", "May May May",
)  # fmt: skip
HTML = (
    "<p>", "</p>", "<q>", "</blockquote>", "<script>", "<!--", "-->", "<![CDATA[", "]]>", "&nbsp;",
    "&#0;", "&#xD800;", "&#1114112;", "&amp;quot;", "<a href='x'>", "<br/>", "<table><tr><td>",
    "<h1>", "<", ">", "</html>", "<plaintext>", "<svg>", "<p", '="', "<textarea>", "&",
)  # fmt: skip
LINES = (
    "By Ann Lee and Bo Lind", "BRINK: It is so.", "ORVELT, March 3 (Reuters) - ", "Updated 9999",
    "(Photo by Ada Brink)", "Copyright © 0001 Harrow Post", "ADVERTISEMENT", "Read more:", "* * *",
    "Q. Why?", "A. Because.", "Published: 31/12/9999", "https://a.example/2019/02/30/x", "###",
    "President President President", "said said said said", "the the the the", ", , , ,",
    "“", "”", "“” “”", "He said, she said, they said that it said.", "'''''", "\"\"\"\"\"", "—",
    "according to according to", "blamed the blame on the blamed", "Mr. Mrs. Dr. Sen. Rep.",
)  # fmt: skip
ENCODINGS = ("cp1252", "latin-1", "mac_roman", "cp1250", "cp1251", "cp437", "utf-16-le", "koi8-r")
Mutation = Callable[[str, Random], str]


def _at(text: str, chance: Random, piece: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + piece + text[at:]


def _some(text: str, chance: Random, pieces: tuple[str, ...], most: int = 6) -> str:
    for _ in range(chance.randint(1, most)):
        text = _at(text, chance, f" {chance.choice(pieces)} " if chance.random() < 0.7 else "")
        text = _at(text, chance, chance.choice(pieces))
    return text


def _characters(text: str, chance: Random) -> str:
    letters = list(text)
    for _ in range(max(1, len(letters) // 40)):
        at = chance.randrange(len(letters)) if letters else 0
        letters[at : at + 1] = [chance.choice([*"aZ0 .,\n", *MARKS, *ODD, ""])]
    return "".join(letters)


def _cut(text: str, chance: Random) -> str:
    ends = sorted(chance.randint(0, len(text)) for _ in "12")
    return text[: ends[0]] + text[ends[1] :] if chance.random() < 0.5 else text[slice(*ends)]


def _doubled(text: str, chance: Random) -> str:
    start, end = sorted(chance.randint(0, len(text)) for _ in "12")
    return text[:end] + text[start:end] * chance.randint(1, 3) + text[end:]


def _shuffled(text: str, chance: Random, parts: str) -> str:
    pieces = text.split(parts)
    chance.shuffle(pieces)
    return parts.join(pieces)


def _unbalanced(text: str, chance: Random) -> str:
    places = [at for at, letter in enumerate(text) if letter in MARKS]
    letters = list(text)
    for at in places:
        if chance.random() < 0.4:
            letters[at] = chance.choice(["", *MARKS, letters[at] * 2])
    return _some("".join(letters), chance, tuple(MARKS))


def _long_word(text: str, chance: Random) -> str:
    words = ("a", "A", "Ab", "“", "-", "9", "é", "http://a.", "a.", "'", "(", "\u0301")
    return _at(text, chance, chance.choice(words) * chance.choice([60, 300, 3000, 20_000]))


def _garbled(text: str, chance: Random) -> str:
    # What a reader shows that takes one encoding for another, once or twice.
    for _ in range(chance.randint(1, 2)):
        encoding = chance.choice(ENCODINGS[:6])
        text = text.encode("utf-8", "surrogatepass").decode(encoding, errors="replace")
    return text


def _joined(text: str, chance: Random) -> str:
    blanks = chance.choice(["", " ", "\n", "\n\n\n\n", "\t", "\u00a0", "\r", "\u2028", " \n"])
    return blanks.join(text.split(chance.choice(["\n", "\n\n", " ", ". "])))


def _cased(text: str, chance: Random) -> str:
    return chance.choice([str.upper, str.lower, str.title, str.swapcase, str.casefold])(text)


def _tiny(text: str, chance: Random) -> str:
    return chance.choice(["", " ", "\n", ".", "“", "a", "A.", "\ufeff", "\0", "said", "2019", "—"])


TEXTS: dict[str, Mutation] = {
    "as it is": lambda text, chance: text,
    "characters": _characters,
    "cut": _cut,
    "doubled": _doubled,
    "paragraphs shuffled": lambda text, chance: _shuffled(text, chance, "\n\n"),
    "sentences shuffled": lambda text, chance: _shuffled(text, chance, ". "),
    "words shuffled": lambda text, chance: _shuffled(text, chance, " "),
    "letters reversed": lambda text, chance: text[::-1],
    "odd characters": lambda text, chance: _some(text, chance, ODD, 20),
    "numbers": lambda text, chance: _some(text, chance, NUMBERS),
    "dates": lambda text, chance: _some(text, chance, DATES),
    "markup": lambda text, chance: _some(text, chance, HTML),
    "lines": lambda text, chance: _some(text, chance, tuple(f"\n\n{one}\n\n" for one in LINES)),
    "phrases": lambda text, chance: _some(text, chance, LINES),
    "quotation marks": _unbalanced,
    "a long word": _long_word,
    "garbled": _garbled,
    "blanks": _joined,
    "case": _cased,
    "hardly anything": _tiny,
}
# What a cell may hold instead; formats that know no types write it as text.
CELLS: tuple[Any, ...] = (
    None, "", " ", 0, -1, 1e308, -1e308, math.inf, math.nan, 10**30, 10**400, True, [], {}, [None],
    {"a": {"b": ["c"]}}, ["Ann Lee", 3, None, {"name": "Bo"}], "0001-01-01", "9999-12-31", "NaT",
    "2019-02-30", "99999999999999999", "1e400", "-5", "12/31/9999 23:59:60", "2019-13-45T99:99:99Z",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "\0", "\ud800", "a\0b", "\u202eabc",
    "=1+1", "@SUM(A1)", "../../etc/passwd", "C:\\x", "a\nb\rc", "<b>x</b>", "x" * 40_000, "é" * 300,
    "javascript:alert(1)", "http://[", "http://a.example:99999999/", "\x1b[2J", "NA", "None",
    "null", "{}", "[", "['a', 'b'", "nan", "{'name': " * 50, "12.0", "-0.0", "\ufeff", "'", '"',
    "a,b;c\td",
)  # fmt: skip
NAMES = ("article_id", "outlet", "headline", "published", "author", "url", "precision", "event")


def mutated_cells(row: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Return a row in which one to three cells hold something else than they should."""
    changed = dict(row)
    for _ in range(chance.randint(1, 3)):
        changed[chance.choice(NAMES)] = chance.choice(CELLS)
    return changed


def mutated_text(text: str, chance: Random) -> tuple[str, str]:
    """Return a text after one to three mutations, and what these are called."""
    names = [chance.choice(list(TEXTS)) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    for name in names:
        text = TEXTS[name](text, chance)[:60_000]
    return text, ", ".join(names)


def mutated_bytes(data: bytes, chance: Random) -> bytes:
    """Return bytes of which some were flipped, cut off, lost, doubled, moved or zeroed."""
    start, end = sorted(chance.randint(0, len(data)) for _ in "12")
    end = min(end, start + 2000)
    kind = chance.randrange(8)
    if kind == 0:
        return data[:end]
    if kind == 1:
        return data[:start] + data[end:]
    if kind == 2:
        return data[:end] + data[start:end] + data[end:]
    if kind == 3:
        return data[:start] + bytes(end - start) + data[end:]
    if kind == 4:
        return data[end:] + data[:end]
    if kind == 5:
        return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")
    flipped = bytearray(data)
    for _ in range(chance.choice((1, 3, 30)) if data else 0):
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(flipped)
