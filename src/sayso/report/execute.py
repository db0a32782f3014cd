"""A notebook run in a kernel of its own; where it fails, the cell, the cause and the mend."""

from __future__ import annotations

import contextlib
import html
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from sayso.paths import PACKAGE
from sayso.show.html import ASKED

CELL_SECONDS = 3600
LONGEST_SOCKET = 90  # characters that the path of a socket may have on any system
LONGEST = 400  # characters of a message
ENDED = "It was ended from outside, as a rule for want of memory: give it fewer articles."
SLOW = f"A cell may take {CELL_SECONDS:,} seconds: give it fewer articles."
OURS = "Change what it names; the same command then makes this page only."
ANY = (
    "Open the failed notebook in JupyterLab and run it there; if the cell is yours, mend it, else "
    "tell sayso's developers. The same command then makes this page only."
)
MENDS = {"DeadKernelError": ENDED, "CellTimeoutError": SLOW, "MemoryError": ENDED}
MENDS |= dict.fromkeys(("ValueError", "KeyError", "LookupError", "FileNotFoundError"), OURS)
# Kernels hand over whole tables, and each keeps to one core, as several run side by side.
KERNELS = {ASKED: "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class Failed(Exception):
    """A notebook that did not run to its end: the message, and the notebook as it was left."""

    def __init__(self, message: str, notebook: NotebookNode) -> None:
        super().__init__(message)
        self.notebook = notebook


@contextlib.contextmanager
def kernels_asked() -> Iterator[None]:
    """Tell kernels that are started meanwhile what a report needs of them."""
    before = {name: os.environ.get(name) for name in KERNELS}
    os.environ.update({name: before[name] or value for name, value in KERNELS.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]


def execute(path: Path, values: Mapping[str, Any], names: Mapping[str, str]) -> NotebookNode:
    """Return a notebook, run with these parameters, without what differs from run to run.

    ``names`` holds what is to stand for each path that is not to be told. Files that a kernel needs
    lie in a folder of its own, so nothing is written beside the notebook.

    Raises
    ------
    Failed
        If it does not run to its end.
    """
    import papermill
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="sayso-", ignore_cleanup_errors=True) as folder:
        partial = Path(folder) / path.name
        try:
            papermill.execute_notebook(
                str(path),
                str(partial),
                parameters=values,
                kernel_name="python3",
                # Not ``cwd``, which changes that of this process, and so of notebooks beside it.
                resources={"metadata": {"path": str(path.parent.resolve())}},
                progress_bar=False,
                start_timeout=120,
                execution_timeout=CELL_SECONDS,
                config=Config(KernelManager=_connection(Path(folder))),
            )
            return clean(read_notebook(partial), names)
        except Exception as error:
            names = {**names, folder: "", str(PACKAGE): "sayso", sys.prefix: "python"}
            try:
                left = read_notebook(partial)
            except Exception:  # it was not written, or not whole
                left = read_notebook(path)
            raise Failed(_told(error, names), clean(left, names)) from None


def _connection(folder: Path) -> dict[str, str]:
    """Return how to talk to a kernel: by sockets in a folder of its own where that works.

    Then no port is open, and none can be taken by two kernels.
    """
    own = {"connection_file": str(folder / "kernel.json")}
    if os.name == "nt" or len(str(folder / "k-1")) > LONGEST_SOCKET:
        return own
    return own | {"transport": "ipc", "ip": str(folder / "k")}


def _told(error: Exception, names: Mapping[str, str]) -> str:
    """Return where a notebook failed, why, and what to do; no paths."""
    cause = getattr(error, "ename", type(error).__name__)
    lines = str(getattr(error, "evalue", error)).strip().splitlines() or [""]
    where = ""
    if number := getattr(error, "exec_count", None):
        first = (getattr(error, "source", "").strip().splitlines() or [""])[0]
        where = f"Cell {number} ('{first[:60]}'): "
    message = f"{where}{cause}: {lines[0][:LONGEST]}"
    for path, short in names.items():
        message = message.replace(path, short)
    return f"{message.rstrip('.')}. {MENDS.get(cause, ANY)}"


def clean(notebook: NotebookNode, names: Mapping[str, str]) -> NotebookNode:
    """Return a notebook without what differs from run to run: times, ids, paths, warnings.

    ``names`` holds what is to stand for each path that is not to be told.
    """
    text = nbformat.writes(notebook)
    for path, name in sorted(names.items(), key=lambda pair: -len(pair[0])):
        for spelling in (path, html.escape(path), _in_json(path)):
            text = text.replace(_in_json(spelling), _in_json(name))
    notebook = nbformat.reads(text, as_version=4)
    kernel = notebook.metadata.get("kernelspec", {})
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": kernel, "language_info": {"name": "python"}}
    )
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    return notebook


def _in_json(text: str) -> str:
    """Return a text as it stands in the file of a notebook."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook, whatever its minor version."""
    return nbformat.read(str(path), as_version=4)


def title_of(notebook: NotebookNode, otherwise: str) -> str:
    """Return a notebook's first heading."""
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("# "):
                return line[2:].strip()
    return otherwise
