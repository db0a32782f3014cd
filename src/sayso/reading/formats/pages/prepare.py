"""What a page needs before its text is taken: marks where it has elements, and to be an article."""

from __future__ import annotations

import re

from sayso.reading.formats.pages.facts import Facts

# Elements whose content is no text of the page, and is left as it is.
SKIPPED = (
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|title|textarea)\b.*?(?:</(?P=raw)>|\Z)"
)
PIECES = re.compile(rf"(?P<skipped>{SKIPPED})|<(?P<close>/?)q\b[^<>]*>", re.IGNORECASE | re.DOTALL)
QUOTES = '"“”„«»'
OUTER, INNER = ("“", "”"), ("‘", "’")
PARAGRAPH = re.compile(r"<p\b[^<>]*>[^<]*(?:<(?!/?p\b)[^<]*)*", re.IGNORECASE)
TIMES = re.compile(r"<time\b.*?(?:</time>|\Z)|<[^<>]*>", re.IGNORECASE | re.DOTALL)
TIME = re.compile(r"</?time\b[^<>]*>", re.IGNORECASE)
LONG = 80
MANY = 3


def write_marks(html: str) -> str:
    """Return a page with quotation marks for <q>, and with the words of a <time> in a sentence.

    Extractors lose both: they make a paragraph of a <q>, and drop a <time>.
    """
    if re.search(r"<q\b", html, re.IGNORECASE):
        html = _quoted(html)
    if TIME.search(html):
        html = PARAGRAPH.sub(_with_times, html)
    return html


def _quoted(html: str) -> str:
    parts: list[str] = []
    closing: list[str] = []
    at = 0
    for match in PIECES.finditer(html):
        if match["skipped"]:
            continue
        if match["close"]:
            mark = closing.pop() if closing else ""
        else:
            mark, close = INNER if len(closing) % 2 else OUTER
            # Some pages set the marks themselves, in the element or around it.
            beside = html[max(0, match.start() - 1) : match.start()]
            beside += html[match.end() : match.end() + 1]
            if set(beside) & set(QUOTES):
                mark = close = ""
            closing.append(close)
        parts += [html[at : match.start()], mark]
        at = match.end()
    return "".join([*parts, html[at:]])


def _with_times(paragraph: re.Match[str]) -> str:
    """Return a paragraph with its times as text; one that holds nothing else stays."""
    text = paragraph.group()
    others = TIMES.sub("", text)
    # The element itself stays, empty: it may tell the day of publication.
    return TIME.sub(_emptied, text) if others.strip() else text


def _emptied(tag: re.Match[str]) -> str:
    return "" if tag.group().startswith("</") else f"{tag.group()}</time>"


def is_index(facts: Facts) -> bool:
    """Whether a page lists articles, each with a heading that is a link, and holds none itself."""
    if facts.is_article:
        return False
    teasers = facts.tree.xpath("//article[.//*[self::h2 or self::h3 or self::h4]//a]")
    paragraphs = [p for p in facts.tree.iter("p") if len(p.text_content()) >= LONG]
    homes = [next(p.iterancestors("article"), None) for p in paragraphs]
    most = max((homes.count(home) for home in set(homes)), default=0)
    return len(teasers) >= MANY and most < MANY
