"""The formats that articles come in: each reader takes a file and gives texts and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sayso.reading.formats.archives.gz import read_gz
from sayso.reading.formats.archives.warc import read_warc
from sayso.reading.formats.archives.zips import read_zip
from sayso.reading.formats.damage import mended
from sayso.reading.formats.decode import NotText
from sayso.reading.formats.documents.mail import read_mail
from sayso.reading.formats.documents.office import read_docx, read_odt
from sayso.reading.formats.documents.pdf import read_pdf
from sayso.reading.formats.documents.rtf import read_rtf
from sayso.reading.formats.feeds import read_xml
from sayso.reading.formats.limits import OverLimit, Unpacked, check
from sayso.reading.formats.source import EMPTY, File, Raw, error
from sayso.reading.formats.tables import read_csv, read_json, read_parquet, read_xlsx
from sayso.reading.formats.text import read_html, read_text
from sayso.reading.formats.xml import BadXml
from sayso.reading.problem import Problem

Reader = Callable[[File], Iterator[Raw | Problem | File]]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    **dict.fromkeys((".html", ".htm", ".xhtml"), read_html),
    **dict.fromkeys((".csv", ".tsv", ".tab"), read_csv),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), read_json),
    ".parquet": read_parquet,
    **dict.fromkeys((".xlsx", ".xlsm"), read_xlsx),
    **dict.fromkeys((".docx", ".docm"), read_docx),
    ".odt": read_odt,
    ".rtf": read_rtf,
    ".pdf": read_pdf,
    ".eml": read_mail,
    ".xml": read_xml,
    ".zip": read_zip,
    ".gz": read_gz,
    ".warc": read_warc,
}
# Formats that often hold articles and are not read, and what helps: each is named in a note, so
# nothing is lost silently.
UNREAD = {
    **dict.fromkeys((".doc", ".wps", ".pages"), "save it as .docx or .txt"),
    **dict.fromkeys((".xls", ".ods", ".numbers"), "save the table as .xlsx or .csv"),
    **dict.fromkeys((".epub", ".mobi", ".djvu"), "save its text as .txt"),
    **dict.fromkeys((".msg", ".mbox", ".pst"), "save each mail as .eml"),
    **dict.fromkeys((".mht", ".mhtml"), "save the page as .html"),
    **dict.fromkeys((".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar"), "unpack it"),
}
MOST_NAMED = 5


def read_file(
    file: File, unpacked: Unpacked | None = None, depth: int = 0
) -> Iterator[tuple[File, Raw | Problem]]:
    """Return the texts of a file and its problems, in order, each with the file that holds it.

    A reader of an archive gives the files in it, which are read in turn; ``unpacked`` counts them,
    ``depth`` is how many archives a file lies in. A bad file raises nothing.
    """
    if file.ending in UNREAD:
        message = f"files that end in {file.ending} are not read; {UNREAD[file.ending]}"
        yield file, Problem("warning", "unread file", message)
        return
    is_empty, is_read, unread, untold = True, False, [], []
    try:
        unpacked = unpacked or Unpacked(file.size)
        check("depth", depth, "it lies in more than {} archives within one another")
        for item in READERS[file.ending](file):
            is_empty = False
            if not isinstance(item, File):
                is_read = True
                yield file, _within_limits(item) if isinstance(item, Raw) else item
                continue
            name = item.place.removeprefix(f"{file.place}/")
            is_read |= item.ending in READERS
            unread += [] if item.ending in READERS else [name]
            if item.ending in READERS or item.ending in UNREAD:
                unpacked.add(item.size)
                yield from read_file(replace(item, columns=file.columns), unpacked, depth + 1)
            else:
                untold.append(name)
        if is_empty:
            yield file, EMPTY
        elif not is_read:
            yield file, error("unread file", f"nothing in it is read: it has {counted(unread)}")
        elif untold:
            yield file, Problem("warning", "unread file", f"it has {counted(untold)}")
    except Exception as fault:
        # Parsers fail in ways of their own; one file must not end a run.
        yield file, _told(fault, file)


def _within_limits(raw: Raw) -> Raw | Problem:
    """Return a text mended, or why it is refused."""
    whose = f"the article '{raw.article_id}'" if raw.article_id else "its article"
    try:
        check("article", len(raw.text), f"{whose} has more than {{}} characters")
    except OverLimit as fault:
        return error("too large", str(fault))
    return mended(raw)


def _told(fault: Exception, file: File) -> Problem:
    """Return what went wrong with a file, and what helps."""
    if isinstance(fault, NotText):
        return error("binary file", "it is not text; export it as text or leave it out")
    if isinstance(fault, OverLimit):
        return error("too large", str(fault))
    if isinstance(fault, BadXml):
        return error("unreadable file", f"{fault}; export it anew, or save its text as .txt")
    if isinstance(fault, ModuleNotFoundError):
        message = f"reading {file.ending} needs '{fault.name}'; pip install 'sayso[formats]'"
        return error("missing library", message)
    if isinstance(fault, OSError):
        return error("unreadable file", f"it cannot be read ({fault.strerror or fault})")
    return error("unreadable file", f"it cannot be read ({type(fault).__name__}: {fault})")


def counted(names: list[str]) -> str:
    """Tell of files that hold no articles, as far as their names tell."""
    named = ", ".join(names[:MOST_NAMED]) + (", ..." if len(names) > MOST_NAMED else "")
    what = "file of a kind that is" if len(names) == 1 else "files of kinds that are"
    return f"{len(names):,} {what} not read: {named}"
