"""Score canonical speakers against BASIL (Fan et al. 2019): quoted spans with a named speaker.

People marked spans that favour or disfavour someone; where such a span is quoted, they named
who speaks ("Donald_Trump"). A name is right if its last word, or for a group its first word, is in
the speaker that the covering quote has. Some labels are groups ("House_Democrats") where the text
names one of them: those whose affiliation is the group are counted apart.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

import sayso
from benchmarks.attribution.score import read_gold
from benchmarks.speakers.told import untold
from sayso.article import Article
from sayso.extract.document import Document, read_document
from sayso.extract.quotes import extract
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article
from sayso.text.names import plain, taken_apart

COVERED = 0.5
COLUMNS = ["article_id", "text", "gold", "speaker", "affiliation", "covered", "right", "affiliated"]
COLUMNS += ["person"]


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the figures on a file in the format of ``basil_dev.jsonl.gz``.

    Returns
    -------
    DataFrame
        One row: spans, covered (share with a quote over at least half of them), right (share of the
        covered ones whose speaker is right), right_or_affiliated (the same, and those whose
        affiliation is the group that the label names), unresolved (share of the covered without a
        speaker), right_of_persons (share of those covered whose label ends with the last name of a
        person that the article names); persons_quotes (all quotes of persons, the articles read as
        one corpus) and untold (share of them with a first name that the article never tells).

    Raises
    ------
    ValueError
        If no path is given.
    """
    if path is None:
        raise ValueError("speakers needs a path: a JSONL file of BASIL articles with annotations")
    table = compare(path)
    covered = table[table.covered]
    persons = covered[covered.person]
    corpus = sayso.read(path)
    n_quotes = int((corpus.quotes["speaker_kind"] == "person").sum())
    figures = {
        "spans": len(table),
        "covered": table.covered.mean(),
        "right": covered.right.mean(),
        "right_or_affiliated": (covered.right | covered.affiliated).mean(),
        "unresolved": covered.speaker.isna().mean(),
        "right_of_persons": persons.right.mean(),
        "persons_quotes": n_quotes,
        "untold": len(untold(corpus)) / n_quotes if n_quotes else 0.0,
    }
    return pd.DataFrame([figures])


def compare(path: Path) -> pd.DataFrame:
    """Return a row for each quoted span with a named speaker, with the speaker that was found."""
    rows = []
    for story in read_gold(path):
        named = [a for a in story["annotations"] if _has_speaker(a)]
        if named:
            article = build_article(story["text"], article_id=story["article_id"])
            document = read_document(article, lexicon(), encoder(1))
            quotes = extract(document, {})
            lasts = _last_names(document)
            rows += [
                (*_compared(article, a, quotes), plain(a["speaker"].split("_")[-1]) in lasts)
                for a in named
            ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _has_speaker(annotation: dict) -> bool:
    name = annotation.get("speaker") or ""
    return annotation["quote"] == "yes" and bool(name) and not name.startswith("other_")


def _last_names(document: Document) -> set[str]:
    people = (a.name for a in document.cast.actors if a.kind == "person")
    return {taken_apart(name).last for name in people}


def _compared(article: Article, annotation: dict, quotes: list) -> tuple:
    start, end = annotation["start"], annotation["end"]
    overlap = {
        number: sum(max(0, min(b, end) - max(a, start)) for a, b in quote.content_spans)
        for number, quote in enumerate(quotes)
    }
    best = max(overlap, key=lambda n: (overlap[n], -n), default=None)
    covered = best is not None and overlap[best] >= COVERED * (end - start)
    speaker = quotes[best].speaker if covered else None
    affiliation = quotes[best].affiliation if covered else None
    gold = annotation["speaker"]
    right, affiliated = same(speaker, gold), belongs(affiliation, gold)
    text = article.text[start:end]
    return article.article_id, text, gold, speaker, affiliation, covered, right, affiliated


def same(speaker: str | None, gold: str) -> bool:
    """Whether a canonical name is the one that BASIL gives, by last name or a group's words."""
    if not speaker:
        return False
    wanted = [w for w in re.findall(r"[a-z]+", gold.casefold()) if len(w) > 2]
    given = set(re.findall(r"[a-z]+", speaker.casefold()))
    return bool(wanted) and (wanted[-1] in given or wanted[0] in given)


def belongs(affiliation: str | None, gold: str) -> bool:
    """Whether an affiliation is the group that BASIL gives, or the party it is named after."""
    if not affiliation:
        return False
    words = lexicon()
    named = (words.people(w) or words.party(w) for w in re.findall(r"[A-Za-z]+", gold))
    parties = {party.name for party in named if party}
    campaign = affiliation.endswith("campaign") and not gold.casefold().endswith("campaign")
    return affiliation in parties or (same(affiliation, gold) and not campaign)
