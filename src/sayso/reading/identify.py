"""Which language a text is in: told by its script and its most frequent small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from sayso.lexicon.files import load_toml

ENOUGH_WORDS = 8
ENOUGH_LETTERS = 12
READ = 6000

# Scripts, by the first word of their letters' Unicode names, and the big language each serves.
SCRIPTS = {
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "BENGALI": "bn",
    "CJK": "zh",
    "DEVANAGARI": "hi",
    "GEORGIAN": "ka",
    "GREEK": "el",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "TAMIL": "ta",
    "THAI": "th",
}


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it is too short to tell.

    Examples
    --------
    >>> identify_language("The council said on Monday that it would not close the bridge.")
    'en'
    """
    letters = [char for char in text[:READ] if char.isalpha()]
    if len(letters) < ENOUGH_LETTERS:
        return None
    scripts = Counter(_script(char) for char in letters)
    script = max(sorted(scripts), key=scripts.__getitem__)
    if script in SCRIPTS:
        return _by_script(script, scripts, letters)
    return _by_words(text[:READ])


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0].split("-")[0]


def _by_script(script: str, scripts: Counter, letters: list[str]) -> str:
    if script == "CJK" and scripts["HIRAGANA"] + scripts["KATAKANA"] > len(letters) // 20:
        return "ja"
    if script == "ARABIC" and _uses("fa", letters):
        return "fa"
    return SCRIPTS[script]


def _uses(language: str, letters: list[str]) -> bool:
    own = set(load_toml("languages.toml")["letters"][language])
    return sum(char in own for char in letters) > len(letters) // 100


def _by_words(text: str) -> str | None:
    """Return the language whose small words are the most frequent, if they are frequent enough."""
    tokens = re.findall(r"[^\W\d_]+", text.lower())
    if len(tokens) < ENOUGH_WORDS:
        return None
    counts = Counter(tokens)
    shares = {
        language: sum(counts[word] for word in words) / len(tokens)
        for language, words in _small_words().items()
    }
    for language in ("uk", "sr", "ru"):
        if _uses(language, list("".join(tokens))):
            shares[language] += 0.1
    best = max(sorted(shares), key=shares.__getitem__)
    return best if shares[best] >= 0.12 else None


@cache
def _small_words() -> dict[str, frozenset[str]]:
    words = load_toml("languages.toml")["words"]
    return {language: frozenset(listed.split()) for language, listed in words.items()}
