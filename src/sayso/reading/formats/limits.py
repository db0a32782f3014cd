"""How much a file may hold before it is refused: guards against zip bombs and absurd sizes.

A limit that a file of yours exceeds is raised before reading::

    from sayso.reading.formats.limits import LIMITS

    LIMITS.member_bytes = 4_000_000_000
"""

from __future__ import annotations

from dataclasses import dataclass

# What unpacks to less than this is no bomb, however well it was packed.
SMALL = 10_000_000


@dataclass(slots=True)
class Limits:
    """The most that is read.

    ``article``: characters of an article, whose time and memory grow with them; ``text_bytes``: of
    a text, page or document; ``member_bytes``: of a member of an archive;
    ``archive_bytes`` and ``members``: of all that a file holds, members of members included;
    ``ratio``: how many times larger than packed; ``depth``: archives within one another;
    ``pages``: of a PDF.
    """

    article: int = 5_000_000
    text_bytes: int = 100_000_000
    member_bytes: int = 1_000_000_000
    archive_bytes: int = 20_000_000_000
    members: int = 200_000
    ratio: int = 250
    depth: int = 3
    pages: int = 5_000


LIMITS = Limits()


class OverLimit(ValueError):
    """Something is larger than its limit allows; the message names the limit."""


def check(name: str, value: int, what: str) -> None:
    """Raise OverLimit if a value is above the limit of that name; ``what`` has '{}' for it."""
    limit = getattr(LIMITS, name)
    if value > limit:
        option = f" (--largest {value})" if name == "article" else ""
        raise OverLimit(
            f"{what.format(f'{limit:,}')}; if you trust it, raise the limit before you read: "
            f"sayso.reading.formats.limits.LIMITS.{name} = {value}{option}"
        )


def check_ratio(unpacked: int, packed: int) -> None:
    """Raise OverLimit if something unpacks to so much that it looks like a bomb."""
    if unpacked > SMALL:
        times = -(-unpacked // max(packed, 1))
        check("ratio", times, "it unpacks to more than {} times its packed size")


@dataclass(slots=True)
class Unpacked:
    """What has been unpacked from one file of the corpus, members of members included."""

    packed: int
    bytes: int = 0
    members: int = 0

    def add(self, size: int) -> None:
        """Count a member. Raises OverLimit where all of them together are too much."""
        self.bytes += size
        self.members += 1
        check("archive_bytes", self.bytes, "its members hold more than {} bytes")
        check("members", self.members, "it has more than {} members")
        check_ratio(self.bytes, self.packed)
