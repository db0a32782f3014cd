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

HIDDEN_TAGS = {"parameters", "injected-parameters", "remove-cell"}
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --line: #8884; --link: #0072b2; }
@media (prefers-color-scheme: dark) { :root { --link: #56b4e9; } }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; margin: 1.6em 0 0.5em; }
h1 { margin-top: 0.5em; }
a { color: var(--link); }
a.anchor-link { display: none; }
p, li { max-width: 46rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
code { font-size: 0.9em; }
img { max-width: 100%; height: auto; background: white; border-radius: 4px; }
.output_area { margin: 0.8rem 0; overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.88em; }
th, td { padding: 0.3em 0.7em; border: 0; border-bottom: 1px solid var(--line); }
th { text-align: left; }
td { vertical-align: top; }
.failed { border-left: 4px solid #d55e00; padding-left: 0.8rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); font-size: 0.85em; opacity: 0.75; }
"""


def page(title: str, body: str) -> str:
    """Return a whole page; ``body`` is HTML, ``title`` text."""
    import sayso

    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n"
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
