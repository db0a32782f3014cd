"""Data files in TOML: the shipped ones, each read once, and a user's own, checked."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from sayso.paths import data_path


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Return a shipped data file, read once. What it returns is shared: do not change it."""
    return read_toml(data_path(name))


def read_toml(path: Path) -> dict[str, Any]:
    """Return a file as it is now; ValueError names the file and, if it isn't TOML, the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not a text in UTF-8: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}") from None


def entry_line(path: Path, table: str, number: int) -> int:
    """Return the line on which the ``number``-th entry ``[[table]]`` of a file begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = [n for n, line in enumerate(lines, 1) if line.strip().startswith(f"[[{table}]]")]
    return begins[number - 1] if number <= len(begins) else 1
