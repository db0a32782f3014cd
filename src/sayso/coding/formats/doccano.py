"""doccano (JSONL): an article a line, spans with a label; places count characters.

Kinds are labels, and pieces of one quote are joined by the relation 'continues'. doccano has no
place for speaker and stance: they travel beside it, and come back for every quote whose words are
still the same. Import the file as JSONL, not as TextLine, which cuts articles into lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import count, pairwise
from pathlib import Path

from sayso.coding.items import DETAILS, Document, in_order, item

CONTINUES = "continues"


def write(documents: Sequence[Document]) -> dict[str, bytes]:
    """Return ``doccano.jsonl``."""
    lines, ids = [], count(1)
    for document in documents:
        entities, relations, told = [], [], []
        for one in document.items:
            own = [
                {"id": next(ids), "label": one.kind, "start_offset": start, "end_offset": end}
                for start, end in one.spans
            ]
            entities += own
            relations += [
                {"id": next(ids), "from_id": a["id"], "to_id": b["id"], "type": CONTINUES}
                for a, b in pairwise(own)
            ]
            told.append(asdict(one))
        line = {"text": document.text, "entities": entities, "relations": relations}
        lines.append(json.dumps(line | {"article_id": document.article_id, "quotes": told}))
    return {"doccano.jsonl": "".join(f"{line}\n" for line in lines).encode()}


def read(path: Path) -> Iterator[Document]:
    """Yield the articles of an export; spans of the older kind, ``label``, are read as well."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number} is not JSON: {error}") from None
        text, more = row["text"], row | (row.get("meta") or {})
        entities = row.get("entities")
        if entities is None:
            entities = [
                {"id": n, "start_offset": start, "end_offset": end, "label": kind}
                for n, (start, end, kind) in enumerate(row["label"])
            ]
        quotes = [
            item(text, [(e["start_offset"], e["end_offset"]) for e in own], own[0]["label"])
            for own in joined(entities, row.get("relations", ()))
        ]
        known: dict[tuple, list[dict]] = {}
        for one in more.get("quotes", ()):
            known.setdefault(item(text, one["spans"], "").spans, []).append(one)
        found = []
        for quote in quotes:
            told = known.get(quote.spans)
            told = (told.pop(0) if len(told) > 1 else told[0]) if told else {}
            how = (told.get(name, "") for name in DETAILS[1:])
            found.append(item(text, quote.spans, quote.kind, *how))
        yield Document(str(more.get("article_id", "")), text, tuple(in_order(found)))


def joined(entities: Sequence[dict], relations: Sequence[dict]) -> list[list[dict]]:
    """Return the pieces of each quote: those that 'continues' joins, whichever way it runs."""
    whose = {entity["id"]: entity["id"] for entity in entities}
    for relation in relations:
        ends = whose.get(relation["from_id"]), whose.get(relation["to_id"])
        if relation["type"] == CONTINUES and None not in ends:
            whose = {one: ends[0] if first == ends[1] else first for one, first in whose.items()}
    groups: dict = {}
    for entity in entities:
        groups.setdefault(whose[entity["id"]], []).append(entity)
    return list(groups.values())
