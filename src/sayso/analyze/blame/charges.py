"""Charges and answers: who is blamed for what across articles, who denies it, who leaves that out.

A charge is a target and an issue. Ties on one target belong together where their issues say the
same: each is at least ``SIMILAR`` to the mean of those before it. Ties that tell no issue make a
charge of their own in each article: they never join what two articles tell. A denial answers the
charge that its own words name; where they name none ('the allegations'), or the article's charges
do not, the one that stands nearest before it in its article, else after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sayso.analyze.groups import groups, ranked
from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import singular
from sayso.model.vectors import SIZE, sentence_vectors
from sayso.tables.columns import frame
from sayso.tables.compared import Charge
from sayso.text.words import WORD

SIMILAR = 0.62
"""Least similarity (cosine) of an issue with the charge that it belongs to."""

# Columns of charges: who makes and denies them how often, and which outlets carry the denial.
MADE = ["target", "issue", "blamers", "deniers"]
MADE += ["n_asserted", "n_reported", "n_denied", "n_articles", "n_answered"]
DENIED = ["target", "issue", "outlets_answered", "outlets_unanswered"]
DENIED += ["first_published", "last_published"]
# 'the charge', 'any wrongdoing': words for an issue that do not say which.
VAGUE = frozenset(load_toml("blame.toml")["vague"])
LITTLE = {"the", "a", "an", "any", "all", "such", "these", "those", "this", "that", "of", "some"}
LITTLE |= {"it", "so", "his", "her", "its", "their", "against", "him", "them"}


@dataclass(slots=True)
class _Group:
    """The ties of one charge; ``issue`` is its first wording, ``total`` the sum of all vectors.

    Without an issue it is a charge within one ``article``.
    """

    target: str
    issue: str | None
    article: str | None
    total: np.ndarray
    charges: list[Any] = field(default_factory=list)
    denials: list[Any] = field(default_factory=list)


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
    found = []
    for target, own in blames.dropna(subset="target").groupby("target", sort=True):
        found += _charges_on(target, list(own.itertuples()))
    rows = [_row(group, press, dates) for group in found]
    rows.sort(key=lambda row: (-len(row.outlets), -row.n_articles, row.charge_id))
    return frame(Charge, rows)


def _charges_on(target: str, ties: list[Any]) -> list[_Group]:
    """Return the charges on one target, with their denials."""
    issues = [None if pd.isna(tie.issue) or _is_vague(tie.issue) else tie.issue for tie in ties]
    vectors = sentence_vectors([issue or "" for issue in issues])
    rows = list(zip(ties, issues, vectors, strict=True))
    used = Counter(issue.casefold() for issue in issues if issue)

    def standing(row: tuple) -> tuple:
        """Order ties: those of the most used wordings come first, then the shortest."""
        tie, issue, _ = row
        return -used[(issue or "").casefold()], len(issue or ""), tie.blame_id

    found: list[_Group] = []
    for tie, issue, vector in sorted(rows, key=standing):
        if tie.stance != "deny":
            _join(found, tie, issue, vector).charges.append(tie)
    for tie, issue, vector in rows:
        if tie.stance == "deny":
            answered = _answered(found, tie, issue, vector)
            group = answered or _join(found, tie, issue, vector)
            group.denials.append(tie)
    return found


def _is_vague(issue: str) -> bool:
    words = [w.casefold() for w in WORD.findall(issue) if w.casefold() not in LITTLE]
    return all(singular(word) in VAGUE for word in words)


def _join(found: list[_Group], tie: Any, issue: str | None, vector: np.ndarray) -> _Group:
    """Return the charge that a tie belongs to: the most similar, else a new one."""
    if issue is None:
        alike = (g for g in found if g.issue is None and g.article == tie.article_id)
        group = next(alike, None)
    else:
        group = _most_similar(found, vector)
    if group is None:
        within = tie.article_id if issue is None else None
        group = _Group(tie.target, issue, within, np.zeros(SIZE, np.float32))
        found.append(group)
    if issue is not None:
        group.total = group.total + vector
    return group


def _most_similar(found: list[_Group], vector: np.ndarray) -> _Group | None:
    if not found:
        return None
    totals = np.stack([group.total for group in found])
    similarity = totals @ vector / np.maximum(np.linalg.norm(totals, axis=1), 1e-9)
    best = int(similarity.argmax())
    return found[best] if similarity[best] >= SIMILAR else None


def _answered(found: list[_Group], denial: Any, issue: str | None, vector) -> _Group | None:
    """Return the charge that a denial answers, or None.

    One that tells what it denies answers no charge that tells something else.
    """
    if issue is not None and (group := _most_similar(found, vector)):
        return group
    near = [
        (tie.cue_span[0] > denial.cue_span[0], abs(tie.cue_span[0] - denial.cue_span[0]), number)
        for number, group in enumerate(found)
        for tie in group.charges
        if tie.article_id == denial.article_id and (issue is None or group.issue is None)
    ]
    return found[min(near)[-1]] if near else None


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
