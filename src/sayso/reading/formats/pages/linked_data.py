"""What a page says of its article in JSON-LD, after schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

ARTICLE = re.compile(r"\w*Article|\w*BlogPosting|Report")
# What lists other pages' articles.
LISTS = ("itemListElement", "hasPart", "relatedLink", "mentions", "isRelatedTo", "citation")

Node = dict[str, Any]


def read_linked(scripts: Iterable[str]) -> tuple[Node, list[Node]]:
    """Return the node of the page's article, {} if there is none, and the nodes of all else."""
    nodes: list[Node] = []
    for script in scripts:
        with suppress(ValueError, RecursionError):
            nodes += _nodes(json.loads(script, strict=False))
    articles = [node for node in nodes if any(map(ARTICLE.fullmatch, _types(node)))]
    others = [node for node in nodes if node.get("@type") and node not in articles]
    # Two articles on a page that lists none: the first is its own.
    article = articles[0] if articles else {}
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for name in ("author", "publisher"):
        items = [
            by_id.get(str(item.get("@id")), item) | item if isinstance(item, dict) else item
            for item in _listed(article.get(name))
        ]
        article = article | ({name: items} if items else {})
    return article, others


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, dict):
        yield value
        value = [item for name, item in value.items() if name not in LISTS]
    for item in value if isinstance(value, list) else ():
        yield from _nodes(item)


def _listed(value: Any) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _types(node: Node) -> list[str]:
    return [kind for kind in _listed(node.get("@type")) if isinstance(kind, str)]


def names_in(node: Node, name: str) -> tuple[str, ...]:
    """Return the names of the persons, or else of the bodies, that a node gives under a name."""
    persons: list[str] = []
    bodies: list[str] = []
    for item in _listed(node.get(name)):
        is_body = isinstance(item, dict) and "Person" not in _types(item)
        told = _listed(item.get("name") if isinstance(item, dict) else item)
        (bodies if is_body else persons).extend(" ".join(o.split()) for o in told if _is_text(o))
    return tuple(persons or bodies)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
