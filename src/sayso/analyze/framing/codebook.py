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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.analyze.framing.cues import Pattern, Patterns, read_pattern
from sayso.text.spans import Span
from sayso.text.words import Word, read_words

NEGATIONS = frozenset(
    ("no", "not", "never", "without", "nor", "neither", "none", "nothing", "nobody", "cannot")
)
NEGATION_REACH = 3
KEYS = {
    "name": str,
    "label": str,
    "definition": str,
    "literature": list,
    "questions": list,
    "cues": list,
    "unless": list,
    "negated": str,
    "prevalence": float,
    "positive": list,
    "negative": list,
}
NEEDED = ("name", "definition", "cues")


@dataclass(frozen=True, slots=True)
class Coding:
    """What a codebook makes of a text for one frame: how sure, and by which words."""

    score: float
    spans: tuple[Span, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """A frame: what it means and how it is told."""

    name: str
    definition: str
    label: str = ""
    literature: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negated: str = "counts"
    prevalence: float = 0.1
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    patterns: Patterns = field(default_factory=Patterns, repr=False, compare=False)
    exceptions: Patterns = field(default_factory=Patterns, repr=False, compare=False)

    def entry(self) -> dict[str, Any]:
        """Return the frame as the file has it."""
        return {key: getattr(self, key) for key in KEYS}


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

    @property
    def thresholds(self) -> tuple[float, ...]:
        """The score from which a frame is present: one cue is enough."""
        return (0.5,) * len(self.frames)

    def code(self, texts: Iterable[str]) -> list[dict[str, Coding]]:
        """Return each text's codings, by frame: half for one cue, three quarters for two, ..."""
        return [self._code(text) for text in texts]

    def _code(self, text: str) -> dict[str, Coding]:
        words = read_words(text)
        codings = {}
        for frame in self.frames:
            found = find_cues(frame, words)
            kinds = len({pattern.source for pattern, _ in found})
            codings[frame.name] = Coding(
                1 - 0.5**kinds, tuple(s for _, s in found), tuple(p.source for p, _ in found)
            )
        return codings


def read_codebook(text: str, file: str = "codebook.toml") -> Codebook:
    """Return the codebook in a TOML text; ``file`` is what messages call it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: {error}") from None
    lines = _Lines(file, text)
    entries = tables.get("frame")
    if not isinstance(entries, list) or not entries:
        raise lines.error(0, "", "it has no [[frame]]; a codebook has one for each frame")
    frames = _read_frames(entries, lines)
    for number, frame in enumerate(frames, 1):
        if frame.name in [other.name for other in frames[: number - 1]]:
            raise lines.error(number, frame.name, f"there are two frames '{frame.name}'")
    name = str(tables.get("name", Path(file).stem))
    book = Codebook(name, str(tables.get("title", name)), frames, str(tables.get("note", "")))
    _test_examples(book, lines)
    return book


def read_frames(entries: list[dict[str, Any]], file: str) -> tuple[Frame, ...]:
    """Return frames from their entries, which come from elsewhere than a TOML text."""
    return _read_frames(entries, _Lines(file, ""))


def _read_frames(entries: list[dict[str, Any]], lines: _Lines) -> tuple[Frame, ...]:
    return tuple(_read_frame(entry, number, lines) for number, entry in enumerate(entries, 1))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a file, to say where an error is."""

    file: str
    text: str

    def error(self, number: int, needle: str, reason: str) -> ValueError:
        """Return the error for the first line of the ``number``-th frame that holds ``needle``."""
        seen, at = 0, 1
        for line_number, line in enumerate(self.text.splitlines(), 1):
            seen += line.strip().startswith("[[frame]]")
            if seen == number and (line.strip().startswith("[[frame]]") or number == 0):
                at = line_number
            if seen == number and needle and needle in line.replace('\\"', '"'):
                at = line_number
                break
        return ValueError(f"{self.file}, line {at}: {reason}")


def _read_frame(entry: dict[str, Any], number: int, lines: _Lines) -> Frame:
    where = f"frame '{entry.get('name', number)}'"
    for key, value in entry.items():
        if key not in KEYS:
            raise lines.error(number, key, f"{where} has an unknown key '{key}': {', '.join(KEYS)}")
        fits = isinstance(value, KEYS[key]) and not (
            KEYS[key] is list and not all(isinstance(item, str) for item in value)
        )
        if not fits:
            kinds = {str: "a text", list: "a list of texts", float: "a number from 0.0 to 1.0"}
            raise lines.error(number, key, f"{where}: '{key}' must be {kinds[KEYS[key]]}")
    for key in NEEDED:
        if not entry.get(key):
            raise lines.error(number, "", f"{where} has no '{key}'")
    if entry.get("negated", "counts") not in ("counts", "dropped"):
        raise lines.error(number, "negated", f'{where}: \'negated\' is "counts" or "dropped"')
    if not 0 <= entry.get("prevalence", 0.1) <= 1:
        raise lines.error(number, "prevalence", f"{where}: 'prevalence' is from 0.0 to 1.0")
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    values.setdefault("label", values["name"].replace("_", " "))
    return Frame(
        **values,
        patterns=Patterns(_read_cue(cue, number, lines, where) for cue in values["cues"]),
        exceptions=Patterns(_read_cue(c, number, lines, where) for c in values.get("unless", ())),
    )


def _read_cue(cue: str, number: int, lines: _Lines, where: str) -> Pattern:
    try:
        return read_pattern(cue)
    except ValueError as error:
        raise lines.error(number, cue, f"{where}: cue '{cue}' {error}") from None


def find_cues(frame: Frame, words: list[Word]) -> list[tuple[Pattern, Span]]:
    """Return a frame's cues among the words of a sentence, in order; of those that overlap, one."""
    covered = [(first, after) for _, first, after in frame.exceptions.find(words)]
    found: list[tuple[int, int, Pattern]] = []
    matches = [(first, after, pattern) for pattern, first, after in frame.patterns.find(words)]
    for first, after, pattern in sorted(matches, key=lambda m: (m[0], -m[1], m[2].source)):
        excepted = any(a <= first and after <= b for a, b in covered)
        negated = frame.negated == "dropped" and _is_negated(words, first)
        if not excepted and not negated and (not found or found[-1][1] <= first):
            found.append((first, after, pattern))
    return [(p, (words[first].start, words[after - 1].end)) for first, after, p in found]


def _is_negated(words: list[Word], first: int) -> bool:
    before = words[max(0, first - NEGATION_REACH) : first]
    return any(w.lower in NEGATIONS or w.lower.endswith(("n't", "n’t")) for w in before)


def _test_examples(book: Codebook, lines: _Lines) -> None:
    """Raise an error for the first example that the cues do not code as it says."""
    for number, frame in enumerate(book.frames, 1):
        for kind, examples in (("positive", frame.positive), ("negative", frame.negative)):
            for example in examples:
                cues = [p.source for p, _ in find_cues(frame, read_words(example))]
                if bool(cues) != (kind == "positive"):
                    told = f"has cue '{cues[0]}' of it" if cues else "has no cue of it"
                    reason = f"frame '{frame.name}': {kind} example '{example}' {told}"
                    raise lines.error(number, example, reason)
