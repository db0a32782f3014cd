"""Web archives (WARC): the pages in them, as they were when they were fetched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from sayso.reading.formats.decode import NotText, decode
from sayso.reading.formats.html import page_article
from sayso.reading.formats.limits import LIMITS, OverLimit, check
from sayso.reading.formats.source import File, Raw, error
from sayso.reading.problem import Problem

PAGES = ("text/html", "application/xhtml+xml")
FETCHED = ("200", "203")
CHARSET = re.compile(r"charset=[ \"']*([^ \"';]+)", re.IGNORECASE)


def read_warc(file: File, unpacked: BinaryIO | None = None) -> Iterator[Raw | Problem]:
    """Return the pages of a web archive, an article each, numbered among its records.

    A page's address is the one it was fetched from. The day of fetching is never taken for the day
    of publication. Other records (pictures, failures, requests) are counted in a note. It is read
    as it is ``unpacked``: many are larger than memory.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    others: Counter[str] = Counter()
    number = 0
    with unpacked or file.open() as data:
        try:
            for number, record in enumerate(ArchiveIterator(data), start=1):
                if kind := _other(record):
                    others[kind] += 1
                else:
                    yield _read_page(record, file.place, number)
        except OverLimit:
            raise
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as fault:
            message = f"it is damaged after record {number} ({fault}); what stands before is read"
            yield error("damaged file", f"{message}; fetch it again")
    others.pop("no answer", None)
    if others:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(others.items()))
        message = f"records that are no pages are left out: {told}"
        yield Problem("warning", "unread records", message)


def _other(record) -> str | None:
    """Return what a record is if it is no page that was fetched."""
    if record.rec_type not in ("response", "resource"):
        return "repeated" if record.rec_type == "revisit" else "no answer"
    http = record.http_headers
    if http is not None and http.get_statuscode() not in FETCHED:
        return "not found or moved"
    headers = record.rec_headers if http is None else http
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().casefold()
    return None if kind in PAGES else kind or "of no named kind"


def _read_page(record, place: str, number: int) -> Raw | Problem:
    """Read the page in a record; what is wrong with it names its number and address."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    told = f"record {number} ({url})"
    try:
        data = record.content_stream().read(LIMITS.text_bytes + 1)
        check("text_bytes", len(data), "it has more than {} bytes")
        sent = record.http_headers and record.http_headers.get_header("Content-Type")
        charset = CHARSET.search(sent or "")
        raw = page_article(decode(data, charset and charset[1]))
    except OverLimit as fault:
        return error("too large", f"{told}: {fault}")
    except NotText:
        return error("binary file", f"{told} is not text; leave it out")
    except Exception as fault:
        # Parsers of pages fail in ways of their own; one page must not cost the others.
        return error("unreadable page", f"{told} cannot be read ({type(fault).__name__}: {fault})")
    if raw is None:
        return error("no article", f"no article is found on the page of {told}")
    known = replace(raw.known, url=url or raw.known.url)
    return replace(raw, article_id=f"{place}#{number}", known=known)
