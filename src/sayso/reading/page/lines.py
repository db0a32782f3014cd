"""What a line of a page looks like: the features by which it is told what the line is.

A feature is a short name that a line has or has not ('end:stop', 'word:share'). None names an
outlet, a person or a subject: a line is known by its shape, by where it stands and by the words
that newsrooms set around articles (``data/page.toml`` and what training finds to be common).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.lexicon.files import load_toml
from sayso.reading.page.dateline import CAPITALS, DATE, MONTH, WEEKDAY, YEAR, find_dateline
from sayso.text.spans import Span

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
LONG = 14
"""A sentence of so many words is seldom anything but the article."""
FEW = 20
"""Lines of so many words are told by each of their words."""
LETTER = rf"[{CAPITALS}]"
NAME = rf"(?:{LETTER}[\w'’.-]+|(?:de|van|von|der|la|al|bin|di|da)\b)"
SHAPES = {
    "date": rf"\b{DATE}\b",
    "day": rf"\b(?:{WEEKDAY}|{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})\b",
    "year": rf"\b{YEAR}\b",
    "numbers": r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b",
    "time": r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b",
    "zone": r"\b(?:GMT|[BCEMP][DS]?T|CES?T|AEDT|IST|WAT|UTC|SGT|HKT|JST)\b",
    "ago": r"\b(?:\d+|an?) ?(?:mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?) ago\b",
    "by": r"^(?:by|from|words|text|story|author|posted by|written by|reported by)\b:? ?",
    "name": rf"^(?:[Bb][Yy]:? )?{NAME}(?: {NAME}){{1,3}}$",
    "names": rf"{NAME}(?: {NAME}){{1,3}}(?:,| and| &) {NAME}(?: {NAME}){{1,3}}",
    "glued": rf"[a-z]{LETTER}[a-z]",
    "bar": r"[|•·»›>]|(?<= )/(?= )",
    "slash": r"/",
    "at": r"@\w",
    "web": r"\b(?:www\.|https?:)|\.(?:com|org|net|co\.\w\w|co|info)\b",
    "mark": r"[\"“”]",
    "single": r"(?:^|\s)['‘]\w",
    "copyright": r"©|\(c\)",
    "brackets": r"^[(\[].*[)\]]\.?$",
    "ends in brackets": r"[)\]]$",
    "colon": r"^[^:]{1,40}: ",
    "ends in colon": r":$",
    "question": r"\?[\"”’']?$",
    "bullet": r"^[-–—•*·▪►>]",
    "number": r"^\d",
    "only number": r"^[-+$£€\d.,:%() kKmM]+$",
    "small start": r"^[a-z]",
    "quote start": r"^[\"“'‘]",
    "said": r"\b(?:said|says|told|added|according to)\b",
    "I": r"\b(?:I|me|my)\b",
    "you": r"\b(?:you|your|our|us)\b",
    "he": r"\b(?:he|she|they|his|her|their)\b",
    "verb": r"\b(?:is|are|was|were|has|have|had|will|would)\b",
}
SHAPED = {name: re.compile(shape) for name, shape in SHAPES.items()}
LISTS = [
    (kind, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)"))
    for kind, words in load_toml("page.toml")["words"].items()
]
# What a neighbour does not tell of a line: its own place and words.
ALONE = ("at ", "word ", "first ", "last ", "line ", "head ", "text ", "foot ")
NEAR = 4
LONG_PAGE = 500
"""Of pages with so many lines not every line is sought in every other."""
LONGEST = 2000
"""Of a line with more characters the two ends are looked at."""
LENGTHS = (1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50, 80)
COUNTS = (0, 1, 2, 3, 5, 8, 12)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, their words in small letters, and where its running text stands."""

    lines: list[str]
    words: list[list[str]]
    joined: list[str]
    same: dict[str, list[int]]
    gaps: list[int]
    first: int
    last: int
    often: Counter[str]
    told: frozenset[str]
    best: int


def read_page_lines(text: str, paras: list[Span]) -> Page:
    """Return what the features of single lines are told from."""
    lines = [" ".join(text[start:end].split()) for start, end in paras]
    words = [WORD.findall(line.casefold()) for line in lines]
    ends = [0, *(end for _, end in paras)]
    gaps = [text.count("\n", end, start) for end, (start, _) in zip(ends, paras, strict=False)]
    ended = [i for i, line in enumerate(lines) if SENTENCE.search(line)]
    # A short notice has no long sentence: then its longest is the running text.
    most = max((len(words[i]) for i in ended), default=0)
    long = [i for i in ended if len(words[i]) >= min(LONG, max(most, 8))]
    often = Counter(word for line in words for word in set(line))
    first, last = (long[0], long[-1]) if long else (len(lines), -1)
    told = frozenset(stem for i in long for stem in _stems(words[i]))
    shared = [len(set(_stems(line)) & told) for line in words[:first]]
    best = max(range(len(shared)), key=lambda i: (shared[i], -i), default=-1)
    joined = [" ".join(line) for line in words]
    same: dict[str, list[int]] = {}
    for index, line in enumerate(joined):
        same.setdefault(line, []).append(index)
    return Page(lines, words, joined, same, gaps, first, last, often, told, best)


def _stems(words: list[str]) -> list[str]:
    """Return the beginnings of the words that carry content: good enough to compare lines by."""
    return [word[:5] for word in words if len(word) > 3]


def page_features(text: str, paras: list[Span]) -> list[list[str]]:
    """Return the features of each line of a page."""
    page = read_page_lines(text, paras)
    own = [list(_own(page, index)) for index in range(len(paras))]
    for index, (start, end) in enumerate(paras[: page.first + 1]):
        if find_dateline(text, start, end):
            own[index].append("dateline")
    shared = [[f for f in features if not f.startswith(ALONE)] for features in own]
    return [
        [
            *features,
            *(f"before {f}" for f in (shared[index - 1] if index else ["none"])),
            *(f"next {f}" for f in (shared[index + 1] if index + 1 < len(own) else ["none"])),
        ]
        for index, features in enumerate(own)
    ]


def _own(page: Page, index: int) -> Iterator[str]:
    zone = "head" if index < page.first else "foot" if index > page.last else "text"
    line = page.lines[index]
    if len(line) > LONGEST:
        line = f"{line[: LONGEST // 2]} {line[-LONGEST // 2 :]}"
    shape, lists = list(_shape(line, page.words[index])), list(_lists_of(line))
    echoes = list(_echoes(page, index))
    yield from (*shape, *lists, *echoes)
    # Together with its zone each tells more: a short line in the text is not one in the foot.
    yield from (f"{zone} {feature}" for feature in (*shape, *lists, *echoes))
    yield from _wording(page.words[index])
    yield from _place(page, index)


def _shape(line: str, words: list[str]) -> Iterator[str]:
    yield f"length {_step(len(words), LENGTHS)}"
    yield "stop" if SENTENCE.search(line) else "no stop"
    for name, shape in SHAPED.items():
        if shape.search(line):
            yield name
    letters = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    if letters:
        capital = sum(word[0].isupper() for word in letters) / len(letters)
        yield "all capital" if capital == 1 else f"capitals {int(capital * 4)}"
    if line.isupper():
        yield "shouted"


def _lists_of(line: str) -> Iterator[str]:
    """Tell of which lists of ``data/page.toml`` a line has words."""
    small = line.casefold()
    return (f"list {kind}" for kind, pattern in LISTS if pattern.search(small))


def _wording(words: list[str]) -> Iterator[str]:
    """Tell a line's own words, where it has few."""
    if words:
        yield f"first {words[0]}"
        yield f"last {words[-1]}"
    if len(words) <= FEW:
        yield from (f"word {word}" for word in set(words))
    if len(words) <= 4:
        yield f"line {' '.join(words)}"


def _echoes(page: Page, index: int) -> Iterator[str]:
    """Tell how far a line's words stand elsewhere on the page: headlines and pull-quotes do."""
    words = page.words[index]
    if len(words) >= 3:
        held = _held(page, index)
        if held:
            yield "held before" if held[0] < index else "held later"
            yield "whole" if any(page.words[i] == words for i in held) else "part"
    near = page.words[max(0, index - NEAR) : index + NEAR + 1]
    if any(4 <= len(line) < len(words) and words[-len(line) :] == line for line in near):
        yield "ends like another"
    if len(words) >= 4 and any(line[-len(words) :] == words for line in near if line != words):
        yield "end of another"
    content = {word for word in words if len(word) > 3}
    if content:
        again = sum(page.often[word] > 1 for word in content) / len(content)
        yield f"again {int(again * 4)}"
        told = [stem in page.told for stem in _stems(words)]
        yield f"told {int(4 * sum(told) / len(told))}"
        yield f"told words {_step(sum(told), COUNTS)}"
    if index == page.best:
        yield "best told"


def _held(page: Page, index: int) -> list[int]:
    """Return the lines that hold a line's words in a row; of long pages, those with just them."""
    sequence, fewest = page.joined[index], len(page.words[index])
    if len(page.lines) > LONG_PAGE:
        return [i for i in page.same[sequence][:2] if i != index]
    return [
        i
        for i, line in enumerate(page.joined)
        if i != index and len(page.words[i]) >= fewest and sequence in line
    ]


def _place(page: Page, index: int) -> Iterator[str]:
    yield f"at start {_step(index, COUNTS)}"
    yield f"at end {_step(len(page.lines) - 1 - index, COUNTS)}"
    if index < page.first:
        yield f"at lead {_step(page.first - index, COUNTS)}"
    elif index > page.last:
        yield f"at tail {_step(index - page.last, COUNTS)}"
    else:
        yield "at middle"
    yield f"at gap {min(page.gaps[index], 3)}"
    follows = page.gaps[index + 1] if index + 1 < len(page.gaps) else 3
    yield f"at gap after {min(follows, 3)}"


def _step(number: int, steps: tuple[int, ...]) -> int:
    return next((step for step in steps if number <= step), steps[-1] + 1)
