"""A store: a folder with the tables of a corpus as Parquet files, in parts.

``store.json`` lists the parts that the store consists of, in order, with the rows of their tables;
what made it (version, digests of code and model, options); and the folder ``names-...`` with what
only the corpus as a whole tells: ``names.parquet``, the spellings of persons' names, and
``notes.parquet``. A part is a folder ``part-...``, called after a digest of what it was made from,
with a file for each table, its rows as their articles alone tell them, and ``part.json``, which has
that digest and those of its files: what was cut off, changed or put there by others is noticed.

The list is replaced as a whole once all its parts are whole: a run that is killed, or a disk that
is full, leaves the old store as it was, and what a run had finished is found again by its name.
Tables can be added to parts. Nothing is ever removed that sayso did not write.
"""

from sayso.store.digests import contents_digest, digest, own_digest
from sayso.store.listed import is_store, n_articles
from sayso.store.stored import Stored
from sayso.store.writer import Writer

__all__ = [
    "Stored",
    "Writer",
    "contents_digest",
    "digest",
    "is_store",
    "n_articles",
    "own_digest",
]
