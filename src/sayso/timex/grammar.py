"""The grammar of time expressions, read from the TOML files in ``data/time``.

``words.toml`` lists the words by class, each with what it stands for, and ``cues.toml`` the words
around an expression that tell whether it lies ahead or behind. In the files of ``rules`` each rule
is a pattern over words, with examples that are also its tests. In a pattern,

- a name is a class of words (``month``) or of numbers (``dom``), a shorthand, or else a word;
- ``name=item`` or ``name=(...)`` remembers what was matched under another name;
- ``find=(...)`` is the part that is the expression, where the pattern looks at words around it;
- ``each=(...)`` is an item of a list: every one is an expression, and what the rule remembers
  outside of them, a month or a year, they share; ``final`` then is the last item;
- ``( | )``, ``?``, ``*`` and ``+`` mean what they do in regular expressions.

What a class or a remembered item matched is handed to the rule's ``kind``, a function of
:mod:`sayso.timex.kinds`, together with what the rule fixes itself (``with``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from typing import Any

from sayso.lexicon.files import load_toml
from sayso.paths import data_path
from sayso.text.spans import Span
from sayso.timex.tokens import (
    BREAK,
    NUMBER_CLASSES,
    OTHER,
    TELLING_NUMBERS,
    TOKEN,
    VARIANTS,
)

# An item of a pattern: the name to remember it under, the item, how often it stands there.
ITEM = re.compile(r"\s*(?:(\w+)=)?([()|]|[^\s()|?*+]+)([?*+]?)")
# The patterns of a rule, in the order of the text, and how each is told to a regular expression.
PARTS = {
    "after": "(?<=%s)",
    "not_after": "(?<!%s)",
    "pattern": "%s",
    "before": "(?=%s)",
    "not_before": "(?!%s)",
}
FIRST_LETTER = 0xE000
# Known words in a row.
RUN = re.compile(f"[^{re.escape(OTHER)}]+")
LONGEST_RUN, LONGEST = 300, 40


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over words, what kind of expression it is, and examples.

    An example is a text, its publication date, what the rule finds in it, and the value of that.
    """

    name: str
    kind: str
    regex: re.Pattern[str]
    given: dict[str, Any]
    examples: list[list[str]]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule matched, in tokens, and what it remembered there."""

    start: int
    end: int
    rule: Rule
    slots: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Classes of words, their letters, and the rules in the order of the files.

    ``cues`` are sets of the words around an expression; ``telling`` finds the letters without
    which no rule matches.
    """

    classes: dict[str, dict[str, Any]]
    vocabulary: dict[str, str]
    rules: list[Rule]
    cues: dict[str, frozenset[str]]
    holidays: dict[str, dict[str, int]]
    telling: re.Pattern[str]

    def matches(self, letters: str) -> Iterator[Match]:
        """Return what the rules match, the longest of those that begin first, none overlapping."""
        spots = self._spots(letters)
        short = "".join([letters[i] if i >= 0 else OTHER for i in spots])
        found = [
            item
            for rule in self.rules
            for match in rule.regex.finditer(short)
            for item in _items(rule, match, spots[match.start()] - match.start())
        ]
        reached = 0
        for match in sorted(found, key=lambda m: (m.start, -m.end)):
            if match.start >= reached:
                reached = match.end
                yield match

    def only(self, kinds: frozenset[str]) -> Grammar:
        """Return the grammar with the rules of some kinds alone."""
        return replace(self, rules=[rule for rule in self.rules if rule.kind in kinds])

    def _spots(self, letters: str) -> list[int]:
        """Return the places of the known words that stand together with a word of time.

        Nothing else can match, and most of a text is something else. -1 stands between two runs.
        """
        spots = [-1]
        for run in RUN.finditer(letters):
            start, end = run.span()
            while found := self.telling.search(letters, start, end):
                # No expression is as long as what has no end: that is cut where a paragraph ends,
                # or so that its pieces overlap by more than an expression.
                start = max(start, found.start() - LONGEST)
                stop = min(end, start + LONGEST_RUN)
                spots.extend(range(start, stop))
                spots.append(-1)
                if stop == end:
                    break
                broken = letters.rfind(BREAK, stop - LONGEST, stop)
                start = broken if broken > start else stop - LONGEST
        return spots

    def value(self, name: str, word: str) -> Any:
        """Return what a word of a class stands for."""
        words = self.classes[name]
        return words.get(word, words.get(word.lower()))


def _items(rule: Rule, match: re.Match[str], shift: int) -> list[Match]:
    """Return what a rule matched some tokens further on: one match, or one for each item of a list.

    A group ``month__2`` of the regular expression is remembered as ``month``.
    """
    groups = [
        (group.partition("__")[0], (start + shift, end + shift))
        for group in match.re.groupindex
        for start, end in [match.span(group)]
        if start >= 0
    ]
    whole = match.start() + shift, match.end() + shift
    items = [span for name, span in groups if name == "each"]
    if not items:
        slots = _slots(groups)
        return [Match(*slots.get("find", whole), rule, slots)]
    shared = [g for g in groups if not any(_within(g[1], item) for item in items)]
    found = []
    for number, item in enumerate(items):
        own = [g for g in groups if _within(g[1], item)]
        slots = _slots([*own, *shared, ("final", items[-1])])
        start = whole[0] if number == 0 else item[0]
        end = whole[1] if number == len(items) - 1 else item[1]
        found.append(Match(start, end, rule, slots))
    return found


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _slots(groups: list[tuple[str, Span]]) -> dict[str, Span]:
    """Return what was remembered, by name; of several of a name the first."""
    return dict(reversed(groups))


@cache
def load() -> Grammar:
    """Return the grammar of ``data/time``."""
    classes, cues = load_toml("time/words.toml"), load_toml("time/cues.toml")
    compiler = Compiler(classes)
    rules: list[Rule] = []
    holidays: dict[str, dict[str, int]] = {}
    for path in sorted(data_path("time/rules").glob("*.toml")):
        content = load_toml(f"time/rules/{path.name}")
        compiler.shorthands |= content.get("shorthand", {})
        if "holiday" in content:
            holidays = content["holiday"]
            compiler.shorthands["holiday"] = alternatives(holidays)
        rules.extend(compiler.rule(rule) for rule in content.get("rule", []))
    sets = {name: frozenset(words) for name, words in cues.items()}
    telling = compiler.telling_letters(cues["glue"])
    return Grammar(classes, compiler.vocabulary, rules, sets, holidays, telling)


def alternatives(names: Iterable[str]) -> str:
    """Return a pattern for names of one or more words, longer names before their beginnings."""
    spelled = [" ".join(m.group() for m in TOKEN.finditer(name)) for name in names]
    return "(" + " | ".join(sorted(spelled, key=lambda n: (-len(n), n))) + ")"


class Compiler:
    """Turns patterns over words into regular expressions over letters."""

    def __init__(self, classes: dict[str, dict[str, Any]]) -> None:
        self.classes = classes
        self.shorthands: dict[str, str] = {}
        self.vocabulary: dict[str, str] = {"\n\n": BREAK}
        self.numbers = count(1)
        self.telling: set[str] = set()
        self.tells = True
        for words in classes.values():
            for word in words:
                self.telling.add(self.letter(word))
        for variant, plain in VARIANTS.items():
            self.vocabulary[variant] = self.letter(plain)

    def letter(self, word: str) -> str:
        """Return a word's letter, a new one if it has none yet."""
        return self.vocabulary.setdefault(word, chr(FIRST_LETTER + len(self.vocabulary)))

    def telling_letters(self, glue: Iterable[str]) -> re.Pattern[str]:
        """Return the pattern of the letters of known words that are more than glue."""
        loose = {self.letter(word) for word in glue}
        return re.compile(f"[{''.join([*sorted(self.telling - loose), *TELLING_NUMBERS])}]")

    def rule(self, raw: dict[str, Any]) -> Rule:
        """Return a rule of a TOML file, compiled."""
        parts = []
        for part, form in PARTS.items():
            # Words that only stand around expressions tell of none.
            self.tells = part == "pattern"
            if part in raw:
                parts.append(form % self.pattern(raw[part]))
        return Rule(
            name=raw["name"],
            kind=raw["kind"],
            regex=re.compile("".join(parts)),
            given=raw.get("with", {}),
            examples=raw.get("examples", []),
        )

    def pattern(self, pattern: str) -> str:
        """Return the regular expression for a pattern."""
        return "".join(self._item(*item) for item in ITEM.findall(pattern.strip()))

    def _item(self, name: str, item: str, repeat: str) -> str:
        if item == "(":
            return f"(?P<{name}__{next(self.numbers)}>" if name else "(?:"
        if item in self.shorthands:
            inner = self.pattern(self.shorthands[item])
        elif item in NUMBER_CLASSES:
            inner = f"[{NUMBER_CLASSES[item]}]"
        elif item in self.classes:
            inner = f"[{''.join(self.letter(word) for word in self.classes[item])}]"
        else:
            return (item if item in ")|" else self._word(item)) + repeat
        # A group remembers all that is repeated, so '*' and '+' go inside.
        inside, outside = ("", repeat) if repeat == "?" else (repeat, "")
        return f"(?P<{name or item}__{next(self.numbers)}>{inner}{inside}){outside}"

    def _word(self, word: str) -> str:
        letter = self.letter(word)
        if self.tells:
            self.telling.add(letter)
        return letter
