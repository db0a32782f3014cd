"""Nothing is fetched at run time: with every socket refused, the tables are the same."""

from __future__ import annotations

import pytest

from sayso.tables.extracted import TABLES

pytestmark = [pytest.mark.disable_socket, pytest.mark.slow]


@pytest.mark.parametrize("corpus", ["seeds", "invented"])
def test_the_tables_need_no_network(corpus, request):
    tables = request.getfixturevalue(corpus)
    for name in TABLES:
        assert list(getattr(tables, name)), name
    assert len(tables.quotes) > len(tables.articles)
    assert len(tables.dates) > len(tables.articles)
