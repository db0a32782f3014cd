"""The formats that articles come in: each reader takes a file and gives texts and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sayso.reading.formats.decode import NotText
from sayso.reading.formats.source import EMPTY, File, Raw, error
from sayso.reading.formats.tables import read_csv, read_json, read_parquet, read_xlsx
from sayso.reading.formats.text import read_html, read_text
from sayso.reading.problem import Problem

Reader = Callable[[File], Iterator[Raw | Problem | File]]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".tab": read_csv,
    ".json": read_json,
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
}
# Formats that often hold articles and are not read: each is named, so nothing is lost silently.
UNREAD = (".pdf", ".doc", ".docx", ".rtf", ".odt", ".epub", ".xml", ".xls", ".ods")


def read_file(file: File) -> Iterator[tuple[File, Raw | Problem]]:
    """Return the texts of a file and its problems, in order, each with the file that holds it.

    A reader of an archive gives the files in it, which are read in turn. A bad file raises nothing.
    """
    if file.ending in UNREAD:
        message = (
            f"files that end in {file.ending} are not read; save it as .txt, or a table as .csv"
        )
        yield file, Problem("warning", "unread file", message)
        return
    found = False
    try:
        for item in READERS[file.ending](file):
            found = True
            if isinstance(item, File):
                yield from read_file(replace(item, columns=file.columns))
            else:
                yield file, item
        if not found:
            yield file, EMPTY
    except NotText:
        yield file, error("binary file", "it is not text; export it as text or leave it out")
    except OSError as fault:
        yield file, error("unreadable file", f"it cannot be read ({fault.strerror or fault})")
    except Exception as fault:
        # Parsers of pages and tables fail in ways of their own; one file must not end a run.
        told = f"{type(fault).__name__}: {fault}"
        yield file, error("unreadable file", f"it cannot be read ({told})")
