"""The list of a store, and whether a folder is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sayso.paths import STORE_LIST, STORE_PART

FORMAT = 3
PART_LIST = "part.json"
MEND = "run 'sayso extract' with the articles and this folder once more"


def is_store(folder: str | Path) -> bool:
    """Whether a folder is a store: it has a list of parts that sayso wrote."""
    try:
        listed(Path(folder))
    except (OSError, ValueError, LookupError, TypeError):
        return False
    return True


def n_articles(folder: str | Path) -> int:
    """Return how many articles a store holds."""
    return sum(part["rows"]["articles"] for part in listed(Path(folder))["parts"])


def listed(folder: Path) -> dict[str, Any]:
    """Return a store's list. Raises OSError, ValueError, LookupError or TypeError if it is none."""
    found = json.loads((folder / STORE_LIST).read_text(encoding="utf-8"))
    if found["format"] != FORMAT:
        raise ValueError(f"a store of format {found['format']}")
    for part in found["parts"]:
        if not STORE_PART.fullmatch(part["name"]):
            raise ValueError(f"'{part['name']}' is no part")
        _ = part["made_from"], part["rows"]["articles"]
    _ = [*found["tables"]], found["names"]["name"], found["made_by"]["version"]
    return found


def is_old(folder: Path) -> bool:
    """Whether a folder has the list of a store that another version of sayso wrote."""
    try:
        found = json.loads((folder / STORE_LIST).read_text(encoding="utf-8"))
        parts = [part["name"] for part in found["parts"]]
        return found["format"] != FORMAT and all(map(STORE_PART.fullmatch, parts))
    except (OSError, ValueError, LookupError, TypeError):
        return False


def refuse_no_store(folder: Path) -> None:
    """Raise FileNotFoundError, which tells what helps, if a folder is no store."""
    if is_store(folder):
        return
    why = f"no {STORE_LIST} in it"
    if any(STORE_PART.fullmatch(path.name) for path in folder.glob("part-*")):
        why = "an extraction into it has not ended"
    if is_old(folder):
        why = "another version of sayso made it"
    raise FileNotFoundError(f"{folder} is no store ({why}): run 'sayso extract'")
