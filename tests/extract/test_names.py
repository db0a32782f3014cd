"""Persons of an article under one whole, clean name: whom its mentions are, and whom not."""

from __future__ import annotations

import pytest

from sayso.extract.document import read_document
from sayso.extract.people.cast import Actor
from sayso.extract.quotes import extract
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article
from sayso.text.names import may_be

HEAD = "LOWMERE, March 12, 2024 - The panel met on Tuesday.\n\n"


def actors(text: str, words=None) -> tuple[Actor, ...]:
    document = read_document(
        build_article(HEAD + text, article_id="a"), words or lexicon(), encoder(1)
    )
    return document.cast.actors


def people(text: str, words=None) -> list[str]:
    return [actor.name for actor in actors(text, words) if actor.kind == "person"]


def speakers(text: str) -> list[str]:
    article = build_article(HEAD + text, article_id="a")
    return [q.speaker for q in extract(read_document(article, lexicon(), encoder(1)), {})]


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Voss", "Ana Voss", True),
        ("Andrés Muñoz", "Munoz", True),
        ("MACDONALD", "Angus MacDonald", True),
        ("R.T. Keller", "Robert Keller", True),
        ("Xi", "Xi Jinping", True),
        ("Kim Jong-un", "Kim Jong Un", True),
        ("Van Hollen", "Chris Van Hollen", True),
        ("Billy Stroud", "William “Billy” Stroud", True),
        ("George W. Bush", "George H. W. Bush", False),
        ("Paul Varga Jr.", "Paul Varga Sr.", False),
        ("Ana Voss", "Ben Voss", False),
    ],
)
def test_who_may_be_whom(name, other, same):
    assert may_be(name, other) == may_be(other, name) == same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("William “Billy” Stroud saw nothing. “It was dark,” Stroud said. Billy Stroud left.",
         ["William Stroud"]),
        ("Dwayne ‘The Rock’ Porter said he hid.", ["Dwayne Porter"]),
        ("The Port Defence Forces (PDF) Pact is old. We left the Port Defence Forces (PDF) Pact.",
         []),
        ("Maud Kessler MP said it was cold. Ana Holm, Ph.D., said it was warm.",
         ["Maud Kessler", "Ana Holm"]),
        ("Ana (Nita) Ruiz said she ran. “We ran,” Ruiz said.", ["Ana Ruiz"]),
        ("Paul Varga Jr. opened the bridge. Paul Varga, Jr. said it would last. Varga left.",
         ["Paul Varga Jr."]),
        ("Donald Holm met miners. Donald Holm Jr., his son, said the pit would stay.",
         ["Donald Holm", "Donald Holm Jr."]),
        ("Robert T. Keller opened the bridge. R.T. Keller said it would not fall.",
         ["Robert T. Keller"]),
        ("Prime Minister Angus MacDonald met miners. “It stays,” MACDONALD said. Macdonald left.",
         ["Angus MacDonald"]),
        ("Prince Omar bin Rashid met envoys. Bin Rashid said oil would flow.",
         ["Omar bin Rashid"]),
        ("Representative Louise M. Slater said she was tired. Ms. Slater left.",
         ["Louise M. Slater"]),
        ("MARIA Santos said she was fine.", ["Maria Santos"]),
    ],
)  # fmt: skip
def test_spellings_of_an_article_are_one_person(text, names):
    assert people(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jordan Hale lost the race on Sunday. “I was slow,” Jordan said.", "Jordan Hale"),
        ("Chad Brewer sold the farm. Chad said he would move.", "Chad Brewer"),
        ("Paris Hilton visited the school. Paris said she would come back.", "Paris Hilton"),
        ("April Jones teaches at the school. April said the roof leaks.", "April Jones"),
        ("Georgia Toffolo ran the race. Georgia said that she was tired.", "Georgia Toffolo"),
        ("Rosa Lima met miners on Monday. Lima said the wall would fall.", "Rosa Lima"),
        ("Rosa Lima met miners in Lima. The talks were long. Jordan said the wall would fall.",
         "Jordan"),
    ],
)  # fmt: skip
def test_who_is_named_like_a_country_or_a_month_is_a_person(text, name):
    assert speakers(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Speaker of the House Paul Ridge (R-WI) said the bill was done.", "Paul Ridge"),
        ("Historian Joshua Zeitz said it was the first.", "Joshua Zeitz"),
        ("Former Oslo Mayor Rahm Emanuel said no.", "Rahm Emanuel"),
        ("Representative-elect Dana Moor said it was a shame.", "Dana Moor"),
        ("Moor Dana Lee MoorDem hopes rise said it was over. “It is,” Moor said.", "Dana Lee Moor"),
    ],
)
def test_names_are_clean(text, name):
    assert people(text) == [name]


def test_people_and_short_capitals_are_no_persons():
    assert people("Democrats said no. DACA said no. House Democrats said yes.") == []


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("At a meeting with Polish President Jan Kowal, Okoro said the deal would pass.",
         "Okoro", None),
        ("After a call with the Norwegian prime minister, Petra Holm said it would sail.",
         "Petra Holm", None),
        ("The Texas governor, Luis Ortega, said the wall would fall.", "Luis Ortega", "Texas"),
        ("Republicans met the Democrats. President Tom Berg said it was over.", "Tom Berg", None),
        ("Dana Voss, the ambassador to Russia, said it was over.", "Dana Voss", None),
        ("Independent candidate Mara Stone spoke on Monday.", "Mara Stone", None),
        ("Republican Ana Voss said it was won.", "Ana Voss", "Republican Party"),
        ("Dan Moor, chief of the Bureau of Labor Statistics, said jobs rose.", "Dan Moor",
         "Bureau of Labor Statistics"),
        ("Dan Moor, a professor at Washington University, said no.", "Dan Moor",
         "Washington University"),
    ],
)  # fmt: skip
def test_an_affiliation_is_the_person_s_own(text, name, affiliation):
    found = {actor.name: actor.affiliation for actor in actors(text)}
    assert found[name] == affiliation


def test_a_body_is_itself_and_the_left_no_party():
    found = {actor.name: actor.affiliation for actor in actors("The White House said it was safe.")}
    assert found["White House"] == "United States"
    assert speakers("The left said the budget was cruel.") == ["left"]
    told = "Many conservatives left the hall. Conservatives said the bill was bad."
    assert speakers(told) == ["Conservatives"]


def test_a_list_of_one_s_own_yields_to_the_article(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('[[person]]\nname = "Ana Voss"\naliases = ["Voss"]\naffiliation = "Lowmere"\n')
    words = lexicon(own)
    assert people("Voss said the dam would hold.", words) == ["Ana Voss"]
    assert people("Olga Voss met miners. Voss said the dam would hold.", words) == ["Olga Voss"]
