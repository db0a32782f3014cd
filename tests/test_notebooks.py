"""The notebooks: whole, run from top to bottom, and fit for any corpus."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import nbformat
import papermill
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])


def load(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in load(path).cells if cell.cell_type == "code" and cell.source.strip()]


def test_notebooks_are_numbered_in_reading_order():
    numbers = [int(path.name.split("-")[0]) for path in NOTEBOOKS]
    reading = [number for number in numbers if number < 90]
    assert len(reading) >= 3
    assert reading == list(range(len(reading)))
    # What is about sayso itself stands apart, from 90 on.
    assert len(set(numbers)) == len(numbers)


@each
def test_the_notebook_is_well_formed(path):
    notebook = load(path)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    first = notebook.cells[0]
    assert first.cell_type == "markdown" and re.match(r"# \S", first.source)


@each
def test_the_stored_run_went_from_top_to_bottom_without_errors(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert "error" not in kinds
    streams = [o for cell in cells for o in cell.outputs if o.get("name") == "stderr"]
    assert streams == []


@each
def test_nothing_volatile_is_stored(path):
    notebook = load(path)
    assert "papermill" not in notebook.metadata
    assert all("execution" not in cell.metadata for cell in notebook.cells)
    assert "version" not in notebook.metadata.get("language_info", {})


@each
def test_every_skipped_comparison_is_explained(path):
    cells = load(path).cells
    for before, cell in itertools.pairwise(cells):
        if {"nbval-ignore-output", "nbval-skip"} & set(cell.metadata.get("tags", [])):
            assert before.cell_type == "markdown" and len(before.source) > 20


@each
def test_parameters_are_declared_once_with_type_and_help(path):
    tagged = [c for c in code_cells(path) if "parameters" in c.metadata.get("tags", [])]
    assert len(tagged) == 1
    for name, parameter in papermill.inspect_notebook(str(path)).items():
        assert parameter["inferred_type_name"] != "None", name
        assert parameter["help"], name
    assert "corpus" in papermill.inspect_notebook(str(path))


@pytest.mark.slow
@each
def test_the_notebook_runs_on_another_corpus(path, tmp_path):
    out = tmp_path / path.name
    papermill.execute_notebook(
        path,
        out,
        parameters={"corpus": str(ROOT / "tests" / "corpus")},
        cwd=ROOT / "notebooks",
        kernel_name="python3",
        progress_bar=False,
        start_timeout=120,
        execution_timeout=300,
    )
    said = str([cell.get("outputs") for cell in load(out).cells])
    assert "courier" in said or "Averil" in said
    assert not re.search("Stoltenberg|INF Treaty", said)
