"""Nexis Uni, Lexis Advance and Lexis+: articles that end with 'End of Document'.

Each has a headline, an outlet and a date on lines of their own, labels, the line 'Body', the text,
and labels again. A cover page before the first holds the user's name: it is never read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, islice, pairwise, takewhile

from sayso.reading.formats.databases.dates import is_date_line
from sayso.reading.formats.databases.found import LEAST, Found, articles
from sayso.reading.formats.databases.labels import (
    LONGEST_LABEL,
    alternatives,
    is_rights,
    says,
    split_label,
    stated_length,
    words,
)
from sayso.reading.formats.databases.nexis import HEAD_PARTS, LABELS, TAIL, find_tail, part_of
from sayso.reading.formats.databases.paragraphs import Paragraph, to_lines, to_paragraphs
from sayso.reading.formats.source import Raw
from sayso.reading.problem import Problem

# Labels, rights and the paragraphs of a summary stand between the date and the text.
LABELS_WITHIN = 30
HEADLINE_WITHIN = 3
ABSTRACT_WITHIN = 12
MOST_GRAPHICS = 60
LONGEST_WORD, LONGEST_END = 3, 6
FEWEST_MARKED = 2
MOST_TRIED = 50
HEAD = 4000
LOADED = tuple(label for label, part in LABELS.items() if part == "load_date")
# The blank after a label, which no text has there.
MARKED = re.compile(r"^[^\W\d][^:\n]{1,38}:\u00a0", re.M)
PAGE = re.compile(r"Page \d+ of \d+", re.I)
LISTED = re.compile(r"\d{1,4}\.(?: |$)")


@cache
def _lines(*lists: str) -> re.Pattern[str]:
    """Return the pattern of a line that holds a word of some lists alone."""
    found = "|".join(alternatives("nexis", name) for name in lists)
    return re.compile(rf"^[ \t\u00a0]*(?:{found})[ \t\u00a0\r]*$", re.I | re.M)


def is_lexis(text: str) -> bool:
    """Whether a text is a download of Nexis Uni, Lexis Advance or Lexis+."""
    known = says(text, words("nexis", "end")) or says(text, LOADED)
    pattern = _lines("body") if known else MARKED
    if not known and "\u00a0" not in text:
        return False
    for match in islice(pattern.finditer(text), MOST_TRIED):
        around = text[max(0, match.start() - HEAD) : match.end() + (0 if known else HEAD)]
        found = _read(around)
        if any(known or _is_body_elsewhere(found, body) for body in _bodies(found)):
            return True
    return False


def read_lexis(text: str) -> Iterator[Raw | Problem]:
    """Return the articles of a download of Nexis Uni, Lexis Advance or Lexis+."""
    found = _read(text)
    return articles(_found(found, *part) for part in _split(found))


def _read(text: str) -> list[Paragraph]:
    lines = (line for line in to_lines(text) if not PAGE.fullmatch(line.strip()))
    return list(to_paragraphs(lines, False, _label))


def _label(line: str) -> tuple[str, str] | None:
    """Return the part that a line's label stands before, and what follows it."""
    if ":" not in line[: LONGEST_LABEL + 2]:
        return None
    found = split_label(line)
    if found is None:
        return None
    part = part_of(*found)
    # A label that is not known is told by the blank after it, which no text has there.
    known = part != "other" or line[line.index(":") + 1 :][:1] == "\u00a0"
    return (part, found[1]) if known else None


def _is(paragraph: Paragraph, *lists: str) -> bool:
    text = paragraph.text
    return len(text) < LONGEST_LABEL and any(
        text.strip("\u00a0 .:").casefold() in words("nexis", name) for name in lists
    )


def _bodies(found: Sequence[Paragraph]) -> list[int]:
    """Return where texts begin: at 'Body' below labels or rights; a text may hold that word."""
    bodies: list[int] = []
    labelled, told = None, False
    for index, paragraph in enumerate(found):
        if _is_label(paragraph):
            labelled = index
            told = told or paragraph.part == "length" or is_rights(paragraph.text)
        elif labelled is not None and index - labelled <= ABSTRACT_WITHIN:
            known = _is(paragraph, "body") and (told or not bodies)
            if known or (told and _is_body_elsewhere(found, index)):
                bodies.append(index)
                labelled, told = None, False
    return bodies


def _is_body_elsewhere(found: Sequence[Paragraph], index: int) -> bool:
    """Whether a line stands where 'Body' does, in a language whose words are not known.

    Above it stand, in this order, a date, rights, and labels with the blank that tells them.
    """
    above = found[max(0, index - ABSTRACT_WITHIN) : index]
    labels = len(list(takewhile(lambda p: p.part is not None, reversed(above))))
    rest = above[: len(above) - labels]
    marked = [p for p in above[len(rest) :] if MARKED.match(p.text)]
    rights = len(list(takewhile(lambda p: is_rights(p.text), reversed(rest))))
    dates = [p for p in rest[: len(rest) - rights] if is_date_line(p.text)]
    word = found[index].text
    alone = len(word.split()) <= LONGEST_WORD and word[-1:].isalpha()
    return alone and len(marked) >= FEWEST_MARKED and rights > 0 and dates != []


def _split(found: Sequence[Paragraph]) -> Iterator[tuple[int, int | None, int]]:
    """Return where each article begins, where its text begins (null: it has none), and its end."""
    bodies = _bodies(found)
    begin = 0
    for end in _ends(found):
        inside = bodies[bisect_left(bodies, begin) : bisect_left(bodies, end)]
        for body, follows in pairwise([*inside, end]):
            # Where an end is missing, the next head ends a text.
            stop = end if follows == end else _head_of(found, body, follows)
            yield begin, body, stop
            begin = stop
        if not inside and _is_document(found, begin, end):
            yield begin, None, end
        begin = end + 1


def _ends(found: Sequence[Paragraph]) -> list[int]:
    """Return the lines that end documents: a label stands above, or a document follows, or nothing.

    Any other 'End of Document' is a line of a text.
    """
    said = [index for index, paragraph in enumerate(found) if _is(paragraph, "end")]
    if not said and len(found) > 1 and _is_last_word(found):
        said = [index for index, one in enumerate(found) if one.text == found[-1].text]
    ends = [
        one
        for one, two in pairwise([*said, len(found)])
        if one + 1 == len(found)
        or (one and (found[one - 1].part in TAIL or found[one - 1].part == "other"))
        or _is_document(found, one + 1, two)
    ]
    return ends if ends and ends[-1] + 1 == len(found) else [*ends, len(found)]


def _is_last_word(found: Sequence[Paragraph]) -> bool:
    """Whether the last line ends a document in a language whose words are not known."""
    labelled = found[-2].part in TAIL or found[-2].part == "other"
    return labelled and found[-1].part is None and len(found[-1].text.split()) <= LONGEST_END


def _is_document(found: Sequence[Paragraph], begin: int, end: int) -> bool:
    """Whether there is the head of a document between two lines: a date, labels or rights."""
    head = found[begin : min(end, begin + LABELS_WITHIN)]
    dated = any(is_date_line(paragraph.text) for paragraph in head[: HEADLINE_WITHIN + 3])
    return dated and any(p.part in LABELS.values() or is_rights(p.text) for p in head)


def _head_of(found: Sequence[Paragraph], body: int, follows: int) -> int:
    """Return where the head begins of the document whose text begins at ``follows``."""
    dated = _below_outlet(found, body + 1, follows)
    return follows if dated is None else _headline(found, body + 1, dated)[0]


def _below_outlet(found: Sequence[Paragraph], begin: int, body: int) -> int | None:
    """Return where the date stands above a text, the nearest to it, or else the first label."""
    within = range(max(begin, body - LABELS_WITHIN), body)
    dates = [i for i in within if not found[i].part and is_date_line(found[i].text)]
    labels = (i for i in within if _is_label(found[i]))
    return dates[-1] if dates else next(labels, None)


def _headline(found: Sequence[Paragraph], begin: int, dated: int) -> tuple[int, int]:
    """Return where the headline begins and ends; the outlet stands between it and the date."""
    outlet = dated - 1
    first = outlet
    while first > begin and outlet - first < HEADLINE_WITHIN:
        above = found[first - 1]
        apart = above.block != found[outlet].block or LISTED.match(above.text)
        if _is_cover(above) or (first < outlet and apart):
            break
        first -= 1
        if above.block != found[outlet].block:
            break
    return first, max(outlet, begin)


def _is_cover(paragraph: Paragraph) -> bool:
    label = split_label(paragraph.text)
    return label is not None and label[0] in words("nexis", "cover")


def _found(found: Sequence[Paragraph], begin: int, body: int | None, end: int) -> Found:
    """Return the parts of the article between two lines."""
    stop = min(end, begin + LABELS_WITHIN) if body is None else body
    dated = _below_outlet(found, begin, stop)
    article = Found()
    if dated is not None and dated > begin:
        first, outlet = _headline(found, begin, dated)
        article.date = None if _is_label(found[dated]) else found[dated].text
        article.outlet = found[outlet].text if outlet < dated else None
        article.headline = " ".join(p.text for p in found[first:outlet]) or None
    labels = found[begin if dated is None else dated : end if body is None else body]
    _read_labels(labels, article)
    if body is not None:
        article.body = _text(found[body + 1 : end], article.length)
    return article


def _glued() -> re.Pattern[str]:
    labels = (label.title() for label, part in LABELS.items() if part in HEAD_PARTS)
    return re.compile(rf"(?:{'|'.join(map(re.escape, labels))}):[ \u00a0]")


GLUED = _glued()


def _is_label(paragraph: Paragraph) -> bool:
    return paragraph.part in HEAD_PARTS or is_rights(paragraph.text)


def _read_labels(labels: Sequence[Paragraph], article: Found) -> None:
    for paragraph in labels:
        if paragraph.part == "length":
            article.length = article.length or stated_length(paragraph.value)
        elif paragraph.part == "byline":
            # A highlight may follow without a blank.
            article.author = article.author or GLUED.split(paragraph.value)[0]
        elif paragraph.part == "url":
            article.url = article.url or paragraph.value


def _text(rest: Sequence[Paragraph], length: int | None) -> list[str]:
    """Return the paragraphs of the text between 'Body' and the end."""
    begin = 0
    if rest and _is(rest[0], "abstract"):
        begin = 1
    for index, paragraph in enumerate(rest[:ABSTRACT_WITHIN]):
        if _is(paragraph, "full_text"):
            begin = index + 1
    end = find_tail(rest[: _sections(rest, begin, length)], begin, length)
    return [paragraph.text for paragraph in rest[begin:end]]


def _sections(rest: Sequence[Paragraph], begin: int, length: int | None) -> int:
    """Return where the database's own sections begin, read from the end.

    'Classification' stands above labels, 'Graphic' above captions; either may be a text's word,
    and then too few words of the stated ``length`` would be left.
    """
    counts = [0, *accumulate(len(paragraph.text.split()) for paragraph in rest)]
    cut, loose, labels = len(rest), 0, False
    for index in range(len(rest) - 1, begin - 1, -1):
        paragraph = rest[index]
        if paragraph.part in TAIL or paragraph.part == "other":
            labels = labels or paragraph.part in TAIL
            cut = cut if loose else index
        elif _is(paragraph, "sections") and labels and not loose:
            cut = index
        elif _is(paragraph, "graphic"):
            if counts[index] - counts[begin] < LEAST * (length or 0) <= counts[cut] - counts[begin]:
                break
            cut, loose = index, 0
        elif not is_rights(paragraph.text):
            loose += 1
            if loose > MOST_GRAPHICS:
                break
    return cut
