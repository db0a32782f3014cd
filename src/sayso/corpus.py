"""The corpus: articles and their tables, and the analyses that are methods of it."""

from __future__ import annotations

import hashlib
import itertools
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sayso.analyze.blame.readings import LEAST, LEAST_DENIED
from sayso.article import Article
from sayso.extract import BROKEN, Rows, read_rows, wanted
from sayso.extract.people.over_corpus import unify
from sayso.lexicon.parties import Lexicon, lexicon
from sayso.model.encoder import encoder
from sayso.reading import read_articles
from sayso.reading.repeats import DUPLICATE
from sayso.store import Stored, Writer, digest, is_store, n_articles
from sayso.store.writer import added_notes
from sayso.tables.columns import columns as columns_of
from sayso.tables.columns import frame
from sayso.tables.extracted import TABLES, Note
from sayso.tables.files import encode
from sayso.tables.parts import Each

if TYPE_CHECKING:
    from sayso.coding.codings import Codings

Tables = dict[str, pd.DataFrame]
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
    first used, if the corpus has its articles at hand: ``make`` does it, given names of tables. Of
    a store that was ``stored`` a table is read when it is first used; :meth:`table` reads some
    columns of it, :meth:`only` some articles, :meth:`parts` one part after the other.
    """

    codings: Codings | None = None
    """What coders said of some articles, if :meth:`with_codings` was given any."""

    def __init__(
        self,
        tables: Tables,
        make: Callable[[list[str]], Tables] | None = None,
        stored: Stored | None = None,
    ) -> None:
        self._tables = dict(tables)
        self._make = make
        self._stored = stored
        self._events: pd.Series | None = None

    def _get(self, name: str) -> pd.DataFrame:
        """Return a table as it is, extracted or read now if it was not."""
        if name not in self._tables:
            if self._stored and name in self._stored.tables:
                self._tables[name] = self._stored.read(name)
            elif self._make is None:
                raise LookupError(
                    f"there is no table '{name}': it was not extracted; run 'sayso extract' with "
                    f"the articles, the same folder and --tables {name}: what it has stays"
                )
            else:
                made = self._make([name])
                notes = added_notes(self._tables["notes"], made["notes"])
                self._tables = made | self._tables | {"notes": notes}
        return self._tables[name]

    def table(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table, or some columns of it: of a store nothing else is read.

        Raises
        ------
        LookupError
            If there is no such table or column; the message lists those there are.
        """
        if name not in TABLES:
            raise LookupError(f"no table '{name}': there are {', '.join(TABLES)}")
        if columns is None:
            return self._get(name).copy()
        wanted, known = list(columns), columns_of(TABLES[name])
        if unknown := [one for one in wanted if one not in known]:
            raise LookupError(f"{name} has no column '{unknown[0]}': it has {', '.join(known)}")
        if self._stored and name in self._stored.tables and name not in self._tables:
            return self._stored.read(name, wanted)[wanted]
        return self._get(name)[wanted].copy()

    def only(self, articles: Collection[str]) -> Corpus:
        """Return the corpus of these articles alone (ids), and of notes that are no article's.

        Names stay as they are over the whole corpus. Of a store, only the parts that hold these
        articles are opened, when the ids in each were read once.
        """
        kept = frozenset(articles)

        def of(tables: Tables) -> Tables:
            own = {name: table.article_id.isin(kept) for name, table in tables.items()}
            if "notes" in own:
                own["notes"] |= tables["notes"].article_id.isna()
            return {n: table[own[n]].reset_index(drop=True) for n, table in tables.items()}

        make = self._make and (lambda names: of(self._make(names)))
        return Corpus(of(self._tables), make, self._stored and self._stored.of(kept))

    def parts(self) -> Iterator[Corpus]:
        """Return the corpus part by part, for what is to be read once, in little memory.

        Each part is a corpus of whole articles, with names as they are over the whole one. A corpus
        that is no store is one part.
        """
        if self._stored is None:
            yield self
        for stored in self._stored.split() if self._stored else ():
            yield Corpus({}, stored=stored)

    def __len__(self) -> int:
        return self._count("articles")

    def __str__(self) -> str:
        there = {*self._tables, *(self._stored.tables if self._stored else ())}
        counts = (f"{self._count(name)} {name}" for name in TABLES if name in there)
        return f"Corpus({', '.join(counts)})"

    def _count(self, name: str) -> int:
        is_read = name in self._tables or self._stored is None
        return len(self._get(name)) if is_read else self._stored.count(name)

    def _short(self):
        from sayso.show.opening.short import corpus_facts, in_short

        read = ["article_id", "outlet", "published", "published_precision"]
        told = self.table("articles", read), self.table("notes", ["level"])
        return in_short(str(self), corpus_facts(*told))

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
    def facts(self) -> pd.DataFrame:
        """The articles without their texts: what a large corpus is compared by."""
        return self.table("articles", [n for n in columns_of(TABLES["articles"]) if n != "text"])

    def told(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return rows of an analysis with the words at their places, for those that are shown.

        See :func:`sayso.analyze.passages.told`.
        """
        from sayso.analyze.passages import told

        return told(rows, self)

    @property
    def account(self):
        """What was read, in short: files, outlets, dates and notes (print it)."""
        from sayso.analyze.account import Account

        account = Account()
        columns = ("path", "outlet", "published_how", "language", "n_words")
        account.add_articles(self.table("articles", columns).itertuples())
        account.add_notes(self.table("notes", ("level", "kind", "message")).itertuples())
        return account

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the articles' ids and texts: two equal corpora have the same."""
        articles = self.table("articles", ("article_id", "sha256"))
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
        from sayso.show.opening.short import ArticleSeries

        ids = self.table("articles", ["article_id"]).article_id
        fitting = (
            ids[ids == article_id]
            if (ids == article_id).any()
            else ids[ids.str.startswith(article_id)]
        )
        if len(fitting) != 1:
            few = ", ".join((fitting if len(fitting) else ids).head(5))
            raise KeyError(f"'{article_id}' fits {len(fitting)} articles; there are: {few}, ...")
        return ArticleSeries(self._own("articles", fitting.iloc[0]).iloc[0])

    def without_copies(self) -> Corpus:
        """Return the corpus without the articles that an outlet's day has had already.

        They are those with a note of kind 'duplicate'; downloads overlap. Copies in other outlets,
        which :meth:`duplicates` finds, stay.
        """
        notes = self.table("notes", ["article_id", "kind"])
        copies = notes.article_id[notes.kind == DUPLICATE]
        ids = self.table("articles", ["article_id"]).article_id
        return self.only(ids[~ids.isin(copies)])

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

        found = {name: self._own(name, row.article_id) for name in LAYERS if name in layers}
        quotes, dates = (found.get(name, frame(TABLES[name], [])) for name in LAYERS[:2])
        return view(row, quotes, dates, found.get("blames"))

    def framing(self, codebook="generic") -> pd.DataFrame:
        """Return the frames of every headline, sentence and quote, with evidence and voice.

        ``codebook`` is the name of a shipped one, a TOML file, a trained folder, or what
        :func:`sayso.load_codebook` returned; see :func:`sayso.analyze.framing.code.frame_units`.
        """
        from sayso.analyze.framing.code import frame_units
        from sayso.analyze.framing.load import load_codebook
        from sayso.analyze.units import read_tables
        from sayso.tables.parts import gather

        book = load_codebook(codebook) if isinstance(codebook, (str, Path)) else codebook
        return gather(self, lambda part: frame_units(*read_tables(part), book))

    def events(self, **options) -> pd.DataFrame:
        """Return which event each article is about: the user's, or by date, actors and words.

        See :func:`sayso.analyze.statements.events.find_events`.
        """
        from sayso.analyze.statements.events import find_events

        return find_events(self, **options)

    def statements(self, *, unsure: bool = False, each: Each = map, **options) -> pd.DataFrame:
        """Return the same statement across articles: pairs, with what differs in each.

        ``unsure=True`` also returns the paraphrases that are not ``sure``. Options:
        ``narration=True`` (also compare quotes with the outlets' own words), ``duplicates=True``
        (False sets near-duplicate articles aside); columns and meaning, and ``each``:
        :func:`sayso.analyze.statements.align.align_statements`.
        """
        from sayso.analyze.statements.align import align_statements

        found = align_statements(self, self._event_of(each), each=each, **options)
        return found if unsure else found[found["sure"]].reset_index(drop=True)

    def _event_of(self, each: Each) -> pd.Series:
        """Return the event of each article, by article_id; they are found once."""
        if self._events is None:
            self._events = self.events(each=each).set_index("article_id")["event_id"]
        return self._events

    def charges(
        self, *, least: float = LEAST, denied: float = LEAST_DENIED, **options
    ) -> pd.DataFrame:
        """Return what whom is blamed for across the articles, who makes, denies and answers it.

        Of ties that are as likely right as ``least``, of denials as ``denied``. See
        :func:`sayso.analyze.blame.charges.find_charges`; ``by`` names what counts as an outlet.
        """
        from sayso.analyze.blame.charges import READ, find_charges
        from sayso.analyze.blame.ties import counted

        ties = self.table("blames", [*READ, "confidence"])
        return find_charges(counted(ties, least, denied), self.facts, **options)

    def headline_check(self) -> pd.DataFrame:
        """Return the words in headlines' quotation marks, and whether the body quotes them.

        See :func:`sayso.analyze.blame.headlines.check_headlines`.
        """
        from sayso.analyze.blame.headlines import COLUMNS, check_headlines
        from sayso.tables.parts import gather

        return gather(self, lambda part: check_headlines(part.table("articles", COLUMNS)))

    def labels(self, **options) -> pd.DataFrame:
        """Return how each outlet names the same persons and groups: labels, counts, first uses.

        Options: ``targets`` (nouns for groups of your own), ``by``; see
        :func:`sayso.analyze.words.labels.find_labels`.
        """
        from sayso.analyze.units import READ, read_tables
        from sayso.analyze.words.labels import find_labels

        tables = dict(zip(READ, read_tables(self), strict=True))
        tables["mentions"] = self.table("mentions", ["article_id", "person"])
        return find_labels(tables, **options)

    def duplicates(self, **options) -> pd.DataFrame:
        """Return near-duplicate articles: wire copy, reprints, updates.

        See :func:`sayso.analyze.statements.duplicates.find_duplicates`.
        """
        from sayso.analyze.statements.duplicates import find_duplicates

        return find_duplicates(self, **options)

    def shared_paragraphs(self, **options) -> pd.DataFrame:
        """Return the paragraphs that articles of two outlets share: wire copy, press releases.

        See :func:`sayso.analyze.statements.duplicates.shared_paragraphs`.
        """
        from sayso.analyze.statements.duplicates import shared_paragraphs

        return shared_paragraphs(self, **options)

    def coverage(
        self, pairs: pd.DataFrame | None = None, *, by: str = "outlet", each: Each = map
    ) -> pd.DataFrame:
        """Return who carried, shortened, took over or dropped each statement.

        ``pairs`` is what ``statements(unsure=True)`` returned, or some of its rows, and is found as
        :meth:`statements` does if it is not given; see
        :func:`sayso.analyze.statements.coverage.cover`.
        """
        from sayso.analyze.statements.coverage import cover

        pairs = self.statements(unsure=True, each=each) if pairs is None else pairs
        return cover(pairs, self, self._event_of(each), by=by)

    def sample(self, out: str | Path, articles: int = 20, **options) -> pd.DataFrame:
        """Draw articles to be coded by hand, and write pages and sheets for coders to a new folder.

        Options are the fields of :class:`sayso.coding.folder.Plan`, with what they are by default.
        Returns the design (:func:`sayso.coding.design.draw`); raises what
        :func:`sayso.coding.folder.sample` does.
        """
        from sayso.coding.folder import Plan, sample

        return sample(self, out, articles, Plan(**options))

    def with_codings(self, folder: str | Path) -> Corpus:
        """Return the corpus with the codings of a folder that :meth:`sample` wrote.

        They are in ``codings``; see :func:`sayso.coding.codings.read` for what is refused.
        """
        from sayso.coding.codings import read as read_codings

        with_them = Corpus(self._tables, self._make, self._stored)
        with_them.codings = read_codings(folder, self._get("articles"))
        return with_them

    def _own(self, name: str, article_id: str) -> pd.DataFrame:
        """Return an article's rows of a table: of a store nothing else is read."""
        if self._stored and name in self._stored.tables and name not in self._tables:
            return self._stored.of([article_id]).read(name)
        data = self._get(name)
        return data[data.article_id == article_id]

    def save(self, folder: str | Path) -> Path:
        """Write the tables that were extracted to a store, which :func:`sayso.open` reads.

        A store that is there is replaced when the new one is whole, and that is told as a warning;
        a folder with anything else in it is refused (FileExistsError).
        """
        replaced = n_articles(folder) if is_store(folder) else None
        names = [*(self._stored.tables if self._stored else self._tables)]
        files = {name: encode(TABLES[name], self._get(name)) for name in TABLES if name in names}
        made_from = digest(files.values())
        with Writer(folder, files) as writer:
            writer.add(made_from, files if writer.lacking(made_from) else {}, self.digest)
            writer.finish(spell=False)
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
    make = partial(_read, items, lexicon(Path(parties) if parties else None), threads)
    return Corpus(make(names), make)


def _read(items: list[Article | Note], words: Lexicon, threads: int, names: list[str]) -> Tables:
    """Return tables of a corpus; what could not be read is warned of."""
    made = make_tables(items, words, threads, names)
    for message in made["notes"].message[made["notes"].kind == BROKEN]:
        warnings.warn(message, stacklevel=3)
    return unify(made)


def open_store(folder: str | Path) -> Corpus:
    """Open a store that ``corpus.save`` or ``sayso extract`` wrote; a table is read when used.

    Raises
    ------
    FileNotFoundError
        If the folder is no store, or a file of it is missing.
    ValueError
        If a file of it is not as it was written; also when a table is read.
    """
    return Corpus({}, stored=Stored.at(folder))


def load(source: str | Path, **options) -> Corpus:
    """Open ``source`` if it is a store, else read it (see :func:`read` for the options).

    Raises what these do, ValueError if ``columns`` are given for a store, and LookupError if a
    store lacks one of ``tables``.
    """
    if not is_store(source):
        return read(source, **options)
    refuse_columns(source, options.get("columns"))
    corpus = open_store(source)
    for name in wanted(options.get("tables") or ()):
        if name not in corpus._stored.tables:
            corpus._get(name)
    return corpus


def refuse_columns(store: str | Path, columns: Mapping[str, str] | None) -> None:
    """Raise ValueError if columns are named for a store: its tables were read long ago."""
    if columns:
        raise ValueError(
            f"{store} is a store: its columns were chosen when it was extracted; give the articles "
            "themselves, or run 'sayso extract' with them and these columns once more"
        )


def make_tables(
    items: Iterable[Article | Note], words: Lexicon, threads: int, tables: Iterable[str]
) -> Tables:
    """Return tables and what they need of articles; notes that are no article's go through."""
    names = wanted(tables)
    model = encoder(threads)
    extracted: list[Rows] = [
        {"notes": [item]} if isinstance(item, Note) else read_rows(item, words, model, names)
        for item in items
    ]
    return {
        name: frame(row_type, itertools.chain.from_iterable(r.get(name, ()) for r in extracted))
        for name, row_type in TABLES.items()
        if name in names
    }
