"""Nexis Uni, Lexis Advance and Lexis+: articles that end with 'End of Document'.

Each has a headline, an outlet and a date on lines of their own, labels, the line 'Body', the text,
and labels again. A cover page before the first holds the user's name: it is never read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from sayso.reading.formats.databases.found import Found
from sayso.reading.formats.databases.labels import (
    LONGEST_LABEL,
    either,
    is_date_line,
    is_rights,
    parts,
    split_label,
    stated_length,
    words,
)
from sayso.reading.formats.databases.nexis import (
    FIELD,
    HEAD,
    HEAD_PARTS,
    LABELS,
    TAIL,
    find_tail,
    is_cover,
    part_of,
)
from sayso.reading.formats.databases.paragraphs import Paragraph, to_lines, to_paragraphs

# Labels, rights and the paragraphs of a summary stand between the date and the text.
LABELS_WITHIN = 30
DATE_WITHIN = 6
HEADLINE_WITHIN = 3
ABSTRACT_WITHIN = 12
LONGEST_WORD, LONGEST_END = 3, 6
FEWEST_MARKED = 2
MOST_TRIED = 50
LINES = parts("nexis", "lines")
# What only a download of this kind holds.
TELLING = [*words("nexis", "lines", "end"), *words("nexis", "tail", "load_date")]
BODY = re.compile(
    rf"^[ \t\u00a0]*(?:{either(words('nexis', 'lines', 'body'))})[ \t\u00a0]*$", re.I | re.M
)
# The blank after a label, which no text has there.
MARKED = re.compile(r"^[^\W\d][^:\n]{1,38}:\u00a0", re.M)
PAGE = re.compile(r"Page \d+ of \d+", re.I)
LISTED = re.compile(r"\d{1,4}\.(?: |$)")
# A highlight may follow a byline without a blank.
GLUED = re.compile(rf"(?:{either(lb.title() for lb in LABELS if LABELS[lb] in HEAD_PARTS)}):\s")


def is_lexis(text: str) -> bool:
    """Whether a text is a download of Nexis Uni, Lexis Advance or Lexis+."""
    small = text.casefold()
    known = any(word in small for word in TELLING)
    for match in islice((BODY if known else MARKED).finditer(text), MOST_TRIED):
        around = text[max(0, match.start() - HEAD) : match.end() + (0 if known else HEAD)]
        found = _read(around)
        if any(known or _is_body_elsewhere(found, body) for body in _bodies(found)):
            return True
    return False


def read_lexis(text: str) -> Iterator[Found]:
    """Return the articles of a download of Nexis Uni, Lexis Advance or Lexis+."""
    found = _read(text)
    return (_found(found, *part) for part in _split(found))


def _read(text: str) -> list[Paragraph]:
    lines = [line for line in to_lines(text) if not PAGE.fullmatch(line.strip())]
    return to_paragraphs(lines, _label, wrapped=False)


def _label(line: str) -> tuple[str, str] | None:
    """Return the part that a line's label stands before, or the part that a line alone begins."""
    alone = LINES.get(line.strip("\u00a0 .:").casefold()) if len(line) < LONGEST_LABEL else None
    if alone:
        return alone, ""
    found = split_label(line)
    part = found and part_of(*found)
    if part == "other":
        part = FIELD if MARKED.match(line) else None
    return (part, found[1]) if part else None


def _is_label(paragraph: Paragraph) -> bool:
    return paragraph.part in HEAD_PARTS or is_rights(paragraph.text)


def _bodies(found: Sequence[Paragraph]) -> list[int]:
    """Return where texts begin: at 'Body' below labels or rights; a text may hold that word."""
    bodies: list[int] = []
    labelled, told = None, False
    for index, paragraph in enumerate(found):
        if _is_label(paragraph):
            labelled = index
            told = told or paragraph.part == "length" or is_rights(paragraph.text)
        elif labelled is not None and index - labelled <= ABSTRACT_WITHIN:
            known = paragraph.part == "body" and (told or not bodies)
            if known or (told and _is_body_elsewhere(found, index)):
                bodies.append(index)
                labelled, told = None, False
    return bodies


def _is_body_elsewhere(found: Sequence[Paragraph], index: int) -> bool:
    """Whether a line stands where 'Body' does, in a language whose words are not known.

    Right above it are labels with the blank that tells them, and above those rights and a date.
    """
    word = found[index].text
    if len(word.split()) > LONGEST_WORD or not word[-1:].isalpha() or not found[index - 1].part:
        return False
    above = found[max(0, index - ABSTRACT_WITHIN) : index]
    marked = [paragraph for paragraph in above if MARKED.match(paragraph.text)]
    rights = any(is_rights(paragraph.text) for paragraph in above)
    return len(marked) >= FEWEST_MARKED and rights and any(is_date_line(p.text) for p in above)


def _split(found: Sequence[Paragraph]) -> Iterator[tuple[int, int | None, int]]:
    """Return where each article begins, where its text begins (null: it has none), and its end."""
    bodies = _bodies(found)
    begin = 0
    for end in _ends(found):
        inside = bodies[bisect_left(bodies, begin) : bisect_left(bodies, end)]
        for body, follows in pairwise([*inside, end]):
            # Where an end is missing, the next head ends a text.
            dated = None if follows == end else _below_outlet(found, body + 1, follows)
            stop = follows if dated is None else _headline(found, body + 1, dated)
            yield begin, body, stop
            begin = stop
        if not inside and _is_document(found, begin, end):
            yield begin, None, end
        begin = end + 1


def _ends(found: Sequence[Paragraph]) -> list[int]:
    """Return the lines that end documents: a label stands above, or a document follows, or nothing.

    Any other 'End of Document' is a line of a text.
    """
    said = [index for index, paragraph in enumerate(found) if paragraph.part == "end"]
    if not said and len(found) > 1 and found[-2].part in TAIL:
        # In a language whose words are not known, the last line is the one that ends documents.
        last = found[-1]
        if last.part is None and len(last.text.split()) <= LONGEST_END:
            said = [index for index, one in enumerate(found) if one.text == last.text]
    ends = [
        one
        for one, two in pairwise([*said, len(found)])
        if found[one - 1].part in TAIL or one + 1 == two or _is_document(found, one + 1, two)
    ]
    return [*ends, len(found)]


def _is_document(found: Sequence[Paragraph], begin: int, end: int) -> bool:
    """Whether there is the head of a document between two lines: a date, labels or rights."""
    head = found[begin : min(end, begin + LABELS_WITHIN)]
    dated = any(is_date_line(paragraph.text) for paragraph in head[:DATE_WITHIN])
    return dated and any(map(_is_label, head))


def _below_outlet(found: Sequence[Paragraph], begin: int, body: int) -> int | None:
    """Return where the date stands above a text, the nearest to it, or else the first label."""
    within = range(max(begin, body - LABELS_WITHIN), body)
    dates = [i for i in within if not found[i].part and is_date_line(found[i].text)]
    labels = (i for i in within if _is_label(found[i]))
    return dates[-1] if dates else next(labels, None)


def _headline(found: Sequence[Paragraph], begin: int, dated: int) -> int:
    """Return where the headline begins; the outlet stands between it and the date."""
    first = outlet = dated - 1
    while first > begin and outlet - first < HEADLINE_WITHIN:
        above = found[first - 1]
        apart = above.block != found[outlet].block
        if is_cover(above) or (first < outlet and (apart or LISTED.match(above.text))):
            break
        first -= 1
        if apart:
            break
    return first


def _found(found: Sequence[Paragraph], begin: int, body: int | None, end: int) -> Found:
    """Return the parts of the article between two lines."""
    article = Found()
    stop = min(end, begin + LABELS_WITHIN) if body is None else body
    dated = _below_outlet(found, begin, stop)
    if dated is not None and dated > begin:
        outlet = dated - 1
        article.date = None if _is_label(found[dated]) else found[dated].text
        article.outlet = found[outlet].text
        headline = found[_headline(found, begin, dated) : outlet]
        article.headline = " ".join(paragraph.text for paragraph in headline) or None
    for paragraph in found[dated or begin : stop]:
        if paragraph.part in ("length", "author", "url"):
            article.tell(paragraph.part, GLUED.split(paragraph.value)[0])
    if body is not None:
        article.body = _text(found[body + 1 : end], stated_length(article.length))
    return article


def _text(rest: Sequence[Paragraph], length: int | None) -> list[str]:
    """Return the paragraphs of the text between 'Body' and the end; an abstract is none of it."""
    begin = 1 if rest and rest[0].part == "abstract" else 0
    for index, paragraph in enumerate(rest[:ABSTRACT_WITHIN]):
        if paragraph.part == "full_text":
            begin = index + 1
    return [paragraph.text for paragraph in rest[begin : find_tail(rest, begin, length)]]
