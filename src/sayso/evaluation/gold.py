"""Score the tables against annotated articles (``data/gold``, or files of the same format)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import sayso
from sayso.corpus import Corpus
from sayso.paths import data_path, seeds_path
from sayso.text.overlap import Score, characters, jaccard, pair

FOUND = 0.5


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the figures of the seeds, or of another folder that holds texts and ``gold/``."""
    texts = path or seeds_path()
    folder = path / "gold" if path else None
    if folder and not any(folder.glob("*.json")):
        raise FileNotFoundError(f"{folder} has no annotations: a JSON file for each article")
    blind = sayso.read(texts, metadata=False)
    return evaluate(sayso.read(texts), blind, folder)


def evaluate(corpus: Corpus, blind: Corpus, folder: Path | None = None) -> pd.DataFrame:
    """Return how well a corpus agrees with annotations of its articles.

    Parameters
    ----------
    corpus
        The articles as users read them.
    blind
        The same read with ``metadata=False``: its publication dates come from the texts alone.
    folder
        JSON files named after their article_id; ``data/gold`` if not given.

    Returns
    -------
    DataFrame
        A row for each article and ``all``; columns quotes_gold, quotes_predicted, quote_recall,
        quote_precision (content overlap, Jaccard, of at least 0.5; only quotes that are not inside
        another), speaker_accuracy (of the quotes found), unresolved (share of quotes without a
        speaker), date_f1 (span overlaps and value equal), published (right, 'unknown' included),
        boilerplate (all found and nothing of the body marked).
    """
    paths = sorted((folder or data_path("gold")).glob("*.json"))
    counts = [_compare(corpus, blind, json.loads(path.read_text("utf-8"))) for path in paths]
    table = pd.DataFrame(counts)
    total = {"article_id": "all"} | table.drop(columns="article_id").sum().to_dict()
    return pd.DataFrame([_figures(row) for row in [*counts, total]])


def disagreements(path: Path | None = None) -> pd.DataFrame:
    """Return what disagrees in the articles that :func:`run` takes, a row each (:func:`errors`)."""
    return errors(sayso.read(path or seeds_path()), path / "gold" if path else None)


def errors(corpus: Corpus, folder: Path | None = None) -> pd.DataFrame:
    """Return what disagrees, a row each: article_id, kind, gold, predicted."""
    rows = []
    for path in sorted((folder or data_path("gold")).glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        rows += _disagreements(corpus, gold)
    return pd.DataFrame(rows, columns=["article_id", "kind", "gold", "predicted"])


def _of(table: pd.DataFrame, article_id: str) -> pd.DataFrame:
    return table[table.article_id == article_id].reset_index(drop=True)


def _paired_quotes(corpus: Corpus, gold: dict):
    text = corpus.article(gold["article_id"]).text
    quotes = _of(corpus.quotes, gold["article_id"])
    own = quotes[quotes.nested_in.isna()].reset_index(drop=True)
    outer = [q for q in gold["quotes"] if q["level"] == 1]
    wanted = [characters(text, q["content"]) for q in outer]
    given = [characters(text, spans) for spans in own.content_spans]
    pairs = pair(wanted, given, jaccard, FOUND)
    # What a careful reader may leave out counts neither for nor against.
    free = {i for i, q in enumerate(outer) if q.get("optional")}
    taken = {j for i, j, _ in pairs if i in free}
    kept = [i for i in range(len(outer)) if i not in free]
    shown = [j for j in range(len(own)) if j not in taken]
    pairs = [(kept.index(i), shown.index(j), v) for i, j, v in pairs if i not in free]
    own = own.iloc[shown].reset_index(drop=True)
    return text, [outer[i] for i in kept], own, pairs


def _compare(corpus: Corpus, blind: Corpus, gold: dict) -> dict:
    _, outer, own, pairs = _paired_quotes(corpus, gold)
    speakers = sum(same_speaker(own.speaker[j], outer[i]["speaker"]) for i, j, _ in pairs)
    required = [right for date, _, right in _dates(corpus, gold) if not date["optional"]]
    spared = sum(right for date, _, right in _dates(corpus, gold) if date["optional"])
    article = corpus.article(gold["article_id"])
    return {
        "article_id": gold["article_id"],
        "articles": 1,
        "quotes_gold": len(outer),
        "quotes_predicted": len(own),
        "quotes_found": len(pairs),
        "speakers_right": speakers,
        "unresolved": int(own.speaker.isna().sum()),
        "dates_gold": len(required),
        "dates_predicted": len(_of(corpus.dates, gold["article_id"])) - spared,
        "dates_right": sum(required),
        "published": _published_right(blind.article(gold["article_id"]), gold),
        "boilerplate": _boilerplate_right(article, gold),
    }


def _figures(count: dict) -> dict:
    quotes = Score(count["quotes_found"], count["quotes_predicted"], count["quotes_gold"])
    dates = Score(count["dates_right"], count["dates_predicted"], count["dates_gold"])
    shown = {k: count[k] for k in ("article_id", "quotes_gold", "quotes_predicted")}
    return shown | {
        "quote_recall": quotes.recall,
        "quote_precision": quotes.precision,
        "speaker_accuracy": count["speakers_right"] / max(1, count["quotes_found"]),
        "unresolved": count["unresolved"] / max(1, count["quotes_predicted"]),
        "date_f1": dates.f1,
        "published": f"{count['published']} of {count['articles']}",
        "boilerplate": f"{count['boilerplate']} of {count['articles']}",
    }


def same_speaker(name: str | None, accepted: list[str]) -> bool:
    """Whether a canonical name is one of the accepted ones, case and articles aside."""
    if name is None or pd.isna(name):
        return False
    return _plain(name) in {_plain(a) for a in accepted}


def _plain(name: str) -> str:
    words = re.sub(r"['’]", "'", name).casefold()
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.split()))


def _dates(corpus: Corpus, gold: dict) -> Iterator[tuple[dict, pd.Series, bool]]:
    """Yield each gold date with the values found there, and whether one of them is accepted."""
    dates = _of(corpus.dates, gold["article_id"])
    for date in gold["dates"]:
        values = dates.value[(dates.start < date["end"]) & (dates.end > date["start"])]
        yield date, values, values.isin(date["value"]).any()


def _published_right(article: pd.Series, gold: dict) -> int:
    value = gold["published"]["value"]
    if value is None:
        return int(pd.isna(article.published))
    return int(not pd.isna(article.published) and str(article.published.date()) == value)


def _boilerplate_right(article: pd.Series, gold: dict) -> int:
    text = article.text
    marked = characters(text, article.boilerplate)
    wanted, body = characters(text, gold["boilerplate"]), characters(text, gold["body"])
    return int(wanted <= marked and not marked & body)


def _disagreements(corpus: Corpus, gold: dict) -> list[tuple]:
    text, outer, own, pairs = _paired_quotes(corpus, gold)
    name, found, given = gold["article_id"], {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    rows = [
        (name, "quote missed", _spelled(text, q["content"]), None)
        for i, q in enumerate(outer)
        if i not in found
    ]
    rows += [(name, "quote too many", None, c) for j, c in enumerate(own.content) if j not in given]
    rows += [
        (name, "speaker", outer[i]["speaker"][0], own.speaker[j])
        for i, j, _ in pairs
        if not same_speaker(own.speaker[j], outer[i]["speaker"])
    ]
    for date, values, right in _dates(corpus, gold):
        if not right and not date["optional"]:
            wanted = f"{text[date['start'] : date['end']]}: {date['value'][0]}"
            rows.append((name, "date", wanted, ", ".join(values)))
    return rows


def _spelled(text: str, spans: list) -> str:
    return " ... ".join(text[a:b] for a, b in spans)
