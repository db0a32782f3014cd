"""What all pictures share: a canvas, colours, rows, scales, and the words around them.

A picture is a figure of HTML: title, unit and legend are text that wraps, the drawing is SVG. On a
canvas what lies across is a share of the width, and what lies down is pixels: so a picture fits any
width and no letter ever shrinks. Words that need more room than there is give way to shorter ones.
Ink is ``currentColor``, so it follows the theme of page and JupyterLab. Nothing is measured in a
font, drawn at random or told by a clock: the same table is the same picture on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sayso.show.html import Html, escape, known, short

# Colours that people with any kind of colour vision can tell apart (Okabe and Ito, 2008).
BLUE, ORANGE, GREEN, PINK = "#0072B2", "#E69F00", "#009E73", "#CC79A7"
SKY, VERMILION, YELLOW, GREY = "#56B4E9", "#D55E00", "#F0E442", "#767676"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, YELLOW, GREY)
PALE = "#BDBDBD"
INK = "currentColor"

SHAPES = {
    "o": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "s": "M-4.5-4.5h9v9h-9z",
    "D": "M0-6L6 0L0 6L-6 0z",
    "^": "M0-6L6 5H-6z",
    "v": "M0 6L6-5H-6z",
    ">": "M6 0L-5-6V6z",
    "<": "M-6 0L5-6V6z",
    "P": "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
}
MARKS = "oDs^vP><"

SIZE, SMALL = 13, 12
LETTER = 7.1  # pixels that a letter of the usual size takes, on average and a little more
NAME = 46  # letters that a row of the narrowest picture has room for; twice as many if WIDE
WIDE = 640
WIDTHS = (320, 400, 480, 560, 640, 720)
"""Widths, in pixels, from which on words are shown that need so many."""
FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"
FIGURE = (
    "margin:0 0 14px;padding:0 8px;max-width:760px;overflow:hidden;container-type:inline-size;"
    f"line-height:1.4;font:{SIZE}px {FONTS}"
)
RULES = "".join(
    f"@container (max-width:{width - 0.1}px){{.sayso-from{width}{{display:none}}}}"
    f"@container (min-width:{width}px){{.sayso-to{width}{{display:none}}}}"
    for width in WIDTHS
)


@dataclass(frozen=True, slots=True, repr=False)
class Picture(Html):
    """A drawing with its title and what it counts; ``words`` describe it to who doesn't see it."""

    title: str
    subtitle: str
    rows: tuple[str, ...] = ()


@dataclass(slots=True)
class Canvas:
    """A drawing that grows downwards. Across: shares of the width; down: pixels, ``height`` so far.

    ``scale`` is what the whole width stands for: places and widths are divided by it.
    """

    scale: float = 1.0
    height: float = 0.0
    rows: list[str] = field(default_factory=list)
    _behind: list[str] = field(default_factory=list)
    _drawn: list[str] = field(default_factory=list)
    _legend: list[str] = field(default_factory=list)

    def row(self, name: str, note: str = "", *, bold: bool = False, room: float = 24) -> float:
        """Begin a row with its name, and a note at its right; return the middle of its ``room``."""
        top = self.height + (6 if bold and self.height else 0)
        brief, longer = (short(str(name), most - len(note)) for most in (NAME, 2 * NAME))
        wide = {"least": WIDE} if longer != brief else {}
        self.text(0, top + 14, longer, bold=bold, **wide)
        if wide:
            self.text(0, top + 14, brief, bold=bold, most=WIDE)
        self.text(self.scale, top + 14, note, anchor="end", size=SMALL)
        self.rows.append(longer)
        self.height = top + 19 + room
        return top + 19 + room / 2 - 2

    def bar(self, x: float, y: float, width: float, colour: str, told: str = "", **look) -> None:
        """Draw a bar from ``x`` on, its middle at ``y``; none where the width is none.

        ``look``: ``height`` in pixels, ``opacity``, ``edge`` (a fine one), ``hollow`` (edge alone).
        """
        if not width > 0:
            return
        height, opacity = look.get("height", 18), look.get("opacity", 1)
        if look.get("hollow"):
            paint = f'fill="none" stroke="{colour}"'
        else:
            paint = f'fill="{colour}"' + (f' fill-opacity="{opacity:.2f}"' if opacity < 1 else "")
            paint += ' stroke="currentColor" stroke-width=".4"' if look.get("edge") else ""
        place = f'x="{self._across(x)}" y="{_px(y - height / 2)}"'
        size = f'width="{self._across(width)}" height="{_px(height)}"'
        self._drawn.append(_with_title("rect", f"{place} {size} {paint}", told))

    def line(self, x: Sequence[float], y: Sequence[float], colour: str = INK, **look) -> None:
        """Draw a line from the first of ``x`` and ``y`` to the second; none where one is missing.

        ``look``: ``width``, ``opacity``, ``dashed``, ``behind`` (all else).
        """
        if pd.isna([*x, *y]).any():
            return
        ends = f'x1="{self._across(x[0])}" y1="{_px(y[0])}" x2="{self._across(x[1])}"'
        ends += f' y2="{_px(y[1])}" stroke="{colour}" stroke-width="{look.get("width", 1)}"'
        ends += f' stroke-opacity="{look["opacity"]}"' if "opacity" in look else ""
        ends += ' stroke-dasharray="4 3"' if look.get("dashed") else ""
        (self._behind if look.get("behind") else self._drawn).append(f"<line {ends}/>")

    def mark(self, x: float, y: float, shape: str, colour: str, told: str = "", **look) -> None:
        """Draw one of ``SHAPES``; none where its place is missing. ``look``: ``hollow``."""
        if pd.isna(x) or pd.isna(y):
            return
        path = _shape(shape, colour, hollow=look.get("hollow", False))
        place = f'x="{self._across(x)}" y="{_px(y)}" overflow="visible"'
        self._drawn.append(_with_title("svg", place, told, path))

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", **look) -> None:
        """Write words on the line at ``y``. ``anchor``: start, middle or end of them is at ``x``.

        ``look``: ``size``, ``bold``, ``colour``, ``dx`` (pixels aside); ``least`` and ``most``, the
        widths of the picture in pixels between which they are shown.
        """
        least, most = _from(look.get("least", 0)), _from(look.get("most", math.inf))
        if not words or least is None or (most is not None and most <= least):
            return
        classes = [f"sayso-from{least}"] if least else []
        classes += [f"sayso-to{most}"] if most else []
        told = f'x="{self._across(x)}" y="{_px(y)}"'
        told += f' dx="{look["dx"]}"' if "dx" in look else ""
        told += f' text-anchor="{anchor}"' if anchor != "start" else ""
        told += f' font-size="{look["size"]}"' if look.get("size", SIZE) != SIZE else ""
        told += ' font-weight="600"' if look.get("bold") else ""
        told += f' fill="{look["colour"]}"' if "colour" in look else ""
        told += f' class="{" ".join(classes)}"' if classes else ""
        self._drawn.append(f"<text {told}>{escape(words)}</text>")

    def beside(self, x: float, y: float, words: str) -> None:
        """Write words beside a mark or the end of a bar, on the side that has more room."""
        self.text(x, y + 4, words, **_SIDES[x < 0.5 * self.scale], size=SMALL)

    def within(self, x: float, y: float, width: float, words: Sequence[str], colour: str) -> None:
        """Write the first of some ``words`` that fits a piece of a bar, at any width of picture."""
        most = math.inf
        for one in words:
            least = (len(one) * LETTER + 6) / max(width / self.scale, 1e-9)
            look = {"colour": ink_on(colour), "size": SMALL, "least": least, "most": most}
            self.text(x + width / 2, y + 4, one, anchor="middle", **look)
            most = min(most, least)

    def ticks(self, places: Mapping[str, float], top: float = 0, *, lines: bool = True) -> None:
        """Write a scale under what was drawn, words by place, with a line up from each."""
        for words, x in places.items():
            share, half = x / self.scale, len(words) * LETTER / 2 / WIDTHS[0]
            anchor = "start" if share < half else "end" if share > 1 - half else "middle"
            if lines:
                self.line((x, x), (top, self.height + 4), opacity=0.18, behind=True)
            self.text(x, self.height + 18, words, anchor=anchor, size=SMALL)
        self.height += 22

    def key(self, shape: str, colour: str, words: str, *, hollow: bool = False) -> None:
        """Add an entry to the legend, which stands over the drawing."""
        sample = _shape(shape, colour, hollow=hollow)
        self._legend.append(
            '<span style="display:inline-block;margin-right:14px"><svg width="14" height="14" '
            'viewBox="-7 -7 14 14" aria-hidden="true" style="vertical-align:-2px;margin-right:4px">'
            f"{sample}</svg>{escape(words)}</span>"
        )

    def picture(self, title: str, subtitle: str) -> Picture:
        """Return what was drawn: ``title`` states what is seen, ``subtitle`` unit, n and source."""
        rows = f"Rows: {'; '.join(self.rows)}" if self.rows else ""
        described = ". ".join(filter(None, (subtitle, rows)))
        legend = f'<div style="margin-top:4px">{"".join(self._legend)}</div>' * bool(self._legend)
        height, unbroken = _px(self.height + 6), subtitle.replace("n = ", "n\u00a0=\u00a0")
        markup = (
            f'<figure style="{FIGURE}"><style>{RULES}</style><figcaption '
            'style="margin-bottom:8px;text-align:left;font-style:normal">'
            f'<strong style="font-size:15px">{escape(title)}</strong>'
            f"<div>{escape(unbroken)}</div>{legend}</figcaption>"
            f'<svg role="img" width="100%" height="{height}" fill="currentColor" font-size="{SIZE}"'
            f' style="display:block;overflow:visible;height:{height}px">'
            f"<title>{escape(title)}</title><desc>{escape(described)}</desc>"
            f"{''.join(self._behind)}{''.join(self._drawn)}</svg></figure>"
        )
        return Picture(f"{title}. {described}", markup, title, subtitle, tuple(self.rows))

    def _across(self, x: float) -> str:
        return f"{100 * x / self.scale:.2f}".rstrip("0").rstrip(".") + "%"


_SIDES = {True: {"anchor": "start", "dx": 10}, False: {"anchor": "end", "dx": -10}}


def _px(y: float) -> str:
    return f"{y:.1f}".removesuffix(".0")


def _shape(shape: str, colour: str, *, hollow: bool = False) -> str:
    look = f'fill="none" stroke="{colour}" stroke-width="2"' if hollow else f'fill="{colour}"'
    return f'<path d="{SHAPES[shape]}" {look}/>'


def _with_title(tag: str, attributes: str, told: str, inside: str = "") -> str:
    inside += f"<title>{escape(told)}</title>" if told else ""
    return f"<{tag} {attributes}>{inside}</{tag}>" if inside else f"<{tag} {attributes}/>"


def _from(pixels: float) -> int | None:
    """Return the first of ``WIDTHS`` that has so many pixels; 0 for any width, None for none."""
    if pixels < WIDTHS[0]:
        return 0
    return next((width for width in WIDTHS if width >= pixels), None)


def ink_on(colour: str) -> str:
    """Return the colour of words that can be read on another colour."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#fff" if 0.3 * red + 0.59 * green + 0.11 * blue < 128 else "#000"


# --- scales -----------------------------------------------------------------------------------


def steps(most: float, form: str = ",.10g") -> dict[str, float]:
    """Return round numbers from none up to ``most``, five at most beside none: words, number.

    Examples
    --------
    >>> steps(7), list(steps(0.9, ".0%"))
    ({'0': 0.0, '2': 2.0, '4': 4.0, '6': 6.0}, ['0%', '20%', '40%', '60%', '80%'])
    """
    power = 10.0 ** math.floor(math.log10(most / 5))
    step = next(s * power for s in (1, 2, 5, 10) if most / (s * power) <= 5 + 1e-9)
    numbers = [round(n * step, 10) for n in range(int(most / step + 1e-9) + 1)]
    return {f"{number:{form}}": number for number in numbers}


def share_scale(values: Iterable[float], least: float = 0.1) -> float:
    """Return up to where a scale of shares goes, so that nothing lies beyond it."""
    most = max((v for v in values if pd.notna(v)), default=0)
    return min(1.0, max(least, math.ceil(most * 20 - 1e-9) / 20))


# --- what several pictures are made of --------------------------------------------------------


def stacks(
    canvas: Canvas, counts: pd.DataFrame, looks: Mapping[str, tuple[str, str]], *, shares: bool
) -> None:
    """Draw each row of a table of counts as a bar of pieces, a column each: share or number.

    ``looks`` has each column's colour and what the legend calls it. A piece says its name where
    there is room, or else its number.
    """
    canvas.scale = 1.0 if shares else max(1.0, float(counts.sum(axis=1).max()))
    for colour, words in looks.values():
        canvas.key("s", colour, words)
    for name, row in counts.iterrows():
        total = row.sum()
        y, at = canvas.row(str(name), f"n = {total:,}"), 0.0
        for column, (colour, words) in looks.items():
            if not (own := row[column]):
                continue
            width, number = (own / total, f"{own / total:.0%}") if shares else (own, f"{own:,}")
            told = f"{words}: {own:,} of {total:,} ({own / total:.0%})"
            canvas.bar(at, y, width, colour, told, edge=True)
            canvas.within(
                at, y, width, (f"{short(str(column), 30)} {number}".strip(), number), colour
            )
            at += width
    canvas.ticks(steps(1, ".0%") if shares else steps(canvas.scale))


def interval(canvas: Canvas, y: float, low: float, high: float, colour: str = INK) -> None:
    """Draw the interval of a share, with its ends; nothing where it has none."""
    canvas.line((low, high), (y, y), colour, width=2.5, opacity=0.55)
    for end in (low, high):
        canvas.line((end, end), (y - 4, y + 4), colour, width=1.5, opacity=0.55)


def first_rows(table: pd.DataFrame, rows: int, noun: str) -> tuple[pd.DataFrame, str]:
    """Return the rows of a table that are drawn, and how many are not, in words for a subtitle."""
    left_out = len(table) - rows
    return table.iloc[:rows], f"; {left_out:,} more {noun} not drawn" if left_out > 0 else ""


def article_name(article) -> str:
    """Return outlet and headline of an article."""
    outlet = short(known(article.outlet, "outlet unknown"), 24)
    return f"{outlet}: {known(article.headline, article.article_id)}"


def nothing(words: str) -> Picture:
    """Return a picture that says that there is nothing to draw."""
    return Picture(words, f'<figure style="{FIGURE}"><em>{escape(words)}</em></figure>', words, "")
