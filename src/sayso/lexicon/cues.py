"""Cues: the words that announce a quote, and what they say of it.

A cue is neutral ('said'), endorsing ('pointed out'), distancing ('claimed') or denying
('rejected'). The lists, with the literature they follow, are in ``data/cues.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sayso.lexicon.files import load_toml
from sayso.text.words import HYPHENATED

STANCES = ("denying", "distancing", "endorsing", "neutral")
NEGATION = re.compile(r"\b(?:not|never|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)

# An ending, and what may stand in its place in the base form.
ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@dataclass(frozen=True)
class CueLexicon:
    """Stances of verbs and nouns by base form, of phrases, and irregular forms of verbs.

    ``refusals`` are verbs that announce no content ('declined to comment'), ``weak`` verbs tell
    more often of plans, feelings and acts than of words ('hope', 'sign').
    """

    words: dict[str, str]
    phrases: dict[str, str]
    forms: dict[str, str]
    refusals: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    def is_refusal(self, cue: str) -> bool:
        """Whether a cue tells that nothing was said: 'declined', 'refused to say'."""
        if self.stance(cue) == "denying":
            return False
        return any(f in self.refusals for word in _words(cue) for f in self._forms(word))

    def stance(self, cue: str | None) -> str | None:
        """Return a cue's stance; neutral for a cue that no list has, null for no cue.

        Phrases come before single words, and of several words the first that a list has decides,
        unless a later one denies.
        """
        if not cue or not cue.strip():
            return None
        words = _words(cue)
        for size in range(5, 1, -1):
            for start in range(len(words) - size + 1):
                first, *rest = words[start : start + size]
                for form in self._forms(first):
                    if stance := self.phrases.get(" ".join([form, *rest])):
                        return stance
        stances = [self.words[base] for base in self._bases(words)]
        return "denying" if "denying" in stances else next(iter(stances), "neutral")

    def knows(self, cue: str) -> bool:
        """Whether a list has a word of a cue, or a phrase in it."""
        return bool(self._bases(_words(cue))) or self.stance(cue) != "neutral"

    def reports(self, cue: str) -> bool:
        """Whether a cue has a word or a phrase of saying, not only of planning, feeling, acting."""
        said = any(base not in self.weak for base in self._bases(_words(cue)))
        return said or self.stance(cue) != "neutral"

    @cached_property
    def base(self) -> Callable[[str], str | None]:
        """Tells the base form of a word that the lists have, or None."""

        @lru_cache(maxsize=100_000)
        def base(form: str) -> str | None:
            return next((c for c in self._forms(form) if c in self.words), None)

        return base

    def _bases(self, words: list[str]) -> list[str]:
        return [base for word in words if (base := self.base(word))]

    def _forms(self, form: str) -> list[str]:
        """Return the forms that a word may be listed under: as it stands, or a base form."""
        irregular = self.forms.get(form)
        return [*([irregular] if irregular else []), form, *_uninflected(form)]


def _words(cue: str) -> list[str]:
    return HYPHENATED.findall(cue.casefold())


def _uninflected(form: str) -> list[str]:
    """Return the base forms that an inflected English word may have."""
    found = []
    for ending, replacements in ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            found += [stem + r for r in replacements]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


@lru_cache(maxsize=1)
def cue_lexicon() -> CueLexicon:
    """Return the shipped lists."""
    tables = load_toml("cues.toml")
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for stance in STANCES:
        for word in (*tables[stance].get("verbs", ()), *tables[stance].get("nouns", ())):
            (phrases if " " in word else words).setdefault(word, stance)
        phrases |= {p: stance for p in tables[stance].get("phrases", ()) if p not in phrases}
    weak = frozenset(word for word in tables["weak"]["verbs"] if word not in words)
    for word in tables["weak"]["verbs"]:
        (phrases if " " in word else words).setdefault(word, "neutral")
    refusals = frozenset(tables["refusals"]["verbs"])
    return CueLexicon(words, phrases, dict(tables["forms"]), refusals, weak)


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether the saying itself is negated: 'did not say', 'never claimed'."""
    before = re.split(r"[.;:,“”\"\n]", text[max(0, start - 24) : start])[-1]
    return bool(
        NEGATION.search(text[start:end])
        or re.search(NEGATION.pattern + r"\s+\w*\s*$", before, re.I)
    )
