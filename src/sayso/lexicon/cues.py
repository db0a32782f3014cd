"""Cues: the words that announce a quote, and what they say of it.

A cue is neutral ('said'), endorsing ('pointed out'), distancing ('claimed') or denying
('rejected'). The lists, with the literature they follow, are in ``data/cues.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from sayso.paths import data_path

STANCES = ("denying", "distancing", "endorsing", "neutral")
NEGATION = re.compile(r"\b(?:not|never|neither|nor|without)\b|n['’]t\b", re.IGNORECASE)


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
        tokens = re.findall(r"[\w'’-]+", cue.casefold())
        return any(form in self.refusals for token in tokens for form in self._forms(token))

    def stance(self, cue: str | None) -> str | None:
        """Return a cue's stance; neutral for a cue that no list has, null for no cue.

        Phrases come before single words, and of several words the first that a list has decides,
        unless a later one denies.
        """
        if not cue or not cue.strip():
            return None
        tokens = re.findall(r"[\w'’-]+", cue.casefold())
        for size in range(5, 1, -1):
            for start in range(len(tokens) - size + 1):
                first, *rest = tokens[start : start + size]
                for form in self._forms(first):
                    if stance := self.phrases.get(" ".join([form, *rest])):
                        return stance
        stances = [self.words[b] for t in tokens if (b := self.base(t))]
        if "denying" in stances:
            return "denying"
        return next(iter(stances), "neutral")

    def knows(self, cue: str) -> bool:
        """Whether a list has a word of a cue, or a phrase in it."""
        tokens = re.findall(r"[\w'’-]+", cue.casefold())
        return any(self.base(token) for token in tokens) or self.stance(cue) != "neutral"

    def reports(self, cue: str) -> bool:
        """Whether a cue has a word or a phrase of saying, not only of planning, feeling, acting."""
        bases = [
            base for token in re.findall(r"[\w'’-]+", cue.casefold()) if (base := self.base(token))
        ]
        return any(base not in self.weak for base in bases) or self.stance(cue) != "neutral"

    def base(self, form: str) -> str | None:
        """Return the base form of a word that the lists have, or None."""
        return next((c for c in self._forms(form) if c in self.words), None)

    def _forms(self, form: str) -> list[str]:
        """Return the forms that a word may be listed under: as it stands, or a base form."""
        irregular = self.forms.get(form)
        return [*([irregular] if irregular else []), form, *_bases(form)]


def _bases(form: str) -> list[str]:
    """Return the base forms that an inflected English word may have."""
    found = []
    for ending, replacements in _ENDINGS:
        if form.endswith(ending) and len(form) > len(ending) + 1:
            stem = form[: -len(ending)]
            found += [stem + r for r in replacements]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


# An ending, and what may stand in its place in the base form.
_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
)


@lru_cache(maxsize=1)
def cue_lexicon() -> CueLexicon:
    """Return the shipped lists."""
    tables = tomllib.loads(data_path("cues.toml").read_text(encoding="utf-8"))
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
