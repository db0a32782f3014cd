"""Confidence: how often quotes with such evidence are right.

A logistic regression on what the encoder tells of a quote, fitted on annotated articles
(``training/calibrate.py``), in the manner of Platt 1999: of the quotes with confidence .8, four in
five have the right words and the right source.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache

from sayso.extract.quoting.attribution import Attribution
from sayso.paths import MODEL_FOLDER

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


def confidence(evidence: Evidence) -> float:
    """Return how often quotes with such evidence are right, to four decimals."""
    stored = _weights()
    weights = stored["weights"]  # what the annotated articles never show has none
    score = stored["bias"] + sum(weights.get(name, 0.0) * x for name, x in evidence.items())
    return round(1 / (1 + math.exp(-score)), 4)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))


@lru_cache(maxsize=1)
def _weights() -> dict:
    return json.loads((MODEL_FOLDER / "confidence.json").read_text(encoding="utf-8"))
