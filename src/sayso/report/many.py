"""Many reports side by side, one an outlet or one a set of parameters, and a page over them."""

from __future__ import annotations

import html
import itertools
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sayso.analyze.groups import groups
from sayso.corpus import open_store
from sayso.paths import write_whole
from sayso.report import run
from sayso.report.pages.index import Result, in_one_line
from sayso.report.pages.page import page
from sayso.report.pages.places import file_name
from sayso.report.pdf import find_browser, write_pdf
from sayso.report.run import STATE, STORE, Report, plan, prepare, refuse_others
from sayso.show.html import count

MOST = 500  # reports at once


def render_all(
    source: str | Path,
    out: str | Path,
    *,
    by: str | None = None,
    grid: Path | None = None,
    pdf: bool = False,
    **options: Any,
) -> list[tuple[Path, Result]]:
    """Make one report, or one each of ``by`` or ``grid``; return each page and what became of it.

    With ``pdf``, each page is written as PDF, too.

    Raises
    ------
    ValueError, FileNotFoundError
        If both ``by`` and ``grid`` are given; if there is no Chromium for ``pdf``. Else what
        :func:`sayso.report.run.render` raises.
    """
    if by and grid:
        raise ValueError("--by and --grid make different reports: give one of them")
    browser = find_browser() if pdf else None
    if by:
        made = render_by(source, out, by, **options)
    elif grid:
        made = render_grid(source, out, grid, **options)
    else:
        made = {Path(out): run.render(source, out, **options)}
    pages = [(folder / one.file, one) for folder, results in made.items() for one in results]
    for path, result in pages:
        if browser and result.status != "failed":
            write_pdf(path, browser)
    return pages


def render_by(
    source: str | Path, out: str | Path, by: str, **options: Any
) -> dict[Path, list[Result]]:
    """Make a report on each outlet's articles alone (or those of each agency or month).

    ``options`` are those of :func:`sayso.report.run.plan`. Articles that belong to no group are
    in no report, which the page over all tells.

    Returns
    -------
    dict
        By its folder, what became of each notebook. Raises what ``render`` does.
    """
    out = Path(out)
    refuse_others(out, ["index"])
    store = prepare(source, out, options.pop("columns", None))
    corpus = open_store(store)
    articles = corpus.facts
    own = groups(articles, articles, by)
    if not 0 < own.nunique() <= MOST:
        raise ValueError(f"there are {own.nunique()} groups by {by}: from 1 to {MOST} can be made")
    reports = {}
    for name, ids in articles["article_id"].groupby(own):
        folder = _folder(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an older one is replaced
            part = corpus.only(ids).save(out / STORE / "parts" / folder)
        reports[str(name)] = plan(part, out / folder, **options)
    missing = int(own.isna().sum())
    aside = f"{count(missing, 'article')} without {by}: in no report here." if missing else ""
    return _make(out, reports, f"Reports by {by}", aside)


def render_grid(
    source: str | Path, out: str | Path, grid: Path, **options: Any
) -> dict[Path, list[Result]]:
    """Make a report with each set of parameters that a file of YAML names; see :func:`read_grid`.

    ``options`` are those of :func:`sayso.report.run.plan`; its parameters hold for all reports.
    Returns and raises as :func:`render_by`.
    """
    out, fixed = Path(out), options.pop("parameters", None) or {}
    refuse_others(out, ["index"])
    store = prepare(source, out, options.pop("columns", None))
    reports = {}
    for values in read_grid(grid):
        name = ", ".join(f"{key} = {value}" for key, value in values.items())
        both = {**fixed, **values}
        reports[name] = plan(store, out / _folder(name), parameters=both, **options)
    return _make(out, reports, "Reports by parameters", "")


def read_grid(path: Path) -> list[dict[str, Any]]:
    """Return the sets of parameters in a file of YAML.

    It is a list of sets (``- {by: outlet, top: 5}``), or names with lists of values, of which all
    combinations are made (``by: [outlet, month]``).

    Raises
    ------
    ValueError
        If it is neither, or more than ``MOST``; the message says how to write it.
    """
    import yaml

    try:
        grid = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no YAML: {error}") from None
    if isinstance(grid, Mapping):
        lists = [value if isinstance(value, list) else [value] for value in grid.values()]
        grid = [dict(zip(grid, values, strict=True)) for values in itertools.product(*lists)]
    sets = grid if isinstance(grid, list) else []
    if not sets or not all(isinstance(one, dict) and one for one in sets):
        raise ValueError(
            f"{path}: expected sets of parameters (- {{by: outlet, top: 5}}) or lists of values "
            "(by: [outlet, month])"
        )
    if len(sets) > MOST:
        raise ValueError(f"{path} makes {len(sets):,} reports; at most {MOST} can be made at once")
    return sets


def _folder(name: Any) -> str:
    return file_name(str(name)).removesuffix(".html")


def _make(
    out: Path, reports: Mapping[str, Report], title: str, aside: str
) -> dict[Path, list[Result]]:
    results = dict(zip(reports, run.run(list(reports.values())), strict=True))
    write_whole(out / STATE, "{}\n")
    items = [_item(name, reports[name], results[name]) for name in reports]
    listed = f'<ul class="cards">{"".join(items)}</ul>'
    above = f"<h1>{html.escape(title)}</h1>\n<p>{html.escape(aside)}</p>"
    write_whole(out / "index.html", page(title, f"{above}\n{listed}"))
    return {reports[name].out: own for name, own in results.items()}


def _item(name: str, report: Report, results: Sequence[Result]) -> str:
    folder = html.escape(report.out.name)
    pages = "".join(
        f'<li><a href="{folder}/{html.escape(one.file)}">{html.escape(one.title)}</a>'
        f"{' (failed)' if one.status == 'failed' else ''}</li>"
        for one in results
    )
    return (
        f'<li><h3><a href="{folder}/index.html">{html.escape(name)}</a></h3>'
        f"<p>{html.escape(in_one_line(report.corpus))}</p><ul>{pages}</ul></li>"
    )
