"""The same statement in several articles: who says it there, in which words, and when.

Quotes are compared with the quotes of other articles and with what those say outside quotes,
sentence by sentence: :mod:`~sayso.analyze.statements.blocking` finds sentences that share words,
:mod:`~sayso.analyze.statements.similarity` judges them, :mod:`~sayso.analyze.statements.diffs`
tells which words differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from tqdm import tqdm

from sayso.analyze.statements import blocking, diffs
from sayso.analyze.statements.attribution import SAME, UNKNOWN, attribution, speaker_similarity
from sayso.analyze.statements.diffs import Range
from sayso.analyze.statements.duplicates import find_duplicates
from sayso.analyze.statements.similarity import Comparer
from sayso.analyze.statements.spill import Bands
from sayso.analyze.statements.wording import NARRATION, QUOTE, Passage, Wording, Wordings
from sayso.tables.columns import frame
from sayso.tables.compared import StatementPair
from sayso.tables.parts import Each, Parts
from sayso.text.spans import Span

REACH = 20
MOST = 2000
"""So many articles have their words in memory while they are compared."""
PAIRS = 100_000
"""So many pairs of their sentences, which may say the same or not, are judged in one place."""
LIKELY = 0.45
"""Least probability that two sentences of articles on one event say the same."""
LIKELY_AGAIN = 0.75
"""The same for articles on two: far fewer of the candidates say the same there."""
PARAPHRASE = "paraphrase"
SURE = {"verbatim": 0.6, "near": 0.7, PARAPHRASE: 0.8}
"""Least probability of a pair that is sure, by its relation, where both sides have one speaker."""
SURE_ELSE = 0.95
"""The same where they have not; a paraphrase never is."""
RUN = 3
"""So many words in a row are verbatim."""
NEAR, NEAR_PART, NEAR_WORDS = 0.75, 0.6, 4
"""A stretch is near if the two sides share so much of it, if it holds so much of the shorter
sentence, and so many words if that has them."""
BEFORE = 3
"""So many words before a stretch can turn its meaning."""
WHOLE = 0.8
"""A side that has so much of its weight in the shared stretch says no more than that."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two sentences that say the same: ranges in the wording's arrays, relation, how alike."""

    a: Range
    b: Range
    relation: str
    similarity: float
    probability: float


def align_statements(
    corpus: Parts,
    events: pd.Series,
    *,
    narration: bool = True,
    duplicates: bool = True,
    each: Each = map,
) -> pd.DataFrame:
    """Return the pairs of passages of different articles that say the same.

    ``events`` tells by article_id which event an article is about (:mod:`.events`): what is said
    in other words is looked for within an event only. With ``narration``, quotes are also compared
    with what articles say in their own voice. Without ``duplicates``, only the first article of
    each family of near-duplicates (see
    :func:`sayso.analyze.statements.duplicates.find_duplicates`) takes part. In a block of more
    sentences than ``REACH``, each is compared with the next so many, by date: the cost stays
    linear, and all of them still hang together. Articles in another language have no sentences.
    Texts are read part by part and kept on disk; memory holds those of ``MOST`` articles. ``each``
    applies a function to parts of the corpus and of the pairs to be judged, here or elsewhere.

    Columns: those of :class:`sayso.tables.compared.StatementPair`, by side a, then side b. The
    same whatever the order of the articles, and the parts that they stand in.
    """
    names = ["article_id", "outlet", "published"]
    articles = corpus.table("articles", names).sort_values("article_id", ignore_index=True)
    if not duplicates:
        articles = _without_copies(corpus, articles, each)
    ids = articles["article_id"].tolist()
    wordings = Wordings(corpus, ids, narration=narration, each=each)
    facts = articles.assign(about=articles["article_id"].map(events)).to_dict("records")
    rows = [SimpleNamespace(**row) for row in facts]
    rank = articles["published"].rank(method="first", na_option="bottom").to_numpy(np.int64)
    found = [*chain.from_iterable(each(_aligned, _jobs(wordings, rows, rank)))]
    found.sort(key=lambda row: (row.article_id_a, row.start_a, row.article_id_b, row.start_b))
    return frame(StatementPair, found)


def find_pairs(wordings: Wordings, rank: np.ndarray) -> Iterator[np.ndarray]:
    """Yield pairs of segments of different articles that share words; one of each is quoted.

    ``rank`` is the place of each article in the order of dates, in which pairs come, too: by the
    earlier article.
    """
    rows, words, own = Bands(), Bands(), wordings.article_of
    for first, one in wordings.all():
        segment = one.segment_of + first
        blocking.keep_keys(rows, *blocking.sequence_keys(one.word, segment))
        blocking.keep_keys(words, *blocking.word_pair_keys(one.stem, segment, one.weights))
    kept = ((rows, None), (words, blocking.LARGEST))
    for pairs, _ in blocking.pairs_of_many(kept, rank[own], own, reach=REACH):
        pairs = pairs[wordings.quoted[pairs].any(axis=1)]
        earlier = rank[own[pairs]].min(axis=1)
        order = np.argsort(earlier, kind="stable")
        cuts = np.flatnonzero(np.diff(earlier[order])) + 1
        yield from np.split(pairs[order], cuts) if len(pairs) else ()


def _batches(wordings: Wordings, rank: np.ndarray) -> Iterator[tuple[list[int], list[np.ndarray]]]:
    """Yield articles (numbers), ``MOST`` or few more, and the pairs of their segments, in parts.

    All pairs of two articles are in one part; segments are numbered as those of these articles.
    """
    have, held = set(), []
    for pairs in find_pairs(wordings, rank):
        need = set(wordings.article_of[pairs].ravel().tolist())
        if have and len(have | need) > MOST:
            yield _batch(wordings, have, held)
            have, held = set(), []
        have |= need
        held.append(pairs)
    if have:
        yield _batch(wordings, have, held)


def _batch(
    wordings: Wordings, have: set[int], held: list[np.ndarray]
) -> tuple[list[int], list[np.ndarray]]:
    pairs, ends = np.concatenate(held), np.cumsum([len(pairs) for pairs in held])
    numbers = np.array(sorted(have))
    sizes = wordings.firsts[numbers + 1] - wordings.firsts[numbers]
    own = wordings.article_of[pairs]
    starts = (np.cumsum(sizes) - sizes)[np.searchsorted(numbers, own)]
    cuts = ends[np.flatnonzero(np.diff(ends // PAIRS))]
    return numbers.tolist(), np.split(pairs - wordings.firsts[own] + starts, cuts)


def _jobs(
    wordings: Wordings, rows: list[Any], rank: np.ndarray
) -> Iterator[tuple[_Aligner, np.ndarray]]:
    """Yield parts of all pairs, each with what judges it; ``rows`` tell of the articles."""
    told = tqdm(_batches(wordings, rank), "statements", unit="batch", disable=None, leave=False)
    for numbers, parts in told:
        aligner = _Aligner(wordings.of(numbers).alone(), [rows[n] for n in numbers])
        for part in parts:
            yield aligner, part


def _aligned(job: tuple[_Aligner, np.ndarray]) -> list[StatementPair]:
    """Return the rows of some pairs of segments."""
    aligner, pairs = job
    return aligner.rows(pairs)


def _without_copies(corpus: Parts, articles: pd.DataFrame, each: Each) -> pd.DataFrame:
    """Return the articles that are no copies, and of each family of copies the first."""
    found = find_duplicates(corpus, each=each)
    later = {*found["article_id_a"], *found["article_id_b"]} - set(found["family"])
    return articles[~articles["article_id"].isin(later)].reset_index(drop=True)


class _Aligner:
    """Judges pairs of segments and makes rows of those that say the same."""

    def __init__(self, wording: Wording, articles: list[Any]) -> None:
        self._wording = wording
        self._quotes = wording.quotes
        self._articles = articles
        self._comparer = Comparer(wording)
        heavy = wording.weights[wording.stem] + diffs.FILLER
        self._weight = np.concatenate([[0.0], np.cumsum(heavy, dtype=np.float64)])
        self._cuts = np.searchsorted(wording.owner, np.arange(len(wording.passages) + 1))

    def rows(self, pairs: np.ndarray) -> list[StatementPair]:
        """Return the rows of all pairs that say the same."""
        found: dict[tuple[int, int], list[Match]] = {}
        for first, second in self._comparer.prune(pairs).tolist():
            # A quote stands before narration, else the order is the corpus's.
            sides = (first, second) if self._wording.quoted[first] else (second, first)
            if match := self._match(*sides):
                key = tuple(int(self._wording.owner[segment]) for segment in sides)
                found.setdefault(key, []).append(match)
        chosen = {key: _apart(matches) for key, matches in sorted(found.items())}
        return [self._row(*key, chosen[key]) for key in self._innermost(chosen)]

    def _match(self, first: int, second: int) -> Match | None:
        """Return the match of two segments, or None if they hardly say the same."""
        one, other = (self._wording.passages[self._wording.owner[n]] for n in (first, second))
        speaker = 0.0
        if other.quote >= 0:
            speaker = speaker_similarity(self._quotes[one.quote], self._quotes[other.quote])
        features = self._comparer.compare(first, second, speaker=speaker)
        probability, together = float(features.probability()), self._together(one, other)
        if probability < (LIKELY if together else LIKELY_AGAIN):
            return None
        match = self._stretch(first, second, float(features.agreement), probability)
        return None if match and match.relation == PARAPHRASE and not together else match

    def _together(self, one: Passage, other: Passage) -> bool:
        """Whether two passages stand in articles on one event."""
        return self._articles[one.article].about == self._articles[other.article].about

    def _stretch(
        self, first: int, second: int, agreement: float, probability: float
    ) -> Match | None:
        """Return what corresponds in two segments: a stretch in order, or else all of them.

        None if the one denies in the same words what the other says.
        """
        wording = self._wording
        a, b, share = diffs.best_stretch(wording, first, second)
        sides = [wording.segment(n) for n in (first, second)]
        least = min(self._weigh((side.start, side.stop)) for side in sides)
        words = min(NEAR_WORDS, *(side.stop - side.start for side in sides))
        if share >= NEAR and self._weigh(a) >= NEAR_PART * least and a[1] - a[0] >= words:
            if self._denies((a, b), sides):
                return None
            same = np.array_equal(wording.word[slice(*a)], wording.word[slice(*b)])
            return Match(a, b, "verbatim" if same else "near", share, probability)
        whole = [(side.start, side.stop) for side in sides]
        return Match(*whole, PARAPHRASE, agreement, probability)

    def _denies(self, ranges: tuple[Range, Range], sides: list[slice]) -> bool:
        """Whether a negation stands in the stretch, or just before it, on one side only.

        A side that begins with the stretch may have left the negation out of the quote.
        """
        if len({self._comparer.negated(*own) for own in ranges}) > 1:
            return True
        before = [
            self._comparer.negated(max(side.start, own[0] - BEFORE), own[0])
            for own, side in zip(ranges, sides, strict=True)
        ]
        cut = [own[0] == side.start for own, side in zip(ranges, sides, strict=True)]
        return before[0] != before[1] and not cut[before.index(False)]

    def _weigh(self, side: Range) -> float:
        return float(self._weight[side[1]] - self._weight[side[0]])

    def _whole(self, passage: int) -> Range:
        """Return the range of all words of a passage."""
        first, after = self._cuts[passage], self._cuts[passage + 1]
        return int(self._wording.cuts[first]), int(self._wording.cuts[after])

    def _innermost(self, chosen: dict[tuple[int, int], list[Match]]) -> Iterator[tuple[int, int]]:
        """Yield the pairs, those left out whose words are a nested quote's in another pair."""
        passages = self._wording.passages

        def of_articles(key: tuple[int, int]) -> tuple[int, int]:
            return tuple(passages[n].article for n in key)

        for _, group in groupby(sorted(chosen, key=of_articles), key=of_articles):
            keys = list(group)
            extents = {key: self._extents(chosen[key]) for key in keys}
            for key in keys:
                if not any(
                    _within(extents[key], extents[other])
                    and (extents[key] != extents[other] or self._nests(key, other))
                    for other in keys
                    if other != key
                ):
                    yield key

    def _extents(self, matches: list[Match]) -> tuple[tuple[int, int], ...]:
        """Return from where to where in their texts the two sides of matches reach."""
        start, end = self._wording.start, self._wording.end
        sides = sorted(match.a for match in matches), sorted(match.b for match in matches)
        return tuple((int(start[side[0][0]]), int(end[side[-1][1] - 1])) for side in sides)

    def _nests(self, key: tuple[int, int], other: tuple[int, int]) -> bool:
        """Whether the quotes of one pair hold those of another, which say the same words."""
        sizes = [sum(self._weigh(self._whole(n)) for n in pair) for pair in (key, other)]
        return (sizes[0], key) > (sizes[1], other)

    def _row(self, first: int, second: int, matches: list[Match]) -> StatementPair:
        wording = self._wording
        a = self._side(wording.passages[first], [match.a for match in matches])
        b = self._side(wording.passages[second], [match.b for match in matches])
        steps = [step for m in matches for step in diffs.wording_diff(wording, m.a, m.b)]
        sides = [wording.passages[n].article for n in (first, second)]
        (one, other), texts = (
            [of[n] for n in sides] for of in (self._articles, self._wording.texts)
        )
        relations = {match.relation for match in matches}
        relation = relations.pop() if len(relations) == 1 else "near"
        probability = self._average(matches, "probability")
        told = self._attribution(first, second)
        return StatementPair(
            pair_id=f"{a['quote_id']}~{b['quote_id'] or other.article_id + '-n' + str(b['start'])}",
            voice_b=self._voice(wording.passages[second], matches),
            relation=relation,
            sure=_sure(relation, probability, told),
            extent=self._extent(first, second, matches),
            similarity=round(self._average(matches, "similarity"), 3),
            probability=round(probability, 3),
            attribution=told,
            verbatim_a=_verbatim(a, texts[0], [span for kind, span, _ in steps if kind == "equal"]),
            verbatim_b=_verbatim(b, texts[1], [s for kind, _, s in steps if kind == "equal"]),
            wording=tuple(kind for kind, _, _ in steps),
            wording_spans_a=tuple(span for _, span, _ in steps),
            wording_spans_b=tuple(span for _, _, span in steps),
            days_apart=(other.published - one.published).days,
            event="one" if one.about == other.about else "again",
            **{f"{name}_a": value for name, value in a.items()},
            **{f"{name}_b": value for name, value in b.items()},
        )

    def _attribution(self, first: int, second: int) -> str:
        """Return whether both sides are given to one speaker."""
        passages = [self._wording.passages[n] for n in (first, second)]
        if passages[1].quote < 0:
            return UNKNOWN
        quotes = [self._quotes[passage.quote] for passage in passages]
        texts = [self._wording.texts[passage.article] for passage in passages]
        return attribution(*quotes, tuple(texts))

    def _side(self, passage: Passage, shared: list[Range]) -> dict[str, Any]:
        """Return the columns that a row has for each side, by their names without the side."""
        article, said = self._articles[passage.article], self._wording.texts[passage.article]
        quote = self._quotes[passage.quote] if passage.quote >= 0 else None
        return {
            "quote_id": getattr(quote, "quote_id", None),
            "article_id": article.article_id,
            "outlet": article.outlet,
            "text": " ... ".join(said[start:end] for start, end in passage.spans),
            "spans": tuple(span for own in shared for span in diffs.spans_of(self._wording, own)),
            "speaker": getattr(quote, "speaker", None),
            "via": getattr(quote, "via", None),
            "cue": getattr(quote, "cue", None),
            "stance": getattr(quote, "cue_stance", None),
            "published": article.published,
            "start": passage.spans[0][0],
            "end": passage.spans[-1][1],
        }

    def _voice(self, passage: Passage, matches: list[Match]) -> str:
        """Return whose words side b is: narration between quotation marks is a quote, too."""
        if passage.quote >= 0:
            return QUOTE
        marked = np.concatenate([self._wording.marked[slice(*match.b)] for match in matches])
        return "unattributed" if marked.mean() > 0.5 else NARRATION

    def _average(self, matches: list[Match], name: str) -> float:
        weights = [self._weigh(match.a) + self._weigh(match.b) for match in matches]
        return float(np.average([getattr(match, name) for match in matches], weights=weights))

    def _extent(self, first: int, second: int, matches: list[Match]) -> str:
        """Return whether the sides say no more than what they share."""
        shared_a = sum(self._weigh(match.a) for match in matches)
        shared_b = sum(self._weigh(match.b) for match in matches)
        whole_a = shared_a >= WHOLE * self._weigh(self._whole(first))
        whole_b = shared_b >= WHOLE * self._weigh(self._whole(second))
        if whole_a and whole_b:
            return "whole"
        return "a_shorter" if whole_a else "b_shorter" if whole_b else "part"


def _apart(matches: list[Match]) -> list[Match]:
    """Return the best matches of two passages that do not overlap, in order."""
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda m: (-m.similarity * (m.a[1] - m.a[0]), m.a, m.b)):
        if all(_free(match.a, old.a) and _free(match.b, old.b) for old in chosen):
            chosen.append(match)
    return sorted(chosen, key=lambda match: match.a)


def _free(one: Range, other: Range) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]


def _within(extents, others) -> bool:
    """Whether both sides lie inside another pair's sides."""
    return all(
        inner[0] >= outer[0] and inner[1] <= outer[1]
        for inner, outer in zip(extents, others, strict=True)
    )


def _sure(relation: str, probability: float, told: str) -> bool:
    """Whether pairs like this one, when they are read, nearly always say the same."""
    if told == SAME:
        return probability >= SURE[relation]
    return relation != PARAPHRASE and probability >= SURE_ELSE


def _verbatim(side: dict[str, Any], text: str, equal: list[Span]) -> float:
    """Return how much of a side the other has word for word, by characters."""
    runs = [text[start:end] for start, end in equal]
    same = sum(len(run) for run in runs if len(run.split()) >= RUN)
    return round(min(same / max(len(side["text"]), 1), 1.0), 3)
