"""The command line: sayso read, extract, report, sample, tune, view, verify, evaluate.

What a command needs is imported inside it, so that ``sayso --help`` is instant. A user's mistake
is told in one line, with exit status 2. Of what could not be read, and of a page that failed, the
rest is done and the status is 1; an interruption ends with 130.
"""

from __future__ import annotations

import contextlib
import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from sayso.text.printed import printable

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# Notes on the columns of tables, and how many of them are printed.
COLUMNS = ("columns", "missing column")
MOST_COLUMNS = 5

NOTEBOOK_TOOLS = (
    "IPython", "ipykernel", "jupyter_core", "nbclient", "nbconvert", "nbformat", "papermill",
    "traitlets",
)  # fmt: skip
"""What the extra 'notebooks' brings."""

Input = Annotated[str, typer.Argument(help="A folder, file or glob of articles, or a store.")]
Metadata = Annotated[
    bool, typer.Option(help="Use what stands beside the texts (articles.csv, table columns).")
]
Largest = Annotated[int | None, typer.Option(min=1, help="Characters an article may have.")]
Column = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=COLUMN", help="What a table's column is called: text=body; repeat."),
]


def echo(told: object = "", *, err: bool = False) -> None:
    """Print something: articles and names of files in it may be anybody's."""
    typer.echo(printable(str(told)), err=err)


def _version(asked: bool) -> None:
    if asked:
        import sayso

        echo(f"sayso {sayso.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    """News articles in; quotes, dates and sources out, as tables and as reports."""
    # A terminal may have no sign for a letter that articles have.
    sys.stdout.reconfigure(errors="backslashreplace")


@app.command()
def read(
    input: Input,
    metadata: Metadata = True,
    column: Column = None,
    largest: Largest = None,
) -> None:
    """Say what would be read, and what is wrong with it; exit with 1 if something cannot be."""
    with plain_errors():
        _raise_limit(largest)
        from tqdm import tqdm

        from sayso.analyze.account import Account
        from sayso.article import Article
        from sayso.corpus import load
        from sayso.reading import read_articles
        from sayso.store import is_store

        account, items = Account(), ()
        if is_store(input):
            account = load(input, columns=_columns(column)).account
        else:
            items = read_articles(input, metadata=metadata, columns=_columns(column))
        for item in tqdm(items, desc="articles", unit="article", disable=None, leave=False):
            if isinstance(item, Article):
                account.add_articles([item.row()])
            account.add_notes(item.notes if isinstance(item, Article) else [item])
    echo(account)
    _fail_if_lost(account.n_errors, "could not be read")


@app.command()
def extract(
    input: Input,
    out: Annotated[Path, typer.Option(help="Folder of the store to write.")],
    metadata: Metadata = True,
    column: Column = None,
    parties: Annotated[
        Path | None, typer.Option(help="TOML file of names and aliases, over the shipped one.")
    ] = None,
    tables: Annotated[
        str | None, typer.Option(help="Only these and what they need: quotes,sources; else all.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes of a thread each; else one for each core.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler: tcp://...; not with workers.")
    ] = None,
    largest: Largest = None,
) -> None:
    """Extract the tables of articles into a store of Parquet files; exit with 1 as 'read' does."""
    with plain_errors():
        _raise_limit(largest)
        from sayso.batch.executors import cores
        from sayso.batch.progress import shown
        from sayso.batch.run import extract_to
        from sayso.corpus import open_store
        from sayso.store import is_store, n_articles

        if is_store(out):
            echo(f"{out}: brings the store of {n_articles(out):,} articles up to date")
        reading = {"metadata": metadata, "columns": _columns(column)}
        names = tables and [name.strip() for name in tables.split(",")]
        places = {"workers": workers or cores(), "scheduler": scheduler}
        shown(extract_to(input, out, parties=parties, tables=names, **places, **reading), input)
        corpus = open_store(out)
        echo(f"{out}: {corpus}")
        lost = _tell_notes(corpus.table("notes"))
    _fail_if_lost(lost, "is not in the store")


class WithPairs(TyperCommand):
    """A command that takes ``-p name value`` as papermill does, beside ``-p name=value``."""

    def parse_args(self, ctx, args: list[str]) -> list[str]:
        """Join each name with its value: typer knows no option of two values that is repeated."""
        joined: list[str] = []
        rest = iter(args)
        for word in rest:
            joined.append(word)
            if word in ("-p", "--parameter"):
                pair = next(rest, None)
                value = next(rest, None) if pair and pair.isidentifier() else None
                joined += [] if pair is None else [pair if value is None else f"{pair}={value}"]
        return super().parse_args(ctx, joined)


@app.command(cls=WithPairs)
def report(
    input: Input,
    out: Annotated[Path, typer.Option(help="Folder of the pages to write.")],
    notebook: Annotated[
        list[str] | None, typer.Option(help="A name or its beginning ('02'), or a path; repeat.")
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameter", metavar="NAME VALUE", help="Set a parameter; repeat."),
    ] = None,
    codings: Annotated[
        Path | None, typer.Option(help="Folder that 'sayso sample' wrote: figures are corrected.")
    ] = None,
    column: Column = None,
    by: Annotated[
        str | None, typer.Option(help="A report for each outlet, agency or month on its own.")
    ] = None,
    grid: Annotated[
        Path | None, typer.Option(help="YAML file of parameters: a report for each set of them.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Write PDF, too (needs Chromium).")] = False,
    force: Annotated[bool, typer.Option("--force", help="Run unchanged notebooks again.")] = False,
) -> None:
    """Run the notebooks on articles and write a page for each, one an article, and an index."""
    with plain_errors():
        from sayso.report.many import render_all

        options = {"notebooks": notebook, "parameters": _pairs(parameter or []), "force": force}
        if codings:
            options["parameters"]["codings"] = str(codings.resolve())
        which = {"by": by, "grid": grid, "pdf": pdf}
        pages = render_all(input, out, **which, columns=_columns(column), **options)
    _tell_pages(pages, out)


def _tell_pages(pages: list, out: Path) -> None:
    """Print what became of each page; exit with status 1 if one failed."""
    for path, result in pages:
        told = f": {result.message}" if result.message else ""
        echo(f"{result.status:9}  {path}{told}")
    echo(f"{'index':9}  {out / 'index.html'}")
    statuses = {result.status for _, result in pages}
    if "unchanged" in statuses:
        echo("Unchanged notebooks were not run again; --force runs them.")
    if "failed" in statuses:
        raise typer.Exit(1)


@app.command()
def sample(
    input: Input,
    out: Annotated[Path, typer.Option(help="New folder of the pages and sheets to write.")],
    articles: Annotated[int, typer.Option(min=2, help="Articles to draw.")] = 20,
    by: Annotated[str, typer.Option(help="Strata: outlet, agency, month.")] = "outlet",
    coders: Annotated[str, typer.Option(help="How many, or their names: anna,ben.")] = "1",
    blind: Annotated[str, typer.Option(help="Without suggestions: none, half or all.")] = "half",
    allocation: Annotated[str, typer.Option(help="proportional or neyman.")] = "proportional",
    ask: Annotated[
        str, typer.Option(help="What is coded: quotes,blames,frames or frames:CODEBOOK.")
    ] = "quotes",
    tools: Annotated[
        str, typer.Option("--as", help="Files for brat,doccano,labelstudio,refi,webanno, too.")
    ] = "",
    more: Annotated[
        str, typer.Option(help="A folder of codings to draw more articles to, the best next.")
    ] = "",
    seed: Annotated[int, typer.Option(help="The same one draws the same articles.")] = 1,
    column: Column = None,
) -> None:
    """Draw articles to be coded by hand, and write a page and a sheet for each and every coder."""
    with plain_errors():
        import sayso

        corpus = sayso.load(input, columns=_columns(column))
        options = {"by": by, "coders": coders, "blind": blind, "allocation": allocation}
        options |= {"seed": seed, "ask": ask, "tools": tools, "more": more}
        design = corpus.sample(out, articles, **options)
        drawn = design[design["drawn"]]
        echo(f"{out}: {len(drawn):,} of {len(design):,} articles, {drawn['blind'].sum()} blind")
        for name, own in drawn.groupby("stratum"):
            echo(f"  {name}: {len(own):,} of {own['n_stratum'].iloc[0]:,}")


@app.command()
def tune(
    input: Input,
    codings: Annotated[Path, typer.Option(help="Folder that 'sayso sample' wrote, filled in.")],
    next: Annotated[int, typer.Option(min=0, help="Articles to code next that are named.")] = 10,
    column: Column = None,
) -> None:
    """Say from which confidence on to count in this corpus, and which articles to code next."""
    with plain_errors():
        import sayso
        from sayso.coding.counts import beside
        from sayso.coding.gain import next_articles, thresholds
        from sayso.coding.items import found_tables

        corpus = sayso.load(input, columns=_columns(column)).with_codings(codings)
        coded, tables = corpus.codings, found_tables(corpus, corpus.codings.asked)
        table = thresholds(coded, tables)
        echo(
            "Fewer than five articles are coded: nothing is fitted."
            if table.empty
            else f"{table.round(3).to_string(index=False)}\n'then' is told of articles that had no "
            "part in the threshold. Take it only where f1 grows: quotes[quotes.confidence >= "
            "threshold]; of blame, -p least THRESHOLD in notebook 05."
        )
        told = next_articles(coded, beside(coded, tables, corpus.articles), next)
        echo("" if told.empty else f"\nTo code next:\n{told.to_string(index=False)}")


@app.command()
def view(
    input: Input,
    article_id: Annotated[str, typer.Argument(help="The article, or the beginning of its id.")],
    out: Annotated[Path, typer.Option(help="The HTML file to write.")],
    metadata: Metadata = True,
    column: Column = None,
) -> None:
    """Write an article as a page with its quotes, speakers, cues and dates highlighted."""
    with plain_errors():
        import sayso

        corpus = sayso.load(input, metadata=metadata, columns=_columns(column))
        corpus.view(article_id).save(out)
        echo(str(out))


@app.command()
def verify(
    store: Annotated[Path, typer.Argument(help="A store that sayso wrote.")],
) -> None:
    """Check that a store is as it was written, and every span of every row; else exit with 1."""
    with plain_errors():
        from sayso.store import Stored
        from sayso.tables.verify import find_faults

        stored = Stored.at(store)
        wrong = list(stored.damage())
        for part in () if wrong else stored.split():
            wrong += find_faults({name: part.read(name) for name in part.tables})
    for line in wrong:
        echo(f"error: {line}", err=True)
    if wrong:
        raise typer.Exit(1)
    rows = ", ".join(f"{stored.count(name):,} {name}" for name in stored.tables)
    echo(f"{store}: as it was written, and every span fits ({rows})")


@app.command()
def evaluate(
    name: Annotated[str, typer.Argument(help="'gold': quotes, speakers, dates and layout.")],
    path: Annotated[
        Path | None, typer.Argument(help="A folder of texts with gold/, if not what sayso brings.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what disagrees, too.")] = False,
    save: Annotated[
        Path | None, typer.Option(help="Folder to keep the figures in, as NAME.json.")
    ] = None,
) -> None:
    """Compare the extractors with annotated articles and print the figures."""
    with plain_errors():
        if name != "gold":
            raise ValueError(
                f"no evaluation '{name}': there is 'gold'. What is scored against data of others "
                "is in the repository: python -m benchmarks.score"
            )
        from sayso.evaluation import gold
        from sayso.evaluation.results import measure

        result = measure(name, gold, "sayso evaluate gold", path)
        echo("\n\n".join(t.to_string(index=False) for t in result.tables.values()))
        if errors:
            echo("\n" + gold.disagreements(path).fillna("").to_string(index=False))
        if save:
            echo(f"\n{result.save(save)}")


def _fail_if_lost(n_errors: int, what: str) -> None:
    """Exit with status 1 if there were errors."""
    if n_errors:
        from sayso.show.html import count

        echo(f"sayso: {count(n_errors, 'error')}; what each names {what}", err=True)
        raise typer.Exit(1)


def _raise_limit(largest: int | None) -> None:
    from sayso.reading.formats.limits import LIMITS

    LIMITS.article = largest or LIMITS.article


def _columns(words: list[str] | None) -> dict[str, str]:
    """Return what columns are called."""
    return _pairs(words or [], "column", "--column {}=COLUMN")


def _pairs(words: list[str], what: str = "parameter", give: str = "-p {} VALUE") -> dict[str, str]:
    """Return 'name=value' words as a mapping; ``give`` is how such a word is to be given."""
    pairs: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise ValueError(f"{what} '{name}' has no value: give {give.format(name)}")
        if name in pairs:
            raise ValueError(f"{what} '{name}' is given twice")
        pairs[name] = value
    return pairs


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Tell a user's mistake in one line and exit with status 2; an interruption with 130."""
    try:
        yield
    except KeyboardInterrupt:
        echo("sayso: stopped; what is finished is kept: run it once more to go on", err=True)
        raise typer.Exit(130) from None
    except (ValueError, LookupError, OSError) as error:
        echo(f"sayso: {_one_line(error)}", err=True)
        raise typer.Exit(2) from None
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in NOTEBOOK_TOOLS:
            raise
        words = f"sayso: this needs {error.name}: pip install 'sayso[notebooks]'"
        echo(words, err=True)
        raise typer.Exit(2) from None


def _one_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        mend = "; make room and run this once more: what is finished is kept" if full else ""
        return f"{error.filename}: {error.strerror}{mend}" if error.filename else f"{error}{mend}"
    # A KeyError's own text puts quotation marks around its message.
    words = error.args[0] if isinstance(error, LookupError) and error.args else error
    return " ".join(str(words).split())


def _tell_notes(notes) -> int:
    """Print errors, which columns are used, and how many milder notes there are; count errors."""
    for note in notes[notes["level"] == "error"].itertuples():
        echo(f"error: {note.message}", err=True)
    columns = notes[notes["kind"].isin(COLUMNS)]
    for note in columns.head(MOST_COLUMNS).itertuples():
        echo(note.message)
    milder = int((notes["level"] != "error").sum())
    if milder:
        echo(f"{milder} notes and warnings are in the notes table.")
    return len(notes) - milder
