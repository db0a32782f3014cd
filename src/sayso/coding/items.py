"""What a coder marks (quotes, blame, frames), and how its words are found again in the article.

Offsets that come back from other tools are off in many ways: after an emoji where a tool counts
UTF-16 units, after line ends where it counts them once or twice. So words go out with every span,
and it is the words that are looked for when it comes back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sayso.analyze.groups import outer, speech
from sayso.analyze.passages import sentence_at, sentence_spans
from sayso.paths import project_path
from sayso.text.overlap import characters, jaccard, pair
from sayso.text.spans import Span

# What coders can be asked, and the kinds of each.
LAYERS = {"quotes": ("direct", "mixed", "indirect"), "blames": ("blame",), "frames": ("frame",)}
KINDS = tuple(kind for kinds in LAYERS.values() for kind in kinds)
STANCES = ("neutral", "endorsing", "distancing", "denying", "assert", "report", "deny")
JOINT = " ... "
FOUND = 0.5  # characters in common over all: so alike are two quotes that are the same one
# Programs make typewriter marks of these, a character for a character.
MARKS = str.maketrans("“”„‟‘’‚–—", 4 * '"' + 3 * "'" + 2 * "-")


@dataclass(frozen=True, slots=True)
class Item:
    """A quote as somebody marked it: its pieces, what kind it is, who says it, how it is put.

    A tie of blame is the sentence with its blamer (``speaker``) and ``target``, a frame the
    sentence with the frame's name as ``target`` and who speaks ('' is the outlet). What there is
    none of is ''. Make one with :func:`item`.
    """

    spans: tuple[Span, ...]
    kind: str
    speaker: str = ""
    stance: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a tool has it: its id ('' where the tool keeps none), its text, its items."""

    article_id: str
    text: str
    items: tuple[Item, ...]


DETAILS = ("kind", "speaker", "stance", "target")


def item(text: str, spans: Iterable[Sequence[int]], *how: str) -> Item:
    """Return an item in its one normal form: see :func:`tidy`; blanks of a name are single.

    ``how`` are kind, speaker, stance and target (``DETAILS``), the first at least.
    """
    return Item(tidy(text, spans), *(" ".join(one.split()) for one in how))


def details(one: Item) -> tuple[str, ...]:
    """Return what an item says of its words: the values of ``DETAILS``."""
    return tuple(getattr(one, name) for name in DETAILS)


def layer(one: Item) -> str:
    """Return to which of ``LAYERS`` an item belongs; what has a kind unknown is a quote."""
    return next((name for name, kinds in LAYERS.items() if one.kind in kinds), "quotes")


def tidy(text: str, spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return spans in order, without blanks at their ends; those parted by blanks only are one."""
    kept: list[Span] = []
    for start, end in sorted(map(tuple, spans)):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start == end:
            continue
        if kept and not text[kept[-1][1] : start].strip():
            start, end = kept[-1][0], max(end, kept.pop()[1])
        kept.append((start, end))
    return tuple(kept)


def words_of(text: str, spans: Iterable[Span]) -> str:
    """Return the words of spans, pieces joined by ' ... '."""
    return JOINT.join(text[start:end] for start, end in spans)


def counted(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the quotes that coders are asked about: of speech, and in no other quote."""
    return speech(outer(quotes))


def items(text: str, rows: pd.DataFrame) -> list[Item]:
    """Return an article's rows of a table of :func:`suggested` as items."""
    return [
        item(text, row.spans, row.kind, row.speaker, row.stance, row.target)
        for row in rows.itertuples()
    ]


def found_tables(news: Any, asked: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return the tables of a corpus that coders are asked about, for :func:`suggested`.

    ``asked`` are names of ``LAYERS``, of frames with their codebook.
    """
    tables = {name: getattr(news, name) for name in asked if name != "frames"}
    if "frames" in asked:
        tables["frames"] = news.framing(project_path(asked["frames"] or "generic"))
    if "blames" in tables:
        cut, blames = sentence_spans(news.sentences), tables["blames"]
        places = zip(blames["article_id"], blames["cue_span"], strict=True)
        spans = [sentence_at(cut.get(name, []), cue[0]) for name, cue in places]
        tables["blames"] = blames.assign(sentence_span=spans)
    return tables


def suggested(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what was found as coders see it: id, article_id, spans, kind, speaker, stance, target.

    ``tables`` are named as ``LAYERS``: quotes, blames (with the column ``sentence_span``), frames
    (rows of ``corpus.framing``). Nothing is null.
    """
    parts = [SUGGEST[name](rows) for name, rows in tables.items()]
    names = ["id", "article_id", "spans", *DETAILS]
    whole = pd.concat([part.astype("object") for part in parts])
    return whole.where(whole.notna(), "")[names].reset_index(drop=True)


def _of_quotes(quotes: pd.DataFrame) -> pd.DataFrame:
    names = {"quote_id": "id", "content_spans": "spans", "cue_stance": "stance"}
    return counted(quotes).rename(columns=names).assign(target="")


def _of_blames(blames: pd.DataFrame) -> pd.DataFrame:
    own = blames.assign(spans=[[span] for span in blames["sentence_span"]], kind="blame")
    own["target"] = own["target"].fillna(own["target_mention"])
    return own.rename(columns={"blame_id": "id", "blamer": "speaker"})


def _of_frames(framing: pd.DataFrame) -> pd.DataFrame:
    own = framing[framing["present"] & (framing["unit"] != "quote")]
    own = own[own["where"] == "text"]
    spans = [[span] for span in zip(own["start"], own["end"], strict=True)]
    quoted = own["voice"].astype("object").fillna(UNKNOWN)
    own = own.assign(spans=spans, kind="frame", stance="", target=own["frame"])
    own["speaker"] = quoted.where(own["voice_kind"] != "outlet", "")
    return own.assign(id=own["unit_id"] + "-" + own["voice_kind"] + "-" + own["frame"])


SUGGEST = {"quotes": _of_quotes, "blames": _of_blames, "frames": _of_frames}
UNKNOWN = "(unknown)"  # somebody who is quoted, and nobody knows who


def matched(
    text: str, found: Sequence[Item], coded: Sequence[Item], least: float = FOUND
) -> list[tuple[int, int]]:
    """Return which found item is which coded one: pairs of indices, the most alike first taken.

    Both are of one layer, frames of one name; of two ties in a sentence, those with like parties.
    """
    sides = [[(one, characters(text, one.spans)) for one in some] for some in (found, coded)]

    def likeness(one: tuple[Item, set], other: tuple[Item, set]) -> float:
        (a, here), (b, there) = one, other
        if layer(a) != layer(b) or (a.kind == "frame" and a.target != b.target):
            return -1.0
        alike = (a.target == b.target) + (a.speaker == b.speaker) if layer(a) != "quotes" else 0
        like = jaccard(here, there)
        return like + alike / 100 if like >= least else like

    return [(i, j) for i, j, _ in pair(*sides, likeness, least)]


# --- places -----------------------------------------------------------------------------------


def units(text: str, place: int) -> int:
    """Return a place in a text as UTF-16 counts it: an emoji is two."""
    return len(text[:place].encode("utf-16-le")) // 2


def points(text: str, place: int) -> int:
    """Return the place of a character that is so many UTF-16 units from the beginning."""
    return len(text.encode("utf-16-le")[: 2 * place].decode("utf-16-le", "ignore"))


def anchor(text: str, words: str, near: int = 0) -> Span | None:
    """Return where words stand in a text, however blanks and marks were changed; null if nowhere.

    Of several places it is the one whose start is nearest to ``near``.
    """
    pattern = r"\s+".join(map(re.escape, words.translate(MARKS).split()))
    if not pattern:
        return None
    places = [match.span() for match in re.finditer(pattern, text.translate(MARKS))]
    return min(places, key=lambda span: abs(span[0] - near), default=None)


def anchor_pieces(text: str, words: str, near: int = 0) -> tuple[Span, ...] | None:
    """Return the spans of words whose pieces are joined by ' ... '; null if any is nowhere."""
    whole = anchor(text, words, near)
    if whole:
        return (whole,)
    spans = []
    for piece in words.split(JOINT):
        span = anchor(text, piece, near)
        if span is None:
            return None
        spans.append(span)
        near = span[1]
    return tuple(spans)


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but blanks, and the shape of quotation marks."""
    return "".join(one.translate(MARKS).split()) == "".join(other.translate(MARKS).split())


def carried(text: str, there: str, spans: Iterable[Sequence[int]]) -> list[Span]:
    """Return spans of a text's copy, whose blanks differ, as spans of the text itself.

    Raises
    ------
    ValueError
        If more than blanks differs: it is another text, or somebody edited it.
    """
    if text == there:
        return [tuple(span) for span in spans]
    if not same_words(text, there):
        raise ValueError("the text is another one than the article's: it was edited or exchanged")
    ours = [place for place, char in enumerate(text) if not char.isspace()]
    theirs = [place for place, char in enumerate(there) if not char.isspace()]
    moved = []
    for start, end in spans:
        first, last = bisect_left(theirs, start), bisect_left(theirs, end)
        if first < last:
            moved.append((ours[first], ours[last - 1] + 1))
    return moved


def fitted(text: str, start: int, end: int, words: str, *, wide: bool = False) -> Span:
    """Return the span that words have in a text, given where another tool says they are.

    ``wide`` tells that the tool is known to count UTF-16 units; the other way is tried next.

    Raises
    ------
    ValueError
        If the words are nowhere in the text.
    """
    as_told, as_units = (start, end), (points(text, start), points(text, end))
    for span in (as_units, as_told) if wide else (as_told, as_units):
        if text[slice(*span)] == words:
            return span
    if span := anchor(text, words, start):
        return span
    raise ValueError(f"the words '{' '.join(words.split())[:60]}' are not in the article")


def in_order(found: Iterable[Item]) -> list[Item]:
    """Return items by place: the order in which every format gives them back."""
    return sorted(found, key=lambda one: (one.spans, details(one)))
