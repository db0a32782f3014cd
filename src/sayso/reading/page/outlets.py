"""The outlet that a page names: in its masthead, a byline, its small print, its appeals."""

from __future__ import annotations

import re

from sayso.reading.page.byline import DOMAIN, Byline
from sayso.reading.page.dateline import CAPITALS, DATE, MONTH, YEAR
from sayso.text.spans import Span

WORD = rf"(?-i:[{CAPITALS}0-9][\w.&'’-]*)"
NAME = rf"{WORD}(?: (?:(?:of|the|and|de|van|von|al|bin|&) ){{0,2}}{WORD}){{0,5}}"
YEARS = rf"{YEAR}(?: ?[-–] ?{YEAR})?,?"
FIRM = r"(?:,? (?:company|limited|ltd|inc|llc|plc|corp(?:oration)?|group|publish\w+|media ltd)\.?)*"
NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:.{{0,60}}\b)?(?:published|appeared|printed|appears) (?:in|on|by) "
        rf"(?:(?:the )?print edition of )?(?-i:the )?(?P<outlet>(?!{MONTH}\b){NAME}?)"
        rf"(?:,? (?:on )?{DATE}.*|,? (?:as|on|under|in)\b.*|[.,]? *)",
        rf".{{0,40}}\bprint edition of (?-i:the )?(?P<outlet>(?!{MONTH}\b){NAME}?)"
        rf"(?: (?:as|on|under)\b.*|[.,:].*)",
        rf"(?:Follow|Like|Join) (?P<outlet>{NAME}) on social (?:media|networks)\b.*",
        rf"(?:©|\(c\)|copyright)(?: ?(?:©|\(c\)))? ?(?:{YEARS} )?(?:by )?"
        rf"(?!{YEARS})(?P<outlet>(?:the )?{NAME}?){FIRM}(?<![.,])"
        rf"(?:[.,:|]? (?:all rights reserved|from the|distributed).*|,? {YEARS}.*|\.?)",
        rf"(?:Subscribe to|Download|Support|Sign up (?:to|for)) (?:the )?"
        rf"(?P<outlet>{NAME})['’]s .*",
        rf".*\b(?:reporter|editor|correspondent|columnist|writer|journalist)\b.{{0,40}}"
        rf" (?:for|at|of|with) (?P<outlet>(?:the )?{NAME}?"
        rf" (?:times|post|news|herald|gazette|tribune|journal|press))\b.*",
    )
)
NOBODY = set("us me him her them our my your this the reserved rights all".split())  # noqa: SIM905
# What mastheads have around the name.
AROUND = re.compile(
    rf"^[\W_]+|\s*,?\s*{DATE}.*$|(?: ?[-–|:•>] ?|\s+)(?:back to )?(?:home(?: ?page)?|logo|menu"
    r"|website|online edition|search|sign in|log ?in|subscribe|sections?|live|your .*"
    r"|the home of .*|since \d{4}.*)\W*$|\s+[-–|!:•] .*$|!.*$|\s*\([^)]*\)\W*$|[\W_]+$",
    re.IGNORECASE,
)


def find_outlet(text: str, lines: dict[str, list[Span]], bylines: list[Byline]) -> str | None:
    """Return the name of the outlet of a page; ``lines`` are its lines by label."""
    own = [name for span in lines.get("masthead", []) if (name := _masthead(text[slice(*span)]))]
    if own:
        return min(own, key=len) if any(DOMAIN.fullmatch(name) for name in own) else own[0]
    told = next((byline.outlet for byline in bylines if byline.outlet), None)
    if told:
        return told
    small = [
        span
        for label in ("imprint", "furniture", "caption", "biography")
        for span in lines.get(label, [])
    ]
    for pattern in NAMED:
        for start, end in small:
            match = pattern.fullmatch(text, start, min(end, start + 300))
            if match and not set(match["outlet"].casefold().split()) <= NOBODY:
                return match["outlet"]
    return None


def _masthead(line: str) -> str | None:
    """Return the name in a masthead, without what stands around it."""
    name = " ".join(line.split())
    if re.fullmatch(r"(?:\w ){3,}\w", name):
        return name.replace(" ", "")
    while (bare := AROUND.sub("", name)) != name and len(bare) > 2:
        name = bare
    return name or None
