"""Where the files are that sayso needs at run time: data, model, notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
MODEL_FOLDER = PACKAGE / "model"
# An installed package carries the data; in a clone they lie at the top, where people edit them.
FOLDERS = (PACKAGE / "data", PACKAGE.parents[1] / "data")


def project_root() -> Path:
    """Return the top of the clone that the package is in (seeds, notebooks and tests lie there)."""
    return PACKAGE.parents[1]


def data_path(name: str) -> Path:
    """Return the path of a data file.

    Raises
    ------
    FileNotFoundError
        If there is no such file, named with the folders that were searched.
    """
    for folder in FOLDERS:
        if (folder / name).exists():
            return folder / name
    searched = " and ".join(str(folder) for folder in FOLDERS)
    raise FileNotFoundError(f"data file '{name}' is in neither {searched}: install sayso again")
