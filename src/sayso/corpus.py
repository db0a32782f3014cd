"""The corpus: articles and their tables, and the analyses that are methods of it."""

from __future__ import annotations

import hashlib
import itertools
import json
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sayso.article import Article
from sayso.extract import BROKEN, Rows, read_rows, wanted
from sayso.extract.mentions import rename_mentions
from sayso.extract.people.over_corpus import rename_blames, unify, with_name_notes
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import read_articles
from sayso.reading.repeats import DUPLICATE
from sayso.store import (
    Tables,
    Writer,
    added_notes,
    digest,
    is_store,
    n_articles,
    own_digest,
    read_store,
)
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, Note

if TYPE_CHECKING:
    from sayso.coding.codings import Codings

PART_SIZE = 100
LAYERS = ("quotes", "dates", "blames")
"""What :meth:`Corpus.view` can mark."""


def _table(name: str, doc: str) -> property:
    """Return a property that gives out copies of a table: the corpus is not affected by changes."""
    return property(lambda corpus: corpus._get(name).copy(), doc=doc)


class Corpus:
    """Articles and their tables.

    Make one with :func:`sayso.read` or :func:`sayso.open`. Each table (``articles``, ``quotes``,
    ...) is a plain DataFrame with the columns of :mod:`sayso.tables.extracted`; change it as you
    like, the corpus is not affected. A table that was not extracted yet is extracted when it is
    first used, if the corpus has its articles at hand: ``make`` does it, given names of tables.
    """

    codings: Codings | None = None
    """What coders said of some articles, if :meth:`with_codings` was given any."""

    def __init__(self, tables: Tables, make: Callable[[list[str]], Tables] | None = None) -> None:
        self._tables: Tables = {}
        self._make = make
        self._take(tables)

    def _take(self, made: Tables) -> None:
        """Add tables, with persons named alike in all of them; those that are there stay."""
        tables = made | self._tables
        new = made.keys() - self._tables.keys()
        if "notes" in self._tables:
            tables["notes"] = added_notes(self._tables["notes"], made["notes"])
        if "quotes" in new:
            tables["quotes"], tables["sources"] = unify(made["quotes"], made["sources"])
            tables["notes"] = with_name_notes(tables["notes"], tables["sources"])
        for name, rename in (("blames", rename_blames), ("mentions", rename_mentions)):
            if name in new:
                tables[name] = rename(made[name], made["quotes"], tables["quotes"])
        self._tables = tables

    def _get(self, name: str) -> pd.DataFrame:
        """Return a table as it is, extracted now if it was not."""
        if name not in self._tables:
            if self._make is None:
                raise LookupError(
                    f"there is no table '{name}': it was not extracted; run 'sayso extract' with "
                    f"the articles, the same folder and --tables {name}: what it has stays"
                )
            self._take(self._make([name]))
        return self._tables[name]

    def __len__(self) -> int:
        return len(self._tables["articles"])

    def __str__(self) -> str:
        counts = (f"{len(self._tables[name])} {name}" for name in TABLES if name in self._tables)
        return f"Corpus({', '.join(counts)})"

    def _short(self):
        from sayso.show.corpus import corpus_facts, in_short

        return in_short(str(self), corpus_facts(*self._some("articles", "notes")))

    def __repr__(self) -> str:
        return self._short().words

    def _repr_html_(self) -> str:
        return self._short().markup

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if not name.startswith("_")]

    articles = _table("articles", "The articles, by article_id.")
    sentences = _table("sentences", "The sentences, by article and place: the cut that all share.")
    quotes = _table("quotes", "The quotes, by article and place.")
    dates = _table("dates", "The time expressions, by article and place.")
    sources = _table("sources", "The sources each article cites, by article and first citation.")
    mentions = _table("mentions", "The persons each article names, quoted or not, by place.")
    blames = _table("blames", "The blame ties, by article and place: who holds whom responsible.")
    notes = _table("notes", "What a reader should know: files not read, odd quotation marks, ...")

    @property
    def account(self):
        """What was read, in short: files, outlets, dates and notes (print it)."""
        from sayso.analyze.account import Account

        account = Account()
        account.add_articles(self._tables["articles"].itertuples())
        account.add_notes(self._tables["notes"].itertuples())
        return account

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the articles' ids and texts: two equal corpora have the same."""
        articles = self._tables["articles"]
        lines = (f"{i} {d}\n" for i, d in zip(articles.article_id, articles.sha256, strict=True))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def article(self, article_id: str) -> pd.Series:
        """Return an article's row; the beginning of its id is enough where only one fits.

        It is a Series with the columns of ``articles`` that shows itself in short.

        Raises
        ------
        KeyError
            If no article or more than one fits; the message lists candidates.
        """
        from sayso.show.corpus import ArticleSeries

        ids = self._tables["articles"].article_id
        fitting = (
            ids[ids == article_id]
            if (ids == article_id).any()
            else ids[ids.str.startswith(article_id)]
        )
        if len(fitting) != 1:
            few = ", ".join((fitting if len(fitting) else ids).head(5))
            raise KeyError(f"'{article_id}' fits {len(fitting)} articles; there are: {few}, ...")
        return ArticleSeries(self._tables["articles"].loc[fitting.index[0]])

    def without_copies(self) -> Corpus:
        """Return the corpus without the articles that an outlet's day has had already.

        They are those with a note of kind 'duplicate'; downloads overlap. Copies in other outlets,
        which :meth:`duplicates` finds, stay.
        """
        notes = self._tables["notes"]
        copies = notes.article_id[notes.kind == DUPLICATE]

        def without(tables: Tables) -> Tables:
            return {name: t[~t.article_id.isin(copies)] for name, t in tables.items()}

        make = self._make and (lambda names: without(self._make(names)))
        return Corpus(without(self._tables), make)

    def view(
        self,
        article_id: str = "",
        *,
        compare: Iterable[str] = (),
        layers: Iterable[str] = ("quotes", "dates"),
        blame: bool = False,
    ):
        """Return the article as a page, with what was found in it highlighted.

        ``article_id`` is an id or how it begins; the articles of ``compare`` are shown beside it,
        or beside each other. ``layers`` tells what is marked: 'quotes' (with speakers and cues),
        'dates', 'blames'; ``blame=True`` adds the last. ``.save("page.html")`` writes the page.

        Examples: ``view("003")``, ``view("003", layers=["blames"])``, ``view(compare=["1", "3"])``.

        Raises
        ------
        KeyError
            If no article or more than one fits.
        ValueError
            If there is no such layer, or no article is named.
        """
        from sayso.show.viewer import beside

        layers = {*layers, *["blames"] * blame}
        if unknown := sorted(layers.difference(LAYERS)):
            raise ValueError(f"no layer '{unknown[0]}': there are {', '.join(LAYERS)}")
        if not (ids := [one for one in [article_id, *compare] if one]):
            raise ValueError("which article? view('003'), or view(compare=['001', '003'])")
        return beside([self._view(self.article(one), layers) for one in ids])

    def _view(self, row: pd.Series, layers: Collection[str]):
        from sayso.show.viewer import view

        quotes, dates, blames = (self._of(name, row.article_id, layers) for name in LAYERS)
        return view(row, quotes, dates, blames if "blames" in layers else None)

    def framing(self, codebook="generic") -> pd.DataFrame:
        """Return the frames of every headline, sentence and quote, with evidence and voice.

        ``codebook`` is the name of a shipped one, a TOML file, a trained folder, or what
        :func:`sayso.load_codebook` returned; see :func:`sayso.analyze.framing.code.frame_units`.
        """
        from sayso.analyze.framing.code import frame_units

        return frame_units(*self._some("quotes", "sentences", "articles"), codebook)

    def statements(self, **options) -> pd.DataFrame:
        """Return the same statement across articles: pairs, with what differs in each.

        Options: ``narration=True`` (also compare quotes with the outlets' own words),
        ``duplicates=True`` (False sets near-duplicate articles aside); columns and meaning:
        :func:`sayso.analyze.statements.align.align_statements`.
        """
        from sayso.analyze.statements.align import align_statements

        return align_statements(*self._some("quotes", "sentences", "articles"), **options)

    def charges(self, **options) -> pd.DataFrame:
        """Return what whom is blamed for across the articles, who makes, denies and answers it.

        See :func:`sayso.analyze.blame.charges.find_charges`; ``by`` names what counts as an outlet.
        """
        from sayso.analyze.blame.charges import find_charges

        return find_charges(*self._some("blames", "articles"), **options)

    def headline_check(self) -> pd.DataFrame:
        """Return the words in headlines' quotation marks, and whether the body quotes them.

        See :func:`sayso.analyze.blame.headlines.check_headlines`.
        """
        from sayso.analyze.blame.headlines import check_headlines

        return check_headlines(self._tables["articles"])

    def labels(self, **options) -> pd.DataFrame:
        """Return how each outlet names the same persons and groups: labels, counts, first uses.

        Options: ``targets`` (nouns for groups of your own), ``by``; see
        :func:`sayso.analyze.words.labels.find_labels`.
        """
        from sayso.analyze.words.labels import find_labels

        names = ("mentions", "quotes", "sentences", "articles")
        return find_labels(dict(zip(names, self._some(*names), strict=True)), **options)

    def duplicates(self, **options) -> pd.DataFrame:
        """Return near-duplicate articles: wire copy, reprints, updates.

        See :func:`sayso.analyze.statements.duplicates.find_duplicates`.
        """
        from sayso.analyze.statements.duplicates import find_duplicates

        return find_duplicates(self._tables["articles"], **options)

    def coverage(self, pairs: pd.DataFrame | None = None, *, by: str = "outlet") -> pd.DataFrame:
        """Return who carried, shortened, took over or dropped each statement.

        ``pairs`` is what :meth:`statements` returned, or some of its rows; see
        :func:`sayso.analyze.statements.coverage.cover`.
        """
        from sayso.analyze.statements.coverage import cover

        pairs = self.statements() if pairs is None else pairs
        return cover(pairs, *self._some("quotes", "articles"), by=by)

    def sample(
        self,
        out: str | Path,
        articles: int = 20,
        *,
        by: str = "outlet",
        coders: str | int | Sequence[str] = 1,
        blind: str = "half",
        **options,
    ) -> pd.DataFrame:
        """Draw articles to be coded by hand, and write pages and sheets for coders to a new folder.

        ``by`` makes the strata, ``coders`` are names or how many there are, ``blind`` ('none',
        'half', 'all') of the articles come without suggestions. Options: allocation, seed; they and
        the design that is returned are told at :func:`sayso.coding.design.draw`.

        Raises what this and :func:`sayso.coding.folder.write` do.
        """
        from sayso.coding import design, folder
        from sayso.coding.items import counted

        rows, quotes = self._some("articles", "quotes")
        names = folder.names(coders)
        drawn = design.draw(rows, counted(quotes), articles, by=by, **options)
        drawn = design.assign(drawn, names, blind, options.get("seed", 1))
        folder.write(out, drawn, rows, quotes, names)
        return drawn

    def with_codings(self, folder: str | Path) -> Corpus:
        """Return the corpus with the codings of a folder that :meth:`sample` wrote.

        They are in ``codings``; see :func:`sayso.coding.codings.read` for what is refused.
        """
        from sayso.coding.codings import read as read_codings

        with_them = Corpus(self._tables, self._make)
        with_them.codings = read_codings(folder, self._tables["articles"])
        return with_them

    def _some(self, *names: str) -> tuple[pd.DataFrame, ...]:
        """Return tables as they are: analyses change none."""
        return tuple(self._get(name) for name in names)

    def _of(self, table: str, article_id: str, layers: Collection[str]) -> pd.DataFrame:
        """Return an article's rows of a table if it is one of the layers, else none of them."""
        if table not in layers and table not in self._tables:
            return frame(TABLES[table], [])
        data = self._get(table)
        return data[data.article_id == article_id] if table in layers else data.iloc[:0]

    def save(self, folder: str | Path) -> Path:
        """Write the tables that were extracted to a store, which :func:`sayso.open` reads.

        A store that is there is replaced when the new one is whole, and that is told as a warning;
        a folder with anything else in it is refused (FileExistsError).
        """
        replaced = n_articles(folder) if is_store(folder) else None
        with Writer(folder, self._tables) as writer:
            writer.add(self.digest, lambda names: self._tables, keep=False)
            writer.finish()
        if replaced is not None:
            warnings.warn(f"{folder}: a store of {replaced:,} articles was replaced", stacklevel=2)
        return Path(folder)


def read(
    source: str | Path,
    *,
    metadata: bool = True,
    columns: Mapping[str, str] | None = None,
    parties: str | Path | None = None,
    threads: int = 1,
    tables: Iterable[str] | None = None,
) -> Corpus:
    """Read articles and extract their tables.

    Parameters
    ----------
    source
        A folder, a file or a glob, of any kind in :data:`sayso.reading.formats.READERS`.
    metadata
        Whether to use what stands beside the texts (``articles.csv``, columns of a table).
        Without it, everything is inferred from the texts alone.
    columns
        What columns are called that ``data/columns.toml`` does not know: ``{"text": "inhalt"}``.
    parties
        A TOML file of your own, in the format of ``data/parties.toml``, laid over the shipped one.
    threads
        Threads for the language model.
    tables
        What to extract at once, beside what that needs (:func:`sayso.extract.wanted`), by default
        all; another table is extracted when it is first used, in a pass of its own.

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``source``.
    ValueError
        If no file in it can be read, or there is no such column of sayso's or table. A single bad
        file or article does not raise; it is named in ``notes``.
    """
    names = wanted(tables)
    items = list(read_articles(source, metadata=metadata, columns=columns))
    make = partial(_tables, items, parties, threads)
    return Corpus(make(names), make)


def open_store(folder: str | Path) -> Corpus:
    """Open a store that ``corpus.save`` or ``sayso extract`` wrote.

    Raises
    ------
    FileNotFoundError
        If the folder is no store.
    """
    return Corpus(read_store(folder))


def load(source: str | Path, **options) -> Corpus:
    """Open ``source`` if it is a store, else read it (see :func:`read` for the options).

    Raises what these do, ValueError if ``columns`` are given for a store, and LookupError if a
    store lacks one of ``tables``.
    """
    if not is_store(source):
        return read(source, **options)
    refuse_columns(source, options.get("columns"))
    corpus = open_store(source)
    corpus._some(*wanted(options.get("tables") or ()))
    return corpus


def refuse_columns(store: str | Path, columns: Mapping[str, str] | None) -> None:
    """Raise ValueError if columns are named for a store: its tables were read long ago."""
    if columns:
        raise ValueError(
            f"{store} is a store: its columns were chosen when it was extracted; give the articles "
            "themselves, or run 'sayso extract' with them and these columns once more"
        )


def extract_to(
    source: str | Path,
    folder: str | Path,
    *,
    parties: str | Path | None = None,
    threads: int = 1,
    tables: Iterable[str] | None = None,
    **reading,
) -> Iterator[str]:
    """Extract articles into a store, part by part, and yield each article's id when it is stored.

    Memory does not grow with the corpus. Parts that are there already, made from the same articles
    in the same way, are kept: a run that was stopped goes on where it stopped, and ``tables`` that
    they lack are added to them. Options are those of :func:`read`, ``metadata`` and ``columns``
    among them. Raises what it raises, and what :class:`sayso.store.Writer` does.
    """
    names = wanted(tables)
    if is_store(source):
        raise ValueError(f"{source} is a store already: sayso.open reads it")
    items = iter(read_articles(source, **reading))
    how = [own_digest(), Path(parties).read_bytes() if parties else ""]
    how.append(json.dumps(reading.get("columns") or {}, sort_keys=True))
    with Writer(folder, names) as writer:
        for chunk in iter(lambda: list(itertools.islice(items, PART_SIZE)), []):
            made_from = digest([*how, *map(_known, chunk)])
            writer.add(made_from, partial(_tables, chunk, parties, threads))
            yield from (item.article_id for item in chunk if isinstance(item, Article))
        writer.finish()


def _known(item: Article | Note) -> str:
    """Return all that is known of an article before anything is extracted; a note as it is."""
    known = asdict(item.row()) | {"text": ""} if isinstance(item, Article) else asdict(item)
    return json.dumps(known, sort_keys=True, default=str)


def _tables(
    items: Iterable[Article | Note], parties, threads: int, tables: Iterable[str]
) -> Tables:
    """Return tables and what they need of articles; notes that are no article's go through."""
    names = wanted(tables)
    words = lexicon(Path(parties) if parties else None)
    model = encoder(threads)
    extracted: list[Rows] = [
        {"notes": [item]} if isinstance(item, Note) else read_rows(item, words, model, names)
        for item in items
    ]
    for note in itertools.chain.from_iterable(rows.get("notes", ()) for rows in extracted):
        if note.kind == BROKEN:
            warnings.warn(note.message, stacklevel=2)
    return {
        name: frame(row_type, itertools.chain.from_iterable(r.get(name, ()) for r in extracted))
        for name, row_type in TABLES.items()
        if name in names
    }
