"""Score sayso against annotated data of others.

    python -m benchmarks.score NAME [PATH] [--save FOLDER] [--called RESULT]

Each NAME is a folder here with a ``score.py``; its first lines tell what the data look like.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from sayso.evaluation.results import measure

HERE = Path(__file__).parent


def names() -> list[str]:
    """Return what can be scored."""
    return sorted(path.parent.name for path in HERE.glob("*/score.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=names())
    parser.add_argument("path", nargs="?", type=Path, help="the annotated data")
    parser.add_argument("--save", type=Path, help="folder to keep the figures in, as NAME.json")
    parser.add_argument("--called", help="what the kept file is called, if not NAME")
    options = parser.parse_args()
    scorer = importlib.import_module(f"benchmarks.{options.name}.score")
    command = f"python -m benchmarks.score {options.name}"
    result = measure(options.called or options.name, scorer, command, options.path)
    print("\n\n".join(table.to_string(index=False) for table in result.tables.values()))
    if options.save:
        print(f"\n{result.save(options.save)}")


if __name__ == "__main__":
    main()
