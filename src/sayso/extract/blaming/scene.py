"""A sentence in which blame is looked for: its words, its quotes, the ties found so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sayso.extract.blaming.clauses import Range, Sentence
from sayso.extract.blaming.tokens import PRONOUNS
from sayso.lexicon.blame import BlameWords
from sayso.lexicon.parties import singular
from sayso.tables.extracted import Quote
from sayso.text.spans import Span

# Where the name of a speaker ends and a description of him begins.
DESCRIBED = re.compile(
    r",? (?:who|which)\b|, (?!.* and [^,]*$)|,(?= (?:an?|the|including|like) )| \("
)


@dataclass(frozen=True, slots=True)
class Tie:
    """One blame tie as spans of the text.

    ``source`` is null where nobody is named; ``outlet`` then tells whether the article itself
    blames. ``stance`` is assert, deny or report; ``score`` is how sure the branch is of it;
    ``rule`` names what found it.
    """

    source: Span | None
    target: Span
    issue: Span | None
    cue: Span
    stance: str = "assert"
    outlet: bool = False
    score: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who blames: a span, or null; then whether that is the article itself."""

    source: Span | None
    outlet: bool = False


NOBODY = Voice(None)


def holding(quotes: Sequence[Quote], span: Span) -> Quote | None:
    """Return the innermost quote whose words hold a span, or None."""
    around = [q for q in quotes if any(a <= span[0] and span[1] <= b for a, b in q.content_spans)]
    return min(around, key=lambda q: q.content_spans[-1][1] - q.content_spans[0][0], default=None)


@dataclass(slots=True)
class Scene:
    """One sentence ``s``, with what the rules of all families need; they add to ``found``."""

    s: Sentence
    quotes: Sequence[Quote]
    words: BlameWords
    roles: frozenset[str]
    found: list[Tie] = field(default_factory=list)

    def kinds(self, place: int) -> set[str]:
        """Return the lists that have the word at a token."""
        return self.words.kinds(self.s.low(place))

    def listed(self, place: int) -> dict[str, int]:
        """Return the lists that have what begins at a token, with how many words that is long."""
        return dict.fromkeys(self.kinds(place), 1) | self.words.phrases(self.s.lows, place)

    def near(self, places: range, *lists: str) -> int | None:
        """Return the first of some tokens that is in one of the lists."""
        return next((i for i in places if self.kinds(i) & set(lists)), None)

    def add(
        self,
        rule: str,
        voice: Voice,
        target: Range | None,
        issue: Span | None,
        cue: Range,
        *,
        stance: str = "assert",
    ) -> None:
        """Add a tie, unless its cue stands in another's issue or nothing fit is blamed."""
        span = self.s.span_of(*cue)
        if target is None or span is None or not self._is_fit(target):
            return
        inside = rule not in ("charge", "criticism") and any(
            t.issue and t.issue[0] <= span[0] and span[1] <= t.issue[1] for t in self.found
        )
        if not inside and all(t.cue != span for t in self.found):
            blamed = self.s.span_of(*target)
            tie = Tie(voice.source, blamed, issue, span, stance, voice.outlet, rule=rule)
            self.found.append(tie)

    def drop(self, cue: Range) -> None:
        """Take back what was found with a cue."""
        span = self.s.span_of(*cue)
        self.found = [tie for tie in self.found if tie.cue != span]

    # -- who speaks

    def quote_by(self, place: int) -> Quote | None:
        """Return the quote whose cue a token belongs to."""
        at = self.s.tokens[place].start
        cued = (q for q in self.quotes if q.cue_span)
        return next((q for q in cued if q.cue_span[0] <= at < q.cue_span[1]), None)

    def spoken(self, place: int) -> Voice:
        """Return who says the words at a token: the innermost quote's speaker, or the article."""
        token = self.s.tokens[place]
        quote = holding(self.quotes, (token.start, token.end))
        return Voice(self.speaker(quote)) if quote else Voice(None, outlet=True)

    def blamer(self, place: int) -> Voice:
        """Return who does what the verb says: its quote's speaker, else its subject."""
        quote = self.quote_by(place)
        if quote and quote.speaker_span:
            return Voice(self.speaker(quote))
        subject = self.s.subject_of(place)
        return Voice(self.s.span_of(*subject)) if subject else self.spoken(place)

    def speaker(self, quote: Quote) -> Span | None:
        """Return a quote's speaker without apposition; for 'who' the one meant by it."""
        if quote.speaker_span is None:
            return None
        start, end = quote.speaker_span
        surface = self.s.text[start:end]
        if surface.casefold() in ("who", "which", "that"):
            place = next((i for i, t in enumerate(self.s.tokens) if t.start == start), None)
            meant = None if place is None else self.s.antecedent(place)
            return self.s.span_of(*meant) if meant else quote.speaker_span
        cut = DESCRIBED.search(surface)
        return (start, start + cut.start()) if cut else (start, end)

    # -- phrases and clauses

    def clause_end(self, place: int) -> int:
        """Return where the clause of a token ends: at the next mark."""
        marks = (i for i in range(place, len(self.s.lows)) if self.s.lows[i] in ",;:—")
        return next(marks, len(self.s.lows))

    def rest(self, place: int) -> Span | None:
        """Return the rest of the clause from a token on."""
        return self.s.span_of(place, self.clause_end(place))

    def reason(self, place: int) -> Span | None:
        """Return what follows 'for', 'of', 'over' at a token: the issue; None without them."""
        begins = self.s.low(place) in self.words.lists["object.issue"]
        return self.rest(place + 1) if begins else None

    def party(self, phrase: Range | None) -> Range | None:
        """Return the party in a phrase: the possessor of an act ('X's remarks'), else all of it."""
        if phrase is None:
            return None
        owners = (i for i in range(phrase[0], phrase[1] - 1) if self.s.tokens[i].is_possessor)
        return phrase[0], next(owners, phrase[1] - 1) + 1

    def owner(self, place: int) -> Range | None:
        """Return the possessor that ends with a token."""
        names = self.s.names_to
        return (names[place + 1], place + 1) if place + 1 in names else self.s.phrase_to(place + 1)

    def is_party(self, phrase: Range | None) -> bool:
        """Whether a phrase names somebody: by a name, a pronoun, an office."""
        if phrase is None:
            return False
        last = self.s.lows[phrase[1] - 1]
        named = any(i in self.s.names_from for i in range(*phrase))
        return named or last in PRONOUNS or singular(last) in self.roles

    def _is_fit(self, phrase: Range) -> bool:
        """Whether a phrase can be blamed: not a bare participle or adverb."""
        if phrase[1] - phrase[0] > 1 or phrase[0] in self.s.names_from:
            return True
        word = self.s.tokens[phrase[0]]
        unfit = "ed" if word.text[0].isupper() else ("ing", "ed", "ly")
        return not word.low.endswith(unfit)

    def is_bad(self, first: int, last: int) -> bool:
        """Whether some tokens tell of a bad outcome."""
        return self.near(range(first, last), "cause.bad") is not None
