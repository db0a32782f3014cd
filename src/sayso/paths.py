"""Where the files are that sayso needs at run time: data, model, notebooks."""

from __future__ import annotations

import glob
import re
from pathlib import Path

PACKAGE = Path(__file__).parent
MODEL_FOLDER = PACKAGE / "model"
# What a store consists of, its list and its folders: no articles are looked for in them.
STORE_LIST = "store.json"
STORE_PART = re.compile(r"part-\d{5}-[0-9a-f]{16}")
# An installed package carries data, seeds and notebooks; in a clone they lie at the top.
HOMES = (PACKAGE, PACKAGE.parents[1])


def data_path(name: str) -> Path:
    """Return the path of a data file.

    Raises
    ------
    FileNotFoundError
        If there is no such file, named with the folders that were searched.
    """
    return _first(f"data/{name}")


def seeds_path() -> Path:
    """Return the folder of the five articles that sayso was begun with (see :func:`data_path`)."""
    return _first("seeds")


def notebooks_path() -> Path:
    """Return the folder of the notebooks (see :func:`data_path`)."""
    return _first("notebooks")


def project_path(path: str | Path) -> Path:
    """Return where a path leads that a notebook was given.

    JupyterLab and nbval start a notebook in its folder, papermill where the user is. So a relative
    path is tried from the working directory first, then from the notebooks' folder.
    """
    path = Path(path)
    if path.is_absolute() or _leads_somewhere(path):
        return path
    beside = notebooks_path() / path
    return beside.resolve() if _leads_somewhere(beside) else path


def _leads_somewhere(path: Path) -> bool:
    """Whether there is something at a path, or something that it fits as a glob."""
    return path.exists() or any(glob.iglob(str(path), recursive=True))


def _first(name: str) -> Path:
    for home in HOMES:
        if (home / name).exists():
            return home / name
    searched = " nor in ".join(str(home) for home in HOMES)
    raise FileNotFoundError(f"{name} is neither in {searched}: install sayso again")
