"""Mails (.eml): the subject as headline, the text as article, attachments as files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

from sayso.reading.formats.databases import read_download
from sayso.reading.formats.decode import Decoded, NotText, decode
from sayso.reading.formats.html import read_page
from sayso.reading.formats.pages.authors import is_outlet, names_of
from sayso.reading.formats.pages.fragment import fragment_text
from sayso.reading.formats.source import File, Raw, error, warned
from sayso.reading.known import known_from
from sayso.reading.problem import Problem

# What a mail has in place of a text, where that stands in its HTML.
FEW_WORDS = 20
# A reader of web pages finds the article in a mail, but of a letter of news only a part.
MOST_OF_IT = 0.7
LAST_FIRST = re.compile(r"^([^,\s]+), ([^,]+)$")
FORWARDED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)


def read_mail(file: File) -> Iterator[Raw | Problem | File]:
    """Return the article that a mail is, or those of a download in it, then what is attached."""
    message = BytesParser(policy=default).parsebytes(file.read())
    attached = list(_attached(message, file))
    if found := _text(message):
        text, warning = found
        if download := read_download(text):
            yield from download
        else:
            yield Raw(text, known=known_from(_row(message)), problems=warned(warning))
    elif not attached:
        yield error("empty text", "it has no text; save what it holds as .txt")
    yield from attached


def _row(message: EmailMessage) -> dict[str, str | None]:
    """Return what a mail's head says of it. Its day is that of its own time zone."""
    senders = getattr(message["from"], "addresses", ())
    name = LAST_FIRST.sub(r"\2 \1", senders[0].display_name.strip() if senders else "")
    sent = getattr(message["date"], "datetime", None)
    return {
        "outlet": name if name and is_outlet(name) else None,
        "headline": FORWARDED.sub("", str(message["subject"] or "")).strip() or None,
        "author": None if name and is_outlet(name) else names_of([name]),
        "published": sent and sent.date().isoformat(),
    }


def _text(message: EmailMessage) -> tuple[str, str | None] | None:
    """Return a mail's text and what to warn of: the plain one, or that of its HTML."""
    found: dict[str, Decoded] = {}
    for kind in ("plain", "html"):
        if (part := message.get_body((kind,))) is not None:
            with suppress(NotText):
                data = part.get_payload(decode=True) or b""
                decoded = decode(data, part.get_content_charset())
                found |= {kind: decoded} if decoded.text.strip() else {}
    plain, marked = found.get("plain"), found.get("html")
    if marked and not (plain and len(plain.text.split()) >= FEW_WORDS):
        text, page = fragment_text(marked.text), read_page(marked.text)
        if page and len(page[0]) >= len(text) * MOST_OF_IT:
            return page[0], marked.warning
        if text:
            return text, marked.warning
    return (_unfolded(message.get_body(("plain",)), plain.text), plain.warning) if plain else None


def _unfolded(part: EmailMessage, text: str) -> str:
    """Return a text whose lines were folded for sending ('format=flowed') as it was written."""
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format", "")).casefold() != "flowed":
        return text
    gone = str(part.get_param("delsp", "")).casefold() == "yes"
    # A signature's line ends in a blank, too.
    return re.sub(r"(?<!\n--) \n(?=[^\n>])", "" if gone else " ", text)


def _attached(message: EmailMessage, file: File) -> Iterator[File]:
    """Return what is attached; pictures that belong to the text are left out."""
    for number, part in enumerate(message.iter_attachments(), start=1):
        if part.get_content_maintype() == "image" and not part.is_attachment():
            continue
        is_mail = part.get_content_type() == "message/rfc822"
        name = part.get_filename() or f"{number}{'.eml' if is_mail else ''}"
        name = name.replace("\\", "/").rpartition("/")[2]
        data = part.get_payload(0).as_bytes() if is_mail else part.get_payload(decode=True) or b""
        yield File(f"{file.place}/{name}", data=data)
