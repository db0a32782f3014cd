"""Cues: the words that announce a quote, and what they say of it.

A cue is neutral ('said'), endorsing ('pointed out'), distancing ('claimed') or denying
('rejected'), and tells what the speaker does: says, asks, thinks. The lists, with the literature
they follow, are in ``data/cues.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from sayso.lexicon.files import load_toml
from sayso.text.words import HYPHENATED

STANCES = ("denying", "distancing", "endorsing", "neutral")
# Of a cue with words of several acts the first counts.
ACTS = ("asks", "orders", "feels", "intends", "thinks", "writes", "says", "other")
# Speakers who do one of these utter the content; the others have it in mind, or act.
SPEECH = ("says", "writes", "asks", "orders")
# Beside these only what is written counts: 'said in a tweet', but not 'told them of her hopes'.
QUESTION = re.compile(r"[^.!?]+\?[\"'”’\s]*")
PLAIN = {"say", "tell", "add", "according"}
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

    ``refusals`` are verbs that announce no content ('declined to comment'), ``acts`` tells what
    the speaker does by word or phrase. ``weak`` verbs tell more often of plans, feelings and acts
    than of words ('hope', 'sign'), ``deeds`` never of words ('convict'). ``documents`` (what is
    written), ``things`` (what shows something without a word) and ``bodies`` (whom a headline names
    behind a dash) are nouns. ``bare`` verbs are deeds if no clause follows ('recalled its envoy').
    """

    words: dict[str, str]
    phrases: dict[str, str]
    forms: dict[str, str]
    refusals: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    acts: dict[str, str] = field(default_factory=dict)
    deeds: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()

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

    def act(self, cue: str | None, source: str | None = None, content: str = "") -> str:
        """Return what the speaker does, one of ACTS; a question that is said is asked."""
        words, found = _words(cue or ""), set()
        for first, *rest in (words[at : at + 2] for at in range(len(words))):
            forms = self._forms(first)
            phrase = (self.acts.get(" ".join([form, *rest])) for form in forms if rest)
            single = (self.acts.get(form) for form in forms)
            found.add(next((act for act in (*phrase, *single) if act), "says"))
        if {"in", "on"}.intersection(words) and self.documents.intersection(words):
            found.add("writes")
        if PLAIN.intersection(base for word in words for base in self._forms(word)):
            found &= {"says", "writes"}
        act = next((act for act in ACTS if act in found), "says")
        if act in ("says", "writes") and QUESTION.fullmatch(content):
            return "asks"
        # 'The report', not 'The Washington Post'.
        written = act == "says" and self.documents.intersection((source or "").split()[-1:])
        return "writes" if written else act

    def knows(self, cue: str) -> bool:
        """Whether a list has a word of a cue, or a phrase in it."""
        return bool(self._bases(_words(cue))) or self.stance(cue) != "neutral"

    def reports(self, cue: str) -> bool:
        """Whether a cue has a word or a phrase of saying, not only of planning, feeling, acting."""
        said = any(base not in self.weak for base in self._bases(_words(cue)))
        return said or self.stance(cue) != "neutral"

    def has(self, words: str, group: str) -> bool:
        """Whether a list of this lexicon, such as 'deeds' or 'things', has one of some words."""
        return any(f in getattr(self, group) for word in _words(words) for f in self._forms(word))

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
    forms, refusals = tables["forms"], frozenset(tables["refusals"]["verbs"])
    words: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for stance in STANCES:
        for word in (*tables[stance].get("verbs", ()), *tables[stance].get("nouns", ())):
            (phrases if " " in word else words).setdefault(word, stance)
        phrases |= {p: stance for p in tables[stance].get("phrases", ()) if p not in phrases}
    tables = tables["acts"]
    names = ("deeds", "documents", "things", "bodies", "bare")
    deeds, *others = (frozenset(tables.pop(name)) for name in names)
    acts = {word: act for act, group in tables.items() for word in group}
    acts |= dict.fromkeys(deeds, "other")
    weak = frozenset(word for word in acts if word not in words and word not in deeds)
    for word in weak:
        (phrases if " " in word else words).setdefault(word, "neutral")
    return CueLexicon(words, phrases, dict(forms), refusals, weak, acts, deeds, *others)


def is_negated(text: str, start: int, end: int) -> bool:
    """Whether the saying itself is negated: 'did not say', 'never claimed'."""
    if not re.search(r"\w", text[start:end]):
        return False  # the colon after “We will not pay”
    before = re.split(r"[.;:,“”\"\n]", text[max(0, start - 24) : start])[-1]
    return bool(
        NEGATION.search(text[start:end])
        or re.search(NEGATION.pattern + r"\s+\w*\s*$", before, re.I)
    )
