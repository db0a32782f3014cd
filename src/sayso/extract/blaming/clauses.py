"""Clauses without a parser: the noun phrase before or after a word, the subject of a verb.

News English is regular enough for that: a noun phrase ends at a preposition, a verb or a mark, a
subject stands before its verb, its auxiliaries and an apposition. Phrases are ranges of tokens.
"""

from __future__ import annotations

import re
from functools import cached_property

from sayso.extract.blaming.tokens import (
    ADVERBS,
    AUXILIARY,
    DETERMINERS,
    IRREGULAR,
    LINKS,
    NO_ADVERBS,
    NOT,
    NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    STOPS,
    TOKEN,
    Token,
)
from sayso.lexicon.cues import cue_lexicon
from sayso.lexicon.parties import POSSESSIVE
from sayso.text.spans import Span

Range = tuple[int, int]
# What may stand between the last two of several names.
JOIN = re.compile(r"(?:, )?(?:and|or)(?: the)?")


class Sentence:
    """A sentence as tokens; ``names`` are the spans of those named in it, which are never cut."""

    def __init__(self, text: str, span: Span, names: list[Span]) -> None:
        self.text = text
        self.span = span
        words = TOKEN.finditer(text, *span)
        self.tokens = [Token(m.group(), m.group().casefold(), *m.span()) for m in words]
        self.lows = [token.low for token in self.tokens]
        self._names = [n for n in names if span[0] <= n[0] and n[1] <= span[1]]

    def places_in(self, span: Span) -> list[int]:
        """Return the places of the tokens that a span touches."""
        return [i for i, t in enumerate(self.tokens) if t.start < span[1] and t.end > span[0]]

    @cached_property
    def names_from(self) -> dict[int, int]:
        """Where the names end that begin at a token; names joined by 'and' are one."""
        named: list[Range] = []
        for name in self._names:
            inside = self.places_in(name)
            if inside and (not named or inside[0] >= named[-1][1]):
                named.append((inside[0], inside[-1] + 1))
        return dict(self._joined(named))

    @cached_property
    def names_to(self) -> dict[int, int]:
        """Where the names begin that end before a token."""
        return {last: first for first, last in self.names_from.items()}

    def _joined(self, names: list[Range]) -> list[Range]:
        """Join names that 'and' connects, with those that commas put in front of them."""
        joined: list[Range] = []
        for first, last in names:
            if joined and JOIN.fullmatch(" ".join(self.lows[joined[-1][1] : first])):
                start = joined.pop()[0]
                while joined and self.lows[joined[-1][1] : start] == [","]:
                    start = joined.pop()[0]
                joined.append((start, last))
            else:
                joined.append((first, last))
        return joined

    def low(self, place: int) -> str:
        """Return a token in small letters, '' outside the sentence."""
        return self.lows[place] if 0 <= place < len(self.lows) else ""

    def span_of(self, first: int, last: int) -> Span | None:
        """Return the span of some tokens without marks at its edges; None if nothing is left."""
        while first < last and not self.tokens[first].is_word:
            first += 1
        while last > first and not self.tokens[last - 1].is_word:
            last -= 1
        if first >= last:
            return None
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return start, start + len(POSSESSIVE.sub("", self.text[start:end]))

    def is_verb(self, place: int) -> bool:
        """Whether a token looks like a finite verb."""
        low, before = self.low(place), self.low(place - 1)
        if not low.isalpha() or not self.tokens[place].text.islower():
            return False
        if low in AUXILIARY or low in IRREGULAR:
            return True
        if low.endswith("ed") and before not in DETERMINERS:
            return True
        if low.endswith("ing") or low in NOUNS or cue_lexicon().base(low) is None:
            return False
        if before in PRONOUNS or before in LINKS:
            return True
        named = place > 0 and self.tokens[place - 1].text[0].isupper()
        return named if low.endswith("s") else before.endswith("s")

    def is_adverb(self, place: int) -> bool:
        """Whether a token looks like an adverb."""
        low = self.low(place)
        if low in ADVERBS:
            return True
        before, after = self.low(place - 1), self.low(place + 1)
        noun = before in DETERMINERS and not after.endswith(("ed", "ing"))
        return low.endswith("ly") and len(low) > 4 and low not in NO_ADVERBS and not noun

    # -- noun phrases

    def phrase_from(self, place: int) -> Range | None:
        """Return the noun phrase that begins at a token, with what 'of' and 'and' add to it."""
        first = place
        while self.low(first) in QUOTES or (
            self.is_adverb(first) and self.low(first) not in DETERMINERS
        ):
            first += 1
        at = first
        while at < len(self.tokens) and (step := self._step(at, first)):
            at = step
        while at - 1 > first and at not in self.names_to and self.is_adverb(at - 1):
            at -= 1
        return (first, at) if self.span_of(first, at) else None

    def _step(self, at: int, first: int) -> int | None:
        """Return where a phrase goes on after token ``at``, or None if it ends before it."""
        if at in self.names_from:
            return self._past_names(at)
        low, before = self.lows[at], self.low(at - 1)
        if low in QUOTES:
            inside = sum(self.lows[i] in QUOTES for i in range(first, at)) % 2
            owned = self.tokens[at - 1].is_possessor
            return at + 1 if inside or owned or before in DETERMINERS else None
        if not self.tokens[at].is_word:
            return at + 1 if self._abbreviates(at) else None
        if low == "of":
            return at + 1 if at > first and not self.low(at + 1).endswith("ing") else None
        if low in ("and", "or"):
            return self._coordinate(at, first)
        if low in STOPS:
            return None
        return None if at > first and self._ends_phrase(at) else at + 1

    def _past_names(self, at: int) -> int:
        """Return where names end; the last of several is left out if it is a verb's subject."""
        end = self.names_from[at]
        links = [i for i in range(at, end) if self.lows[i] in ("and", "or")]
        if links and self.is_verb(end):
            return links[-1] - (self.lows[links[-1] - 1] == ",")
        return end

    def _ends_phrase(self, at: int) -> bool:
        """Whether a word begins something else than the phrase before it."""
        low, before = self.lows[at], self.low(at - 1)
        if low in PRONOUNS:
            return True
        if low in DETERMINERS:
            return before not in ("of", "and", "or", "all", "such", "both")
        if before in DETERMINERS or before in ("of", "and"):
            return False
        participle = low.endswith("ing") and self.tokens[at].text.islower()
        return participle or self.is_verb(at)

    def _abbreviates(self, at: int) -> bool:
        """Whether a full stop belongs to a title ('Sen. Ann Lee')."""
        title = self.tokens[at - 1].text if at else ""
        following = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
        short = title[:1].isupper() and len(title) < 5
        return self.lows[at] == "." and short and following[:1].isupper()

    def _coordinate(self, at: int, first: int) -> int | None:
        """Return ``at + 1`` if 'and' joins two noun phrases rather than two verbs."""
        after = self.low(at + 1)
        if at == first or not after or after in STOPS | PRONOUNS:
            return None
        if at + 1 not in self.names_from and after not in DETERMINERS:
            verbal = self.is_verb(at + 1) or after.endswith("ing") or self.is_adverb(at + 1)
            if verbal:
                return None
        end = at + 1
        while end < len(self.tokens) and (step := self.names_from.get(end) or self._plain(end)):
            end = step
        clause = self.is_verb(end) or self.low(end) in LINKS - {"and", "or"}
        return None if clause else at + 1

    def _plain(self, at: int) -> int | None:
        usable = self.tokens[at].is_word and self.lows[at] not in STOPS and not self.is_verb(at)
        return at + 1 if usable else None

    def phrase_to(self, place: int, *, nearest: bool = False) -> Range | None:
        """Return the noun phrase that ends before a token; of 'X in Y' only X unless nearest."""
        end = place
        while end > 0 and (self.lows[end - 1] in QUOTES or self.is_adverb(end - 1)):
            end -= 1
        first = self._back(end)
        if first == end:
            return None
        before = self.low(first - 1)
        alone = end - first == 1 and self.lows[first] in ("those", "others", "people")
        governed = first > 1 and before in PREPOSITIONS - {"as", "like"}
        if governed and not nearest and not alone:
            return self.phrase_to(first - 1) or (first, end)
        return first, end

    def _back(self, end: int) -> int:
        """Return where the phrase begins that ends before a token, prepositions aside."""
        first = end
        while first > 0:
            if first in self.names_to:
                first = self.names_to[first]
                continue
            low, token = self.lows[first - 1], self.tokens[first - 1]
            joins = low == "of" and first > 1 and self.tokens[first - 2].is_word
            if first < end and (joins or self._abbreviates(first - 1)):
                first -= 1
                continue
            if not token.is_word or low in STOPS or self.is_verb(first - 1):
                break
            first -= 1
            if low in PRONOUNS or (low in DETERMINERS and self.low(first - 1) != "of"):
                break
        return first

    # -- verbs

    def auxiliaries(self, place: int) -> list[str]:
        """Return the auxiliaries and negations before a verb, the nearest first."""
        return [
            self.lows[i]
            for i in range(place - 1, self.before_verb(place) - 1, -1)
            if self.lows[i] in NOT or not self.is_adverb(i)
        ]

    def before_verb(self, place: int) -> int:
        """Return where a verb begins with its auxiliaries, negations and adverbs."""
        at = place
        while at > 0 and (
            self.lows[at - 1] in AUXILIARY | NOT
            or self.is_adverb(at - 1)
            or self.lows[at - 1].endswith(("n't", "n’t"))
        ):
            at -= 1
        return at

    def subject_of(self, place: int) -> Range | None:
        """Return the subject of the verb at a token."""
        at = self.before_verb(place) - 1
        if at < 0:
            return None
        low, participle = self.lows[at], self.lows[place].endswith("ing")
        if low in RELATIVES:
            return self.antecedent(at)
        if low in ("to", "and", "or", "but", ";") or (participle and low in PREPOSITIONS | LINKS):
            return self.main_subject(at)
        if low in (",", ")", "-", "–", "—"):
            return self._before_insertion(at)
        found = self.phrase_to(at + 1)
        bare = found and found[1] - found[0] == 1 and found[1] not in self.names_to
        if bare and participle and self.tokens[found[0]].text.islower():
            return self.main_subject(found[0])  # 'stop blaming': no subject of its own
        return found or self.main_subject(at + 1)

    def antecedent(self, at: int) -> Range | None:
        """Return what the relative pronoun at a token stands for."""
        before = at - 1 if self.low(at - 1) == "," else at
        return self.phrase_to(before, nearest=before in self.names_to) or self.main_subject(before)

    def _before_insertion(self, at: int) -> Range | None:
        """Return the subject before an apposition or insertion that ends at a mark."""
        mark = "(" if self.lows[at] == ")" else self.lows[at]
        before = next((i for i in range(at - 1, 0, -1) if self.lows[i] == mark), None)
        if before is not None and not any(self.is_verb(i) for i in range(before, at)[:2]):
            found = self.phrase_to(before)
            if found and not self.is_verb(before - 1):
                return found
        return self.main_subject(at)

    def main_subject(self, at: int) -> Range | None:
        """Return the subject of the last finite verb before a token, else the first phrase."""
        for verb in range(at - 1, 0, -1):
            if self.is_verb(verb) and self.low(verb - 1) != "to":
                start = self.before_verb(verb)
                if self.low(start - 1) in RELATIVES:
                    start -= 2 if self.low(start - 2) == "," else 1
                if found := self.phrase_to(start):
                    return found
        return self._first_phrase()

    def _first_phrase(self) -> Range | None:
        """Return the first noun phrase that no preposition or participle governs."""
        opening = self.low(0)
        governed = opening in PREPOSITIONS | LINKS or opening.endswith(("ing", "ed"))
        return self.phrase_from(self.lows.index(",") + 1 if governed and "," in self.lows else 0)
