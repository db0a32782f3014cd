"""What the benchmarks share: environments for the systems that sayso is compared with."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path


def environment(folder: Path, packages: list[str]) -> Path:
    """Make an environment with these packages, if it is not there yet, and return its Python.

    A file in it names the packages. It is written last, so what was stopped is done again.
    """
    python, done = folder / "bin" / "python", folder / "packages.txt"
    wanted = "\n".join(packages)
    if not done.exists() or done.read_text() != wanted:
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
        done.write_text(wanted)
    return python
