"""What speaks for each party at a mention: facts by name, for the network that chooses."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from sayso.extract.blaming.parties import WORD, Mention, Parties, Party
from sayso.extract.document import Document
from sayso.extract.people.cast import Actor
from sayso.extract.people.focus import GOVERNED
from sayso.extract.people.titles import affiliation_of, roles_in, title_words
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import POSSESSIVE, singular
from sayso.model.vectors import SIZE, sentence_vectors
from sayso.text.spans import Span

SORTS = load_toml("blame.toml")["sorts"]
LISTS = ("role_words", "bodies", "stand_ins", "unnamed", "messages", "documents", "media", "voices")
OWNER = re.compile(r"['’]s?\b|['’]\s")
BY = re.compile(r"\s(?:\S+\s){0,3}?(?:by|from|of)\s(?:\S+\s){0,2}$")
SMALL = {"the", "a", "an", "of", "and", "for", "in", "to", "his", "her", "its", "their", "this"}
STEM = 5
"""Letters by which 'decision' and 'decided' are one deed."""
CLOSE = 40
"""Characters between a deed and who is told beside it to have done it."""
MOST = 12
"""Sentences that tell what a party is about."""

Told = tuple[Span, bool, str]
"""A mention of another tie that is a name: where, whether it blames, whose."""


class Likeness:
    """Reads the facts of one article's parties."""

    def __init__(self, document: Document, parties: Parties, tied: Sequence[Told]) -> None:
        self.text, self.words, self.parties = parties.text, parties.words, parties
        self.tied = tied
        self.quoted = [(q.start, q.end) for q in document.quotations]
        self._vectors: dict[str, np.ndarray] = {}

    def facts(self, mention: Mention, options: Sequence[Party]) -> list[dict[str, float]]:
        """Return what is told of a mention and of each who can be meant by it."""
        shared, ranks = self._of_mention(mention), _ranks(mention, options)
        most = max((len(party.spans) for party in options), default=0)
        people = max((len(p.spans) for p in options if p.kind == "person"), default=0)
        deeds, rows = self._deeds(mention), []
        for party, rank in zip(options, ranks, strict=True):
            facts = shared | {f"kind {party.kind}": 1.0}
            if party.kind not in ("words", "nobody"):
                count = len(party.spans)
                facts |= rank | self._who(mention, party) | self._near(mention, party)
                facts |= self._inside(mention, party) | self._called(mention, party)
                facts |= self._tied(mention, party) | deeds.get(party, {})
                facts["share"] = count / max(1, most)
                facts["most of persons"] = party.kind == "person" and count == people
            rows.append({key: float(value) for key, value in facts.items() if value})
        return rows

    def _of_mention(self, mention: Mention) -> dict[str, float]:
        words, noun, found, quote = self.words, mention.noun, mention.found, mention.quote
        tokens, key = mention.tokens, mention.surface.casefold()
        first, last = tokens[0].casefold(), tokens[-1].casefold()
        facts = {
            f"form {mention.form}": True,
            f"first {first}": first in ("the", "a", "an", "some", "this", "that", "these", "those"),
            "possessive": last in ("his", "its", "their", "my", "our", "your")
            or POSSESSIVE.search(mention.surface) is not None,
            "name": mention.is_name,
            "capitals": sum(token[0].isupper() for token in tokens) / len(tokens),
            "plural": singular(last) != last,
            "size": min(len(key.split()), 8) / 8,
            "blames": mention.blames,
            "quoted": any(a <= mention.span[0] < b for a, b in self.quoted),
            "said": quote is not None,
            "speaker": quote is not None and quote.speaker is not None,
            "other": mention.other.name is not None,
            "known": mention.known,
            "denies": mention.denies,
            f"found {found.kind}": True,
            "found many": found.many,
            "found same": found.name is not None and found.name.casefold() in key,
            "owned": mention.owner.name is not None,
        }
        if not mention.form:
            facts |= {name: noun in getattr(words, name) for name in LISTS}
            facts |= {f"sort {s}": float(self._vector(noun) @ self._vector(s)) for s in SORTS}
        return facts

    def _who(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return who a party is to the mention, its quote and its blamer."""
        one, form, said = party.speaker, mention.form, mention.quote
        person, sex = party.kind == "person", one.sex
        side = said and said.affiliation
        gendered = form in ("male", "female")
        return {
            "is found": one.name == mention.found.name,
            "is owner": one.name == mention.owner.name,
            "is other": one.name == mention.other.name,
            "is side of other": one.name == mention.other.affiliation,
            "is speaker": said is not None and one.name == said.speaker,
            "is side": side and one.name == side,
            "shares side": side and one.affiliation == side,
            "agrees": gendered and person and sex == form,
            "clashes": gendered and person and sex not in (form, None),
            "misfits": gendered and not person,
            "many": one.many,
            "count": math.log1p(len(party.spans)) / 4,
            "headline": 0 in party.numbers[:1],
            "opens": party.numbers[:1] and party.numbers[0] <= 3,
            "spoke": min(4, len(self.parties.spoke.get(one.name, ()))) / 4,
        }

    def _near(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return how near before a mention a party is named, how it is there, and who spoke."""
        start, here = mention.span[0], self.parties.number(mention.span[0])
        before = bisect_left(party.spans, (start, start))
        numbers, first = party.numbers[:before], self.parties.first
        facts = {
            "before here": here in numbers,
            "first here": first(here) is party,
            "near count": sum(here - number <= 4 for number in numbers) / 4,
        }
        for back in (1, 2, 3):
            facts[f"in {back} back"] = here - back in numbers
            facts[f"first {back} back"] = first(here - back) is party
        spoke = [here - n for n in self.parties.spoke.get(party.speaker.name, ()) if n <= here]
        facts |= {f"spoke {min(gap, 4)} back": 1.0 for gap in spoke[-1:]}
        if before:
            (begin, end), gap = party.spans[before - 1], here - numbers[-1]
            line = self.text[max(self.parties.starts[numbers[-1]], begin - 30) : begin]
            facts |= {
                "near": 1 / (1 + gap),
                "far": gap > 4,
                "beside": math.exp((end - start) / 150),
                "was owner": OWNER.match(self.text, end) is not None,
                "was governed": GOVERNED.search(line) is not None,
                "was first": first(numbers[-1]) is party,
                "was quoted": any(a <= begin < b for a, b in self.quoted),
                "apposed": self.text[end:start] == ", ",
            }
        return facts

    def _inside(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return how a party is named within a mention, and how soon after it."""
        start, end = mention.span
        before, after = (bisect_left(party.spans, (edge, edge)) for edge in mention.span)
        facts: dict[str, float] = {}
        if after < len(party.spans):
            gap = party.numbers[after] - self.parties.number(start)
            between = self.text[end : party.spans[after][0]]
            facts = {"next": 1 / (1 + gap), "after here": gap == 0}
            facts["apposed after"] = between in (" ", ", ")
        if after > before:
            begin, close = party.spans[before]
            first, last = begin <= start + len("the "), close >= end - len("’s")
            facts |= {"inside": 1.0, "inside first": first, "inside last": last}
            facts["inside whole"] = first and last
            facts["inside owner"] = OWNER.match(self.text, close) is not None
            facts["inside governed"] = GOVERNED.search(self.text[start:begin]) is not None
        return facts

    def _called(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return what a mention's words have in common with a party's name, titles, sentences."""
        one, noun, words = party.speaker, mention.noun, self.words
        sentence = self.parties.sentences[self.parties.number(mention.span[0])]
        facts = {"context": self._vector(self.text[slice(*sentence)]) @ self._about(party)}
        if mention.form:
            return facts
        own, name = _words(mention.surface), _words(one.name)
        known, belongs = words.party(mention.surface), affiliation_of(mention.surface, words)
        facts |= {
            "shared": len(own & name) / max(1, len(own)),
            "shared of name": len(own & name) / max(1, len(name)),
            "noun in name": noun in {singular(word) for word in name},
            "is party": known is not None and known.name == one.name,
            "belongs": belongs and belongs in (one.affiliation, one.name),
            "belongs else": belongs and one.affiliation not in (belongs, None),
            "like": self._vector(noun) @ self._vector(one.name),
        }
        if isinstance(one, Actor) and one.titles:
            titles = [title.text for title in one.titles]
            wanted = title_words(" ".join(mention.tokens), words)
            roles = [role.split()[-1] for title in titles for role in roles_in(title, words)]
            same = max(len(wanted & title_words(title, words)) for title in titles)
            facts |= {"has role": noun in roles, "role told": math.log1p(roles.count(noun))}
            facts["has title"] = same / max(1, len(wanted))
        return facts

    def _tied(self, mention: Mention, party: Party) -> dict[str, float]:
        """Return how often other ties name a party, and how near."""
        facts: dict[str, float] = {}
        here = self.parties.number(mention.span[0])
        for kind, blames in (("targets", False), ("blamers", True)):
            others = [t for t in self.tied if t[1] == blames and t[0] != mention.span]
            gaps = [
                here - self.parties.number(span[0])
                for span, _, name in others
                if name == party.speaker.name
            ]
            facts[kind] = len(gaps) / (len(others) + 1)
            facts[f"{kind} here"] = 0 in gaps
            facts[f"{kind} before"] = 1 in gaps or 2 in gaps
            facts[f"{kind} after"] = -1 in gaps or -2 in gaps
        return facts

    def _deeds(self, mention: Mention) -> dict[Party, dict[str, float]]:
        """Return who owns or does elsewhere what a mention names: "Lee's decision", 'decided'."""
        stem = mention.tokens[-1].casefold()[:STEM]
        counts: dict[Party, dict[str, float]] = {}
        if mention.form or len(stem) < STEM - 1:
            return counts
        for match in re.finditer(rf"\b{re.escape(stem)}", self.text, re.IGNORECASE):
            at, number = match.start(), self.parties.number(match.start())
            if mention.span[0] <= at < mention.span[1]:
                continue
            for place, ((start, end), party) in enumerate(self.parties.told.get(number, ())):
                facts = counts.setdefault(party, {})
                if end <= at < end + CLOSE and OWNER.match(self.text, end):
                    facts["owns"] = facts.get("owns", 0) + 1
                elif end <= at:
                    facts["does"] = facts.get("does", 0) + 1
                    facts["does first"] = facts.get("does first", 0) + (place == 0)
                elif start < at + CLOSE and BY.search(self.text, at, start):
                    facts["done by"] = facts.get("done by", 0) + 1
        return {p: {k: math.log1p(v) for k, v in f.items()} for p, f in counts.items()}

    def _vector(self, text: str) -> np.ndarray:
        if text not in self._vectors:
            self._vectors[text] = sentence_vectors([text])[0]
        return self._vectors[text]

    def _about(self, party: Party) -> np.ndarray:
        """Return the mean vector of the sentences that name a party."""
        key = f"\n{party.speaker.name}"
        if key not in self._vectors:
            spans = [self.parties.sentences[n] for n in dict.fromkeys(party.numbers[:MOST])]
            near = [self._vector(self.text[slice(*span)]) for span in spans]
            self._vectors[key] = np.mean(near, axis=0) if near else np.zeros(SIZE, np.float32)
        return self._vectors[key]


def _ranks(mention: Mention, options: Sequence[Party]) -> list[dict[str, float]]:
    """Return how many others, and how many of its sort, are named nearer before a mention."""
    at = mention.span[0]
    last = [p.spans[n - 1][0] if (n := bisect_left(p.spans, (at, at))) else -1 for p in options]
    ranks: list[dict[str, float]] = [{} for _ in options]
    seen = {"person": 0, "people": 0, "body": 0}
    for rank, i in enumerate(sorted(range(len(options)), key=lambda i: -last[i])):
        sort = options[i].kind if options[i].kind in seen else "body"
        if last[i] >= 0:
            ranks[i] = {"recent": 1 / (1 + rank), "recent of sort": 1 / (1 + seen[sort])}
        seen[sort] += 1
    return ranks


def _words(name: str) -> set[str]:
    return {POSSESSIVE.sub("", word) for word in WORD.findall(name.casefold())} - SMALL
