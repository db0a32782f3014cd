"""Run inside ConvoKit's environment: FightingWords on counts from standard input, z to output.

Input is JSON: ``terms``, ``own`` and ``other`` (counts), ``prior`` (a pseudo-count for each term).
Only ConvoKit's scoring is run, on texts that hold each term as often as its count says. The modules
that it imports for other purposes (corpora, plots, cleaning of text) are stood in for, so that
ConvoKit can be installed without its dependencies.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import types
from importlib.metadata import distribution

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer


def load_fighting_words():
    """Return ConvoKit's FightingWords class."""
    names = ("cleantext", "matplotlib", "convokit", "convokit.model")
    stands = {name: types.ModuleType(name) for name in names}
    stands["cleantext"].clean = lambda text, **_: text
    stands["matplotlib"].pyplot = None
    stands["convokit"].Transformer = object
    stands["convokit.model"].Corpus = stands["convokit.model"].CorpusComponent = object
    sys.modules.update(stands)
    file = distribution("convokit").locate_file("convokit/fighting_words/fightingWords.py")
    module = types.ModuleType("fighting_words")
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), module.__dict__)
    return module.FightingWords


def main() -> None:
    """Read the counts, score them, write the z-scores and ConvoKit's version."""
    task = json.load(sys.stdin)
    names = [f"t{number}" for number in range(len(task["terms"]))]
    texts = [
        " ".join(" ".join([name] * times) for name, times in zip(names, counts, strict=True))
        for counts in (task["own"], task["other"])
    ]
    scorer = load_fighting_words()(
        text_func=lambda text: text,
        cv=CountVectorizer(vocabulary=names),
        prior=np.array(task["prior"], float),
    )
    with contextlib.redirect_stdout(io.StringIO()):
        scores = scorer._bayes_compare_language([texts[0]], [texts[1]])
    found = [float(scores[name]) for name in names]
    print(json.dumps({"z": found, "version": distribution("convokit").version}))


if __name__ == "__main__":
    main()
