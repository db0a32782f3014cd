"""Charges and answers: who is blamed for what across articles, who denies it, who leaves that out.

A charge is a target and an issue. Ties on one target belong together where their issues say the
same: each is at least ``SIMILAR`` to the mean of those before it. Ties that tell no issue make a
charge of their own in each article: they never join what two articles tell. A denial answers the
charge that its own words name; where they name none ('the allegations'), or the article's charges
do not, the one that stands nearest before it in its article, else after it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.lexicon.blame import blame_words
from sayso.model.vectors import sentence_vectors
from sayso.tables.columns import frame
from sayso.tables.compared import Charge
from sayso.text.words import WORD

SIMILAR = 0.62
"""Least similarity (cosine) of an issue with the charge that it belongs to."""
AT_ONCE = 64  # issues

READ = ("blame_id", "article_id", "blamer", "target", "issue", "stance", "cue_span")  # of ties
# Columns of charges: who makes and denies them how often, and which outlets carry the denial.
MADE = ["target", "issue", "blamers", "deniers"]
MADE += ["n_asserted", "n_reported", "n_denied", "n_articles", "n_answered"]
DENIED = ["target", "issue", "outlets_answered", "outlets_unanswered"]
DENIED += ["first_published", "last_published"]
# 'the charge', 'any wrongdoing': words for an issue that do not say which.
VAGUE = {"deny.of", "noun.charges", "noun.blames"}
LITTLE = {"the", "a", "an", "any", "all", "such", "these", "those", "this", "that", "of", "some"}
LITTLE |= {"it", "so", "his", "her", "its", "their", "against", "him", "them"}


@dataclass(slots=True)
class _Group:
    """The ties of one charge; ``issue`` is its first wording, null where none is told.

    ``place`` tells when it was found, of all on its target.
    """

    target: str
    issue: str | None
    place: int
    charges: list[Any] = field(default_factory=list)
    denials: list[Any] = field(default_factory=list)


class _Sums:
    """Sums of vectors that say the same; ``vectors`` are asked for in their order, each once.

    How similar ``AT_ONCE`` of them are to every sum is told at once, then anew of each that grows.
    """

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors, self._sums = vectors, np.zeros_like(vectors)
        self._lengths = np.zeros(len(vectors), np.float32)
        self._asked = self._n = 0

    def nearest(self) -> int | None:
        """Return the sum that the next vector is most similar to, None if to none enough."""
        at, n = self._asked % AT_ONCE, self._n
        if not at:
            self._block = self._vectors[self._asked : self._asked + AT_ONCE]
            self._similar = np.empty((len(self._block), n + len(self._block)), np.float32)
            self._similar[:, :n] = self._block @ self._sums[:n].T / self._lengths[:n]
        self._asked += 1
        best = int(self._similar[at, :n].argmax()) if n else None
        return best if n and self._similar[at, best] >= SIMILAR else None

    def add(self, number: int | None) -> None:
        """Add the vector that was asked for last to a sum, or begin a sum with it."""
        if number is None:
            number, self._n = self._n, self._n + 1
        self._sums[number] += self._vectors[self._asked - 1]
        self._lengths[number] = max(np.linalg.norm(self._sums[number]), 1e-9)
        self._similar[:, number] = self._block @ self._sums[number] / self._lengths[number]


class _Charges:
    """The charges ``found`` on one target; ``vectors`` are those of the issues to be added."""

    def __init__(self, target: str, vectors: np.ndarray) -> None:
        self.found: list[_Group] = []
        self._target, self._sums = target, _Sums(vectors)
        self._worded: list[_Group] = []
        # By article: its charge without an issue, and its ties with their charges.
        self._vague: dict[str, _Group] = {}
        self._ties: dict[str, list[tuple[Any, _Group]]] = defaultdict(list)

    def charge(self, tie: Any, issue: str | None) -> None:
        """Add a tie that blames, to the charge that says most nearly the same, else a new one."""
        number = self._sums.nearest() if issue else None
        if number is None:
            group = self._own(tie, issue)
        else:
            group = self._worded[number]
            self._sums.add(number)
        group.charges.append(tie)
        self._ties[tie.article_id].append((tie, group))

    def deny(self, tie: Any, issue: str | None) -> None:
        """Add a denial, when all that blames was added: to the charge that it answers.

        One that tells what it denies answers no charge that tells something else.
        """
        number = self._sums.nearest() if issue else None
        if number is None:
            group = self._near(tie, issue) or self._own(tie, issue)
        else:
            group = self._worded[number]
        group.denials.append(tie)

    def _own(self, tie: Any, issue: str | None) -> _Group:
        """Return the article's charge without an issue, or a new one."""
        if issue is None and tie.article_id in self._vague:
            return self._vague[tie.article_id]
        group = _Group(self._target, issue, len(self.found))
        self.found.append(group)
        if issue is None:
            self._vague[tie.article_id] = group
        else:
            self._worded.append(group)
            self._sums.add(None)
        return group

    def _near(self, denial: Any, issue: str | None) -> _Group | None:
        """Return the charge that stands nearest before a denial in its article, else after it."""
        at = denial.cue_span[0]
        near = [
            (tie.cue_span[0] > at, abs(tie.cue_span[0] - at), group.place)
            for tie, group in self._ties.get(denial.article_id, ())
            if issue is None or group.issue is None
        ]
        return self.found[min(near)[-1]] if near else None


def find_charges(
    blames: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet"
) -> pd.DataFrame:
    """Return what whom is charged with across the articles, and who answers it where.

    ``by`` names what counts as an outlet: 'outlet', 'agency', 'month' or 'article_id'.

    Columns: those of :class:`sayso.tables.compared.Charge`; those of most outlets first, then of
    most articles.

    Notes
    -----
    Ties whose target could not be resolved ('they') are left out. Ties that tell no issue ('was
    accused') make one charge a target and article, with a null issue. Targets are compared by name:
    a country and its government's decision are two targets.
    """
    press = dict(zip(articles["article_id"], groups(articles, articles, by), strict=True))
    dates = dict(zip(articles["article_id"], articles["published"], strict=True))
    rows = []
    for target, own in blames[[*READ]].dropna(subset="target").groupby("target", sort=True):
        found = _charges_on(target, list(own.itertuples()))
        rows += [_row(group, press, dates) for group in found]
    rows.sort(key=lambda row: (-len(row.outlets), -row.n_articles, row.charge_id))
    return frame(Charge, rows)


def _charges_on(target: str, ties: list[Any]) -> list[_Group]:
    """Return the charges on one target, with their denials."""
    issues = [None if pd.isna(tie.issue) or _is_vague(tie.issue) else tie.issue for tie in ties]
    used = Counter(issue.casefold() for issue in issues if issue)

    def standing(row: tuple) -> tuple:
        """Order ties: those of the most used wordings come first, then the shortest."""
        tie, issue = row
        return -used[(issue or "").casefold()], len(issue or ""), tie.blame_id

    rows = list(zip(ties, issues, strict=True))
    blaming = sorted((row for row in rows if row[0].stance != "deny"), key=standing)
    denying = [row for row in rows if row[0].stance == "deny"]
    told = [issue for _, issue in [*blaming, *denying] if issue]
    charges = _Charges(target, sentence_vectors(told))
    for row in blaming:
        charges.charge(*row)
    for row in denying:
        charges.deny(*row)
    return charges.found


def _is_vague(issue: str) -> bool:
    words = [w.casefold() for w in WORD.findall(issue) if w.casefold() not in LITTLE]
    return all(blame_words().kinds(word) & VAGUE for word in words)


def _row(group: _Group, press: dict, dates: dict) -> Charge:
    ties = group.charges or group.denials
    told = {tie.article_id for tie in group.charges}
    answered = {tie.article_id for tie in group.denials}
    outlets = {press[a] for a in told if press[a]}
    answering = {press[a] for a in answered}
    days = [dates[a] for a in told if pd.notna(dates[a])]
    return Charge(
        charge_id=min(tie.blame_id for tie in ties),
        target=group.target,
        issue=group.issue,
        blamers=_names(group.charges),
        deniers=_names(group.denials),
        n_asserted=sum(tie.stance == "assert" for tie in group.charges),
        n_reported=sum(tie.stance == "report" for tie in group.charges),
        n_denied=len(group.denials),
        n_articles=len(told),
        n_answered=len(told & answered),
        outlets=tuple(sorted(outlets)),
        outlets_answered=tuple(sorted(outlets & answering)),
        outlets_unanswered=tuple(sorted(outlets - answering)),
        first_published=min(days, default=None),
        last_published=max(days, default=None),
        blame_ids=tuple(sorted(tie.blame_id for tie in group.charges)),
        denial_ids=tuple(sorted(tie.blame_id for tie in group.denials)),
    )


def _names(ties: Iterable[Any]) -> tuple[str, ...]:
    """Return who makes the ties, those of most first; nobody and the outlet have no name."""
    counts = Counter(tie.blamer for tie in ties if pd.notna(tie.blamer))
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def made(charges: pd.DataFrame) -> pd.DataFrame:
    """Return charges with who makes and who denies them, and how often: the columns ``MADE``."""
    return charges[MADE]


def denied(charges: pd.DataFrame) -> pd.DataFrame:
    """Return the charges that somebody denies, with who carries that: the columns ``DENIED``."""
    return charges.loc[charges["n_denied"] > 0, DENIED]


def answers(charges: pd.DataFrame) -> pd.DataFrame:
    """Return how many charges each outlet carries with an answer, and without.

    Columns: outlet, n_charges, with_answer, left_out (denied elsewhere in the corpus, not
    here), no_answer_known (nobody denies it in any article). Most charges first.
    """
    told = charges.explode("outlets").dropna(subset="outlets")
    pairs = zip(told["outlets"], told["outlets_answered"], strict=True)
    here = np.array([outlet in answering for outlet, answering in pairs], bool)
    anywhere = told["n_denied"].to_numpy() > 0
    ways = {"n_charges": True, "with_answer": here}
    ways |= {"left_out": anywhere & ~here, "no_answer_known": ~anywhere}
    table = pd.DataFrame(ways, told["outlets"]).groupby(level=0).sum()
    return table.loc[ranked(table["n_charges"])].reset_index(names="outlet")
