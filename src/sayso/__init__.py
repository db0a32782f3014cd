"""sayso turns news articles into tidy dataframes of quotes, dates and sources.

>>> import sayso
>>> corpus = sayso.read("seeds/")    # a folder, a file or a glob
>>> corpus.quotes                    # each table is a plain DataFrame
"""

from __future__ import annotations

import importlib

__version__ = "0.1.0"
__all__ = ["Corpus", "load", "open", "read"]

_HOMES = {"Corpus": "Corpus", "load": "load", "open": "open_store", "read": "read"}


def __getattr__(name: str):
    """Load the corpus and all it needs only when it is used: ``import sayso`` stays instant."""
    if name in _HOMES:
        return getattr(importlib.import_module("sayso.corpus"), _HOMES[name])
    raise AttributeError(f"module 'sayso' has no attribute '{name}'")
