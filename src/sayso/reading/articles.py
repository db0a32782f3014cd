"""The articles of a corpus, one by one, and what could not be read of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import chain, groupby
from pathlib import Path

from sayso.article import Article
from sayso.reading.build import read_raw, with_notes
from sayso.reading.columns import Columns
from sayso.reading.copied import copied
from sayso.reading.files import Files, list_files
from sayso.reading.formats import read_file
from sayso.reading.formats.decode import storable
from sayso.reading.formats.source import File, Raw
from sayso.reading.known import Known, clean
from sayso.reading.lists import LIST_NAME, Lists, is_list
from sayso.reading.problem import Problem
from sayso.reading.repeats import DUPLICATE, Seen
from sayso.tables.extracted import Note

# Files with an article a row, and those with any number of files.
ROWS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xlsm")
PACKED = (".zip", ".warc")


def read_articles(
    source: str | Path,
    *,
    metadata: bool = True,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Article | Note]:
    """Return the articles of a corpus one by one, and notes on what could not be read.

    Without ``metadata``, lists (``articles.csv``), the other columns of tables and the metadata of
    pages are ignored. Files come in the order of their names, endings left out, and rows of a table
    as they stand. A file that cannot be read becomes a note of level 'error' that says why and what
    helps. An article that an outlet's day has had already (downloads overlap) is told. ``columns``
    names those of tables, see :class:`sayso.reading.columns.Columns`, which raises an error where
    it is wrong, as :func:`sayso.reading.files.list_files` does.
    """
    names = Columns(columns, metadata=metadata)
    copy = copied(source)
    files = list_files(copy.path if copy else source, names)
    run = _Run(Lists(files.root, names), metadata)
    items = run.read(files, whole=Path(copy.path if copy else source).is_dir())
    return copy.during(items) if copy else items


def count_articles(source: str | Path) -> int | None:
    """Return about how many articles there are; null if only reading them all would tell.

    A file of any other kind than a table is taken for one article.
    """
    try:
        files = [File(path.name, path) for path in list_files(source, Columns()).found]
    except (OSError, ValueError):
        return None
    if any(file.ending in PACKED for file in files):
        return None
    rows = (read_file(file) for file in files if file.ending in (*ROWS, ".gz"))
    counted = sum(isinstance(item, Raw) for _, item in chain.from_iterable(rows))
    return counted + sum(file.ending not in (*ROWS, ".gz") for file in files)


@dataclass(slots=True)
class _Run:
    """One reading of a corpus: what of it was read and told so far."""

    lists: Lists
    metadata: bool
    ids: dict[str, int] = field(default_factory=dict)
    told: set[Problem] = field(default_factory=set)
    seen: Seen = field(default_factory=Seen)

    def read(self, files: Files, *, whole: bool) -> Iterator[Article | Note]:
        """Return what the files hold; of a ``whole`` folder, lists that name no file are told."""
        root, columns = self.lists.root, self.lists.columns
        for folder in sorted({path.parent for path in files.found} | {root}):
            if self.metadata and is_list(folder / LIST_NAME, columns):
                yield from self.lists.add(folder / LIST_NAME)
        for path in files.found:
            if not is_list(path, columns):
                place = storable(path.relative_to(root).as_posix())
                yield from self._read_file(path, File(place, path, columns=columns))
        yield from files.notes
        if whole:
            yield from self.lists.unused()

    def _read_file(self, path: Path, whole: File) -> Iterator[Article | Note]:
        for file, item, number in _numbered(read_file(whole)):
            if isinstance(item, Problem):
                if not item.once or item not in self.told:
                    yield item.at(file.place)
                self.told |= {item} if item.once else set()
                continue
            # A member of an archive has its archive in its name: many archives have a '1.docx'.
            own = clean(file.stem if file.place == whole.place else file.place) or file.place
            name = item.article_id or (f"{file.place}#{number}" if number else own)
            known = self._known(path, name, item.known)
            yield self._article(replace(item, known=known), name, file.place)

    def _known(self, path: Path, name: str, own: Known) -> Known:
        """Join what a list and the file itself say; the list, made by the user, goes first."""
        if not self.metadata:
            return Known()
        listed, names = self.lists.of(path, name), [one.name for one in fields(Known)]
        return Known(**{one: getattr(listed, one) or getattr(own, one) for one in names})

    def _article(self, raw: Raw, name: str, place: str) -> Article:
        article_id = self._own_id(name)
        article, problems = read_raw(raw, article_id, place)
        if article_id != name:
            message = f"the article_id '{name}' is taken, so this one is '{article_id}'"
            problems.append(Problem("warning", "duplicate id", f"{message}; give it its own"))
        if copied := self.seen.find_copy(article):
            message = f"'{article_id}' is a duplicate of '{copied}' and counted as well"
            mend = "corpus.without_copies() sets such articles aside"
            problems.append(Problem("warning", DUPLICATE, f"{message}; {mend}"))
        return with_notes(article, problems)

    def _own_id(self, wanted: str) -> str:
        """Return an id that no article before has: the one wanted, or with a number behind it."""
        article_id = wanted
        while article_id in self.ids:
            self.ids[wanted] += 1
            article_id = f"{wanted}-{self.ids[wanted]}"
        self.ids[article_id] = 1
        return article_id


def _numbered(
    items: Iterable[tuple[File, Raw | Problem]],
) -> Iterator[tuple[File, Raw | Problem, int]]:
    """Number the texts without an id of each file that holds several; others have no number (0)."""
    for _, own in groupby(items, key=lambda pair: pair[0].place):
        count = 0
        for file, item in own:
            if not isinstance(item, Raw) or item.article_id:
                yield file, item, 0
                continue
            count += 1
            if count == 1:
                first = file, item  # whether it has a number is told by the next one
                continue
            if count == 2:
                yield *first, 1
            yield file, item, count
        if count == 1:
            yield *first, 0
