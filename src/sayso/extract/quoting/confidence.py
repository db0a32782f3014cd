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

EVIDENCE = (
    "content",  # log odds of the content's labels, mean and weakest stretch
    "weakest content",
    "cue",  # log odds of the cue's labels, 0 without a cue
    "source",
    "link",  # log odds of the weakest link
    "without cue",
    "without source",
    "quoted",  # share of the stretches that are quoted
    "stretches",  # their number above one
    "laid out",  # told by the layout, as in a transcript
    "alone",  # a quotation that the encoder gives to nobody
)


def of_attribution(attribution: Attribution, quoted: tuple[bool, ...]) -> tuple[float, ...]:
    """Return the evidence for an attribution, in the order of ``EVIDENCE``."""
    contents = [part.probability for part in attribution.contents]
    cue, source = attribution.cue, attribution.source
    return (
        _log_odds(sum(contents) / len(contents)),
        _log_odds(min(contents)),
        _log_odds(cue.probability) if cue else 0.0,
        _log_odds(source.probability) if source else 0.0,
        _log_odds(attribution.link) if cue else 0.0,
        float(cue is None),
        float(source is None),
        sum(quoted) / max(1, len(quoted)),
        float(len(quoted) - 1),
        0.0,
        0.0,
    )


def of_marks(how: str) -> tuple[float, ...]:
    """Return the evidence for quoted words that are 'laid out', or 'alone' (see ``EVIDENCE``)."""
    return tuple(float(name in ("quoted", how)) for name in EVIDENCE)


def confidence(evidence: tuple[float, ...]) -> float:
    """Return how often quotes with such evidence are right, to four decimals."""
    stored = _weights()
    score = stored["bias"]
    score += sum(stored["weights"][n] * x for n, x in zip(EVIDENCE, evidence, strict=True))
    return round(1 / (1 + math.exp(-score)), 4)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(bounded / (1 - bounded))


@lru_cache(maxsize=1)
def _weights() -> dict:
    return json.loads((MODEL_FOLDER / "confidence.json").read_text(encoding="utf-8"))
