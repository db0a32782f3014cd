"""Agreement figures beside those of others: krippendorff (PyPI), and the definitions written out.

There are no data: codes and spans are drawn at random. ``krippendorff`` goes into an environment of
its own, under PATH (a folder of your choice).
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.agreement import definition
from benchmarks.peers import environment
from sayso.analyze import unitizing
from sayso.analyze.framing.agreement import alpha

PACKAGES = ["krippendorff==0.9.0"]
CASES = 200
PEER = """
import json, sys, numpy, krippendorff
for codes in json.load(sys.stdin):
    data = numpy.array([[numpy.nan if v < 0 else v for v in unit] for unit in codes]).T
    print(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))
"""


def tables(path: Path | None = None) -> dict[str, pd.DataFrame]:
    """Return ``figures``: measure, beside (whose figure), n (cases), difference (the largest)."""
    if path is None:
        raise ValueError("agreement needs a folder in which it can install krippendorff")
    rng = np.random.default_rng(0)
    codes = [nominal_case(rng) for _ in range(CASES)]
    ours = np.array([alpha(one, 4) for one in codes])
    rows = [("alpha", "krippendorff 0.9.0", _apart(ours, peer(path, codes)))]
    plain = [[[None if v < 0 else v for v in unit] for unit in one.tolist()] for one in codes]
    rows.append(("alpha", "its definition", _apart(ours, map(definition.nominal, plain))))
    texts = [unitizing_case(rng) for _ in range(CASES)]
    ours = np.array([own(one) for one in texts])
    rows.append(
        ("unitizing alpha", "its definition", _apart(ours, map(definition.unitizing, texts)))
    )
    told = [(what, beside, CASES, apart) for what, beside, apart in rows]
    return {"figures": pd.DataFrame(told, columns=["measure", "beside", "n", "difference"])}


def nominal_case(rng: np.random.Generator) -> np.ndarray:
    """Return codes (units, coders) of two or three coders, -1 where one gave none."""
    shape = int(rng.integers(5, 40)), int(rng.integers(2, 4))
    true = rng.integers(0, 4, shape[0])[:, None]
    codes = np.where(rng.random(shape) < 0.7, true, rng.integers(0, 4, shape))
    return np.where(rng.random(shape) < 0.1, -1, codes)


def unitizing_case(rng: np.random.Generator) -> list[tuple[int, list]]:
    """Return some texts: length, and units of each of two or three coders."""
    coders, texts = int(rng.integers(2, 4)), []
    for _ in range(int(rng.integers(1, 5))):
        length = int(rng.integers(30, 400))
        ends = np.sort(rng.choice(length, 2 * int(rng.integers(1, 6)), replace=False))
        true = ends.reshape(-1, 2)
        marked = []
        for _ in range(coders):
            moved = np.clip(true + rng.integers(-3, 4, true.shape), 0, length)
            kept = moved[(rng.random(len(true)) < 0.8) & (moved[:, 0] < moved[:, 1])]
            marked.append(unitizing.apart([tuple(map(int, span)) for span in kept]))
        texts.append((length, marked))
    return texts


def own(texts: list[tuple[int, list]]) -> float:
    """Return sayso's alpha for unitizing of some texts."""
    sections = [unitizing.Section(length, tuple(marked)) for length, marked in texts]
    return unitizing.alpha([unitizing.prepared(sections)], np.arange(len(sections)))


def peer(folder: Path, codes: list[np.ndarray]) -> list[float]:
    """Return what krippendorff says of the same codes."""
    python = environment(folder / "krippendorff", PACKAGES)
    given = json.dumps([one.tolist() for one in codes])
    done = subprocess.run([python, "-c", PEER], input=given, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [float(line) for line in done.stdout.split()]


def _apart(ours: np.ndarray, others) -> float:
    """Return the largest difference; both must be null in the same cases."""
    theirs = np.array(list(others))
    if (np.isnan(ours) != np.isnan(theirs)).any():
        return float("inf")
    return float(np.nanmax(np.abs(ours - theirs)))
