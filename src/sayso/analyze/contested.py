"""Words in context: concordances, collocations, and terms that outlets use differently.

A contested term is a wording that one side has and the others, who speak of the same thing, have
not: 'unilateral withdrawal' where others say 'decision to withdraw'. What is listed are candidates;
the sentences decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.passages import concordance, label_rows
from sayso.analyze.voice import groups
from sayso.analyze.words import (
    Stretch,
    count_words,
    fold,
    function_words,
    log_odds,
    read_terms,
    stem,
)
from sayso.text.marks import read_marks

if TYPE_CHECKING:
    from sayso.corpus import Corpus

LONGEST_MARKED = 4  # words: longer quotations quote, shorter ones may keep a distance
STRONG = 1.96
CONTEXT_COLUMNS = [
    "term",
    "article",
    "outlet",
    "voice",
    "before",
    "words",
    "after",
    "article_id",
    "start",
    "end",
]
CANDIDATE_COLUMNS = ["term", "why", "group", "count", "elsewhere", "shared_word", "z"]


def find_terms(
    corpus: Corpus, terms: str | Iterable[str], *, voice: str = "all", width: int = 60
) -> pd.DataFrame:
    """Return each use of terms in its context (a concordance).

    Parameters
    ----------
    corpus
        The corpus.
    terms
        Words or phrases. Forms of a word are found, too: 'withdraw' finds 'withdrawing'.
    voice
        'outlet' (its own words), 'quoted', or 'all'.
    width
        Characters to either side.

    Returns
    -------
    DataFrame
        Columns: term, article, outlet, voice ('outlet' or who speaks, null if unresolved), before,
        words, after, article_id, start, end. By term, then in text order.
    """
    from nltk.text import ConcordanceIndex

    articles = corpus.articles
    parts = list(read_terms(articles, corpus.quotes, voice=voice, unit="stems"))
    # A blank between stretches, so that no phrase runs from one into the next.
    flat = [(part, term) for part in parts for term in (*part.terms, None)]
    keys = [term.key if term else "" for _, term in flat]
    index = ConcordanceIndex(keys)
    rows = []
    for wanted in [terms] if isinstance(terms, str) else terms:
        phrase = [stem(fold(word)) for word in wanted.split()]
        for at in index.offsets(phrase[0]) if phrase else ():
            if keys[at : at + len(phrase)] == phrase:
                part, last = flat[at][0], flat[at + len(phrase) - 1][1]
                span = (flat[at][1].start, last.end)
                rows.append((wanted, part.article_id, part.voice, *span))
    found = pd.DataFrame(rows, columns=["term", "article_id", "voice", "start", "end"])
    found = found.astype({"start": "int64", "end": "int64"})
    around = concordance(found, articles, width=width)
    return label_rows(found, articles).join(around)[CONTEXT_COLUMNS]


def find_collocations(
    corpus: Corpus, *, by: str = "outlet", voice: str = "outlet", least: int = 2, top: int = 10
) -> pd.DataFrame:
    """Return pairs of words that each group puts side by side more often than chance would.

    Parameters
    ----------
    corpus, by, voice
        As in :func:`sayso.analyze.words.count_words`.
    least
        Uses of a pair at least.
    top
        Pairs of each group at most.

    Returns
    -------
    DataFrame
        Columns: group, collocation, count, score (log-likelihood ratio; Dunning 1993). Pairs with a
        function word are left out.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder

    articles, plain = corpus.articles, function_words()
    group_of = dict(zip(articles["article_id"], groups(articles, articles, by), strict=True))
    told: dict[str, list[list[str]]] = defaultdict(list)
    for part in read_terms(articles, corpus.quotes, voice=voice):
        told[group_of[part.article_id]].append([term.key for term in part.terms])
    rows = []
    for group in sorted(told):
        finder = BigramCollocationFinder.from_documents(told[group])
        finder.apply_freq_filter(least)
        finder.apply_word_filter(lambda word: word is None or word in plain or len(word) < 2)
        scored = finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
        ranked = sorted(scored, key=lambda item: (-round(item[1], 9), item[0]))[:top]
        rows += [(group, " ".join(pair), finder.ngram_fd[pair], score) for pair, score in ranked]
    return pd.DataFrame(rows, columns=["group", "collocation", "count", "score"])


def find_contested(
    corpus: Corpus, *, by: str = "outlet", voice: str = "all", least: int = 2, top: int = 15
) -> pd.DataFrame:
    """Return candidates for contested terms, and why each is one.

    Parameters
    ----------
    corpus, by, voice
        As in :func:`sayso.analyze.words.count_words`.
    least
        Uses of a wording or a word at least.
    top
        Candidates of each kind at most.
    voice
        'all' by default: where an outlet reports in its own words what somebody said, the wording
        may be either's.

    Returns
    -------
    DataFrame
        Columns: term, why, group, count (in that group), elsewhere (in all others), shared_word
        (what others use without the wording), z. ``why`` is 'wording' (two words that one group
        alone puts together, though others have one of them), 'weight' (a word that a group uses
        far more than others who have it, too: \\|z\\| of 1.96) or 'marks' (a few words between
        quotation marks, which may keep a distance).
    """
    parts = list(read_terms(corpus.articles, corpus.quotes, voice=voice))
    found = [
        *_own_wordings(corpus, parts, by, least)[:top],
        *_heavy_words(corpus, by, voice, least)[:top],
        *_marked(corpus, by)[:top],
    ]
    table = pd.DataFrame(found, columns=CANDIDATE_COLUMNS)
    return table.astype({"count": "int64", "elsewhere": "int64", "z": "float64"})


def _own_wordings(corpus: Corpus, parts: list[Stretch], by: str, least: int) -> list[tuple]:
    """Return pairs of words that one group alone has, though others have one of the words."""
    articles, plain = corpus.articles, function_words()
    group_of = dict(zip(articles["article_id"], groups(articles, articles, by), strict=True))
    texts = articles.set_index("article_id")["text"]
    pairs: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    spelt: dict[tuple[str, str], str] = {}
    for part in parts:
        group, text = group_of[part.article_id], texts[part.article_id]
        telling = [term for term in part.terms if term.key not in plain]
        for term in telling:
            words[stem(term.key)][group] += 1
        for one, two in zip(part.terms, part.terms[1:], strict=False):
            beside = not text[one.end : two.start].strip()
            small = one.surface.islower() and two.surface.islower()
            if beside and small and not {one.key, two.key} & plain:
                key = (stem(one.key), stem(two.key))
                pairs[key][group] += 1
                spelt.setdefault(key, f"{one.surface} {two.surface}")
    rows = []
    for key, used in pairs.items():
        (group, count), *others = used.most_common()
        shared = max(key, key=lambda word: (_elsewhere(words[word], group), word))
        elsewhere = _elsewhere(words[shared], group)
        if not others and count >= least and elsewhere:
            shown = spelt[key].split()[key.index(shared)]
            rows.append((spelt[key], "wording", group, count, elsewhere, shown, None))
    return sorted(rows, key=lambda row: (-row[3] * min(row[4], row[3]), row[0]))


def _elsewhere(used: Counter[str], group: str) -> int:
    return sum(count for other, count in used.items() if other != group)


def _heavy_words(corpus: Corpus, by: str, voice: str, least: int) -> list[tuple]:
    """Return words that a group uses far more than others who use them, too."""
    table = log_odds(count_words(corpus, by=by, voice=voice), least=least)
    plain = function_words()
    rows = [
        (row.term, "weight", row.group, row.count, row.reference_count, row.term, round(row.z, 4))
        for row in table[(table["z"] >= STRONG) & (table["reference_count"] > 0)].itertuples(
            index=False
        )
        if fold(row.term) not in plain and row.term.islower()
    ]
    return sorted(rows, key=lambda row: (-row[6], row[0]))


def _marked(corpus: Corpus, by: str) -> list[tuple]:
    """Return short stretches between quotation marks, with how often others have the words."""
    articles = corpus.articles
    plain_words = function_words()
    used: dict[str, Counter[str]] = defaultdict(Counter)
    spelt: dict[str, str] = {}
    for article, group in zip(articles.itertuples(), groups(articles, articles, by), strict=True):
        for mark in read_marks(article.text)[0]:
            words = " ".join(article.text[a:b].strip(" ,.;:") for a, b in mark.inner)
            telling = any(fold(word) not in plain_words for word in words.split())
            if mark.closed and telling and len(words.split()) <= LONGEST_MARKED:
                used[words.lower()][group] += 1
                spelt.setdefault(words.lower(), words)
    plain = find_terms(corpus, sorted(used)) if used else pd.DataFrame({"term": [], "outlet": []})
    rows = []
    for key, marked in used.items():
        group, count = marked.most_common(1)[0]
        uses = plain[plain["term"] == key]
        others = groups(uses, articles, by) if len(uses) else pd.Series(dtype="object")
        rows.append((spelt[key], "marks", group, count, int((others != group).sum()), key, None))
    # Longer ones say more: a single word between marks is often a title or a term of art.
    return sorted(rows, key=lambda row: (-row[3], -len(row[0].split()), row[0]))


def compare_usages(
    corpus: Corpus, shared: Mapping[str, str], *, by: str = "outlet", width: int = 60
) -> pd.DataFrame:
    """Return terms where they are used, and a shared word where others do without the term.

    Parameters
    ----------
    corpus
        The corpus.
    shared
        For each contested term the word by which others speak of the same thing.
    by, width
        As elsewhere.

    Returns
    -------
    DataFrame
        Columns: term, uses ('the term' or 'without it'), article, outlet, voice, before, words,
        after. By term; only groups that do not have the term are in its second part.
    """
    articles = corpus.articles
    found = find_terms(corpus, [*shared, *shared.values()], width=width)
    group = groups(found, articles, by) if len(found) else pd.Series(dtype="object")
    parts = []
    for term, word in shared.items():
        own = found["term"] == term
        others = (found["term"] == word) & ~group.isin(group[own])
        parts.append(found[own].assign(uses="the term"))
        parts.append(found[others].assign(uses="without it", term=term))
    table = pd.concat(parts, ignore_index=True) if parts else found.assign(uses="")
    columns = ["term", "uses", "article", "outlet", "voice", "before", "words", "after"]
    return table[columns].drop_duplicates(ignore_index=True)


def shared_words(terms: Sequence[str], candidates: pd.DataFrame) -> dict[str, str]:
    """Return for each term the word by which others speak of the same thing."""
    known = dict(zip(candidates["term"], candidates["shared_word"], strict=True))
    return {term: known.get(term, term.split()[-1]) for term in terms}
