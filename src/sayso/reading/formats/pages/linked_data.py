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


def articles_in(scripts: Iterable[str]) -> tuple[list[Node], list[Node]]:
    """Return the nodes of the page's article, and those of the page and all else.

    What has no type, or stands in a list of other articles, is none of them.
    """
    nodes: list[Node] = []
    for script in scripts:
        with suppress(ValueError, RecursionError):
            nodes += _nodes(json.loads(script, strict=False))
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    nodes = [_linked(node, named) for node in nodes if node.get("@type")]
    articles = [node for node in nodes if any(map(ARTICLE.fullmatch, _types(node)))]
    # Two articles on a page that lists none: the first is its own.
    return articles[:1], [node for node in nodes if node not in articles]


def _nodes(value: Any) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, dict):
        yield value
        for name, item in value.items():
            if name not in LISTS:
                yield from _nodes(item)


def _types(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _linked(node: Node, named: dict[str, Node]) -> Node:
    """Return a node with the nodes that it names by their ids in their place."""

    def put(value: Any) -> Any:
        if isinstance(value, list):
            return [put(item) for item in value]
        if isinstance(value, dict) and isinstance(value.get("@id"), str):
            return named.get(value["@id"], value) | value
        return value

    return {name: put(value) for name, value in node.items()}


def texts_in(nodes: list[Node], name: str) -> tuple[str, ...]:
    """Return the texts that nodes give under a name."""
    return tuple(value for node in nodes if isinstance(value := node.get(name), str))


def names_in(nodes: list[Node], name: str) -> tuple[str, ...]:
    """Return the names of the persons, or else of the bodies, that nodes give under a name."""
    found: list[tuple[bool, str]] = []
    for node in nodes:
        value = node.get(name)
        for item in value if isinstance(value, list) else [value]:
            told = item.get("name") if isinstance(item, dict) else item
            is_body = isinstance(item, dict) and "Person" not in _types(item)
            for one in told if isinstance(told, list) else [told]:
                if isinstance(one, str) and one.strip():
                    found.append((is_body, " ".join(one.split())))
    persons = tuple(one for is_body, one in found if not is_body)
    return persons or tuple(one for _, one in found)
