"""From a notebook that has run to a page that anyone can keep.

The page loads nothing and runs nothing: no script, no address, pictures inside. Nothing in it
tells the time, a path or a machine.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from sayso.paths import OWN_PAGE, PACKAGE

HIDDEN_TAGS = {"parameters", "injected-parameters", "remove-cell"}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = PACKAGE / "report" / "page.css"


def page(title: str, body: str) -> str:
    """Return a whole page; ``body`` is HTML, ``title`` text."""
    import sayso

    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"{OWN_PAGE}\n"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n{body}\n"
        f"<footer><p>Made with sayso {sayso.__version__}.</p></footer>\n</body>\n</html>\n"
    )


def notebook_page(notebook: NotebookNode, title: str) -> str:
    """Return a notebook's text and outputs as a page, without its code."""
    from nbconvert import HTMLExporter
    from nbconvert.preprocessors import TagRemovePreprocessor

    exporter = HTMLExporter(template_name="basic", exclude_input=True, exclude_output_prompt=True)
    exporter.exclude_input_prompt = True
    exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = ""
    exporter.register_preprocessor(
        TagRemovePreprocessor(remove_cell_tags=HIDDEN_TAGS), enabled=True
    )
    body, _ = exporter.from_notebook_node(notebook)
    return page(title, f'<nav><a href="index.html">All reports</a></nav>\n<main>{body}</main>')


def title_of(notebook: NotebookNode, otherwise: str) -> str:
    """Return a notebook's first heading."""
    for cell in notebook.cells:
        for line in cell.source.splitlines() if cell.cell_type == "markdown" else ():
            if line.startswith("# "):
                return line[2:].strip()
    return otherwise


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
