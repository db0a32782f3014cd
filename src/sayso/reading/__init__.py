"""Reading: files in, articles out.

``files`` lists a corpus's files and ``formats`` reads each into texts, with what is ``known`` from
outside (``lists``, columns, a page's metadata, its dates ``stated``). ``page`` tells the parts of a
text apart and dates it, and ``articles`` puts it all together.
"""

from sayso.reading.articles import build_article, read_articles

__all__ = ["build_article", "read_articles"]
