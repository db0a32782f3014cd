"""What the columns of tables are called: the names in ``data/columns.toml``, and a user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sayso.lexicon.files import load_toml

FIELDS = (
    *("article_id", "text", "headline", "published", "precision"),
    *("outlet", "agency", "event", "author", "url"),
)
# A table beside the texts that tells what is known of them.
LIST_NAME = "articles.csv"
WITHOUT_METADATA = ("article_id", "text")
# Behind a name that stands twice: the second 'text' is 'text (2)'.
AGAIN = re.compile(r" \(\d+\)$")
NO_LETTER = re.compile(r"[\W_]+")
# Rows of JSON may each have names of their own; so many sets of names are kept.
MOST_PLANS = 1000
OTHER = load_toml("columns.toml")["other"]

# Where a value stands in a row: its column, and the names that lead on in an object.
Place = tuple[str, ...]


class Columns:
    """What columns are called: the shipped names, and those that a user chose before them.

    Parameters
    ----------
    chosen
        Field -> name of the column that holds it, e.g. ``{"text": "body"}``. A table that has the
        column uses it and no other for the field; '' says that no column holds the field.
    metadata
        False: the columns of ids and texts only.

    Raises
    ------
    ValueError
        If ``chosen`` has a field that there is not, or a name that is no text.
    """

    def __init__(self, chosen: Mapping[str, str] | None = None, *, metadata: bool = True) -> None:
        self._chosen = dict(chosen or {})
        for field, name in self._chosen.items():
            if field not in FIELDS:
                raise ValueError(f"columns has '{field}'; it may have: {', '.join(FIELDS)}")
            if not isinstance(name, str):
                raise ValueError(f"columns has {name!r} for '{field}': give the name of a column")
        self.fields = FIELDS if metadata else WITHOUT_METADATA
        self._plan = lru_cache(MOST_PLANS)(self._make_plan)

    def plan(self, labels: Iterable[str], *, listed: bool = False) -> dict[str, list[Place]]:
        """Return where the fields stand in a row with these columns; the first that holds it wins.

        ``listed``: the table is a list beside the texts, whose ids may be names of files, too.
        """
        return self._plan(tuple(labels), listed)

    def _make_plan(self, labels: Sequence[str], listed: bool) -> dict[str, list[Place]]:
        found, aliases = _by_name(labels), load_toml("columns.toml")
        own = {field: _find(name, found) for field, name in self._chosen.items()}
        taken = {place for places in own.values() for place in places}
        plan: dict[str, list[Place]] = {}
        for field in self.fields:
            if own.get(field) or self._chosen.get(field) == "":
                plan[field] = own[field]
                continue
            names, weak, files = (
                aliases[kind].get(field, []) for kind in ("names", "weak", "list")
            )
            for known in (names + files if listed else names, weak):
                places = [place for name in known for place in _find(name, found)]
                plan[field] = [p for p in dict.fromkeys(places) if p not in taken]
                if plan[field]:
                    break
        return {field: places for field, places in plan.items() if places}

    def missing(self, labels: Iterable[str]) -> dict[str, str]:
        """Return the chosen names that none of these columns has, by field."""
        found = _by_name(labels)
        wanted = {f: name for f, name in self._chosen.items() if name and f in self.fields}
        return {field: name for field, name in wanted.items() if not _find(name, found)}

    def known(self, labels: Iterable[Any]) -> set[str]:
        """Return the fields that these columns hold."""
        return set(self.plan(map(str, labels)))


@lru_cache(maxsize=4096)
def squash(name: str) -> str:
    """Return a name without what makes no difference: case, blanks, hyphens, underscores, dots.

    >>> squash("Publish-Date")
    'publishdate'
    """
    return NO_LETTER.sub("", name).casefold()


def reach(value: Any, names: Sequence[str]) -> Any:
    """Return what stands under names within an object; of a list, what stands in each of it."""
    for at, name in enumerate(names):
        if isinstance(value, (list, tuple)):
            return [reach(one, names[at:]) for one in value]
        if not isinstance(value, Mapping):
            return None
        wanted = squash(name)
        value = next((value[key] for key in value if squash(str(key)) == wanted), None)
    return value


def is_summary(label: str) -> bool:
    """Whether a column holds what an article is about, not the article."""
    return squash(label) in map(squash, OTHER["summaries"])


def is_nothing(cell: str) -> bool:
    """Whether a cell says that it holds nothing: 'NA', 'None'."""
    return cell.strip() in OTHER["nothing"]


def is_one_of(kind: str, label: Any) -> bool:
    """Whether a name in JSON is one of the 'wrappers' or 'containers' of articles."""
    return str(label).casefold() in OTHER[kind]


def bodiless(labels: Iterable[str]) -> Mapping[str, Any] | None:
    """Return which tool exported a table without texts ('tool', 'why', 'help'), where known."""
    names = {squash(label) for label in labels}
    tools = load_toml("columns.toml")["bodiless"]
    return next((tool for tool in tools if names.issuperset(map(squash, tool["columns"]))), None)


def _by_name(labels: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label in labels:
        found.setdefault(squash(AGAIN.sub("", label)), []).append(label)
    found.pop("", None)
    return found


def _find(name: str, found: Mapping[str, list[str]]) -> list[Place]:
    """Return where a name stands: columns called so, or the object that it leads into."""
    if columns := found.get(squash(name)):
        return [(column,) for column in columns]
    first, *rest = name.split(".")
    return [(column, *rest) for column in found.get(squash(first), [])] if rest else []
