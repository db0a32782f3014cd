"""brat: a text and an annotation file beside it; places count characters, as Python does.

Its kind is an item's type, its stance an attribute; speaker and target are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from sayso.coding.items import DETAILS, KINDS, STANCES, Document, in_order, item

LINE = re.compile(r"[^\r\n]+")
CONF = (
    "[entities]\n" + "".join(f"{kind}\n" for kind in KINDS) + "\n[relations]\n\n[events]\n\n"
    f"[attributes]\nStance\tArg:<ENTITY>, Value:{'|'.join(STANCES)}\n"
)


def write(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return ``NUMBER.txt`` and ``NUMBER.ann`` for each article, and ``annotation.conf``."""
    files = {"annotation.conf": CONF.encode()}
    for number, document in enumerate(documents, 1):
        lines = []
        for n, one in enumerate(document.items, 1):
            # No piece may go over the end of a line.
            pieces = [
                (start + m.start(), start + m.end())
                for start, end in one.spans
                for m in LINE.finditer(document.text[start:end])
            ]
            places = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(document.text[start:end] for start, end in pieces)
            lines.append(f"T{n}\t{one.kind} {places}\t{words}")
            lines += [f"A{n}\tStance T{n} {one.stance}"] if one.stance else []
            lines += [f"#{n}\tAnnotatorNotes T{n}\t{one.speaker}"] if one.speaker else []
            lines += [f"#{n}t\tTarget T{n}\t{one.target}"] if one.target else []
        files[f"{number:04}.txt"] = document.text.encode()
        files[f"{number:04}.ann"] = "".join(f"{line}\n" for line in lines).encode()
    return files


def read(path: Path) -> Iterator[Document]:
    """Yield the one article of an ``.ann`` file; its ``.txt`` must lie beside it."""
    beside = path.with_suffix(".txt")
    if not beside.is_file():
        raise ValueError(f"{path.name} needs its text: {beside.name} is missing")
    text = beside.read_bytes().decode("utf-8-sig")
    quotes, told = {}, {}
    for line in path.read_bytes().decode("utf-8").split("\n"):
        mark, _, rest = line.partition("\t")
        if mark[:1] == "T":
            kind, _, places = rest.split("\t")[0].partition(" ")
            spans = [tuple(map(int, piece.split())) for piece in places.split(";")]
            quotes[mark] = (spans, kind)
        elif mark[:1] == "A" and rest.startswith("Stance "):
            _, target, stance = rest.split()
            told[target, "stance"] = stance
        elif mark[:1] == "#":
            what, _, note = rest.partition("\t")
            name, _, whose = what.partition(" ")
            told[whose, "target" if name == "Target" else "speaker"] = note
    found = [
        item(text, spans, kind, *(told.get((t, name), "") for name in DETAILS[1:]))
        for t, (spans, kind) in quotes.items()
    ]
    yield Document("", text, tuple(in_order(found)))
