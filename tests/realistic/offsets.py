"""Fill the offsets of the gold from its strings: python tests/realistic/offsets.py

In a gold file a person writes strings: ``text`` (the pieces of a quote's content), ``cue_text`` and
``speaker_text``, each spelt as in the article, quotes in text order. ``content``, ``cue`` and
``speaker_span`` are made from them. An offset that is true stays; any other becomes the place of
the string that is nearest to where it was or, for a new one, to its quote.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent


def place(text: str, string: str, near: int, where: str) -> list[int]:
    """Return start and end of the occurrence of a string nearest to an offset.

    Raises ValueError that names the gold file if the article has no such string.
    """
    found = [match.start() for match in re.finditer(re.escape(string), text)]
    if not found:
        raise ValueError(f"{where}: the article has no {string!r}; spell it as the article does")
    start = min(found, key=lambda at: abs(at - near))
    return [start, start + len(string)]


def fill(quote: dict, text: str, near: int, where: str) -> None:
    """Give one quote its offsets; ``near`` is where the quote before it starts."""
    known = quote.get("content") or []
    spans = []
    for i, piece in enumerate(quote["text"]):
        spans.append(place(text, piece, known[i][0] if i < len(known) else near, where))
        near = spans[-1][1]
    quote["content"] = spans
    for string, span in (("cue_text", "cue"), ("speaker_text", "speaker_span")):
        hint = (quote.get(span) or spans[0])[0]
        quote[span] = place(text, quote[string], hint, where) if quote[string] else None


def main() -> None:
    """Rewrite every gold file in place."""
    for path in sorted((HERE / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (HERE / "txt" / f"{path.stem}.txt").read_text(encoding="utf-8")
        near = 0
        for quote in gold["quotes"]:
            fill(quote, text, near, path.name)
            near = quote["content"][0][0]
        written = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
        path.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
