"""Train the sentence splitter: ``python -m training.punkt EVAL_FOLDER``.

Punkt (Kiss & Strunk 2006) learns abbreviations, collocations and sentence starters from raw text.
What it learns is stored as JSON; abbreviations that every English newsroom uses are added, so that
they do not depend on having been in the training texts. Names that the news of those years began
sentences with are dropped from the starters: 'Ms. Sanders' is one sentence whoever she is. Titles
are listed apart, as no sentence ends with one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path

from nltk.tokenize.punkt import PunktTrainer

from sayso.paths import MODEL_FOLDER
from training.data import read_jsonl

TITLES = """
mr mrs ms mx dr prof rev hon gen col maj capt lt sgt cmdr adm sen sens rep reps gov govs pres messrs
""".split()  # noqa: SIM905
# One string, as a list of a hundred short words would be a page long.
COMMON = """
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
mr mrs ms dr prof rev hon gen col maj capt lt sgt cmdr adm sen rep gov pres st sr jr esq messrs
u.s u.k u.n e.u d.c a.m p.m i.e e.g etc vs v no nos inc corp co ltd llc bros dept univ assn ave blvd
rd ft mt est approx cf al ed vol fig pp
""".split()  # noqa: SIM905


PRONOUNS = {"i"}  # written with a capital wherever it stands


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds attribution/")
    options = parser.parse_args()
    path = options.folder / "attribution" / "polnear" / "train" / "articles.jsonl.gz"
    texts = [article["text"] for article in read_jsonl(path)]
    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    for text in texts:
        trainer.train(text, finalize=False)
    trainer.finalize_training()
    learnt = trainer.get_params()
    # A word tells something only where it was seen both with a small and with a capital letter.
    both = {
        word: int(flags) for word, flags in learnt.ortho_context.items() if _telling(word, flags)
    }
    stored = {
        "abbreviations": sorted(set(learnt.abbrev_types) | set(COMMON) | set(TITLES)),
        "titles": sorted(TITLES),
        "collocations": sorted(map(list, learnt.collocations)),
        "sentence_starters": sorted(w for w in learnt.sent_starters if not is_name(w, texts)),
        "orthography": dict(sorted(both.items())),
    }
    out = MODEL_FOLDER / "punkt.json"
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{out.name}: {len(stored['abbreviations'])} abbreviations, {len(both)} words")


def is_name(word: str, texts: Iterable[str]) -> bool:
    """Whether a word stands with a capital letter inside sentences more often than without one."""
    if word in PRONOUNS:
        return False
    small = re.compile(rf"\b{re.escape(word)}\b")
    inside = re.compile(rf"[a-z,] {re.escape(word.capitalize())}\b")
    return sum(len(inside.findall(t)) - len(small.findall(t)) for t in texts) > 0


def _telling(word: str, flags: int) -> bool:
    from nltk.tokenize.punkt import _ORTHO_LC, _ORTHO_UC

    return word.isalpha() and bool(flags & _ORTHO_LC) and bool(flags & _ORTHO_UC)


if __name__ == "__main__":
    main()
