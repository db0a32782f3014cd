"""Files of the model, written with their digests."""

from __future__ import annotations

import hashlib

from sayso.paths import MODEL_FOLDER


def write_model(name: str, data: bytes) -> None:
    """Write a file of the model, and its digest to ``SHA256SUMS``."""
    sums = MODEL_FOLDER / "SHA256SUMS"
    lines = sums.read_text(encoding="utf-8").splitlines()
    others = [line for line in lines if not line.endswith(f"  {name}")]
    own = f"{hashlib.sha256(data).hexdigest()}  {name}"
    (MODEL_FOLDER / name).write_bytes(data)
    sums.write_text("\n".join([own, *others]) + "\n", encoding="utf-8")
