"""Results of evaluations as files: the figures, and what they were measured on, how and when.

A file tells no path and no machine: of the data it keeps the name and the digest, so that anybody
who has them can tell whether they are the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import sayso
from sayso.paths import MODEL_FOLDER, data_path, seeds_path, write_whole

FOLDER = "results"
DIGITS = 6
FACTS = ("command", "date", "data", "data_sha256", "version", "model_sha256")


@dataclass(frozen=True, slots=True)
class Result:
    """What one evaluation measured, and all it takes to measure it again.

    ``data`` names the annotated data, ``data_sha256`` and ``model_sha256`` are digests of them and
    of the model files (see :func:`digest`). ``tables`` holds at least ``figures``.
    """

    name: str
    command: str
    date: str
    data: str
    data_sha256: str
    version: str
    model_sha256: str
    tables: Mapping[str, pd.DataFrame]

    @property
    def is_old(self) -> bool:
        """Whether it was measured with other model files than those that are here."""
        return self.model_sha256 != model_digest()

    def save(self, folder: Path) -> Path:
        """Write the result as ``<name>.json``, numbers rounded, a row of a table on a line."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.json"
        facts = [f" {json.dumps(key)}: {json.dumps(getattr(self, key))}" for key in FACTS]
        tables = ",\n".join(_table_text(name, table) for name, table in self.tables.items())
        whole = ",\n".join([*facts, f' "tables": {{\n{tables}\n }}'])
        write_whole(path, f"{{\n{whole}\n}}\n")
        return path


def measure(name: str, evaluation: Any, command: str, path: Path | None = None) -> Result:
    """Run an evaluation and return what it measured.

    ``evaluation`` is a module (or the like) with a function ``run(path) -> DataFrame``, or
    ``tables(path)``, which returns several frames by name. It may tell by ``data(path)`` which
    files it is measured on, if these are not the path alone, or the seeds. ``command`` is what a
    user types to run it; the path is added (several, joined by a comma, are one path).
    """
    several = getattr(evaluation, "tables", None)
    tables = several(path) if several else {"figures": evaluation.run(path)}
    files = getattr(evaluation, "data", lambda given: [given] if given else [])(path)
    parts = str(path).split(",") if path else []
    typed = " ".join([command, ",".join(short_name(Path(part)) for part in parts)])
    return new_result(name, typed.strip(), files, tables)


def new_result(
    name: str, command: str, data: Sequence[Path], tables: Mapping[str, pd.DataFrame]
) -> Result:
    """Return a result of today, with the digests of data (the seeds' if empty) and model."""
    return Result(
        name,
        command,
        date.today().isoformat(),
        ", ".join(map(short_name, data)) or "seeds and data/gold",
        digest(data or [seeds_path(), data_path("gold")]),
        sayso.__version__,
        model_digest(),
        tables,
    )


def short_name(path: Path) -> str:
    """Return the last two parts of a path: enough to tell data apart, too little to tell a place.

    Examples
    --------
    >>> short_name(Path("/data/polnear/dev/articles.jsonl.gz"))
    'dev/articles.jsonl.gz'
    """
    return "/".join(part for part in path.parts[-2:] if part != path.anchor)


def read_results(folder: Path | None = None) -> dict[str, Result]:
    """Return the results in a folder by name; of sayso's own, if no folder is given."""
    results = {}
    for path in sorted((folder or data_path(FOLDER)).glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        tables = {name: pd.DataFrame(**table) for name, table in kept.pop("tables").items()}
        results[path.stem] = Result(path.stem, **kept, tables=tables)
    return results


def overview(results: Mapping[str, Result]) -> pd.DataFrame:
    """Return what was measured: evaluation, command, data, data SHA-256 (begins), date, model."""
    columns = ["evaluation", "command", "data", "data SHA-256", "date", "model"]
    rows = [
        (r.name, r.command, r.data, r.data_sha256[:12], r.date, "earlier" if r.is_old else "this")
        for r in results.values()
    ]
    return pd.DataFrame(rows, columns=columns)


@cache
def model_digest() -> str:
    """Return the digest of the model files."""
    return digest([MODEL_FOLDER])


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of a file; of folders or several paths, that of all files' names and own.

    A single file has the digest that ``sha256sum`` prints.
    """
    files = [file for path in paths for file in _files(path)]
    own = [hashlib.sha256(file.read_bytes()).hexdigest() for file, _ in files]
    if len(files) == 1:
        return own[0]
    lines = "".join(f"{one}  {name}\n" for one, (_, name) in zip(own, files, strict=True))
    return hashlib.sha256(lines.encode()).hexdigest()


def _files(path: Path) -> list[tuple[Path, str]]:
    """Return the files at a path, each with its name from there."""
    if path.is_file():
        return [(path, path.name)]
    files = sorted(p for p in path.rglob("*") if p.is_file())
    return [(file, file.relative_to(path).as_posix()) for file in files]


def _table_text(name: str, table: pd.DataFrame) -> str:
    """Return a table as JSON, a row on a line, numbers rounded."""
    whole = json.loads(table.to_json(orient="split", index=False, double_precision=DIGITS))
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in whole["data"])
    columns = json.dumps(whole["columns"])
    return f'  {json.dumps(name)}: {{\n   "columns": {columns},\n   "data": [\n{lines}\n   ]\n  }}'
