"""Numbers in words: 'twenty-six', 'two and a half', 'nineteen ninety-seven', 'a dozen'."""

from __future__ import annotations

from sayso.lexicon.files import load_toml

SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}


def number(words: list[str]) -> float | None:
    """Return what words for a number add up to; None for 'several', 'few' and the like.

    Examples
    --------
    >>> number(["twenty", "-", "six"]), number(["2", "1", "/", "2"]), number(["several"])
    (26, 2.5, None)
    >>> number("a hundred thirty".split()), number("nineteen ninety seven".split())
    (130, 1997)
    """
    total, current, seen = 0.0, 0.0, False
    words = [w.lower() for w in words]
    if words[-3:] == ["and", "a", "half"]:
        whole = number(words[:-3])
        return None if whole is None else whole + 0.5
    for index, word in enumerate(words):
        value = _value(word)
        if word in SCALES:
            current = max(current, 1) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0.0
        elif word == "/" and 0 < index < len(words) - 1:
            top, bottom = _value(words[index - 1]), _value(words[index + 1])
            return _whole(total + current - top + top / bottom) if top and bottom else None
        elif value is None:
            continue
        elif 10 <= current < 100 and 10 <= value < 100:
            current = current * 100 + value  # a year: nineteen ninety
        else:
            current += value
        seen = True
    return _whole(total + current) if seen else None


def _value(word: str) -> float | None:
    named = {"a": 1, **load_toml("time/words.toml")["numword"]}
    if word in named:
        return named[word]
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value
