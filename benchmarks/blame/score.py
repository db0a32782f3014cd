"""Score blame ties against annotated sentences, or against our own annotations of three seeds.

A tie is right if its target and its blamer are: at least half of the words of two mentions in
common, or the same name elsewhere in the text. No blamer matches no blamer only. Ties are matched
one to one, the same stance first; half of a coordination ("the mayor and the council") that is
annotated as one costs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from benchmarks.attribution.score import read_gold
from sayso.article import Article, Layout
from sayso.extract import blames, quotes
from sayso.extract.document import Document, read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.paths import data_path, seeds_path
from sayso.reading import build_article
from sayso.tables.extracted import Blame
from sayso.text.marks import paragraphs
from sayso.text.overlap import Score
from sayso.text.spans import Span

ALIKE = 0.5
WORD = re.compile(r"\w+(?:[.'’]\w+)*")
POSSESSIVE = re.compile(r"['’]s?$")
# Words that do not count when two mentions are compared.
TITLES = {"the", "a", "an", "mr", "mrs", "ms", "sen", "rep", "gov", "president", "senator"}


@dataclass(frozen=True, slots=True)
class Case:
    """A stretch of text with its annotated ties and those that were found.

    A tie is a dictionary: ``source`` and ``target`` are lists of spans of which each is right, the
    first the one preferred; ``issue`` likewise, ``stance`` and ``direction`` words.
    """

    id: str
    text: str
    gold: list[dict]
    found: list[dict] = field(default_factory=list)


def run(path: Path | None = None) -> pd.DataFrame:
    """Return the scores on a JSONL file of annotated sentences, or on the seeds.

    Parameters
    ----------
    path
        Lines with ``id``, ``text`` and ``ties``; each is read as an article of its own. Without a
        path, ``data/gold`` is used: the ties of three seeds, by paragraph.

    Returns
    -------
    DataFrame
        Rows: sentence detection, target only, tie, tie and stance, then recall by stance, and the
        accuracies of stance and direction on the ties that were matched. Columns: measure,
        precision, recall, f1, gold, predicted.
    """
    return evaluate(list(sentence_cases(path) if path else seed_cases()))


def tables(path: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return the scores (see :func:`run`), and those of a second reading of the same sentences.

    The second reading (``data/blame_second_reading.jsonl``) was made without sight of the first, so
    its scores tell how far two careful readings agree.
    """
    found = {"figures": run(path)}
    second = list(second_cases(path)) if path else []
    return found | ({"second_reading": evaluate(second)} if second else {})


def second_cases(path: Path) -> Iterator[Case]:
    """Yield the sentences of a file that were read twice, with the ties of the second reading."""
    ties = {row["id"]: row["ties"] for row in read_gold(data_path("blame_second_reading.jsonl"))}
    for row in read_gold(path):
        if row["id"] in ties:
            gold, found = (list(map(_gold, side)) for side in (row["ties"], ties[row["id"]]))
            yield Case(row["id"], row["text"], gold, found)


def sentence_cases(path: Path) -> Iterator[Case]:
    """Yield the sentences of a JSONL file, each read as an article of its own."""
    for row in read_gold(path):
        layout = Layout(body=tuple(paragraphs(row["text"])))
        document = _read(Article(row["id"], row["text"], layout=layout))
        yield Case(row["id"], row["text"], [_gold(t) for t in row["ties"]], _found(document))


def seed_cases(folder: Path | None = None) -> Iterator[Case]:
    """Yield the paragraphs of the seeds that ``data/gold`` has ties of."""
    texts = folder or seeds_path()
    for path in sorted(data_path("gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (texts / f"{gold['article_id']}.txt").read_text(encoding="utf-8")
        document = _read(build_article(text, article_id=gold["article_id"]))
        ties, found = [_gold(tie) for tie in gold["blames"]], _found(document)
        for start, end in document.paragraphs:
            here = [[t for t in side if start <= t["cue"][0] < end] for side in (ties, found)]
            yield Case(f"{gold['article_id']}-{start}", text, *here)


def _read(article: Article) -> Document:
    return read_document(article, lexicon(), encoder(1))


def _found(document: Document) -> list[dict]:
    rows = blames.extract(document, {"quotes": quotes.extract(document, {})})
    return [as_tie(row) for row in rows]


def as_tie(row: Blame) -> dict:
    """Return a row of the table in the form of an annotated tie."""
    return {
        "source": [row.blamer_span] if row.blamer_span else [],
        "target": [row.target_span],
        "issue": [row.issue_span] if row.issue_span else [],
        "cue": row.cue_span,
        "stance": row.stance,
        "direction": row.direction,
    }


def as_span(value: dict | Sequence[int]) -> Span:
    """Return an annotated span, ``{"start", "end"}`` or ``[start, end]``, as a pair."""
    return (value["start"], value["end"]) if isinstance(value, dict) else (value[0], value[1])


def _gold(tie: dict) -> dict:
    """Return an annotated tie with its alternatives beside each span."""
    named = {
        part: [as_span(s) for s in (tie.get(part), *(tie.get(f"{part}_alt") or ())) if s]
        for part in ("source", "target", "issue")
    }
    rest = {"stance": tie["stance"], "direction": tie.get("direction", "other")}
    return named | rest | {"cue": as_span(tie["cue"])}


def evaluate(cases: Sequence[Case]) -> pd.DataFrame:
    """Return the scores of some cases (see :func:`run`)."""
    rows = [("sentence detection", _detection(cases))]
    for measure, test in TESTS.items():
        rows.append((measure, sum_scores(_score(case, test) for case in cases)))
    pairs = [(g, p) for case in cases for g, p in matched(case, same_tie)]
    for stance in ("assert", "deny", "report"):
        gold = sum(tie["stance"] == stance for case in cases for tie in case.gold)
        rows.append(
            (f"tie, gold is {stance}", Score(sum(g["stance"] == stance for g, _ in pairs), 0, gold))
        )
    for part in ("stance", "direction"):
        right = sum(g[part] == p[part] for g, p in pairs)
        rows.append((f"{part} accuracy", Score(right, len(pairs), len(pairs))))
    return pd.DataFrame([_row(measure, score) for measure, score in rows])


def _row(measure: str, score: Score) -> dict:
    by_stance = measure.startswith("tie, gold is")
    return {
        "measure": measure,
        "precision": None if by_stance else round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": None if by_stance else round(score.f1, 4),
        "gold": score.gold,
        "predicted": score.predicted,
    }


def sum_scores(scores) -> Score:
    """Return the sum of some counts."""
    listed = list(scores)
    return Score(*(sum(getattr(s, part) for s in listed) for part in Score.__slots__))


def _detection(cases: Sequence[Case]) -> Score:
    both = sum(bool(case.gold and case.found) for case in cases)
    return Score(both, sum(bool(c.found) for c in cases), sum(bool(c.gold) for c in cases))


def _score(case: Case, test: Callable) -> Score:
    possible = _possible(case, test)
    pairs = assign(possible)
    free = {
        number
        for place, numbers in enumerate(possible)
        if place in pairs and _is_coordinated(case.gold[place])
        for number in numbers
        if number not in pairs.values()
    }
    return Score(len(pairs), len(case.found) - len(free), len(case.gold))


def matched(case: Case, test: Callable) -> list[tuple[dict, dict]]:
    """Return the annotated ties that were found, each with the tie found for it."""
    pairs = assign(_possible(case, test))
    return [(case.gold[place], case.found[number]) for place, number in sorted(pairs.items())]


def _possible(case: Case, test: Callable) -> list[list[int]]:
    """Return for each annotated tie the numbers of those that fit it, the same stance first."""
    return [
        sorted(
            (n for n, tie in enumerate(case.found) if test(case.text, gold, tie)),
            key=lambda n: case.found[n]["stance"] != gold["stance"],
        )
        for gold in case.gold
    ]


def assign(possible: list[list[int]]) -> dict[int, int]:
    """Return a largest one-to-one matching: place -> number, earlier numbers of a list first."""
    owner: dict[int, int] = {}

    def claim(place: int, tried: set[int]) -> bool:
        for number in possible[place]:
            if number not in tried:
                tried.add(number)
                if number not in owner or claim(owner[number], tried):
                    owner[number] = place
                    return True
        return False

    for place in range(len(possible)):
        claim(place, set())
    return {place: number for number, place in owner.items()}


def _is_coordinated(tie: dict) -> bool:
    """Whether the blamer or the target is annotated with at least two of its members."""
    for part in ("source", "target"):
        if tie[part]:
            (start, end), *others = tie[part]
            if sum(start <= a and b <= end for a, b in others) >= 2:
                return True
    return False


def same_target(text: str, gold: dict, found: dict) -> bool:
    """Whether the targets of two ties are alike."""
    return _alike(text, gold["target"], found["target"])


def same_tie(text: str, gold: dict, found: dict) -> bool:
    """Whether the targets and the blamers of two ties are alike."""
    if not same_target(text, gold, found):
        return False
    if not gold["source"] or not found["source"]:
        return not gold["source"] and not found["source"]
    return _alike(text, gold["source"], found["source"])


def _same_stance(text: str, gold: dict, found: dict) -> bool:
    return same_tie(text, gold, found) and gold["stance"] == found["stance"]


TESTS = {"target only": same_target, "tie": same_tie, "tie and stance": _same_stance}


def _alike(text: str, spans: list[Span], others: list[Span]) -> bool:
    return any(_overlap(text, one, other) >= ALIKE for one in spans for other in others)


def _overlap(text: str, one: Span, other: Span) -> float:
    """Return the share of words two mentions have in common; 1 for the same name elsewhere."""
    if _name(text, one) and _name(text, one) == _name(text, other):
        return 1.0
    first, second = _places(text, one), _places(text, other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _name(text: str, span: Span) -> list[str]:
    words = [POSSESSIVE.sub("", w.lower()) for w in WORD.findall(text[slice(*span)])]
    return [w for w in words if w not in TITLES] or words


def _places(text: str, span: Span) -> set[int]:
    """Return where the words of a mention begin, titles left out if there is anything else."""
    words = [m for m in WORD.finditer(text) if m.start() < span[1] and m.end() > span[0]]
    plain = [m for m in words if POSSESSIVE.sub("", m.group().lower()) not in TITLES]
    return {m.start() for m in plain or words}
