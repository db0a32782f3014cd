"""Score blame on articles that were read whole (``data/blame_articles.jsonl``, part 'kept').

The data: their texts, a line an article (``article_id``, ``headline``, ``text``), from the
collection of Baly et al. 2020. What is compared is a tie's sentence, blamer and target: by the
words that name them or by their names. A tie that the reader was unsure of need not be found, but
is right if it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.attribution.score import read_gold
from sayso.article import Article, Layout
from sayso.extract import extract
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.paths import data_path
from sayso.text.marks import paragraphs
from sayso.text.spans import Span

ANNOTATIONS = "blame_articles.jsonl"
CONFLICTS = ("Gaza", "Shutdowns", "Ukraine")
"""Parts of articles on one conflict each: is blame on either side found as often?"""
UNNAMED = {"(outlet)", "(nobody)"}
# Words that do not tell two names apart.
TITLES = {"the", "a", "an", "of", "and", "mr", "mrs", "ms", "party"}
TITLES |= {"president", "senator", "sen", "rep", "gov", "secretary"}


@dataclass(frozen=True, slots=True)
class Told:
    """A tie as it is compared: in which sentence, by whom, of whom; words and names."""

    sentence: int
    source: Span | None
    blamer: str
    target: Span
    name: str
    stance: str
    sure: bool = True
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Read:
    """An article with a reader's ties, a second reader's if there is one, and those found."""

    first: list[Told]
    second: list[Told] | None
    found: list[Told]


def whole_text(article: dict) -> str:
    """Return the text that the annotations are offsets into: headline, blank line, text."""
    return f"{(article['headline'] or '').strip()}\n\n{article['text']}".strip()


def annotations() -> Iterator[dict]:
    """Yield what each reader found in each article."""
    yield from map(json.loads, data_path(ANNOTATIONS).read_text(encoding="utf-8").splitlines())


def read_articles(path: Path, parts: Sequence[str]) -> dict[str, list[Read]]:
    """Return the articles of parts of ``data/blame_articles.jsonl``, given their texts."""
    read: dict[str, list[dict]] = {}
    for row in (row for row in annotations() if row["part"] in parts):
        read.setdefault(row["doc"], []).append(row)
    articles: dict[str, list[Read]] = {part: [] for part in parts}
    for article in read_gold(path):
        if rows := read.get(article["article_id"]):
            text = whole_text(article)
            first, *others = sorted(rows, key=lambda row: row["reader"])
            second = told_in(others[0]) if others else None
            read_whole = Read(told_in(first), second, _found(first, text))
            articles[first["part"]].append(read_whole)
    return articles


def told_in(row: dict) -> list[Told]:
    """Return the ties that a reader has in an article."""
    return [
        Told(
            tie["sentence"],
            tie["source"] and tuple(tie["source"]),
            tie["blamer"],
            tuple(tie["target"]),
            tie["target_name"],
            tie["stance"],
            tie["sure"],
        )
        for tie in row["ties"]
    ]


def _found(row: dict, text: str) -> list[Told]:
    """Return the ties that are found in the sentences that were read."""
    article = Article(row["doc"], text, layout=Layout(body=tuple(paragraphs(text))))
    rows = extract(read_document(article, lexicon(), encoder(1)), ["blames"])["blames"]
    found = []
    for blame in rows:
        nobody = "(outlet)" if blame.blamer_kind == "outlet" else "(nobody)"
        here = (n for n, (start, end) in enumerate(row["read"]) if start <= blame.cue_span[0] < end)
        if (number := next(here, None)) is not None:
            tie = Told(
                number,
                blame.blamer_span,
                blame.blamer or nobody,
                blame.target_span,
                blame.target or "?",
                blame.stance,
                confidence=blame.confidence,
            )
            found.append(tie)
    return found


def score(articles: Sequence[Read]) -> pd.DataFrame:
    """Return how well ties are found, and how far two readers agree.

    Columns: measure, precision, recall, f1, gold, predicted.
    """
    kinds = {
        "tie": {"names": False, "blamers": True},
        "tie, canonical names": {"names": True, "blamers": True},
        "target": {"names": False, "blamers": False},
    }
    rows = []
    for measure, how in kinds.items():
        rows.append({"measure": measure} | _counts([(a.first, a.found) for a in articles], **how))
    twice = [(a.first, a.second) for a in articles if a.second is not None]
    for measure, how in list(kinds.items())[:2] if twice else ():
        rows.append({"measure": f"second reader: {measure}"} | _counts(twice, strict=True, **how))
    rows.append({"measure": "stance of the matched"} | _stance(articles))
    rows += [_by_stance(articles, stance) for stance in ("assert", "deny", "report")]
    rows += [_recall_on(articles, name) for name in _most_blamed(articles)]
    return pd.DataFrame(rows)


def _most_blamed(articles: Sequence[Read]) -> list[str]:
    """Return the two targets that most blame is laid on: who gains if one is found more often."""
    told = Counter(tie.name for a in articles for tie in a.first if tie.sure)
    most = [name for name, _ in told.most_common()]
    return most[:1] + [name for name in most if not _alike(name, most[0])][:1]


def _recall_on(articles: Sequence[Read], name: str) -> dict:
    """Return how much of the blame on a target is found, whatever name it is found by."""
    hit = gold = 0
    for article in articles:
        sure = [tie for tie in article.first if tie.sure]
        here = {i for i, tie in enumerate(sure) if _alike(tie.name, name)}
        gold += len(here)
        hit += sum(i in here for i, _ in matched(sure, article.found))
    return {
        "measure": f"tie, on {name}",
        "recall": hit / max(1, gold),
        "gold": gold,
        "predicted": hit,
    }


def _by_stance(articles: Sequence[Read], stance: str) -> dict:
    pairs = [
        ([t for t in a.first if t.stance == stance], [t for t in a.found if t.stance == stance])
        for a in articles
    ]
    return {"measure": f"tie, {stance}"} | _counts(pairs, names=False, blamers=True)


def _counts(pairs, *, names: bool, blamers: bool, strict: bool = False) -> dict:
    hit = gold = right = found = 0
    for told, seen in pairs:
        sure = [t for t in told if t.sure or strict]
        hit += len(matched(sure, seen, names=names, blamers=blamers))
        gold += len(sure)
        right += len(matched(told, seen, names=names, blamers=blamers))
        found += len(seen)
    return _figures(hit, gold, right, found)


def _figures(hit: int, gold: int, right: int, found: int) -> dict:
    precision, recall = right / max(1, found), hit / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1, "gold": gold, "predicted": found}


def _stance(articles: Sequence[Read]) -> dict:
    pairs = [(a.first[i], a.found[j]) for a in articles for i, j in matched(a.first, a.found)]
    same = sum(one.stance == other.stance for one, other in pairs)
    share = same / max(1, len(pairs))
    return {"precision": share, "gold": len(pairs), "predicted": same}


def matched(
    told: Sequence[Told], seen: Sequence[Told], *, names: bool = False, blamers: bool = True
) -> list[tuple[int, int]]:
    """Return one-to-one pairs of like ties, those of the same stance first."""
    pairs, used = [], set()
    for i, tie in enumerate(told):
        fits = [
            (tie.stance != other.stance, j)
            for j, other in enumerate(seen)
            if j not in used
            and tie.sentence == other.sentence
            and _same_target(tie, other, names)
            and (not blamers or _same_blamer(tie, other, names))
        ]
        if fits:
            used.add(min(fits)[1])
            pairs.append((i, min(fits)[1]))
    return pairs


def _same_target(one: Told, other: Told, names: bool) -> bool:
    alike = _alike(one.name, other.name)
    return alike or (not names and _meet(one.target, other.target))


def _same_blamer(one: Told, other: Told, names: bool) -> bool:
    if one.blamer in UNNAMED or other.blamer in UNNAMED:
        return one.blamer in UNNAMED and other.blamer in UNNAMED
    met = not names and one.source and other.source and _meet(one.source, other.source)
    return bool(met) or _alike(one.blamer, other.blamer)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _alike(one: str, other: str) -> bool:
    return bool(_words(one) & _words(other))


def _words(name: str) -> set[str]:
    words = re.findall(r"\w+", re.sub(r"['’]s\b", "", name.casefold()))
    return {word for word in words if word not in TITLES} or set(words)


def run(path: Path) -> pd.DataFrame:
    """Return the figures (see :func:`score`); ``path`` has the articles that were read.

    That is the collection of Baly et al. 2020: ``article_id``, ``headline``, ``text`` a line.
    """
    articles = read_articles(path, ("kept", *CONFLICTS))
    tables = [score(articles["kept"])]
    for part in CONFLICTS:
        table = score(articles[part])
        rows = table[table["measure"].eq("tie") | table["measure"].str.startswith("tie, on")]
        tables.append(rows.assign(measure=f"{part}: " + rows["measure"]))
    return pd.concat(tables, ignore_index=True)


def data(path: Path) -> list[Path]:
    """Return the files that the figures rest on: the articles, and what was read in them."""
    return [path, data_path(ANNOTATIONS)]
