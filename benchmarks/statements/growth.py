"""Time and memory of the alignment of statements as a corpus grows.

    python -m benchmarks.statements.growth ARTICLES.jsonl.gz [--sizes N ...] [--save FOLDER]

The corpora are made from the sentences of the given articles (JSONL with ``text``), three words
from one, three from another, so that words are as frequent as in news. Each article has ten quotes
and ten sentences of its own; one quote in five is that of an earlier article, whole or shortened.
Time is the processor's, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.attribution.score import read_gold
from sayso.analyze.statements.align import align_statements
from sayso.analyze.statements.events import find_events
from sayso.article import Article
from sayso.corpus import Corpus
from sayso.evaluation.results import new_result, short_name
from sayso.reading import build_article
from sayso.reading.sentences import sentence_rows
from sayso.tables.columns import frame
from sayso.tables.extracted import ArticleRow, Quote, Sentence
from sayso.text.marks import paragraphs
from sayso.text.sentences import split_sentences

PER_ARTICLE = 10
AGAIN = 0.2
RUN = 3
DAYS = 1000
NOBODY = pd.DataFrame({"article_id": [], "person": [], "n": []})
FIRST_DAY = pd.Timestamp("2015-01-01")


def read_sentences(path: Path) -> list[list[str]]:
    """Return the sentences of middle length in a file's articles, as words."""
    found = []
    for article in read_gold(path):
        text = article["text"]
        for start, end in split_sentences(text, paragraphs(text)):
            words = text[start:end].replace('"', "").replace("“", "").replace("”", "").split()
            if 8 <= len(words) <= 45:
                found.append(words)
    return found


def combine(pool: list[list[str]], chance: random.Random) -> str:
    """Return a sentence of runs of three words, each from another sentence.

    Longer runs would come again and again as the corpus grows, since the pool does not grow with
    it: then the same statements would be many more in a large corpus, by the making of it.
    """
    runs = []
    for _ in range(chance.randint(3, 9)):
        words = chance.choice(pool)
        at = chance.randrange(len(words) - RUN)
        runs += words[at : at + RUN]
    return " ".join(runs).rstrip(".,")


def make_corpus(
    pool: list[list[str]], n_quotes: int, seed: int = 0
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return quotes, sentences and articles; the articles go over a thousand days."""
    chance = random.Random(seed)
    articles: list[Article] = []
    quotes: list[Quote] = []
    said: list[str] = []
    for number in range(n_quotes // PER_ARTICLE):
        name, text = f"a{number:06}", ""
        for _ in range(PER_ARTICLE):
            words = combine(pool, chance)
            if said and chance.random() < AGAIN:
                words = chance.choice(said[-2000:])
                words = words[: len(words) // 2] if chance.random() < 0.5 else words
            said.append(words)
            start = len(text) + 1
            text += f"“{words},” Speaker {chance.randrange(500)} said. {combine(pool, chance)}.\n\n"
            quotes.append(make_quote(name, words, start))
        articles.append(build_article(text, article_id=name))
    table = frame(ArticleRow, [article.row() for article in articles]).assign(language="en")
    days = [FIRST_DAY + pd.Timedelta(days=n * DAYS // len(table)) for n in range(len(table))]
    table = table.assign(published=days, published_precision="day")
    rows = (row for article in articles for row in sentence_rows(article))
    return frame(Quote, quotes), frame(Sentence, rows), table


def make_quote(article_id: str, words: str, start: int) -> Quote:
    """Return a direct quote without a known speaker."""
    values = dict.fromkeys(Quote.__dataclass_fields__)
    return Quote(
        **values
        | {
            "quote_id": f"{article_id}-q{start}",
            "article_id": article_id,
            "kind": "direct",
            "content": words,
            "content_spans": ((start, start + len(words)),),
            "negated": False,
            "in_headline": False,
            "confidence": 1.0,
            "start": start,
            "end": start + len(words),
        }
    )


def measure(path: Path, n_quotes: int) -> None:
    """Print one line: quotes, pairs, seconds of the processor, megabytes at most."""
    tables = make_corpus(read_sentences(path), n_quotes)
    before = time.process_time()
    names = ("quotes", "sentences", "articles", "mentions")
    news = Corpus(dict(zip(names, (*tables, NOBODY), strict=True)))
    events = find_events(news).set_index("article_id")["event_id"]
    pairs = align_statements(news, events)
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(tables[0])} {len(pairs)} {seconds:.1f} {memory:.0f}")


def main() -> None:
    """Measure each size in a process of its own, and print the fitted exponent."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, help="JSONL file (.gz or not) with texts")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000, 200000])
    parser.add_argument("--save", type=Path, help="folder to keep the figures in")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(given.articles, given.one)
        return
    sizes = pd.DataFrame([run_one(given.articles, size) for size in given.sizes])
    tables = {"figures": sizes, "fit": pd.DataFrame({"exponent": [slope(sizes)]})}
    for table in tables.values():
        print(table.round(2).to_string(index=False), end="\n\n")
    if given.save:
        command = f"python -m benchmarks.statements.growth {short_name(given.articles)}"
        print(new_result("bench-statements", command, [given.articles], tables).save(given.save))


def run_one(path: Path, n_quotes: int) -> dict[str, float]:
    """Return what one size took, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.statements.growth", str(path)]
    run = [*command, "--one", str(n_quotes)]
    line = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    names = ("quotes", "pairs", "cpu_seconds", "peak_mb")
    return dict(zip(names, (int(line[0]), int(line[1]), float(line[2]), int(line[3])), strict=True))


def slope(sizes: pd.DataFrame) -> float:
    """Return the exponent of time by least squares: the slope of log seconds on log quotes."""
    return float(np.polyfit(np.log(sizes["quotes"]), np.log(sizes["cpu_seconds"]), 1)[0])


if __name__ == "__main__":
    main()
