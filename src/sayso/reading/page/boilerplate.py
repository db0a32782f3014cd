"""Boilerplate: the lines of a page that are not part of its article.

Lines are known by their words (``data/boilerplate.toml``), those about an author by their shape.
What might be part of the article is left alone: a line counts only as a whole, and words that
could stand in an article count only at its edges or beside lines that are surely none of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.lexicon.files import load_toml
from sayso.reading.page.dateline import CAPITAL, CAPITALS
from sayso.text.spans import Span

LONGEST = 500
# A name as mastheads and handles have it, and a person's name of two words or more.
NAME_WORD = rf"(?-i:[{CAPITALS}0-9@][\w@.&'’-]*)"
NAME = rf"{NAME_WORD}(?: (?:(?:of|the|and|de|van|von|al|bin) ){{0,2}}{NAME_WORD}){{0,5}}"
PERSON = (
    rf"{CAPITAL}[\w'’.-]+(?: (?:(?:de|van|von|der|den|la|al|bin|ben|da|di) ){{0,2}}"
    rf"{CAPITAL}[\w'’.-]*){{1,3}}"
)
SENTENCE_END = re.compile(r"(?:(?<!\b[A-Z])\.|[;:,])[\"”’')\]]*$")
FOR_WHOM = re.compile(r"\b(?:for|at|with|based|covering|covers|contributor to)\b")
WRITTEN_BY = re.compile(r"(?:written |posted |story )?by:? ", re.IGNORECASE)
LONGEST_HEADING = 150
MOST_LISTED = 12
BIOGRAPHY = "author biography"


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern
    weak: bool
    heads: bool


def find_boilerplate(text: str, paras: list[Span]) -> dict[Span, str]:
    """Return the paragraphs of a text that are boilerplate, in order, and what each is."""
    lines = [" ".join(text[start:end].split()) for start, end in paras]
    rules = [_rule_of(line) for line in lines]
    kinds = [rule.kind if rule and not (rule.weak or rule.heads) else None for rule in rules]
    _mark_lists(lines, rules, kinds)
    _mark_weak(rules, kinds)
    _mark_author(lines, rules, kinds)
    _mark_weak(rules, kinds)
    return {span: kind for span, kind in zip(paras, kinds, strict=True) if kind}


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            line["kind"],
            re.compile(line["pattern"].replace("NAME", f"(?:{NAME})"), re.IGNORECASE),
            line.get("weak", False),
            line.get("heads", False),
        )
        for line in load_toml("boilerplate.toml")["line"]
    )


def _rule_of(line: str) -> _Rule | None:
    """Return the surest rule that a line fits."""
    if len(line) > LONGEST:
        return None
    matching = [rule for rule in _rules() if rule.pattern.fullmatch(line)]
    return min(matching, key=lambda rule: (rule.weak, rule.heads), default=None)


def _mark_lists(lines: list[str], rules: list[_Rule | None], kinds: list[str | None]) -> None:
    """Mark the head of a list of other articles, and its items, where nothing but such follows.

    Inside an article 'More news' and the like may be a heading of its own: then it is left alone.
    """
    for index, rule in enumerate(rules):
        if rule is None or not rule.heads:
            continue
        items = range(index + 1, len(lines))
        listed = [i for i in items if kinds[i] or rules[i] or is_heading(lines[i])]
        if len(listed) == len(items) <= MOST_LISTED:
            for i in (index, *items):
                kinds[i] = kinds[i] or rule.kind


def _mark_weak(rules: list[_Rule | None], kinds: list[str | None]) -> None:
    """Mark weak lines at the edges of a page, and beside lines that are boilerplate."""
    order = range(len(kinds))
    if all(rule is not None for rule in rules):
        return
    for indices in (order, reversed(order)):
        beside = True
        for index in indices:
            rule = rules[index]
            if kinds[index] is None and beside and rule is not None and rule.weak:
                kinds[index] = rule.kind
            beside = kinds[index] is not None


def _mark_author(lines: list[str], rules: list[_Rule | None], kinds: list[str | None]) -> None:
    """Mark the lines at the end of a page that tell who its author is.

    Such a line says that somebody is a journalist, and the article does not speak of that person:
    the name stands in a byline, alone on a line, or nowhere else.
    """
    for index in reversed(range(1, len(lines))):
        if kinds[index] or rules[index]:
            continue
        name = biography_of(lines[index])
        others = [line for i, line in enumerate(lines) if i != index and name and name in line]
        if name is None or not all(_is_credit(line, name) for line in others):
            return
        if not others and not FOR_WHOM.search(lines[index]):
            return
        kinds[index] = BIOGRAPHY
        while index > 1 and _is_author_label(lines[index - 1], name):
            index -= 1
            kinds[index] = BIOGRAPHY


def biography_of(line: str) -> str | None:
    """Return whom a line describes as a journalist ('Jane Doe is a reporter for ...'), or None."""
    match = _biography().match(line)
    return match["name"] if match else None


@cache
def _biography() -> re.Pattern:
    roles = "|".join(load_toml("boilerplate.toml")["author"]["roles"])
    return re.compile(
        rf"(?P<name>{PERSON})(?: \([^)]*\))?,? (?:"
        rf"(?:is|works as|has been) (?:(?!who\b)[\w'’&-]+,? ){{0,9}}(?:{roles})s?\b"
        r"|(?:covers|writes (?:about|for|on)|reports (?:on|for|from)"
        r"|has (?:covered|written for))\b)"
    )


def _is_author_label(line: str, name: str) -> bool:
    """Whether a line holds nothing but an author's name, or says that the author comes next."""
    named = line[match.end() :] if (match := WRITTEN_BY.match(line)) else line
    return named == name or line.casefold().rstrip(":") in ("about the author", "author")


def _is_credit(line: str, name: str) -> bool:
    """Whether a line names an author and says little else."""
    return line.startswith("Follow ") or (len(line) <= len(name) + 60 and line[-1] != ".")


def is_heading(line: str) -> bool:
    """Whether a line looks like a headline: short, and not ending like a sentence."""
    return len(line) <= LONGEST_HEADING and not SENTENCE_END.search(line)
