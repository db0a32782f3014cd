"""Confidence: how often quotes with such evidence are attributions, on real news.

Two logistic regressions, in the manner of Platt 1999 (``training/calibrate.py``). The first is on
what the encoder tells of a quote, fitted on PolNeAR: how often its words and its source are right
by its annotators. The second is on the first and on what cue, source and content are, fitted on
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
from sayso.model.vectors import sentence_vectors
from sayso.paths import read_model
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
TO_COME = re.compile(
    r"\b(?:will|would|may|might|could|should|must|can|cannot|shall|going to|about to|have to|has to"
    r"|needs? to)\b|['’]ll\b",
    re.IGNORECASE,
)
TO_DO = re.compile(r"(?:[\w’'-]+,?\s){0,12}?to\s\w")
ABOUT = re.compile(r"\b(?:about|on|of|over)\Z")
ANYBODY = re.compile(
    r"(?:no|none|nobody|neither|nothing|few|any|anyone|anybody|everyone|whoever|some(?:one|body)|one"
    r"|those)\b",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"^(?:his|her|their|its|my|our|your)\b|['’]s?$", re.IGNORECASE)
WORK = re.compile(r"[”\"’']?,[”\"’']?\s(?:an?|the|his|her|their|its)\b")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
FIRST = re.compile(r"\b(?:I|me|my)\b")
WE = re.compile(r"\b(?:we|us|our|you|your)\b", re.IGNORECASE)
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

    Names are no evidence: of a source only words in small letters are. A cue's vector stands for
    the cues of like meaning that were judged.
    """
    said = " ".join(text[a:b] for a, b in spans)
    places = [(source, "source"), (cue, "cue"), (spans[0], "content")]
    found = {"order " + " ".join(name for _, name in sorted(p for p in places if p[0]))}
    found |= {"nested"} if nested else set()
    found |= {"verb"} if VERB.search(said) else set()
    found |= {"question"} if "?" in said[-2:] + text[spans[-1][1] : spans[-1][1] + 2] else set()
    if _is_title(text, spans):
        found |= {"title", "title explained"} if WORK.match(text, spans[-1][1]) else {"title"}
    found |= _of_source(text[slice(*source)]) if source else set()
    found |= _of_cue(text, cue) if cue else {"no cue"}
    apart = cue and said.startswith("to ") and not text[cue[1] : spans[0][0]].isspace()
    found |= {"purpose"} if apart else set()
    found |= {"told to"} if {"act orders", "act asks"} & found and TO_DO.match(said) else set()
    bare = cue and not ("verb" in found or TO_DO.match(said) or text[spans[0][0] - 1] in "“\"‘'")
    found |= {"bare"} if bare else set()
    if bare and cue_lexicon().has(text[slice(*cue)], "bare"):
        found.add("bare deed")
    announced = text[slice(*cue)].casefold() if cue else ""
    vector = sentence_vectors([announced])[0] if WORD.search(announced) else ()
    return {
        **dict.fromkeys(found, 1.0),
        **{f"vector {number}": float(x) for number, x in enumerate(vector)},
        **_own_voice(text),
        "words": math.log1p(len(said.split())),
    }


def _is_title(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether all that stands between marks is a name: 'The Long Night', 'Baker of the Year'."""
    marked = [text[a:b] for a, b in spans if text[a - 1 : a] in ("“", '"', "‘", "'")]
    words = [word for part in marked for word in WORD.findall(part) if len(word) > 3]
    return bool(words) and all(word[0].isupper() for word in words) and marked[-1][-1].isalnum()


def _of_source(source: str) -> set[str]:
    words = WORD.findall(source)
    last = words[-1] if words else ""
    found = {f"source {last}"} if last.islower() else {"source named"}
    found |= {f"source {last.casefold()}"} if len(words) == 1 else set()
    found |= {"source document"} if last in cue_lexicon().documents else set()
    common = last.islower() or len(words) == 1
    found |= {"source thing"} if common and cue_lexicon().has(last, "things") else set()
    found |= {"source anybody"} if ANYBODY.match(source) else set()
    found |= {"source possessive"} if POSSESSIVE.search(source) else set()
    return found


def _of_cue(text: str, cue: Span) -> set[str]:
    lexicon, announced = cue_lexicon(), text[slice(*cue)]
    words = [word.casefold() for word in WORD.findall(announced)]
    # Of rare cues the lists tell more than the judged quotes: what kind of saying, if any, it is.
    found = {f"cue {lexicon.base(word) or word}" for word in words}
    found |= {f"act {lexicon.act(announced)}"}
    if lexicon.reports(announced):
        found.add("reports")
    elif lexicon.has(announced, "deeds"):
        found.add("deed")
    before = CLAUSE.split(text[max(0, cue[0] - 80) : cue[0]])[-1]
    found |= {"negated"} if is_negated(text, *cue) else set()
    found |= {"negated before"} if NOT.search(before) else set()
    found |= {"supposed"} if SUPPOSED.search(f"{before} {' '.join(words)}") else set()
    found |= {"about"} if ABOUT.search(announced) else set()
    found |= {"to come"} if TO_COME.search(announced) else set()
    return found


@lru_cache(maxsize=8)
def _own_voice(text: str) -> Evidence:
    """Return how much an author says 'I', and 'we' or 'you', outside of what is quoted."""
    own = QUOTED.sub(" ", text)
    size = max(1, len(own.split()))
    return {
        name: min(3.0, 50 * len(pattern.findall(own)) / size)
        for name, pattern in (("own I", FIRST), ("own we", WE))
    }


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
    return json.loads(read_model("confidence.json"))
