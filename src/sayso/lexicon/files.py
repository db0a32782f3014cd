"""Data files in TOML, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from sayso.paths import data_path


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Return a TOML data file, read once. What it returns is shared: do not change it."""
    with data_path(name).open("rb") as file:
        return tomllib.load(file)
