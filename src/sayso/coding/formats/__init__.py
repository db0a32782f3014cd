"""Files of annotation tools: items out to them and back, each module one tool.

``write(documents)`` returns files by name, ``read(path)`` yields what a file holds. A tool's export
has what its coder left in it: what is not there any more was wrong, what is new was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.coding.formats import brat, doccano, labelstudio, refi, webanno
from sayso.coding.items import Document

TOOLS = {
    "brat": brat,
    "doccano": doccano,
    "labelstudio": labelstudio,
    "refi": refi,
    "webanno": webanno,
}
ENDINGS = {
    ".ann": "brat",
    ".jsonl": "doccano",
    ".json": "labelstudio",
    ".qdpx": "refi",
    ".tsv": "webanno",
}


def write_documents(tool: str, documents: Iterable[Document]) -> dict[str, bytes]:
    """Return the files, by name, that a tool reads.

    Raises
    ------
    ValueError
        If there is no such tool among ``TOOLS``.
    """
    if tool not in TOOLS:
        raise ValueError(f"there is no format '{tool}'; there are: {', '.join(TOOLS)}")
    return TOOLS[tool].write(list(documents))


def read_document(path: Path) -> Iterator[Document]:
    """Yield the documents of a tool's file; of another file none.

    Raises
    ------
    ValueError
        If it is damaged, named with what is wrong.
    """
    tool = ENDINGS.get(path.suffix.casefold())
    if tool is None:
        return
    try:
        yield from TOOLS[tool].read(path)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        told = f"{type(error).__name__} {error}"
        raise ValueError(f"{path.name} is no whole export of {tool} ({told})") from None
