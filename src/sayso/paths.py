"""Where the files are that sayso needs at run time: data, model, notebooks."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from pathlib import Path

PACKAGE = Path(__file__).parent
MODEL_FOLDER = PACKAGE / "model"
# What a store consists of, its list, lock and folders: no articles are looked for in them.
STORE_LIST, STORE_LOCK = "store.json", ".store.lock"
UNFINISHED = ".unfinished"
# Stores of format 2 numbered their parts, too.
STORE_PART = re.compile(rf"(?:part-(?:\d{{5}}-)?|names-)[0-9a-f]{{16}}(?:{re.escape(UNFINISHED)})?")
# What tells a report and a folder of codings: what lies beside them is no article either.
REPORT_STATE, DESIGN = ".sayso.json", "design.csv"
# How a page of ours says what it is: it is no article either.
OWN_PAGE = '<meta name="generator" content="sayso">'
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


def read_model(name: str) -> bytes:
    """Return a file of the model, as it was when its digest was written down.

    Raises
    ------
    FileNotFoundError, ValueError
        If it is missing, or is not that file: what a changed one finds would be wrong in silence.
    """
    data = (MODEL_FOLDER / name).read_bytes()
    lines = (MODEL_FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    if f"{hashlib.sha256(data).hexdigest()}  {name}" not in lines:
        raise ValueError(
            f"{MODEL_FOLDER / name} is not the file that sayso came with, by its SHA-256: install "
            "sayso again; after a training, write SHA256SUMS anew (training/README.md)"
        )
    return data


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


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, texts as UTF-8, so that it appears whole or not at all."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a pipe, the terminal
        return
    path = Path(os.path.realpath(path))
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    except BaseException as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename:
            error.filename = str(path)
        raise


def _leads_somewhere(path: Path) -> bool:
    """Whether there is something at a path, or something that it fits as a glob."""
    return path.exists() or any(glob.iglob(str(path), recursive=True))


def _first(name: str) -> Path:
    for home in HOMES:
        if (home / name).exists():
            return home / name
    searched = " nor in ".join(str(home) for home in HOMES)
    raise FileNotFoundError(f"{name} is neither in {searched}: install sayso again")
