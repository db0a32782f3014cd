"""Plant statements: quotes of one article put into another, as other outlets would carry them.

Verbatim, shortened, given to somebody else, or lightly reworded: with other words of the same
meaning, in another tense or person, without adverbs, with clauses in another order. All choices
follow from a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sayso.lexicon.files import load_toml
from sayso.text.marks import paragraphs
from sayso.text.spans import Span

KINDS = ("verbatim", "shortened", "reattributed", "reworded")
LEAST_WORDS, MOST_WORDS = 9, 60
LEAST_SHORT = 6
STRANGERS = ("Ellen Marwick", "Tomas Okafor", "the spokeswoman", "a senior official")
CUES = ("said", "told reporters", "argued", "insisted")

ADVERB = re.compile(r"\b(?:very|really|just|also|actually|so|now|\w{3,}ly) ", re.IGNORECASE)
CLAUSE = re.compile(r",? (because|if|when|but|and|as|while|unless) ")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Plant:
    """A statement in its own article and where it was put, in the texts as changed."""

    kind: str
    source_id: str
    source: Span
    host_id: str
    host: Span


def plant(
    articles: pd.DataFrame, quotes: pd.DataFrame, *, n: int, seed: int
) -> tuple[pd.DataFrame, list[Plant]]:
    """Put quotes of articles into others.

    Parameters
    ----------
    articles, quotes
        Tables of a corpus. Only direct quotes of one piece with a speaker are used, each once.
    n
        How many to plant; fewer if there are not as many quotes.
    seed
        Of all choices.

    Returns
    -------
    tuple
        The articles with their new texts, and what was planted.
    """
    chance = random.Random(seed)
    fit = quotes[(quotes["kind"] == "direct") & quotes["speaker"].notna() & ~quotes["in_headline"]]
    fit = fit[fit["content_spans"].str.len() == 1]
    words = fit["content"].str.split().str.len()
    fit = fit[words.between(LEAST_WORDS, MOST_WORDS)]
    rows = list(fit.drop_duplicates("content").itertuples())
    chance.shuffle(rows)
    ids = list(articles["article_id"])
    additions: dict[str, list[tuple[int, str, int, int, tuple]]] = {}
    texts = dict(zip(ids, articles["text"], strict=True))
    for number, row in enumerate(rows[:n]):
        kind = KINDS[number % len(KINDS)]
        host = chance.choice([i for i in ids if i != row.article_id])
        sentence, start, end = _sentence(row, kind, chance)
        ends = [stop for _, stop in paragraphs(texts[host])[1:]] or [len(texts[host])]
        source = (kind, row.article_id, tuple(row.content_spans[0]))
        additions.setdefault(host, []).append((chance.choice(ends), sentence, start, end, source))
    return _insert(articles, texts, additions)


def _sentence(row, kind: str, chance: random.Random) -> tuple[str, int, int]:
    """Return a sentence that quotes a statement, and where its words stand in it."""
    words = " ".join(row.content.split()).rstrip(",")
    words = {"shortened": shorten, "reworded": reword}.get(kind, _same)(words, chance)
    closed = words.rstrip(".") + ","
    speaker = chance.choice(STRANGERS) if kind == "reattributed" else row.speaker
    return f"“{closed}” {speaker} {chance.choice(CUES)}.", 1, len(closed)


def _same(words: str, chance: random.Random) -> str:
    return words


def shorten(words: str, chance: random.Random) -> str:
    """Return a half or more of the words, from the beginning or from the end."""
    every = words.split()
    size = max(round(len(every) * chance.uniform(0.5, 0.75)), LEAST_SHORT)
    return " ".join(every[:size] if chance.random() < 0.5 else every[-size:])


def reword(words: str, chance: random.Random) -> str:
    """Return the words changed in at least two ways, as far as they allow it."""
    tables = load_toml("rewordings.toml")
    ways: list[Callable[[str, random.Random], str]] = [
        _swap(tables["synonyms"], most=3),
        _swap(tables[chance.choice(("tenses", "persons"))], most=9),
        _swap(tables["long_forms"], most=9),
        lambda text, _: ADVERB.sub("", text),
        _reorder,
    ]
    chance.shuffle(ways)
    done = 0
    for way in ways:
        changed = way(words, chance)
        done += changed != words
        words = changed
        if done == 3:
            break
    return words[:1].upper() + words[1:]


def _swap(table: dict[str, str], most: int) -> Callable[[str, random.Random], str]:
    """Return a way to change words by a table, at most so many."""

    def change(text: str, chance: random.Random) -> str:
        found = [m for m in WORD.finditer(text) if m.group().lower().replace("’", "'") in table]
        for match in sorted(chance.sample(found, min(most, len(found))), key=lambda m: -m.start()):
            other = table[match.group().lower().replace("’", "'")]
            text = text[: match.start()] + other + text[match.end() :]
        return text

    return change


def _reorder(text: str, chance: random.Random) -> str:
    """Return a sentence with its second clause first."""
    joints = list(CLAUSE.finditer(text))
    if not joints or ". " in text:
        return text
    joint = chance.choice(joints)
    first, second = text[: joint.start()], text[joint.end() :].rstrip(".")
    if len(first.split()) < 3 or len(second.split()) < 3:
        return text
    if joint[1] in ("but", "and"):
        return f"{second}, {joint[1]} {first[:1].lower()}{first[1:]}"
    return f"{joint[1]} {second}, {first[:1].lower()}{first[1:]}"


def _insert(articles: pd.DataFrame, texts: dict, additions: dict):
    """Return the articles with the sentences put in as paragraphs, and where all stands now."""
    shifts: dict[str, list[tuple[int, int]]] = {}
    planted = []
    for host, new in additions.items():
        moved = 0
        for place, sentence, start, end, source in sorted(new, key=lambda item: item[0]):
            at = place + moved
            paragraph = f"\n\n{sentence}"
            texts[host] = texts[host][:at] + paragraph + texts[host][at:]
            planted.append((source, host, at + 2 + start, at + 2 + end))
            shifts.setdefault(host, []).append((place, len(paragraph)))
            moved += len(paragraph)

    def now(article_id: str, place: int) -> int:
        return place + sum(size for at, size in shifts.get(article_id, ()) if at <= place)

    plants = [
        Plant(kind, source_id, (now(source_id, a), now(source_id, b)), host, (start, end))
        for (kind, source_id, (a, b)), host, start, end in planted
    ]
    plants.sort(key=lambda p: (p.host_id, p.host))
    return articles.assign(text=articles["article_id"].map(texts)), plants
