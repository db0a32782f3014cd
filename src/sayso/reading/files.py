"""Which files a corpus consists of, and the texts that each holds."""

from __future__ import annotations

import csv
import glob
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from sayso.paths import STORE_PART
from sayso.reading.decode import NotText, decode, is_binary, open_text
from sayso.reading.html import read_page
from sayso.reading.known import Known, clean, is_list, known_from, normal_row
from sayso.reading.problem import Problem

# A cell may hold a whole article.
LONGEST_CELL = 2**31 - 1
ROWS_AT_A_TIME = 256
# Formats that often hold articles and are not read: each is named, so nothing is lost silently.
UNREAD = (".pdf", ".doc", ".docx", ".rtf", ".odt", ".epub", ".xml", ".xls", ".xlsx")
EMPTY = Problem("error", "empty file", "it is empty; fill it or leave it out")


@dataclass(frozen=True, slots=True)
class Raw:
    """A text as it was found: its id (null: the file's), what is known of it, and its problems."""

    text: str
    article_id: str | None = None
    known: Known = field(default_factory=Known)
    problems: tuple[Problem, ...] = ()


def list_files(source: str | Path) -> tuple[Path, list[Path]]:
    """Return a corpus's folder and its files, in the order of their article ids.

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    ValueError
        If there is nothing that can be read.
    """
    path = Path(source)
    if path.is_dir():
        root, found = path, path.rglob("*")
    elif path.exists():
        root, found = path.parent, [path]
    elif glob.has_magic(str(source)):
        # The part of the pattern before its first wildcard.
        root = next(parent for parent in path.parents if not glob.has_magic(str(parent)))
        found = [Path(match) for match in glob.glob(str(source), recursive=True)]
        if not found:
            raise FileNotFoundError(f"no file matches '{source}'")
    else:
        raise FileNotFoundError(f"there is no folder or file '{source}'")
    known_endings = (*READERS, *UNREAD)
    files = [f for f in found if f.suffix.casefold() in known_endings and _is_visible(f, root)]
    if all(f.suffix.casefold() in UNREAD or is_list(f) for f in files):
        endings = " ".join(READERS)
        raise ValueError(f"'{source}' holds no article: files that end in {endings} are read")
    return root, sorted(files, key=lambda f: (f.stem, f.relative_to(root).as_posix()))


def _is_visible(path: Path, root: Path) -> bool:
    names = path.relative_to(root).parts
    hidden = any(n.startswith((".", "~$")) or STORE_PART.fullmatch(n) for n in names)
    return path.is_file() and not hidden


def read_file(path: Path) -> Iterator[Raw | Problem]:
    """Return the texts of a file and its problems, in order. A bad file raises nothing."""
    ending = path.suffix.casefold()
    if ending in UNREAD:
        message = f"files that end in {ending} are not read; save it as .txt, or a table as .csv"
        yield Problem("warning", "unread file", message)
        return
    try:
        items = READERS[ending](path)
        yield next(items, EMPTY)
        yield from items
    except NotText:
        yield _error("binary file", "it is not text; export it as text or leave it out")
    except OSError as error:
        yield _error("unreadable file", f"it cannot be read ({error.strerror or error})")
    except Exception as error:
        # Parsers of pages and tables fail in ways of their own; one file must not end a run.
        yield _error("unreadable file", f"it cannot be read ({type(error).__name__}: {error})")


def _error(kind: str, message: str) -> Problem:
    return Problem("error", kind, message)


def _read_text(path: Path) -> Iterator[Raw]:
    decoded = decode(path.read_bytes())
    if decoded.text.strip():
        yield Raw(decoded.text, problems=_warned(decoded.warning))


def _read_html(path: Path) -> Iterator[Raw | Problem]:
    for raw in _read_text(path):
        if page := read_page(raw.text):
            text, metadata = page
            yield Raw(text, known=known_from(metadata), problems=raw.problems)
        else:
            yield _error("no article", "no article is found on the page; save its text as .txt")


def _warned(warning: str | None) -> tuple[Problem, ...]:
    return (Problem("warning", "encoding", warning),) if warning else ()


def _read_csv(path: Path) -> Iterator[Raw | Problem]:
    file, warning = open_text(path)
    yield from _warned(warning)
    csv.field_size_limit(LONGEST_CELL)
    with file:
        header = file.readline()
        if header.strip():
            rows = csv.DictReader(chain([header], file), delimiter=_delimiter(path, header))
            yield from _read_table(rows, rows.fieldnames or [], path)


def _delimiter(path: Path, header: str) -> str:
    if path.suffix.casefold() == ".tsv":
        return "\t"
    return ";" if ";" in header and "," not in header else ","


def _read_parquet(path: Path) -> Iterator[Raw | Problem]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        batches = file.iter_batches(batch_size=ROWS_AT_A_TIME)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _read_table(rows, file.schema_arrow.names, path)


def _read_table(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[str], path: Path
) -> Iterator[Raw | Problem]:
    names = normal_row(dict.fromkeys(columns))
    if "text" not in names:
        has = ", ".join(names) or "none"
        message = f"it has no column 'text' (its columns: {has}); give the articles' text that name"
        yield _error("no text column", message)
        return
    for number, row in enumerate(rows, start=1):
        yield from _read_row(normal_row(row), path, "row", number)


def _read_jsonl(path: Path) -> Iterator[Raw | Problem]:
    with path.open("rb") as file:
        if is_binary(file.read(1 << 16)):
            raise NotText
        file.seek(0)
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield from _read_line(line, path, number)


def _read_line(line: bytes, path: Path, number: int) -> Iterator[Raw | Problem]:
    """Read one line of JSONL; one that is bad is named."""
    try:
        decoded = decode(line)
        row = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        yield _error("bad line", f"line {number} is no JSON ({error}); mend or remove it")
        return
    if not isinstance(row, dict):
        yield _error("bad line", f"line {number} is no JSON object with a 'text'")
    elif "text" in (row := normal_row(row)):
        yield from _read_row(row, path, "line", number, _warned(decoded.warning))
    else:
        has = ", ".join(row) or "none"
        yield _error("no text column", f"line {number} has no 'text' (its names: {has})")


def _read_row(
    row: Mapping[str, Any], path: Path, unit: str, number: int, problems: tuple[Problem, ...] = ()
) -> Iterator[Raw | Problem]:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        yield _error("empty text", f"{unit} {number} has no text; fill it or leave it out")
        return
    article_id = clean(row.get("article_id")) or f"{path.stem}-{number:06d}"
    yield Raw(text, article_id, known_from(row), problems)


READERS: dict[str, Callable[[Path], Iterator[Raw | Problem]]] = {
    ".txt": _read_text,
    ".html": _read_html,
    ".htm": _read_html,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}
