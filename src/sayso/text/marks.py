"""Quotation marks: which stretches of a text stand between them.

No tagger can know every habit of every newsroom, so marks get a reader of their own. It knows
curly, straight and low marks, guillemets, doubled single marks, single marks against apostrophes,
quotations that run over paragraphs with a repeated opening mark, and marks that were forgotten.
It never fails: what is irregular is recovered and reported as a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.text.spans import Span

# Newsrooms mix what closes: “...", ``...” and “...’’ are quotations, too.
_ENDS = ("”", '"', "''", "’’", "“")
OPENING = {
    "“": _ENDS,
    "‘‘": _ENDS,
    "``": _ENDS,
    "„": ("“", "”", '"'),
    "«": ("»",),
    "‹": ("›",),
    "‘": ("’",),
    "‚": ("‘", "’"),
}
# What closes a quotation that was opened with a mark that should close one, or with a straight one.
CLOSING = {"'": ("'",), "''": ("''", "”", '"'), "’": ("’",), "»": ("«", "»"), "”": ("”",)}
SINGLE = {"‘", "’", "'", "‚", "‹", "›"}
MARK = re.compile(r"``|''|‘‘|’’|[“”„«»‹›\"‘’‚']")
# How a paragraph ends that is no caption or link; a colon announces somebody else's words.
SENTENCE = re.compile(r"[.!?…:]\Z")
SENTENCE_END = re.compile(r"[.!?…](?=\s+[^\W\d_a-zß-öø-ÿ])")

# Words that begin with an apostrophe: what follows it never opens a quotation.
ELISION = re.compile(r"(?:\d0s|\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|n\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, over one or more paragraphs.

    ``start``/``end`` include the marks, ``inner`` holds the quoted words without them, a span for
    each paragraph. ``closed`` is False where the text never closes the quotation.
    """

    start: int
    end: int
    inner: tuple[Span, ...]
    double: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class MarkNote:
    """An irregular mark: ``kind`` is 'never closed' or 'stray closing mark'."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class _Open:
    """A quotation being read: its first mark, and the spans of the paragraphs already passed.

    ``nested`` is the mark of another kind that was opened inside it and is to be closed first.
    """

    mark: str
    start: int
    inner_start: int
    passed: list[Span]
    nested: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark, the characters before and behind it in its paragraph, and what comes after it.

    ``ahead`` holds what was looked for in the paragraph: from where on, and where it is found.
    """

    mark: str
    before: str
    behind: str
    text: str
    after: int
    end: int
    ahead: dict[str, tuple[int, re.Match[str] | None]]

    def next(self, pattern: str, start: int) -> re.Match[str] | None:
        """Return the next match of a pattern in the paragraph: each stretch is searched once."""
        begun, found = self.ahead.get(pattern, (self.end + 1, None))
        if not begun <= start <= (found.start() if found else self.end):
            found = re.compile(pattern).search(self.text, start, self.end)
            self.ahead[pattern] = start, found
        return found

    @property
    def opens(self) -> bool:
        """Whether it stands where an opening mark may."""
        free = self.before.isspace() or self.before in "([{—–-/:…“\"‘'"
        return free and not self.behind.isspace()

    @property
    def closes(self) -> bool:
        """Whether it stands where a closing mark may."""
        return not self.before.isspace() and not self.behind.isalnum()


def paragraphs(text: str) -> list[Span]:
    """Return the spans of a text's paragraphs, blank edges cut off.

    Every line with something on it is a paragraph, except in hard-wrapped text (most lines go on
    in lower case on the next), where blank lines separate paragraphs.
    """
    pattern = r"\S(?:.*\S)?"
    if _hard_wrapped(text):
        pattern = r"\S(?:(?!\n[ \t\r]*\n)[\s\S])*"
    spans = (match.span() for match in re.finditer(pattern, text))
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans]


def _hard_wrapped(text: str) -> bool:
    joins = re.findall(r"(\S)[ \t\r]*\n[ \t]*(\S)", text)
    wrapped = sum(before not in '.!?:”"' and after.islower() for before, after in joins)
    return wrapped >= 5 and wrapped > len(joins) / 2


def read_marks(text: str, paras: list[Span]) -> tuple[list[Quotation], list[MarkNote]]:
    """Return the quotations of a text's paragraphs, in order, and notes on irregular marks.

    A quotation left open ends with its paragraph, unless the next paragraph begins with a mark of
    the same kind: then it goes on there. So it does if a line that is no sentence (a caption, a
    link) stands in between. A single mark inside a double quotation does not make a quotation of
    its own.
    """
    found: list[Quotation] = []
    notes: list[MarkNote] = []
    going: _Open | None = None
    for number, para in enumerate(paras):
        end = para[1]
        if going and going.inner_start < 0 and not text.startswith(going.mark, para[0]):
            continue  # the line in between
        going = _read_paragraph(text, para, going, found, notes)
        if going is None:
            continue
        if _continues(text, paras[number + 1 : number + 3], going):
            going.passed.append((going.inner_start, end))
            going.inner_start = -1
        else:
            found.append(_finish(text, going, end, end, closed=False))
            notes.append(MarkNote("never closed", going.start, going.start + len(going.mark)))
            going = None
    return sorted(found, key=lambda q: q.start), sorted(notes, key=lambda n: n.start)


def _continues(text: str, following: list[Span], going: _Open) -> bool:
    """A double quotation left open goes on where the next paragraph repeats its opening mark."""
    if going.mark in SINGLE or not following:
        return False
    again = [text.startswith(going.mark, start) for start, _ in following]
    line = text[slice(*following[0])]
    marked = any(mark not in SINGLE for mark in MARK.findall(line))
    return again[0] or (again[-1] and not marked and not SENTENCE.search(line))


def _finish(text: str, going: _Open, inner_end: int, end: int, *, closed: bool) -> Quotation:
    spans = [*going.passed, (going.inner_start, inner_end)]
    inner = tuple(span for span in (_trim(text, *span) for span in spans) if span[0] < span[1])
    return Quotation(going.start, end, inner, going.mark not in SINGLE, closed)


def _trim(text: str, start: int, end: int) -> Span:
    """Cut off the spaces that some languages set between marks and words."""
    words = text[start:end]
    end -= len(words) - len(words.rstrip())
    return min(end, start + len(words) - len(words.lstrip())), end


def _read_paragraph(
    text: str, para: Span, going: _Open | None, found: list[Quotation], notes: list[MarkNote]
) -> _Open | None:
    """Read one paragraph's marks; return the quotation that is still open at its end."""
    start, end = para
    position, ahead = start, {}
    if going is not None:
        position = going.inner_start = start + len(going.mark)
    while match := MARK.search(text, position, end):
        at, position = match.span()
        mark = match.group()
        if len(mark) > 1 and going is not None and _closes_single(text, at, going):
            mark, position = mark[0], at + 1
        before = text[at - 1] if at > start else " "
        behind = text[position] if position < end else " "
        role = _role(_Mark(mark, before, behind, text, position, end, ahead), going)
        if role == "open" and going is not None:
            found.append(_break_off(text, going, at))
            notes.append(MarkNote("never closed", going.start, going.start + len(going.mark)))
        if role == "open":
            going = _Open(mark, at, position, [])
        elif role == "nest":
            going.nested = mark
        elif role == "unnest":
            going.nested = ""
        elif role == "close":
            found.append(_finish(text, going, at, position, closed=True))
            going = None
        elif role == "stray":
            notes.append(MarkNote("stray closing mark", at, position))
    # An opening single mark without its closing one was an apostrophe, or is past recovery.
    return None if going is not None and going.mark in SINGLE else going


def _closes_single(text: str, at: int, going: _Open) -> bool:
    """Whether the first of two single marks closes a quotation in single marks, open or inside."""
    closed = max(text.rfind("’", going.inner_start, at), going.inner_start)
    nested = text[at] == "’" and text.find("‘", closed, at) >= 0
    return nested or (going.mark in SINGLE and text[at] in _closers(going.mark))


def _break_off(text: str, going: _Open, at: int) -> Quotation:
    """End a forgotten quotation with the sentence it began in, before the mark at ``at``."""
    sentence = SENTENCE_END.search(text, going.inner_start, at)
    end = going.inner_start + len(text[going.inner_start : at].rstrip())
    end = sentence.end() if sentence else end
    return _finish(text, going, end, end, closed=False)


def _role(m: _Mark, going: _Open | None) -> str:
    """Return what a mark does: 'open', 'close', 'stray', or 'none' (an apostrophe, a measure).

    A mark of another kind inside a quotation may also 'nest' and 'unnest' one of its own.
    """
    if m.mark in SINGLE:
        return _single_role(m, going)
    if going is not None:
        # A double quotation inside single marks is inside a quotation already.
        return "none" if going.mark in SINGLE else _role_inside(m, going)
    straight = m.mark in ('"', "''")
    if straight and m.before.isdigit() and not m.behind.isalnum():
        return "none"
    if m.mark in OPENING or m.opens:
        return "open"
    return "stray" if m.closes or not straight else "open"


def _role_inside(m: _Mark, going: _Open) -> str:
    """Return what a double mark does inside an open double quotation."""
    if going.nested and m.mark in _closers(going.nested) and not (m.opens and not m.closes):
        return "unnest"
    may_open = m.opens and (m.mark in OPENING or m.mark == '"')
    if m.mark in _closers(going.mark) and (m.closes or not may_open):
        return "close"
    if not may_open:
        return "none"
    return "nest" if m.mark != going.mark and _is_closed(m, going) else "open"


def _is_closed(m: _Mark, going: _Open) -> bool:
    """Whether an open quotation is still closed after a mark, which then stands inside it."""
    inner, outer = _closers(m.mark), (*_closers(going.mark), going.mark)
    found = m.next("|".join((*inner, *outer)), m.after)
    if found and found.group() in inner:
        found = m.next("|".join(outer), found.end())
    return found is not None and found.group() in _closers(going.mark)


def _closers(mark: str) -> tuple[str, ...]:
    return OPENING.get(mark) or CLOSING.get(mark, _ENDS)


def _single_role(m: _Mark, going: _Open | None) -> str:
    if going is None:
        may_open = m.mark in ("‘", "‚", "‹", "'") and m.opens
        elided = ELISION.match(m.text, m.after, m.end)
        return "open" if may_open and not elided and _has_closing(m) else "none"
    if going.mark not in SINGLE or m.mark not in _closers(going.mark) or not m.closes:
        return "none"
    return "none" if _plural_possessive(m) else "close"


def _has_closing(m: _Mark) -> bool:
    return m.next(rf"(?<=\S){_closers(m.mark)[-1]}(?!\w)", m.after + 1) is not None


def _plural_possessive(m: _Mark) -> bool:
    """Whether a closing single mark is the apostrophe of 'the allies’ decision'.

    It is if the quotation is closed after it by a mark that can be no such apostrophe, before
    another one is opened.
    """
    if m.before not in "sS" or not re.match(r"\s\w", m.text[m.after : m.after + 2]):
        return False
    opens = rf"(?<!\w)[‘'‚](?!{ELISION.pattern})\w"
    closes = rf"(?<=[^\ssS]){m.mark}(?!\w)|(?<=[sS]){m.mark}(?!\w)(?!\s[^\W_])"
    rest = m.next(rf"{opens}|{closes}", m.after)
    return rest is not None and rest.group() == m.mark
