"""One spelling of one person's name over a corpus, never a fuller one than the article tells."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.extract.people.over_corpus import canonical_names, unify, with_name_notes
from sayso.tables.columns import frame
from sayso.tables.extracted import Note


def people(*rows: tuple[str, str | None], article: str | None = None) -> pd.DataFrame:
    """Return quotes of persons, each in an article of its own unless they share one."""
    table = pd.DataFrame(rows, columns=["speaker", "affiliation"])
    return table.assign(article_id=article or [f"a{n}" for n in range(len(rows))])


@pytest.mark.parametrize(
    ("rows", "name", "canonical"),
    [
        ([("Ana Voss", "Port"), ("Voss", None)], "Voss", "Voss"),
        ([("Ana Voss", "Port"), ("A. Voss", "Port")], "A. Voss", "A. Voss"),
        ([("Ana Voss", None), ("Ana M. Voss", None)], "Ana M. Voss", "Ana Voss"),
        ([("Ana M. Voss", None), ("Ana M. Voss", None), ("Ana Voss", None)], "Ana Voss",
         "Ana Voss"),
        ([("Sergei Orlin", "X"), ("Sergei Orlin", "X"), ("Sergey Orlin", "X")],
         "Sergey Orlin", "Sergei Orlin"),
        ([("Sergei Orlin", "X"), ("Sergei Orlin", "X"), ("Sergey Orlin", "Y")],
         "Sergey Orlin", "Sergey Orlin"),
        ([("Petro Holmenko", "X"), ("Petro Holmenko", "X"), ("Petro Holmenkko", "X")],
         "Petro Holmenkko", "Petro Holmenko"),
        ([("Petro Holmenko", "X"), ("Petro Holmenko", "X"), ("Petro Holmenkko", None)],
         "Petro Holmenkko", "Petro Holmenkko"),
        ([("José Muñoz", None), ("José Muñoz", None), ("Jose Munoz", None)], "Jose Munoz",
         "José Muñoz"),
        ([("Kim Jong-un", None), ("Kim Jong Un", None)], "Kim Jong Un", "Kim Jong-un"),
        ([("Wim “Bo” Stroud", None), ("Wim Stroud", None)], "Wim “Bo” Stroud", "Wim Stroud"),
        ([("Angus MacDonald", None), ("Angus MacDonald", None), ("Angus Macdonald", None)],
         "Angus Macdonald", "Angus MacDonald"),
        ([("Tom Holm", None), ("Tom Holm Jr.", None)], "Tom Holm Jr.", "Tom Holm Jr."),
        ([("Daniel Orlin", None), ("Daniela Orlin", None)], "Daniela Orlin", "Daniela Orlin"),
        ([("Li Weiming", None), ("Lin Weiming", None)], "Lin Weiming", "Lin Weiming"),
        ([("George W. Moor", None), ("George H. W. Moor", None), ("George Moor", None)],
         "George W. Moor", "George W. Moor"),
        ([("Ana Voss", "Port"), ("Olga Voss", "Port")], "Olga Voss", "Olga Voss"),
    ],
)  # fmt: skip
def test_spellings_go_to_the_one_that_all_articles_tell(rows, name, canonical):
    assert canonical_names(people(*rows))[name] == canonical


def test_an_article_that_names_both_tells_them_apart():
    rows = [("Sergei Orlin", "X"), ("Sergey Orlin", "X")]
    assert canonical_names(people(*rows, article="a"))["Sergey Orlin"] == "Sergey Orlin"


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    quotes = people(("Ana Voss", "Port"), ("Ana B. Voss", None), ("Voss", None), ("Moor", None))
    speakers = quotes.speaker.map(lambda name: (name,))
    quotes = quotes.assign(speaker_kind="person", speakers=speakers)
    return quotes, quotes.rename(columns={"speaker": "source", "speaker_kind": "kind"})


def test_tables_keep_their_rows_and_affiliations_stay_where_they_are_told():
    quotes, sources = tables()
    renamed, changed = unify(quotes, sources)
    assert renamed.speaker.tolist() == ["Ana Voss", "Ana Voss", "Voss", "Moor"]
    assert changed.source.tolist() == renamed.speaker.tolist()
    assert renamed.affiliation.notna().tolist() == [True, False, False, False]
    assert quotes.speaker[1] == "Ana B. Voss", "the tables given are not changed"


def test_a_last_name_alone_is_noted_with_whom_the_corpus_knows_by_it():
    _, sources = unify(*tables())
    (note,) = with_name_notes(frame(Note, []), sources).itertuples()
    assert note.kind == "short name" and "may be Ana Voss," in note.message
    olga = sources.assign(source=sources.source.replace("Moor", "Olga Voss"))
    again = with_name_notes(with_name_notes(frame(Note, []), sources), olga)
    assert again.kind.tolist() == ["ambiguous name"]
    assert "Ana Voss or Olga Voss" in again.message[0]


def test_who_speaks_together_is_spelled_as_each_alone():
    quotes, sources = tables()
    quotes.at[3, "speakers"] = ("Ana B. Voss", "Moor")
    quotes.loc[3, "speaker"] = "Ana B. Voss and Moor"
    renamed, _ = unify(quotes, sources)
    assert renamed.speaker[3] == "Ana Voss and Moor"
    assert renamed.speakers[3] == ("Ana Voss", "Moor")
    quotes.loc[3, "speaker_kind"] = "organisation"  # she and 'her team', say
    assert unify(quotes, sources)[0].speakers[3] == ("Ana Voss", "Moor")
