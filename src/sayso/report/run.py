"""Reports: each notebook run with the corpus and parameters of your choice, as a page to keep.

A page appears under its name only when it is whole. A notebook that fails leaves itself as
``<name>.failed.ipynb`` and does not stop the others. A notebook that is what it was, as are its
parameters and corpus, is not run again; as many run side by side as there are cores.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
from tqdm import tqdm

from sayso.batch.executors import cores
from sayso.batch.progress import shown
from sayso.batch.run import extract_to
from sayso.corpus import Corpus, open_store, refuse_columns
from sayso.paths import REPORT_STATE as STATE
from sayso.paths import notebooks_path, write_whole
from sayso.report.execute import Failed, execute, kernels_asked, read_notebook, title_of
from sayso.report.pages.articles import write_articles
from sayso.report.pages.index import Result, index_page
from sayso.report.pages.layout import NotebookPage
from sayso.report.pages.places import Places
from sayso.report.parameters import (
    RESERVED,
    assign,
    check_choices,
    check_parameters,
    declared,
    defaults,
)
from sayso.store import contents_digest, digest, is_store
from sayso.store.lock import held

STORE = ".store"
OWN_TABLE = re.compile(r"-t\d+\.(csv|xlsx)$")
RAN = ".ran"  # folder of the notebooks as they ran, of which pages are made


def render(source: str | Path, out: str | Path, **options: Any) -> list[Result]:
    """Tell what was read, run notebooks on it, and write pages: theirs, the articles', an index.

    ``options`` are those of :func:`plan`, which may raise. Return what became of each notebook.
    """
    (results,) = run([plan(source, out, **options)])
    return results


def plan(
    source: str | Path,
    out: str | Path,
    *,
    notebooks: Sequence[str | Path] | None = None,
    parameters: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
    force: bool = False,
) -> Report:
    """Read a corpus and return what is to be run for a report.

    ``notebooks`` are names or beginnings of names ('02'), or paths; all of sayso's if not given.
    Each of the ``parameters`` goes to the notebooks that declare it, ``columns`` to
    :func:`sayso.read`. With ``force``, notebooks whose inputs did not change are run again, too.
    Raises what :func:`assign` and :func:`check_choices` raise.
    """
    paths, out = find_notebooks(notebooks), Path(out)
    known = {path.stem: declared(path) for path in paths}
    chosen = assign(parameters or {}, known)
    ours = [path.stem for path in paths if path.parent == notebooks_path()]
    for name in ours:
        check_parameters(**chosen[name])
    refuse_others(out, [*known, "index"])
    store = prepare(source, out, columns)
    corpus, inputs = open_store(store), _inputs(store, (parameters or {}).get("codings"))
    print(corpus.account, file=sys.stderr)
    for name in ours:
        check_choices(corpus, **defaults(known[name]) | chosen[name])
    jobs = [Job(path, store, chosen[path.stem], inputs, out) for path in paths]
    return Report(source_name(source), out, corpus, jobs, force)


@dataclass(slots=True)
class Report:
    """A report to be made: notebooks to be run on a corpus, and what became of earlier ones."""

    name: str
    out: Path
    corpus: Corpus
    jobs: list[Job]
    force: bool
    results: dict[str, Result] = field(default_factory=dict)

    def take(self, result: Result) -> None:
        """Keep what became of a notebook, so that it need not run again."""
        self.results[result.name] = result
        # What is there does not tell whether a run made all of it, or went on where one stopped.
        whole = {"unchanged": "rendered"}
        kept = {
            name: asdict(replace(one, status=whole.get(one.status, one.status)))
            for name, one in sorted(self.results.items())
        }
        write_whole(self.out / STATE, json.dumps(kept, indent=1) + "\n")

    def finish(self) -> list[Result]:
        """Write all pages; return what became of each notebook."""
        shown = [
            one for _, one in sorted(self.results.items()) if one.inputs == self.jobs[0].inputs
        ]
        lay_out(self.out, self.name, self.corpus, shown)
        return [self.results[job.path.stem] for job in self.jobs]


def lay_out(out: Path, name: str, corpus: Corpus, results: Sequence[Result]) -> None:
    """Write all pages of a report from the notebooks that ran."""
    places = Places(corpus)
    whole = [result for result in results if result.status != "failed"]
    (out / "tables").mkdir(exist_ok=True)
    pages = [
        NotebookPage(one.name, read_notebook(out / RAN / f"{one.name}.ipynb"), places, out)
        for one in whole
    ]
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        page.write(before, after)
    written = {name for page in pages for name in page.tables}
    for path in (out / "tables").iterdir():
        if OWN_TABLE.search(path.name) and path.stem not in written:
            path.unlink()
    frames = [frame for page in pages for frame in page.frames()]
    write_articles(out / "articles", corpus, places, frames)
    findings = {page.name: page.finding() for page in pages}
    write_whole(out / "index.html", index_page(name, corpus, results, findings))


def find_notebooks(names: Sequence[str | Path] | None = None) -> list[Path]:
    """Return the notebooks of these names, beginnings of names or paths.

    If none are given, all of ours but the introduction.

    Raises
    ------
    ValueError
        If a name fits none or several (the message lists the names there are), or two notebooks
        would be one page.
    """
    ours = sorted(notebooks_path().glob("*.ipynb"))
    if not names:
        return [path for path in ours if not path.stem.startswith("00")]
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


def refuse_others(out: Path, names: Iterable[str]) -> None:
    """Raise an error where a page would be written over a file that no report of ours wrote."""
    ours = [*(f"{name}.html" for name in names), "articles", "tables"]
    taken = [name for name in ours if (out / name).exists()]
    if taken and not (out / STATE).exists():
        raise FileExistsError(
            f"{out} holds {', '.join(taken)} of another making: name another --out"
        )


def prepare(source: str | Path, out: Path, columns: Mapping[str, str] | None = None) -> Path:
    """Return the store of a corpus, extracted once for all notebooks.

    Its folder is called like the source, so that notebooks tell the name the user knows. An
    extraction that was stopped goes on where it stopped.
    """
    out.mkdir(parents=True, exist_ok=True)
    if is_store(source):
        refuse_columns(source, columns)
        return Path(source)
    store = out / STORE / source_name(source)
    shown(extract_to(source, store, columns=columns, workers=cores()), source)
    return store


def _inputs(store: Path, codings: str | None) -> str:
    """Return a digest of store and codings: a page is made anew if any of them changed."""
    inputs = contents_digest(store)
    if not codings:
        return inputs
    files = (path for path in sorted(Path(codings).rglob("*")) if path.is_file())
    return digest([inputs, *(path.read_bytes() for path in files)])


def source_name(source: str | Path) -> str:
    """Return what a source is called: the last part of its path that is no pattern."""
    parts = [part for part in Path(source).parts if not set(part) & set("*?[")]
    return parts[-1] if parts and parts[-1] not in ("..", Path(source).anchor) else "corpus"


# --- one notebook -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook to be run for a report."""

    path: Path
    store: Path
    values: Mapping[str, Any]
    inputs: str
    out: Path

    @property
    def stamp(self) -> str:
        """A digest of all that the notebook's outputs come from."""
        values = json.dumps(self.values, sort_keys=True)
        return digest([self.path.read_bytes(), values, self.inputs])

    def run(self, old: Result | None) -> Result:
        """Run the notebook, unless that was done; return what became of it."""
        name, stamp = self.path.stem, self.stamp
        ran = self.out / RAN / self.path.name
        if old and old.stamp == stamp and old.status != "failed" and ran.exists():
            return replace(old, status="unchanged")
        result = Result(
            name,
            title_of(read_notebook(self.path), name),
            "rendered",
            f"{name}.html",
            parameters=", ".join(f"{key} = {value}" for key, value in self.values.items()),
            inputs=self.inputs,
            stamp=stamp,
        )
        home = self.path.parent.resolve()
        names = {str(self.store.resolve()): self.store.name, str(home): home.name}
        failed = self.out / f"{name}.failed.ipynb"
        values = dict(self.values) | {RESERVED: str(self.store.resolve())}
        try:
            text = nbformat.writes(execute(self.path, values, names))
        except Failed as error:
            write_whole(failed, nbformat.writes(error.notebook) + "\n")
            return replace(result, status="failed", file=failed.name, message=str(error))
        ran.parent.mkdir(exist_ok=True)
        write_whole(ran, text + "\n")
        failed.unlink(missing_ok=True)
        return result


def run(reports: Sequence[Report]) -> list[list[Result]]:
    """Run the notebooks of reports, as many at a time as there are cores, and write all pages.

    Returns what became of each notebook, by report. Raises BlockingIOError if another process is
    writing to the folder of one.
    """
    with contextlib.ExitStack() as until_done:
        for report in reports:
            until_done.enter_context(held(report.out))
            report.results = _read_state(report.out)
        _run_all([(report, job) for report in reports for job in report.jobs])
        return [report.finish() for report in reports]


def _run_all(jobs: Sequence[tuple[Report, Job]]) -> None:
    with kernels_asked(), ThreadPoolExecutor(min(len(jobs), cores())) as pool:
        running = {}
        for report, job in jobs:
            old = None if report.force else report.results.get(job.path.stem)
            running[pool.submit(job.run, old)] = report
        try:
            options = {"desc": "notebooks", "unit": "notebook", "disable": None, "leave": False}
            for done in tqdm(as_completed(running), total=len(running), **options):
                running[done].take(done.result())
        finally:
            pool.shutdown(cancel_futures=True)


# --- files ------------------------------------------------------------------------------------


def _read_state(out: Path) -> dict[str, Result]:
    """Return what earlier runs left in the folder, by notebook."""
    try:
        kept = json.loads((out / STATE).read_text(encoding="utf-8"))
        return {name: Result(**values) for name, values in kept.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}
