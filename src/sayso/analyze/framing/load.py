"""Codebooks by name, file or folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sayso.analyze.framing.codebook import read_codebook
from sayso.paths import data_path


def load_codebook(source: str | Path = "generic") -> Any:
    """Return a codebook: a shipped one by name, or a file or trained folder of your own.

    ``source`` is 'generic' (learnt from sentences read by its questions), its baseline
    'generic-cues' and 'responsibility', 'policy' or 'arms-control' (cues alone); a TOML file in the
    format of ``data/codebooks``; or a folder that :func:`sayso.train_codebook` wrote.

    Raises
    ------
    FileNotFoundError
        If there is none; the message lists the shipped ones.
    ValueError
        If the file has an error, named with its line and the reason. An example that the cues do
        not code as it says is an error, too.
    """
    path = Path(source)
    shipped = data_path("codebooks") / str(source)
    if not path.exists() and (shipped / "codebook.json").is_file():
        path = shipped
    if path.is_dir():
        from sayso.analyze.framing.trained import load_trained

        return load_trained(path)
    if not path.is_file() and path.suffix != ".toml":
        names = sorted(p.stem for p in data_path("codebooks").iterdir())
        if str(source) not in names:
            choices = f"a file, a trained folder or one of {', '.join(names)}"
            raise FileNotFoundError(f"no codebook '{source}': give {choices}")
        path = data_path("codebooks") / f"{source}.toml"
    return read_codebook(path.read_text(encoding="utf-8-sig"), path.name)
