"""Check sayso's weighted log-odds against ConvoKit's FightingWords on the same counts and prior.

    python benchmarks/words/compare.py [CORPUS] [--env FOLDER] [--out FILE]

ConvoKit is installed into an environment of its own, without the dependencies that its scoring does
not need. The result, the largest difference of a z-score, is written beside this file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np

import sayso
from sayso.analyze.words.keyness import PRIOR_WORDS, count_words, log_odds

HERE = Path(__file__).parent
ENV = Path(tempfile.gettempdir()) / "sayso-convokit"
TOLERANCE = 1e-6


def main() -> None:
    """Compare every group with the rest under both priors; fail where they differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=HERE.parents[1] / "seeds")
    parser.add_argument("--env", type=Path, default=ENV, help="ConvoKit's environment")
    parser.add_argument("--out", type=Path, default=HERE / "result.json")
    options = parser.parse_args()
    corpus = sayso.load(options.corpus)
    counts = count_words(corpus.quotes, corpus.sentences, corpus.articles, voice="all")
    python = environment(options.env)
    rows, version = [], ""
    for prior in ("corpus", "uniform"):
        ours = log_odds(counts, prior=prior)
        for group in counts:
            theirs, version = fighting_words(python, counts, group, prior)
            own = ours[ours["group"] == group].set_index("term").loc[counts.index, "z"]
            largest = float(np.abs(own.to_numpy() - theirs).max())
            rows.append({"group": group, "prior": prior, "largest_difference": largest})
            print(f"{group:32} {prior:8} largest difference of z: {largest:.1e}")
    worst = max(row["largest_difference"] for row in rows)
    result = {
        "peer": f"ConvoKit {version}, FightingWords",
        "corpus": options.corpus.name,
        "terms": len(counts),
        "comparisons": len(rows),
        # ConvoKit keeps counts in single precision, so it rounds in the last digits.
        "largest_difference_below": float(f"1e{int(np.ceil(np.log10(max(worst, 1e-15))))}"),
    }
    options.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    sys.exit(f"differs by {worst:.1e}" if worst > TOLERANCE else 0)


def fighting_words(python: Path, counts, group: str, prior: str) -> tuple[np.ndarray, str]:
    """Return ConvoKit's z of each term for a group against the rest, and its version."""
    whole = counts.sum(axis=1)
    weights = whole if prior == "corpus" else whole * 0 + 1.0
    task = {
        "terms": list(counts.index),
        "own": counts[group].tolist(),
        "other": (whole - counts[group]).tolist(),
        "prior": (weights / weights.sum() * PRIOR_WORDS).tolist(),
    }
    command = [str(python), str(HERE / "fighting_words.py")]
    answer = subprocess.run(command, input=json.dumps(task), capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"ConvoKit failed.\n{answer.stderr[-2000:]}")
    found = json.loads(answer.stdout)
    return np.array(found["z"]), found["version"]


def environment(folder: Path) -> Path:
    """Make ConvoKit's environment if it is not there yet; return its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, "--no-deps", "convokit==5.0.0"], check=True)
        subprocess.run([*install, "numpy", "pandas", "scikit-learn"], check=True)
    return python


if __name__ == "__main__":
    main()
