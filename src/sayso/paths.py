"""Where the files are that sayso needs at run time: data, model, notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
MODEL_FOLDER = PACKAGE / "model"
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


def _first(name: str) -> Path:
    for home in HOMES:
        if (home / name).exists():
            return home / name
    searched = " nor in ".join(str(home) for home in HOMES)
    raise FileNotFoundError(f"{name} is neither in {searched}: install sayso again")
