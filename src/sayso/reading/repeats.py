"""Articles that were read before, and paragraphs that stand in an article more than once.

Downloads overlap, and pages repeat themselves: both would be counted twice. Copies in other outlets
are no repeats; :meth:`sayso.Corpus.duplicates` finds those.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field

from sayso.article import Article
from sayso.reading.problem import Problem
from sayso.text.spans import Span

DUPLICATE = "duplicate"
"""The kind of note that an article has which was read before."""
# Paragraphs of so many characters say who they are, and so do texts of so many in such paragraphs:
# of short notices many are alike.
LEAST = 40
LEAST_TEXT = 400
MOST_KEPT = 16
TRIED = 4
SAME = 0.7
REPEATED = 3


@dataclass(slots=True)
class Seen:
    """The paragraphs of the articles read so far, by their digests: about 200 bytes an article."""

    ids: list[str] = field(default_factory=list)
    kept: list[array] = field(default_factory=list)
    holders: dict[int, int] = field(default_factory=dict)

    def find_copy(self, article: Article) -> str | None:
        """Return the id of an earlier article of the same outlet and day with the same text.

        A text shortened or extended by some paragraphs is the same: so are seven in ten of the
        paragraphs of the shorter one. An article that is none is kept for those that follow.
        """
        paras = _paragraphs(article)
        if sum(map(len, paras)) < LEAST_TEXT:
            return None
        own = array("Q", sorted({_digest(article, para) for para in paras}))
        for digest in own[:MOST_KEPT]:
            holder = self.holders.get(digest)
            if holder is not None and _alike(own, self.kept[holder]):
                return self.ids[holder]
        self.ids.append(article.article_id)
        self.kept.append(own[:MOST_KEPT])
        for digest in own[:TRIED]:
            self.holders.setdefault(digest, len(self.ids) - 1)
        return None


def find_repeats(article: Article) -> Problem | None:
    """Return what to tell of an article of which many paragraphs stand in it more than once."""
    paras = _paragraphs(article, article.layout.boilerplate)
    repeated = len(paras) - len(set(paras))
    if repeated < REPEATED:
        return None
    message = f"{repeated} of its paragraphs stand in it more than once"
    return Problem("warning", "repeated text", f"{message}; remove what is there twice")


def _paragraphs(article: Article, others: tuple[Span, ...] = ()) -> list[str]:
    text = article.text
    paras = (" ".join(text[start:end].split()) for start, end in (*article.layout.body, *others))
    return [para for para in paras if len(para) >= LEAST]


def _digest(article: Article, para: str) -> int:
    """Return a number for a paragraph of an outlet on a day."""
    told = f"{article.outlet}\n{article.published.day}\n{para}"
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "big")


def _alike(own: array, other: array) -> bool:
    # Both are the smallest of their digests, in order: up to the lesser end, all are known of both.
    end = min(own[-1], other[-1]) if len(other) == MOST_KEPT else own[-1]
    here = {digest for digest in own if digest <= end}
    there = {digest for digest in other if digest <= end}
    return len(here & there) >= SAME * min(len(here), len(there))
