"""sayso turns news articles into tidy dataframes of quotes, dates and sources.

A corpus is read from a folder, a file or a glob, and each of its tables is a plain DataFrame::

    import sayso

    corpus = sayso.read("seeds/")
    corpus.quotes
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

__version__ = "0.1.0"
__all__ = ["Corpus", "agreement", "load", "load_codebook", "open", "read", "train_codebook"]

_HOMES = {"Corpus": "Corpus", "load": "load", "open": "open_store", "read": "read"}
_ANALYSES = {
    "agreement": "sayso.analyze.framing.agreement",
    "load_codebook": "sayso.analyze.framing.codebook",
    "train_codebook": "sayso.analyze.framing.trained",
}


def __getattr__(name: str):
    """Load the corpus and all it needs only when it is used: ``import sayso`` stays instant."""
    if name in _HOMES:
        return getattr(importlib.import_module("sayso.corpus"), _HOMES[name])
    if name in _ANALYSES:
        return getattr(importlib.import_module(_ANALYSES[name]), name)
    raise AttributeError(f"module 'sayso' has no attribute '{name}'")


class _Face(ModuleType):
    """Keeps ``sayso.read`` the function, which importing the package of that name would hide."""

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
