"""What speaks for each party at a mention: facts by name, for the networks that choose."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from sayso.extract.blaming.parties import WORD, Mention, Parties, Party
from sayso.extract.people.titles import affiliation_of
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import POSSESSIVE, singular
from sayso.model.vectors import sentence_vectors
from sayso.text.spans import Span

SORTS = load_toml("blame.toml")["sorts"]
LISTS = ("role_words", "bodies", "stand_ins", "unnamed", "messages", "documents", "media", "voices")
LED = ("the", "a", "an", "some", "this", "that", "these", "those")
SMALL = {"the", "a", "an", "of", "and", "for", "in", "to", "his", "her", "its", "their", "this"}
MOST = 12
"""Places of a party before a mention that are looked at."""


class Likeness:
    """Reads the facts of one article's parties; ``targets``: who is named as one, and where."""

    def __init__(self, parties: Parties, targets: Sequence[tuple[Span, str]]) -> None:
        self._words, self._parties = parties.words, parties
        self._targets, self._total = Counter(name for _, name in targets), len(targets)
        self._here = Counter((parties.number(span[0]), name) for span, name in targets)
        self._own = Counter(targets) + Counter((span, None) for span, _ in targets)
        self._vectors: dict[str, np.ndarray] = {}

    def facts(self, mention: Mention, options: Sequence[Party]) -> list[dict[str, float]]:
        """Return what is told of a mention and of each who can be meant by it."""
        shared = self._of_mention(mention)
        told = zip(options, self._called(mention, options), strict=True)
        most, rows = max(len(p.spans) for p in options), []
        for party, called in told:
            facts = shared | {f"kind {party.kind}": 1.0}
            if party.kind not in ("words", "nobody"):
                facts |= self._who(mention, party) | self._near(mention, party) | called
                facts["share"] = len(party.spans) / max(1, most)
            rows.append({key: float(value) for key, value in facts.items() if value})
        return rows

    def _of_mention(self, mention: Mention) -> dict[str, float]:
        found, first = mention.found, mention.tokens[0].casefold()
        facts = {
            f"form {mention.form}": True,
            f"first {first}": first in LED,
            "name": mention.is_name,
            "plural": mention.tokens[-1].casefold() != singular(mention.tokens[-1].casefold()),
            "blames": mention.blames,
            "quoted": mention.quoted,
            "other": mention.other.name is not None,
            "denies": mention.denies,
            f"found {found.kind}": True,
            "found many": found.many,
            "found same": bool(found.name) and found.name.casefold() in mention.surface.casefold(),
            "owned": mention.owner.name is not None,
        }
        if not mention.form:
            noun = _noun(mention)
            facts |= {name: noun in getattr(self._words, name) for name in LISTS}
            facts |= {f"sort {s}": float(self._vector(noun) @ self._vector(s)) for s in SORTS}
        return facts

    def _who(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return who a party is to the mention, its quote, its blamer and the article."""
        one, gendered = party.speaker, mention.form in ("male", "female")
        person, quote = party.kind == "person", mention.quote
        return {
            "is found": one.name == mention.found.name,
            "is owner": one.name == mention.owner.name,
            "is other": one.name == mention.other.name,
            "is speaker": quote is not None and one.name == quote.speaker,
            "agrees": gendered and person and one.sex == mention.form,
            "misfits": gendered and not person,
            "many": one.many,
            "count": math.log1p(len(party.spans)) / 4,
            "opens": bool(party.numbers) and party.numbers[0] <= 3,
            "spoke": min(4, len(self._parties.spoke.get(one.name, ()))) / 4,
        }

    def _near(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return how near a mention a party is named, speaks, and is blamed by another tie."""
        here = self._parties.number(mention.span[0])
        before, after = (bisect_left(party.spans, (edge, edge)) for edge in mention.span)
        last, coming = (
            party.numbers[max(0, before - MOST) : before],
            party.numbers[after : after + 1],
        )
        facts = {f"in {back} back": here - back in last for back in range(4)}
        spoke = self._parties.spoke.get(party.speaker.name, ())
        if said := bisect_right(spoke, here):
            facts[f"spoke {min(here - spoke[said - 1], 4)} back"] = True
        facts["near"] = before and 1 / (1 + here - last[-1])
        facts["next"] = coming and 1 / (1 + coming[0] - here)
        facts |= {"inside": after > before, "after here": here in coming}
        return facts | self._blamed(mention, party)

    def _blamed(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return how often and how near a party is the target of other ties."""
        here, name = self._parties.number(mention.span[0]), party.speaker.name
        own = self._own[mention.span, name]
        near = sum(self._here[here + step, name] for step in range(-2, 3)) - own
        share = (self._targets[name] - own) / (self._total - self._own[mention.span, None] + 1)
        return {"targets": share, "targets near": near > 0}

    def _called(self, mention: Mention, options: Sequence[Party]) -> Iterator[dict[str, float]]:
        """Yield what a mention's words have in common with each name."""
        words, noun, own = self._words, _noun(mention), _plain(mention.surface)
        known, belongs = words.party(mention.surface), affiliation_of(mention.surface, words)
        meaning = self._vector(noun)
        for party in options:
            one, name = party.speaker, _plain(party.speaker.name or "")
            if mention.form or not one.name:
                yield {}
                continue
            yield {
                "shared": len(own & name) / max(1, len(own)),
                "shared of name": len(own & name) / max(1, len(name)),
                "is party": known is not None and known.name == one.name,
                "belongs": belongs is not None and belongs in (one.affiliation, one.name),
                "like": meaning @ self._vector(one.name),
            }

    def _vector(self, text: str) -> np.ndarray:
        if text not in self._vectors:
            self._vectors[text] = sentence_vectors([text])[0]
        return self._vectors[text]


def _noun(mention: Mention) -> str:
    """Return the head noun of a mention, in the singular."""
    return singular(POSSESSIVE.sub("", mention.tokens[-1].casefold()))


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> frozenset[str]:
    return frozenset(POSSESSIVE.sub("", word) for word in WORD.findall(name.casefold())) - SMALL
