"""Codebooks: what a frame is, written down as data, and the words that are a cue of it.

A codebook is a TOML file that a researcher can read, copy and change (``data/codebooks``). A cue is
a short pattern:

- ``blame``: the word in any form (blames, blamed, blaming), by Snowball stem;
- ``accus*``: any word that begins so;
- ``=START``: this form only, and case counts;
- ``tax|levy``: one of several;
- ``war of words``: words in a row;
- ``blame ... for``: with up to four words between.

A cue's words stand in one sentence and in one voice. Where a frame's ``unless`` pattern covers a
cue, the cue does not count; where ``negated = "dropped"``, neither does one right after a negation.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from sayso.analyze.framing.cues import Patterns, read_pattern
from sayso.text.spans import Span
from sayso.text.words import Word, read_words

NEGATION_REACH = 3  # words before a cue
KINDS = {
    "str": (str, "a text"),
    "float": (float, "a number from 0.0 to 1.0"),
    "tuple[str, ...]": (list, "a list of texts"),
}


@dataclass(frozen=True, slots=True)
class Coding:
    """What a codebook makes of a text for one frame: how sure, present or not, by which words."""

    score: float
    present: bool
    spans: tuple[Span, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """A frame: what it means and how it is told. Its fields are the keys of ``[[frame]]``."""

    name: str
    definition: str
    cues: tuple[str, ...]
    label: str = ""
    literature: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negated: str = "counts"
    prevalence: float = 0.1
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()

    @cached_property
    def patterns(self) -> Patterns:
        """The cues, read."""
        return Patterns(self.cues)

    @cached_property
    def exceptions(self) -> Patterns:
        """The patterns in which a cue does not count, read."""
        return Patterns(self.unless)


@dataclass(frozen=True)
class Codebook:
    """Frames with their cues, as :func:`load_codebook` reads them."""

    name: str
    title: str
    frames: tuple[Frame, ...]
    note: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The frames' names, in the file's order."""
        return tuple(frame.name for frame in self.frames)

    def code(self, texts: Iterable[str]) -> list[dict[str, Coding]]:
        """Return each text's codings, by frame: present by one cue, surer by more of them."""
        return [self._code(read_words(text)) for text in texts]

    def _code(self, words: list[Word]) -> dict[str, Coding]:
        codings = {}
        for frame in self.frames:
            found = find_cues(frame, words)
            cues = tuple(cue for cue, _ in found)
            score = 1 - 0.5 ** len(set(cues))
            codings[frame.name] = Coding(score, bool(cues), tuple(span for _, span in found), cues)
        return codings


def find_cues(frame: Frame, words: list[Word]) -> list[tuple[str, Span]]:
    """Return a frame's cues among the words of a sentence, in order; of those that overlap, one."""
    excepted = frame.exceptions.find(words)
    found: list[tuple[str, Span]] = []
    last = 0
    for first, after, cue in frame.patterns.find(words):
        covered = any(a <= first and after <= b for a, b, _ in excepted)
        before = words[max(0, first - NEGATION_REACH) : first]
        dropped = frame.negated == "dropped" and any(word.negates for word in before)
        if first >= last and not covered and not dropped:
            found.append((cue, (words[first].start, words[after - 1].end)))
            last = after
    return found


def read_codebook(text: str, file: str = "codebook.toml") -> Codebook:
    """Return the codebook in a TOML text; ``file`` is what messages call it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from None
    entries = tables.get("frame")
    if not isinstance(entries, list) or not entries:
        raise ValueError(f"{file}: it has no [[frame]]; a codebook has one for each frame")
    name = str(tables.get("name", Path(file).stem))
    frames = read_frames(entries, file, text)
    return Codebook(name, str(tables.get("title", name)), frames, str(tables.get("note", "")))


def read_frames(entries: list[dict[str, Any]], file: str, text: str = "") -> tuple[Frame, ...]:
    """Return frames from their entries in a file; an error names the line of its text."""
    frames: dict[str, Frame] = {}
    for number, entry in enumerate(entries, 1):
        try:
            frame = _read_frame(entry, f"frame '{entry.get('name', number)}'")
            if frame.name in frames:
                raise _Fault(f"there are two frames '{frame.name}'", frame.name)
            _test_examples(frame)
        except _Fault as fault:
            reason, needle = fault.args
            line = _line_of(needle, number, text)
            raise ValueError(f"{file}, line {line}: {reason}") from None
        frames[frame.name] = frame
    return tuple(frames.values())


class _Fault(ValueError):
    """An error in a frame: the reason, and the words by which its line is found."""


def _line_of(needle: str, number: int, text: str) -> int:
    """Return the first line of the ``number``-th frame that holds ``needle``, or its own first."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line.strip().startswith("[[frame]]")]
    if number > len(starts):
        return 1
    start, end = starts[number - 1], [*starts, len(lines)][number]
    own = (at for at in range(start, end) if needle in lines[at].replace('\\"', '"'))
    return next(own, start) + 1


def _read_frame(entry: dict[str, Any], where: str) -> Frame:
    kinds = {field.name: KINDS[field.type] for field in fields(Frame)}
    for key, value in entry.items():
        if key not in kinds:
            raise _Fault(f"{where} has an unknown key '{key}': {', '.join(kinds)}", key)
        kind, words = kinds[key]
        texts = value if isinstance(value, list) else []
        if not isinstance(value, kind) or not all(isinstance(item, str) for item in texts):
            raise _Fault(f"{where}: '{key}' must be {words}", key)
    for key in ("name", "definition", "cues"):
        if not entry.get(key):
            raise _Fault(f"{where} has no '{key}'", "")
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    frame = Frame(**{"label": entry["name"].replace("_", " "), **values})
    if frame.negated not in ("counts", "dropped"):
        raise _Fault(f'{where}: \'negated\' is "counts" or "dropped"', "negated")
    if not 0 <= frame.prevalence <= 1:
        raise _Fault(f"{where}: 'prevalence' is from 0.0 to 1.0", "prevalence")
    for cue in (*frame.cues, *frame.unless):
        try:
            read_pattern(cue)
        except ValueError as error:
            raise _Fault(f"{where}: cue '{cue}' {error}", cue) from None
    return frame


def _test_examples(frame: Frame) -> None:
    """Raise an error for the first example that the cues do not code as it says."""
    for kind, examples in (("positive", frame.positive), ("negative", frame.negative)):
        for example in examples:
            cues = [cue for cue, _ in find_cues(frame, read_words(example))]
            if bool(cues) != (kind == "positive"):
                told = f"has cue '{cues[0]}' of it" if cues else "has no cue of it"
                raise _Fault(f"frame '{frame.name}': {kind} example '{example}' {told}", example)
