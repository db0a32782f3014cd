"""One spelling of one person's name over a corpus, never a fuller one than the article tells."""

from __future__ import annotations

import pandas as pd
import pytest

from sayso.extract.people.over_corpus import People, unify
from sayso.tables.columns import frame
from sayso.tables.extracted import Note


def people(*rows: tuple[str, str | None], article: str | None = None) -> pd.DataFrame:
    """Return quotes of persons, each in an article of its own unless they share one."""
    table = pd.DataFrame(rows, columns=["speaker", "affiliation"])
    return table.assign(article_id=article or [f"a{n}" for n in range(len(rows))])


def spellings(quotes: pd.DataFrame) -> dict[str, str]:
    found = People()
    found.add(*tables(quotes))
    return found.spellings()


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
    assert spellings(people(*rows)).get(name, name) == canonical


def test_an_article_that_names_both_tells_them_apart():
    rows = [("Sergei Orlin", "X"), ("Sergey Orlin", "X")]
    assert spellings(people(*rows, article="a")) == {}


def tables(quotes: pd.DataFrame | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    if quotes is None:
        rows = ("Ana Voss", "Port"), ("Ana B. Voss", None), ("Voss", None), ("Moor", None)
        quotes = people(*rows)
    speakers = quotes.speaker.map(lambda name: (name,))
    quotes = quotes.assign(speaker_kind="person", speakers=speakers)
    return quotes, quotes.rename(columns={"speaker": "source", "speaker_kind": "kind"})


def unified(quotes: pd.DataFrame, sources: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return unify({"quotes": quotes, "sources": sources, "notes": frame(Note, [])})


def test_tables_keep_their_rows_and_affiliations_stay_where_they_are_told():
    quotes, sources = tables()
    found = unified(quotes, sources)
    assert found["quotes"].speaker.tolist() == ["Ana Voss", "Ana Voss", "Voss", "Moor"]
    assert found["quotes"].speakers.tolist() == [["Ana Voss"], ["Ana Voss"], ["Voss"], ["Moor"]]
    assert found["sources"].source.tolist() == found["quotes"].speaker.tolist()
    assert found["quotes"].affiliation.notna().tolist() == [True, False, False, False]
    assert quotes.speaker[1] == "Ana B. Voss", "the tables given are not changed"


def test_joint_speakers_are_spelled_as_each_of_them_is():
    quotes, sources = tables()
    quotes.at[3, "speakers"] = ("Ana B. Voss", "Tom Holm")
    quotes.loc[3, ["speaker", "speaker_kind"]] = "Ana B. Voss and Tom Holm", None
    found = unified(quotes, sources)["quotes"]
    assert found.speaker[3] == "Ana Voss and Tom Holm"
    assert found.speakers[3] == ["Ana Voss", "Tom Holm"]


def test_a_last_name_alone_is_noted_with_whom_the_corpus_knows_by_it():
    quotes, sources = tables()
    (note,) = unified(quotes, sources)["notes"].itertuples()
    assert note.kind == "short name" and "may be Ana Voss," in note.message
    olga = sources.assign(source=sources.source.replace("Moor", "Olga Voss"))
    assert unified(quotes, olga)["notes"].kind.tolist() == ["ambiguous name"]


def test_the_order_of_articles_tells_nothing():
    quotes, sources = tables()
    found = [People(), People()]
    for number in range(4):
        found[0].add(quotes[number : number + 1], sources[number : number + 1])
    for number in (3, 1, 0, 2):
        found[1].add(quotes[number : number + 1], sources[number : number + 1])
    assert found[0].spellings() == found[1].spellings() == {"Ana B. Voss": "Ana Voss"}
    spelled = found[0].spellings()
    assert list(found[0].notes(spelled)) == list(found[1].notes(spelled))
