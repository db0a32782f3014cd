"""Reading: files in, articles out.

``files`` finds the texts, ``decode`` and ``html`` make them out, ``known`` holds what is known
from outside, ``layout`` with ``dateline`` and ``boilerplate`` tells their parts apart,
``published`` dates them, and ``articles`` puts it all together.
"""

from sayso.reading.articles import build_article, read_articles

__all__ = ["build_article", "read_articles"]
