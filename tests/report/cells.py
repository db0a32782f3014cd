"""Notebooks' cells run in this process, one namespace a notebook: what a kernel does, in less time.

What cells show goes through IPython's own formatter, as in a kernel.
"""

from __future__ import annotations

import ast
import contextlib
import io
from pathlib import Path

import matplotlib
import nbformat
from IPython.core.formatters import DisplayFormatter
from nbformat import NotebookNode, v4


class CellFailed(Exception):
    """A cell that did not run; the message names it."""


def run_cells(path: Path, monkeypatch, **parameters) -> NotebookNode:
    """Return a notebook with what its cells show; parameters that it declares are set."""
    matplotlib.use("Agg")
    notebook = nbformat.read(str(path), as_version=4)
    formatter, names = DisplayFormatter(), {"__name__": "__main__"}
    shown: list[NotebookNode] = []

    def display(data, raw=False, metadata=None, **_):
        both = (data, metadata or {}) if raw else formatter.format(data)
        shown.append(v4.new_output("display_data", data=both[0], metadata=both[1]))

    monkeypatch.setattr("IPython.display.display", display)
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        shown.clear()
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        try:
            with contextlib.redirect_stdout(printed):
                exec(compile(tree, f"{path.name}[{number}]", "exec"), names)
                if "parameters" in cell.metadata.get("tags", ()):
                    names.update({k: v for k, v in parameters.items() if k in names})
                if last is not None:
                    whole = compile(ast.Expression(last.value), f"{path.name}[{number}]", "eval")
                    if (value := eval(whole, names)) is not None:
                        display(value)
        except Exception as error:
            raise CellFailed(
                f"{path.name}, cell {number}: {type(error).__name__}: {error}"
            ) from error
        cell.outputs = [nbformat.from_dict(dict(output)) for output in shown]
        if printed.getvalue():
            cell.outputs.append(v4.new_output("stream", name="stdout", text=printed.getvalue()))
    return notebook
