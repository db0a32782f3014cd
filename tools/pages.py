"""Write what is generated: the tables of README.md (notebooks, accuracy), and data/README.md.

``python tools/pages.py`` writes both; ``--check`` only tells whether they are up to date.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path

from sayso.evaluation import gold
from sayso.tables.columns import kind_of, may_be_null
from sayso.tables.compared import COMPARED
from sayso.tables.extracted import TABLES

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- {}: made by tools/pages.py -->", "<!-- end -->"


def notebook_row(path: Path) -> str:
    """Return a notebook's row: its title with a link, its question, its parameters."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    opening = "".join(cells[0]["source"]).split("\n\n")
    title, question = opening[0].removeprefix("# ").strip(), " ".join(opening[1].split())
    chosen = next(c for c in cells if "parameters" in c["metadata"].get("tags", ()))
    names = re.findall(r"^(\w+)\s*:", "".join(chosen["source"]), re.MULTILINE)
    link = f"[{title}](notebooks/{path.name})"
    return f"| {link} | {question} | {', '.join(f'`{n}`' for n in names)} |"


def notebooks() -> str:
    """Return the table of the notebooks."""
    rows = [notebook_row(path) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    return "\n".join(["| notebook | question | parameters |", "|---|---|---|", *rows])


def accuracy() -> str:
    """Return the figures of ``sayso evaluate gold`` as a table."""
    figures = gold.run()
    head = [name.replace("_", " ") for name in figures]
    lines = [head, ["---"] * len(head)]
    lines += [[_cell(value) for value in row] for row in figures.itertuples(index=False)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def readme() -> str:
    """Return README.md with its tables made anew."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, table in (("notebooks", notebooks()), ("accuracy", accuracy())):
        begin = BEGIN.format(name)
        before, rest = text.split(begin)
        text = f"{before}{begin}\n{table}\n{END}{rest.split(END, 1)[1]}"
    return text


def data_readme() -> str:
    """Return data/README.md: what the folder holds, and every table's columns."""
    parts = [(ROOT / "tools" / "data_intro.md").read_text(encoding="utf-8")]
    parts += [table(f"`{name}`", row_type) for name, row_type in TABLES.items()]
    parts.append("## What analyses return\n")
    parts += [table(f"`corpus.{name}()`", row_type) for name, row_type in COMPARED.items()]
    return "\n".join(parts).rstrip() + "\n"


def table(name: str, row_type: type) -> str:
    """Return a table's data dictionary as Markdown."""
    lines = [f"### {name}: {row_type.__doc__.splitlines()[0].removesuffix('.')}\n"]
    lines.append("| column | kind | null | meaning |\n|---|---|---|---|")
    for column in dataclasses.fields(row_type):
        meaning, allowed = column.metadata["doc"], column.metadata["values"]
        values = f" ({', '.join(allowed)})" if allowed else ""
        null = "yes" if may_be_null(column) else ""
        lines.append(f"| `{column.name}` | {kind_of(column)} | {null} | {meaning}{values} |")
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    """Return every generated page with its text."""
    return {ROOT / "README.md": readme(), ROOT / "data" / "README.md": data_readme()}


def main() -> None:
    made = pages()
    stale = [p for p, text in made.items() if not p.exists() or p.read_text("utf-8") != text]
    if "--check" not in sys.argv:
        for path in stale:
            path.write_text(made[path], encoding="utf-8")
    elif stale:
        sys.exit(f"not up to date: {', '.join(p.name for p in stale)}; run python tools/pages.py")


if __name__ == "__main__":
    main()
