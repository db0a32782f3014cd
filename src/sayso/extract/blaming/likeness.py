"""What speaks for each party at a mention: facts by name, for the networks that choose."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from sayso.extract.blaming.parties import WORD, Mention, Parties, Party
from sayso.extract.people.titles import affiliation_of, roles_in, title_words
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import POSSESSIVE, singular
from sayso.model.vectors import SIZE, sentence_vectors
from sayso.text.spans import Span

SORTS = load_toml("blame.toml")["sorts"]
LISTS = ("role_words", "bodies", "stand_ins", "unnamed", "messages", "documents", "media", "voices")
LED = ("the", "a", "an", "some", "this", "that", "these", "those")
BY = re.compile(r"\s(?:\S+\s){0,3}?(?:by|from|of)\s(?:\S+\s){0,2}$")
SMALL = {"the", "a", "an", "of", "and", "for", "in", "to", "his", "her", "its", "their", "this"}
STEM = 5
"""Letters by which 'decision' and 'decided' are one deed."""
CLOSE = 40
"""Characters between a deed and who is told beside it to have done it."""
MOST = 12
"""Sentences that tell what a party is about; its places before a mention that are looked at."""
DEEDS = 40
"""Places of a deed that are looked at before a mention, and after it."""


class Likeness:
    """Reads the facts of one article's parties; ``targets``: who is named as one, and where."""

    def __init__(self, parties: Parties, targets: Sequence[tuple[Span, str]]) -> None:
        self._text, self._words, self._parties = parties.text, parties.words, parties
        self._targets, self._total = Counter(name for _, name in targets), len(targets)
        self._here = Counter((parties.number(span[0]), name) for span, name in targets)
        self._own = Counter(targets) + Counter((span, None) for span, _ in targets)
        self._vectors: dict[str, np.ndarray] = {}
        self._meanings = sentence_vectors([self._text[slice(*s)] for s in parties.sentences])
        self._titled: dict[Party, tuple[set[frozenset[str]], set[str]]] = {}
        self._stems: dict[str, list[int]] = {}
        for match in re.finditer(r"\w+", parties.text):
            word = match.group().casefold()
            for stem in {word[: STEM - 1], word[:STEM]}:
                self._stems.setdefault(stem, []).append(match.start())

    def facts(self, mention: Mention, options: Sequence[Party]) -> list[dict[str, float]]:
        """Return what is told of a mention and of each who can be meant by it."""
        shared = self._of_mention(mention)
        told = zip(options, _ranks(mention, options), self._called(mention, options), strict=True)
        most, deeds, rows = max(len(p.spans) for p in options), self._deeds(mention), []
        for party, rank, called in told:
            facts = shared | {f"kind {party.kind}": 1.0}
            if party.kind not in ("words", "nobody"):
                facts |= self._who(mention, party) | self._near(mention, party)
                facts |= called | {"recent of sort": rank}
                facts |= {deed: math.log1p(n) for (doer, deed), n in deeds.items() if doer is party}
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
        """Yield what a mention's words have in common with each name, titles and sentences."""
        words, noun, own = self._words, _noun(mention), _plain(mention.surface)
        known, belongs = words.party(mention.surface), affiliation_of(mention.surface, words)
        wanted = title_words(" ".join(mention.tokens), words)
        here, meaning = self._meanings[self._parties.number(mention.span[0])], self._vector(noun)
        for party in options:
            one, name = party.speaker, _plain(party.speaker.name or "")
            facts = {"context": here @ self._about(party)}
            if not mention.form and one.name:
                facts |= {
                    "shared": len(own & name) / max(1, len(own)),
                    "shared of name": len(own & name) / max(1, len(name)),
                    "is party": known is not None and known.name == one.name,
                    "belongs": belongs is not None and belongs in (one.affiliation, one.name),
                    "like": meaning @ self._vector(one.name),
                }
            called, roles = self._offices(party)
            if not mention.form and called:
                same = max(len(wanted & title) for title in called)
                facts["has title"] = same / max(1, len(wanted))
                facts["has role"] = noun in roles
            yield facts

    def _offices(self, party: Party) -> tuple[set[frozenset[str]], set[str]]:
        """Return the words of each title of a party, and the last words of its roles."""
        if party not in self._titled:
            titles = {title.text for title in getattr(party.speaker, "titles", ())}
            called = {frozenset(title_words(title, self._words)) for title in titles}
            roles = {role for title in titles for role in roles_in(title, self._words)}
            self._titled[party] = called, {role.split()[-1] for role in roles}
        return self._titled[party]

    def _deeds(self, mention: Mention) -> Counter[tuple[Party, str]]:
        """Count who owns or does elsewhere what a mention names: "Lee's decision", 'decided'."""
        stem, deeds = mention.tokens[-1].casefold()[:STEM], Counter()
        if mention.form or len(stem) < STEM - 1:
            return deeds
        places = self._stems.get(stem, [])
        near = bisect_left(places, mention.span[0])
        for at in places[max(0, near - DEEDS) : near + DEEDS]:
            if mention.span[0] <= at < mention.span[1]:
                continue
            for (start, end), party in self._parties.told.get(self._parties.number(at), ()):
                if end <= at:
                    owns = at < end + CLOSE and self._text[end : end + 1] in ("'", "’")
                    deeds[party, "owns" if owns else "does"] += 1
                elif start < at + CLOSE and BY.search(self._text, at, start):
                    deeds[party, "done by"] += 1
        return deeds

    def _vector(self, text: str) -> np.ndarray:
        if text not in self._vectors:
            self._vectors[text] = sentence_vectors([text])[0]
        return self._vectors[text]

    def _about(self, party: Party) -> np.ndarray:
        """Return the mean vector of the sentences that name a party."""
        key = f"\n{party.speaker.name}"
        if key not in self._vectors:
            numbers = list(dict.fromkeys(party.numbers[:MOST]))
            near = self._meanings[numbers]
            self._vectors[key] = near.mean(axis=0) if numbers else np.zeros(SIZE, np.float32)
        return self._vectors[key]


def _ranks(mention: Mention, options: Sequence[Party]) -> list[float]:
    """Return how few of its sort (persons, people, bodies) are named nearer before a mention."""
    at = mention.span[0]
    last = [p.spans[n - 1][0] if (n := bisect_left(p.spans, (at, at))) else -1 for p in options]
    ranks, seen = [0.0] * len(options), {"person": 0, "people": 0, "body": 0}
    for i in sorted(range(len(options)), key=lambda i: -last[i]):
        sort = options[i].kind if options[i].kind in seen else "body"
        ranks[i] = 1 / (1 + seen[sort]) if last[i] >= 0 else 0.0
        seen[sort] += 1
    return ranks


def _noun(mention: Mention) -> str:
    """Return the head noun of a mention, in the singular."""
    return singular(POSSESSIVE.sub("", mention.tokens[-1].casefold()))


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> frozenset[str]:
    return frozenset(POSSESSIVE.sub("", word) for word in WORD.findall(name.casefold())) - SMALL
