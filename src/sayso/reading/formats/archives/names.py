"""Names of members of an archive: which are no part of a corpus, and which lead out of it."""

from __future__ import annotations

import re

# A drive of Windows ('C:') begins a path from its root, as '/' does.
ROOTED = re.compile(r"/|[A-Za-z]:")


def is_hidden(name: str) -> bool:
    """Whether a member is a folder, or what macOS and Office put beside the files."""
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return name.endswith("/") or any(
        part.startswith((".", "~$")) or part == "__MACOSX" for part in parts
    )


def leads_out(name: str) -> bool:
    """Whether a member's path leads out of the archive."""
    return ROOTED.match(name) is not None or ".." in name.split("/")
