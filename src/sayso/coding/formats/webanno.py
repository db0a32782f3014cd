"""INCEpTION and WebAnno: TSV 3.3, a file an article; places count UTF-16 units, as Java does.

The layer is ``webanno.custom.Quote`` with the features kind, speaker, stance, target and part:
pieces with the same part are one. A 'sentence' here is a line of the text, a 'token' what blanks or
the ends of quotes part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from sayso.coding.items import DETAILS, Document, details, in_order, item, points, units

HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Quote|kind|speaker|stance|target|part\n\n"
RESERVED = re.compile(r"->|[\\\[\]|_;*\t\n]")
CONTROL = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
VALUE = re.compile(r"((?:\\->|\\.|[^\\|\[])*)\[(\d+)\]")


def write(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return ``NUMBER.tsv`` for each article."""
    return {f"{n:04}.tsv": _file(d).encode() for n, d in enumerate(documents, 1)}


def _file(document: Document) -> str:
    text, spans, number = document.text, [], 0
    for part, one in enumerate(document.items, 1):
        for span in one.spans:
            number += 1
            values = (*details(one), str(part))
            spans.append((span, [f"{_escaped(value)}[{number}]" for value in values]))
    cuts = {place for span, _ in spans for place in span}
    blocks, place = [], 0
    for line in text.split("\n"):
        words, start = line.strip(), place + len(line) - len(line.lstrip())
        place += len(line) + 1
        if words:
            rows = _rows(text, start, start + len(words), cuts, spans)
            told = "".join(CONTROL.get(char, char) for char in words)
            numbered = (f"{len(blocks) + 1}-{n}\t{row}\n" for n, row in enumerate(rows, 1))
            blocks.append(f"#Text={told}\n{''.join(numbered)}\n")
    return HEAD + "\n" + "".join(blocks)


def _rows(text: str, start: int, end: int, cuts: set[int], spans: list) -> Iterator[str]:
    """Yield the tokens of a line: their places, their words, and the values of quotes on them."""
    for token in re.finditer(r"\S+", text[start:end]):
        first, last = start + token.start(), start + token.end()
        edges = sorted({first, last} | {cut for cut in cuts if first < cut < last})
        for a, b in pairwise(edges):
            on = [values for span, values in spans if span[0] <= a and b <= span[1]]
            columns = ["|".join(column) for column in zip(*on, strict=True)] or ["_"] * 5
            yield "\t".join((f"{units(text, a)}-{units(text, b)}", text[a:b], *columns, ""))


def _escaped(value: str) -> str:
    return RESERVED.sub(lambda match: "\\" + match[0], value) if value else "*"


def _plain(value: str) -> str:
    return "" if value == "*" else re.sub(r"\\(->|.)", r"\1", value)


def read(path: Path) -> Iterator[Document]:
    """Yield the one article of a file."""
    data = path.read_bytes().decode("utf-8")
    names = _features(path, data)
    lines, tokens, first = [], [], None
    for line in data.split("\n"):
        if line.startswith("#Text="):
            lines.append(re.sub(r"\\(.)", _control, line.removeprefix("#Text=")))
            first = None
        elif lines and re.match(r"\d+-\d+\t", line):
            _, place, _, *columns = line.rstrip("\r").split("\t")
            start, end = map(int, place.split("-"))
            first = start if first is None else first
            tokens.append((len(lines) - 1, start - first, end - first, columns))
    begins = [0, *accumulate(len(line) + 1 for line in lines)]
    pieces: dict[str, dict] = {}
    for number, start, end, columns in tokens:
        span = [begins[number] + points(lines[number], place) for place in (start, end)]
        for name, column in zip(names, columns, strict=False):
            for n, (value, mark) in enumerate(_values(column)):
                key = mark or f"{number}.{start}.{n}"
                own = pieces.setdefault(key, {"start": span[0]})
                own |= {"end": span[1], name: _plain(value)}
    text, groups = "\n".join(lines), {}
    for key, own in pieces.items():
        groups.setdefault(own.get("part") or f"new {key}", []).append(own)
    found = [
        item(
            text,
            [(piece["start"], piece["end"]) for piece in own],
            *(own[0].get(name, "") for name in DETAILS),
        )
        for own in groups.values()
    ]
    yield Document("", text, tuple(in_order(found)))


def _features(path: Path, data: str) -> list[str]:
    """Return the names of all columns after a token, those of other layers among them."""
    head = [line for line in data.split("\n") if line.startswith("#T_")]
    layers = [line.rstrip("\r").split("=", 1)[1].split("|") for line in head]
    if not any(layer[0].endswith("Quote") and "kind" in layer for layer in layers):
        raise ValueError(f"{path.name} has no layer 'Quote' with a feature 'kind'")
    return [
        name if layer[0].endswith("Quote") else f"{layer[0]}.{name}"
        for layer in layers
        for name in layer[1:]
    ]


def _values(column: str) -> Iterator[tuple[str, str]]:
    """Yield the values of a token with the mark of the span they belong to ('' of one token)."""
    if column in ("_", ""):
        return
    marked = VALUE.findall(column)
    yield from marked or [(column, "")]


def _control(match: re.Match) -> str:
    return {"t": "\t", "n": "\n", "r": "\r"}.get(match[1], match[1])
