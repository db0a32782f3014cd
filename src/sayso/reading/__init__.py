"""Reading: files in, articles out.

``files`` lists a corpus's files and ``formats`` reads each into texts, with what is ``known`` from
outside (``lists``, columns, a page's metadata, its dates ``stated``). ``page`` tells the parts of a
text apart and dates it, ``build`` puts an article together, and ``articles`` goes through
a corpus. ``repeats`` tells what was read before.
"""

from sayso.reading.articles import read_articles
from sayso.reading.build import build_article

__all__ = ["build_article", "read_articles"]
