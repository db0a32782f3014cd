"""From texts to articles: what a text says of itself, and what is known of it from outside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path

from sayso.article import Article
from sayso.reading.columns import Columns
from sayso.reading.files import list_files
from sayso.reading.formats import read_file
from sayso.reading.formats.decode import storable
from sayso.reading.formats.source import File, Raw
from sayso.reading.known import Known
from sayso.reading.language import identify_language
from sayso.reading.lists import LIST_NAME, Lists, is_list
from sayso.reading.page.layout import find_layout
from sayso.reading.page.published import find_published
from sayso.reading.problem import Problem
from sayso.tables.extracted import Note
from sayso.text.spans import Span


def read_articles(
    source: str | Path, *, metadata: bool = True, columns: Mapping[str, str] | None = None
) -> Iterator[Article | Note]:
    """Return the articles of a corpus one by one, and notes on what could not be read.

    Without ``metadata``, lists (``articles.csv``), the other columns of tables and the metadata of
    pages are ignored. Files come in the order of their names, endings left out, and rows of a table
    as they stand. A file that cannot be read becomes a note of level 'error' that says why and what
    helps. ``columns`` names those of tables, see :class:`sayso.reading.columns.Columns`,
    which raises an error where it is wrong, as :func:`sayso.reading.files.list_files` does.
    """
    names = Columns(columns, metadata=metadata)
    root, files = list_files(source, names)
    lists = Lists(root, names)
    return _read(files, lists, metadata, whole=Path(source).is_dir())


def _read(files: list[Path], lists: Lists, metadata: bool, whole: bool) -> Iterator[Article | Note]:
    root, columns = lists.root, lists.columns
    for folder in sorted({path.parent for path in files} | {root}):
        if metadata and is_list(folder / LIST_NAME, columns):
            yield from lists.add(folder / LIST_NAME)
    seen: set[str] = set()
    told: set[Problem] = set()
    for path in files:
        if is_list(path, columns):
            continue
        place = storable(path.relative_to(root).as_posix())
        for file, item in read_file(File(place, path, columns=columns)):
            if isinstance(item, Problem):
                if not item.once or item not in told:
                    yield item.at(file.place)
                told |= {item} if item.once else set()
                continue
            # A member of an archive has its archive in its name: many archives have a '1.docx'.
            name = item.article_id or (file.stem if file.place == place else file.place)
            known = _merge(lists.of(path, name), item.known) if metadata else Known()
            yield _article(replace(item, article_id=name, known=known), file.place, seen)
    if whole:
        yield from lists.unused()


def _merge(listed: Known, own: Known) -> Known:
    """Join what a list and the file itself say; the list, made by the reader, goes first."""
    names = [field.name for field in fields(Known)]
    return Known(**{name: getattr(listed, name) or getattr(own, name) for name in names})


def _article(raw: Raw, place: str, seen: set[str]) -> Article:
    """Return the article of a text, with a note on everything that is wrong with it."""
    problems = list(raw.problems)
    article_id = _own_id(raw.article_id, seen)
    if article_id != raw.article_id:
        message = f"the article_id '{raw.article_id}' is taken, so this one is '{article_id}'"
        problems.append(Problem("warning", "duplicate id", f"{message}; give it its own"))
    text = storable(raw.text)
    if text != raw.text:
        message = "characters that no encoding can hold were replaced; restore them from the source"
        problems.append(Problem("warning", "encoding", message))
    try:
        article = build_article(text, raw.known, article_id=article_id, path=place)
    except Exception as error:
        # One text that breaks a reader must not end the run, nor be lost without a word.
        article = Article(article_id, text, place, sha256=_digest(text))
        message = (
            f"nothing in it can be made out ({type(error).__name__}: {error}); tell the makers"
        )
        problems.append(Problem("error", "unreadable article", message))
    if raw.known.problem:
        problems.append(Problem("warning", "unreadable date", raw.known.problem))
    if article.language not in (None, "en"):
        message = f"it is in another language ('{article.language}'): nothing is extracted from it"
        problems.append(Problem("warning", "language", f"{message}; sayso reads English"))
    return replace(article, notes=tuple(problem.at(place, article_id) for problem in problems))


def _own_id(wanted: str, seen: set[str]) -> str:
    """Return an id that no article before has: the one wanted, or with a number behind it."""
    article_id, number = wanted, 2
    while article_id in seen:
        article_id, number = f"{wanted}-{number}", number + 1
    seen.add(article_id)
    return article_id


def build_article(
    text: str, known: Known | None = None, *, article_id: str, path: str = ""
) -> Article:
    """Return the article that a text holds.

    The text is kept as it is; ``known``, what is known from outside, wins over what it says.
    """
    known = known or Known()
    head = find_layout(text, headline=known.headline)
    layout = head.layout

    def words(span: Span | None) -> str | None:
        return None if span is None else text[slice(*span)]

    agency = known.agency or words(layout.agency)
    return Article(
        article_id=article_id,
        text=text,
        path=path,
        # Agency copy that names nobody else was published by the agency.
        outlet=known.outlet or head.outlet or agency,
        agency=agency,
        headline=words(layout.headline) or known.headline,
        subhead=words(layout.subhead),
        author=known.author or head.author,
        place=words(head.place),
        published=find_published(text, layout, lines=head.dated, metadata=known.published),
        language=identify_language(" ".join(text[slice(*span)] for span in layout.body) or text),
        url=known.url,
        sha256=_digest(text),
        layout=layout,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
