"""What the benchmarks share: environments for the systems that sayso is compared with."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path


def environment(folder: Path, packages: list[str]) -> Path:
    """Make an environment with these packages if it is not there yet; return its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python
