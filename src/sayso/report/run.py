"""Reports: each notebook run with the corpus and parameters of your choice, as a page to keep.

A page appears under its name only when it is whole. A notebook that fails leaves itself as
``<name>.failed.ipynb`` and does not stop the others. A page whose notebook, parameters and corpus
are what they were is not made again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import nbformat

from sayso.batch.executors import cores
from sayso.batch.progress import shown
from sayso.batch.run import extract_to
from sayso.corpus import open_store, refuse_columns
from sayso.paths import PACKAGE, notebooks_path, write_whole
from sayso.report.index import Result, index_page
from sayso.report.page import clean, notebook_page, read_notebook, title_of
from sayso.report.parameters import (
    RESERVED,
    assign,
    check_choices,
    check_parameters,
    declared,
    defaults,
)
from sayso.store import contents_digest, digest, is_store

STATE = ".sayso.json"
STORE = ".store"
PARTIAL = ".partial"
CELL_SECONDS = 3600


def render(
    source: str | Path,
    out: str | Path,
    *,
    notebooks: Sequence[str | Path] | None = None,
    parameters: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
    force: bool = False,
) -> list[Result]:
    """Tell what was read, run notebooks on it, and write a page for each, and ``index.html``.

    ``notebooks`` are names or beginnings of names ('02'), or paths; all of sayso's if not given.
    Each of the ``parameters`` goes to the notebooks that declare it, ``columns`` to
    :func:`sayso.read`. With ``force``, pages whose inputs did not change are made again, too.

    Returns
    -------
    list of Result
        One a notebook, as they ran. Raises what :func:`assign` and :func:`check_choices` raise.
    """
    paths, out = find_notebooks(notebooks), Path(out)
    known = {path.stem: declared(path) for path in paths}
    chosen = assign(parameters or {}, known)
    ours = [path.stem for path in paths if path.parent == notebooks_path()]
    for name in ours:
        check_parameters(**chosen[name])
    _refuse_others(out, [*known, "index"])
    store = _prepare(source, out, columns)
    corpus, inputs = open_store(store), _inputs(store, (parameters or {}).get("codings"))
    print(corpus.account, file=sys.stderr)
    for name in ours:
        check_choices(corpus, **defaults(known[name]) | chosen[name])
    results = _read_state(out)
    for path in _bar(paths, "notebooks"):
        old = None if force else results.get(path.stem)
        results[path.stem] = _render_one(path, store, chosen[path.stem], inputs, out, old)
        _write_state(out, results)
    shown = [results[name] for name in sorted(results) if results[name].inputs == inputs]
    write_whole(out / "index.html", index_page(_name(source), corpus, shown))
    return [results[path.stem] for path in paths]


def find_notebooks(names: Sequence[str | Path] | None = None) -> list[Path]:
    """Return the notebooks of these names, beginnings of names or paths; all of ours if not given.

    Raises
    ------
    ValueError
        If a name fits none or several (the message lists the names there are), or two notebooks
        would be one page.
    """
    ours = sorted(notebooks_path().glob("*.ipynb"))
    if not names:
        return ours
    found = list(dict.fromkeys(_find_one(str(name), ours) for name in names))
    pages: dict[str, Path] = {"index": Path("index.html")}
    for path in found:
        other = pages.setdefault(path.stem.casefold(), path)
        if other != path:
            raise ValueError(f"{path} and {other} would be one page, {path.stem}.html: rename one")
    return found


def _find_one(name: str, ours: list[Path]) -> Path:
    if Path(name).is_file():
        return Path(name)
    stem = name.removesuffix(".ipynb")
    fitting = [path for path in ours if path.stem == stem]
    fitting = fitting or [path for path in ours if path.stem.startswith(stem)]
    if len(fitting) != 1:
        listed = ", ".join(path.stem for path in ours)
        raise ValueError(f"'{name}' fits {len(fitting)} notebooks; there are: {listed}")
    return fitting[0]


# --- the corpus -------------------------------------------------------------------------------


def _refuse_others(out: Path, names: Iterable[str]) -> None:
    """Raise an error where a page would be written over a file that no report of ours wrote."""
    taken = [f"{name}.html" for name in names if (out / f"{name}.html").exists()]
    if taken and not (out / STATE).exists():
        raise FileExistsError(
            f"{out} holds {', '.join(taken)} of another making: name another --out"
        )


def _prepare(source: str | Path, out: Path, columns: Mapping[str, str] | None = None) -> Path:
    """Return the store of a corpus, extracted once for all notebooks.

    Its folder is called like the source, so that notebooks tell the name the user knows. An
    extraction that was stopped goes on where it stopped.
    """
    out.mkdir(parents=True, exist_ok=True)
    if is_store(source):
        refuse_columns(source, columns)
        return Path(source)
    store = out / STORE / _name(source)
    shown(extract_to(source, store, columns=columns, workers=cores()), source)
    return store


def _inputs(store: Path, codings: str | None) -> str:
    """Return a digest of store and codings: a page is made anew if any of them changed."""
    inputs = contents_digest(store)
    if not codings:
        return inputs
    files = (path for path in sorted(Path(codings).rglob("*")) if path.is_file())
    return digest([inputs, *(path.read_bytes() for path in files)])


def _name(source: str | Path) -> str:
    """Return what a source is called: the last part of its path that is no pattern."""
    parts = [part for part in Path(source).parts if not set(part) & set("*?[")]
    return parts[-1] if parts and parts[-1] not in ("..", Path(source).anchor) else "corpus"


# --- one notebook -----------------------------------------------------------------------------


def _render_one(
    path: Path, store: Path, values: Mapping[str, Any], inputs: str, out: Path, old: Result | None
) -> Result:
    """Write a notebook's page, unless it is there already; return what became of it."""
    stamp = digest([path.read_bytes(), json.dumps(values, sort_keys=True), inputs])
    if old and old.stamp == stamp and old.status != "failed" and (out / old.file).exists():
        return replace(old, status="unchanged")
    result = Result(
        path.stem,
        title_of(read_notebook(path), path.stem),
        "rendered",
        f"{path.stem}.html",
        parameters=", ".join(f"{name} = {value}" for name, value in values.items()),
        inputs=inputs,
        stamp=stamp,
    )
    names = {str(store.resolve()): store.name, str(path.parent.resolve()): path.parent.name}
    failed = out / f"{path.stem}.failed.ipynb"
    with tempfile.TemporaryDirectory(prefix=PARTIAL, dir=out) as folder:
        partial = Path(folder) / path.name
        try:
            _run(path, partial, dict(values) | {RESERVED: str(store.resolve())})
            page = notebook_page(clean(read_notebook(partial), names), result.title)
        except Exception as error:
            names |= {str(PACKAGE): "sayso", sys.prefix: "python"}
            try:
                left = read_notebook(partial)
            except Exception:  # it was not written, or not whole
                left = read_notebook(path)
            write_whole(failed, nbformat.writes(clean(left, names)) + "\n")
            message = _in_one_line(error, names)
            return replace(result, status="failed", file=failed.name, message=message)
    write_whole(out / result.file, page)
    failed.unlink(missing_ok=True)
    return result


def _run(notebook: Path, target: Path, parameters: Mapping[str, Any]) -> None:
    """Run a notebook in a kernel of its own."""
    import papermill
    from traitlets.config import Config

    papermill.execute_notebook(
        str(notebook),
        str(target),
        parameters=parameters,
        kernel_name="python3",
        cwd=str(notebook.parent),
        progress_bar=False,
        start_timeout=120,
        execution_timeout=CELL_SECONDS,
        config=Config(KernelManager={"transport": _transport()}),
    )


def _transport() -> str:
    """Return 'ipc' where it works: no open ports, and none that two kernels could both take.

    Its socket files need a path of some 100 characters at most, of which the file's name takes 50.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    return "tcp" if os.name == "nt" or len(jupyter_runtime_dir()) > 50 else "ipc"


def _in_one_line(error: Exception, names: Mapping[str, str]) -> str:
    """Return an error as one line: the cell, what happened; no paths."""
    where = f"cell {error.exec_count}: " if getattr(error, "exec_count", None) else ""
    name = getattr(error, "ename", type(error).__name__)
    lines = str(getattr(error, "evalue", error)).strip().splitlines() or [""]
    message = f"{where}{name}: {lines[0]}"
    for path, short in names.items():
        message = message.replace(path, short)
    return message


# --- files ------------------------------------------------------------------------------------


def _read_state(out: Path) -> dict[str, Result]:
    """Return what earlier runs left in the folder, by notebook."""
    try:
        kept = json.loads((out / STATE).read_text(encoding="utf-8"))
        return {name: Result(**values) for name, values in kept.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _write_state(out: Path, results: Mapping[str, Result]) -> None:
    kept = {name: asdict(result) for name, result in sorted(results.items())}
    write_whole(out / STATE, json.dumps(kept, indent=1) + "\n")


def _bar(items: Iterable, what: str) -> Iterable:
    """Show on a terminal how far a loop has come."""
    from tqdm import tqdm

    return tqdm(items, desc=what, unit=what[:-1], disable=None, leave=False)
