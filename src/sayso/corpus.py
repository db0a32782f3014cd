"""The corpus: articles and their tables, computed when first asked for, kept in Parquet.

A store is a folder of parts, each a folder with one Parquet file a table. A part is written under
another name and renamed when it is whole, so a run that was killed goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import pandas as pd

from sayso.article import Article
from sayso.extract import Rows, extract, unread
from sayso.extract.document import read_document
from sayso.extract.people.over_corpus import rename_blames, unify
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import read_articles
from sayso.tables.columns import conform, frame
from sayso.tables.extracted import TABLES, Note

PART_SIZE = 100


class Corpus:
    """Articles and their tables.

    Make one with :func:`sayso.read` or :func:`sayso.open`. Each table (``articles``, ``quotes``,
    ``dates``, ``sources``, ``blames``, ``notes``) is a plain DataFrame with the columns of
    :mod:`sayso.tables.columns`; change it as you like, the corpus is not affected.
    """

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        quotes, sources = unify(tables["quotes"], tables["sources"])
        blames = rename_blames(tables["blames"], tables["quotes"], quotes)
        self._tables = tables | {"quotes": quotes, "sources": sources, "blames": blames}

    def __len__(self) -> int:
        return len(self._tables["articles"])

    def __repr__(self) -> str:
        counts = (f"{len(self._tables[name])} {name}" for name in TABLES)
        return f"Corpus({', '.join(counts)})"

    @property
    def articles(self) -> pd.DataFrame:
        """The articles, by article_id."""
        return self._tables["articles"].copy()

    @property
    def quotes(self) -> pd.DataFrame:
        """The quotes, by article and place."""
        return self._tables["quotes"].copy()

    @property
    def dates(self) -> pd.DataFrame:
        """The time expressions, by article and place."""
        return self._tables["dates"].copy()

    @property
    def sources(self) -> pd.DataFrame:
        """The sources each article cites, by article and first citation."""
        return self._tables["sources"].copy()

    @property
    def blames(self) -> pd.DataFrame:
        """The blame ties, by article and place: who holds whom responsible for what."""
        return self._tables["blames"].copy()

    @property
    def notes(self) -> pd.DataFrame:
        """What a reader should know: files not read, odd quotation marks, other languages."""
        return self._tables["notes"].copy()

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the articles' ids and texts: two equal corpora have the same."""
        articles = self._tables["articles"]
        lines = (f"{i} {d}\n" for i, d in zip(articles.article_id, articles.sha256, strict=True))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def article(self, article_id: str) -> pd.Series:
        """Return an article's row; the beginning of its id is enough where only one fits.

        Raises
        ------
        KeyError
            If no article or more than one fits; the message lists candidates.
        """
        ids = self._tables["articles"].article_id
        fitting = (
            ids[ids == article_id]
            if (ids == article_id).any()
            else ids[ids.str.startswith(article_id)]
        )
        if len(fitting) != 1:
            few = ", ".join((fitting if len(fitting) else ids).head(5))
            raise KeyError(f"'{article_id}' fits {len(fitting)} articles; there are: {few}, ...")
        return self._tables["articles"].loc[fitting.index[0]]

    def view(self, article_id: str, *, blame: bool = False):
        """Return the article with its quotes, speakers, cues, dates and boilerplate highlighted.

        With ``blame``, the words of blame and denial are marked, too.
        """
        from sayso.show.viewer import view

        row = self.article(article_id)
        names = ("quotes", "dates", "blames") if blame else ("quotes", "dates")
        own = (self._of(name, row.article_id) for name in names)
        return view(row, *own)

    def framing(self, codebook="generic") -> pd.DataFrame:
        """Return the frames of every headline, sentence and quote, with evidence and voice.

        ``codebook`` is the name of a shipped one, a TOML file, a trained folder, or what
        :func:`sayso.load_codebook` returned; see :func:`sayso.analyze.framing.code.frame_units`.
        """
        from sayso.analyze.framing.code import frame_units

        return frame_units(self._tables["articles"], self._tables["quotes"], codebook)

    def statements(self, **options) -> pd.DataFrame:
        """Return the same statement across articles: pairs, with what differs in each.

        Options: ``narration=True`` (also compare quotes with the outlets' own words),
        ``duplicates=True`` (False sets near-duplicate articles aside); columns and meaning:
        :func:`sayso.analyze.statements.align.align_statements`.
        """
        from sayso.analyze.statements.align import align_statements

        return align_statements(self._tables["quotes"], self._tables["articles"], **options)

    def charges(self, **options) -> pd.DataFrame:
        """Return what whom is blamed for across the articles, who makes, denies and answers it.

        See :func:`sayso.analyze.blame.charges.find_charges`; ``by`` names what counts as an outlet.
        """
        from sayso.analyze.blame.charges import find_charges

        return find_charges(self._tables["blames"], self._tables["articles"], **options)

    def headline_check(self) -> pd.DataFrame:
        """Return the words in headlines' quotation marks, and whether the body quotes them.

        See :func:`sayso.analyze.blame.headlines.check_headlines`.
        """
        from sayso.analyze.blame.headlines import check_headlines

        return check_headlines(self._tables["articles"])

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
        return cover(pairs, self._tables["quotes"], self._tables["articles"], by=by)

    def _of(self, table: str, article_id: str) -> pd.DataFrame:
        data = self._tables[table]
        return data[data.article_id == article_id]

    def save(self, folder: str | Path) -> Path:
        """Write the tables to a store, which :func:`sayso.open` reads; an old one is replaced."""
        folder = Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        _write_part(folder, 0, self._tables)
        return folder


def read(
    source: str | Path,
    *,
    metadata: bool = True,
    parties: str | Path | None = None,
    threads: int = 1,
) -> Corpus:
    """Read articles and extract their tables.

    Parameters
    ----------
    source
        A folder, a file or a glob: .txt, .html, .csv, .tsv, .jsonl, .parquet.
    metadata
        Whether to use what stands beside the texts (``articles.csv``, columns of a table).
        Without it, everything is inferred from the texts alone.
    parties
        A TOML file of your own, in the format of ``data/parties.toml``, laid over the shipped one.
    threads
        Threads for the language model.

    Returns
    -------
    Corpus

    Raises
    ------
    FileNotFoundError
        If there is nothing at ``source``.
    ValueError
        If there is no file in it that can be read. A single bad file does not raise; it is named
        in ``notes``.
    """
    rows = list(_extracted(read_articles(source, metadata=metadata), parties, threads))
    return Corpus(_frames(rows))


def open_store(folder: str | Path) -> Corpus:
    """Open a store that ``corpus.save`` or ``sayso extract`` wrote.

    Raises
    ------
    FileNotFoundError
        If the folder is no store.
    """
    parts = _parts(Path(folder))
    if not parts:
        raise FileNotFoundError(
            f"{folder} is no store: no part-00000 in it; make one with 'sayso extract'"
        )
    tables = {
        name: pd.concat([_read_table(part, name) for part in parts], ignore_index=True)
        for name in TABLES
    }
    return Corpus(tables)


def load(source: str | Path, **options) -> Corpus:
    """Open ``source`` if it is a store, else read it (see :func:`read` for the options)."""
    return open_store(source) if _parts(Path(source)) else read(source, **options)


def extract_to(
    source: str | Path,
    folder: str | Path,
    *,
    metadata: bool = True,
    parties: str | Path | None = None,
    threads: int = 1,
    progress: bool = False,
) -> Iterator[str]:
    """Extract articles into a store, part by part, and yield each article's id when it is stored.

    Memory does not grow with the corpus. Parts that are there already, of the same articles, are
    kept: a run that was stopped goes on where it stopped.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    items = iter(read_articles(source, metadata=metadata))
    number = 0
    for number, chunk in enumerate(iter(lambda: list(itertools.islice(items, PART_SIZE)), [])):
        articles = [item for item in chunk if isinstance(item, Article)]
        if not _is_done(folder, number, articles):
            _write_part(folder, number, _frames(list(_extracted(chunk, parties, threads))))
        yield from (article.article_id for article in articles)
    for stale in _parts(folder)[number + 1 :]:
        shutil.rmtree(stale)


def _extracted(items: Iterable[Article | Note], parties, threads: int) -> Iterator[Rows]:
    words = lexicon(Path(parties) if parties else None)
    model = encoder(threads)
    for item in items:
        if isinstance(item, Note):
            yield {"notes": [item]}
        elif item.language not in (None, "en"):
            yield unread(item)
        else:
            yield extract(read_document(item, words, model))


def _frames(extracted: list[Rows]) -> dict[str, pd.DataFrame]:
    return {
        name: frame(row_type, itertools.chain.from_iterable(r.get(name, ()) for r in extracted))
        for name, row_type in TABLES.items()
    }


def _parts(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("part-[0-9]*") if p.is_dir() and p.suffix == "")


def _read_table(part: Path, name: str) -> pd.DataFrame:
    path = part / f"{name}.parquet"
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: the store is of an older sayso or damaged; run 'sayso extract' "
            "with the articles and this folder once more"
        )
    return conform(TABLES[name], pd.read_parquet(path))


def _write_part(folder: Path, number: int, tables: dict[str, pd.DataFrame]) -> None:
    final = folder / f"part-{number:05d}"
    unfinished = final.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, table in tables.items():
        table.to_parquet(unfinished / f"{name}.parquet", index=False)
    shutil.rmtree(final, ignore_errors=True)
    os.replace(unfinished, final)


def _is_done(folder: Path, number: int, articles: list[Article]) -> bool:
    part = folder / f"part-{number:05d}"
    if not all((part / f"{name}.parquet").is_file() for name in TABLES):
        return False
    stored = pd.read_parquet(part / "articles.parquet", columns=["article_id", "sha256"])
    wanted = [(a.article_id, a.sha256) for a in articles]
    return list(stored.itertuples(index=False, name=None)) == wanted
