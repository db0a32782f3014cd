"""One name for one person over a corpus."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.extract.people.over_corpus import canonical_names, unify


def people(*rows: tuple[str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["speaker", "affiliation"])


@pytest.mark.parametrize(
    ("rows", "name", "canonical"),
    [
        ([("Ana Voss", "Port"), ("Voss", None)], "Voss", "Ana Voss"),
        ([("Ana Voss", "Port"), ("Voss", "City")], "Voss", "Voss"),
        ([("Ana Voss", None), ("Ben Voss", None), ("Voss", None)], "Voss", "Voss"),
        ([("Ana Voss", "Port"), ("Ben Voss", "City"), ("Voss", "City")], "Voss", "Ben Voss"),
        ([("Sergei Orlin", "X"), ("Sergei Orlin", "X"), ("Sergey Orlin", "X")],
         "Sergey Orlin", "Sergei Orlin"),
        ([("Ana Voss", "Port"), ("Olga Voss", "Port")], "Olga Voss", "Olga Voss"),
    ],
)  # fmt: skip
def test_names_go_to_the_fullest_that_can_only_be_meant(rows, name, canonical):
    assert canonical_names(people(*rows))[name] == canonical


def test_tables_keep_their_rows_and_gain_affiliations():
    quotes = pd.DataFrame(
        {
            "speaker": ["Ana Voss", "Voss", None, "the port", "Voss and Ben Lund"],
            "speaker_kind": ["person", "person", None, "organisation", "person"],
            "affiliation": ["Port", None, None, None, None],
            "speakers": [("Ana Voss",), ("Voss",), (), ("the port",), ("Voss", "Ben Lund")],
        }
    )
    sources = quotes.rename(columns={"speaker": "source", "speaker_kind": "kind"})
    renamed, _ = unify(quotes, sources)
    assert renamed.speaker.tolist()[:2] == ["Ana Voss", "Ana Voss"]
    assert renamed.affiliation.tolist()[:2] == ["Port", "Port"]
    assert renamed.speaker.isna().sum() == 1
    assert renamed.speaker[4] == "Ana Voss and Ben Lund"
    assert renamed.speakers[4] == ("Ana Voss", "Ben Lund")
    assert quotes.speaker[1] == "Voss", "the tables given are not changed"
