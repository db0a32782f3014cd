"""Confidence: how often quotes with such evidence are attributions, on real news.

Two logistic regressions, in the manner of Platt 1999 (``training/calibrate.py``). The first is on
what the encoder tells of a quote, fitted on PolNeAR: how often its words and its source are right
by its annotators. The second is on the first and on words of cue, source and content, fitted on
quotes of scraped news that were judged in their article: deeds told as facts, negated and imagined
saying, things that say nothing and the author's own reasoning are none.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache

from sayso.extract.quoting.attribution import Attribution
from sayso.lexicon.cues import cue_lexicon, is_negated
from sayso.paths import MODEL_FOLDER
from sayso.text.spans import Span

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
CLAUSE = re.compile(r"[.;:!?“”\"\n]")
NOT = re.compile(r"\b(?:not|never|nobody|no one|neither|yet to|n['’]t)\b[^,]{0,25}$", re.IGNORECASE)
SUPPOSED = re.compile(
    r"\b(?:if|whether|unless|should|would|could|might)\b[^,]{0,40}$", re.IGNORECASE
)
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|can|do|does|did|be|must|may|might)\b"
    r"|\w+ed\b"
)
Evidence = dict[str, float]
"""By name; what is left out is 0."""


def of_attribution(attribution: Attribution, quoted: tuple[bool, ...]) -> Evidence:
    """Return the evidence for an attribution, given which of its stretches are quoted.

    Log odds of its labels and of its weakest link, 0 for what it lacks; the share of its stretches
    that are quoted, and their number above one.
    """
    contents = [part.probability for part in attribution.contents]
    cue, source = attribution.cue, attribution.source
    return {
        "content": _log_odds(sum(contents) / len(contents)),
        "weakest content": _log_odds(min(contents)),
        "cue": _log_odds(cue.probability) if cue else 0.0,
        "source": _log_odds(source.probability) if source else 0.0,
        "link": _log_odds(attribution.link) if cue else 0.0,
        "without cue": float(cue is None),
        "without source": float(source is None),
        "quoted": sum(quoted) / max(1, len(quoted)),
        "stretches": float(len(quoted) - 1),
    }


def of_marks(how: str) -> Evidence:
    """Return the evidence for quoted words that are 'laid out' as in a transcript, or 'alone'.

    Alone is a quotation that the encoder gives to nobody.
    """
    return {"quoted": 1.0, how: 1.0}


def of_words(
    text: str, spans: tuple[Span, ...], cue: Span | None, source: Span | None, nested: bool
) -> Evidence:
    """Return the evidence that the words of a quote, its cue and its source are.

    Names are no evidence: of a source only words in small letters are.
    """
    content = WORD.findall(text[spans[0][0] : spans[0][1]])
    named = WORD.findall(text[slice(*source)]) if source else []
    found = {f"source {named[-1]}"} if named and named[-1].islower() else set()
    found |= {f"source {' '.join(named).casefold()}"} if len(named) == 1 else set()
    found |= {f"content {content[0].casefold()}"} if content else set()
    found |= {"nested"} if nested else set()
    found |= _of_cue(text, cue) if cue else {"no cue"}
    said = " ".join(text[a:b] for a, b in spans)
    found |= {"verb"} if VERB.search(said) else set()
    return {
        **dict.fromkeys(found, 1.0),
        "words": math.log1p(len(said.split())),
        "parts": float(len(spans) - 1),
    }


def _of_cue(text: str, cue: Span) -> set[str]:
    words = [word.casefold() for word in WORD.findall(text[slice(*cue)])]
    found = {f"cue {cue_lexicon().base(word) or word}" for word in words}
    # Of rare cues the lists tell more than the judged quotes: what kind of saying, if any, it is.
    found |= {f"stance {cue_lexicon().stance(text[slice(*cue)])}"}
    found |= {"reports"} if cue_lexicon().reports(text[slice(*cue)]) else set()
    before = CLAUSE.split(text[max(0, cue[0] - 80) : cue[0]])[-1]
    after = WORD.search(text, cue[1], cue[1] + 20)
    found |= {"negated"} if is_negated(text, *cue) else set()
    found |= {"negated before"} if NOT.search(before) else set()
    found |= {"supposed"} if SUPPOSED.search(f"{before} {' '.join(words)}") else set()
    found |= {"participle"} if words and words[-1].endswith("ing") else set()
    found |= {f"after {after.group().casefold()}"} if after else set()
    found |= {"colon"} if re.match(r"\s*:", text[cue[1] : cue[1] + 3]) else set()
    return found


def confidence(evidence: Evidence) -> float:
    """Return how often quotes with such evidence are right, to four decimals."""
    stored = _weights()
    return round(1 / (1 + math.exp(-_score(stored["news"], evidence | first(evidence)))), 4)


def first(evidence: Evidence) -> Evidence:
    """Return what the encoder's evidence alone comes to, in log odds."""
    return {"first": _score(_weights()["encoder"], evidence)}


def _score(model: dict, evidence: Evidence) -> float:
    # What the judged quotes never show has no weight.
    weights = model["weights"]
    return model["bias"] + sum(weights.get(name, 0.0) * x for name, x in evidence.items())


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))


@lru_cache(maxsize=1)
def _weights() -> dict:
    return json.loads((MODEL_FOLDER / "confidence.json").read_text(encoding="utf-8"))
