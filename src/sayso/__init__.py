"""sayso turns news articles into tidy dataframes of quotes, dates and sources.

A corpus is read from a folder, a file or a glob, and each of its tables is a plain DataFrame::

    import sayso

    corpus = sayso.read("seeds/")
    corpus.quotes
"""

from __future__ import annotations

__version__ = "0.1.0"

# Name -> the module that has it. Loaded only when it is used, so that 'import sayso' is instant.
_HOMES = {
    "Corpus": "sayso.corpus",
    "SPEECH": "sayso.lexicon.cues",
    "load": "sayso.corpus",
    "open": "sayso.corpus",
    "each_of": "sayso.batch.executors",
    "extract_to": "sayso.batch.run",
    "read": "sayso.corpus",
    "agreement": "sayso.analyze.framing.agreement",
    "speech": "sayso.analyze.groups",
    "load_codebook": "sayso.analyze.framing.load",
    "train_codebook": "sayso.analyze.framing.train",
}
__all__ = list(_HOMES)


def __getattr__(name: str):
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'sayso' has no attribute '{name}'")
    # The built-in 'open' keeps its name inside the module.
    return getattr(import_module(_HOMES[name]), {"open": "open_store"}.get(name, name))


def __dir__() -> list[str]:
    return __all__
