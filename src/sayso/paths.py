"""Where the files are that sayso needs at run time: data, model, notebooks."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
MODEL_FOLDER = PACKAGE / "model"
# An installed package carries data and notebooks; in a clone they lie at the top, to be edited.
FOLDERS = (PACKAGE / "data", PACKAGE.parents[1] / "data")
NOTEBOOKS = (PACKAGE / "notebooks", PACKAGE.parents[1] / "notebooks")


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


def notebooks_path() -> Path:
    """Return the folder of the notebooks.

    Raises
    ------
    FileNotFoundError
        If there is none, named with the folders that were searched.
    """
    for folder in NOTEBOOKS:
        if folder.is_dir():
            return folder
    searched = " or ".join(str(folder) for folder in NOTEBOOKS)
    raise FileNotFoundError(f"no notebooks in {searched}: install sayso again")
