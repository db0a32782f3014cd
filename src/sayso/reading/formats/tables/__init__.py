"""Tables of articles, an article a row: delimited text, spreadsheets, JSON, Parquet.

Each reader gives ``rows``, and those become articles in one place; ``delimited`` text is cut into
``records`` in the ``dialect`` it is written in, JSON into ``values``, in which ``objects`` finds
the articles.
"""

from sayso.reading.formats.tables.delimited import read_csv
from sayso.reading.formats.tables.objects import read_json
from sayso.reading.formats.tables.parquet import read_parquet
from sayso.reading.formats.tables.sheets import read_xlsx

__all__ = ["read_csv", "read_json", "read_parquet", "read_xlsx"]
