"""Titles around names: which are found, whose affiliation and gender they tell."""

from __future__ import annotations

import pytest

from sayso.extract.people.titles import (
    affiliation_of,
    head_role,
    home,
    membership,
    roles_in,
    split_name,
    titles_around,
    told_gender,
)
from sayso.lexicon.parties import lexicon


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("But Deputy Foreign Minister Ana Voss left.", ["Deputy Foreign Minister"]),
        ("Then Ana Voss, a spokeswoman for Mr. Lund, left.", ["a spokeswoman for Mr. Lund"]),
        ("Its chairman, Ana Voss, left.", ["chairman"]),
        ("He spoke as a successor to Ana Voss, saying little.", []),
        ("It ended in Ghent. Ana Voss, standing with the mayor, left.", []),
    ],
)
def test_titles_stand_before_and_after(text, titles):
    start = text.index("Ana Voss")
    found = titles_around(text, (start, start + 8), lexicon())
    assert [title.text for title in found] == titles
    assert all(text[slice(*title.span)] == title.text for title in found)


@pytest.mark.parametrize(
    ("after", "party"),
    [
        (" (D-Ohio) said", "Democratic Party"),
        (", R-Tenn., said", "Republican Party"),
        (", Democrat of Ohio, said", "Democratic Party"),
        (", a critic of Ohio, said", None),
        (" of Ohio said", None),
    ],
)
def test_membership_stands_after_a_name(after, party):
    found = membership(f"Ana Voss{after}", (0, 8), lexicon())
    assert (found.name if found else None) == party


def test_home_is_the_place_after_a_name():
    words = lexicon()
    assert home("Ana Voss of New Jersey, who", 8, words).name == "New Jersey"
    assert home("Ana Voss of Voss Ltd., who", 8, words) is None


@pytest.mark.parametrize(
    ("surface", "before", "name"),
    [
        ("Texas Rep. Ana Voss", "Texas Rep.", "Ana Voss"),
        ("Democrat Ana Voss", "Democrat", "Ana Voss"),
        ("Mr. King", "Mr.", "King"),
        ("German Voss", "", "German Voss"),
    ],
)
def test_a_name_is_split_from_what_goes_before(surface, before, name):
    assert split_name(surface, lexicon()) == (before, name)


def test_roles():
    words = lexicon()
    assert roles_in("Sen.", words) == ("senator",)
    assert roles_in("former prime minister and party leader", words)[0] == "prime minister"
    assert head_role("the ambassador's spokesman", words) == "spokesman"
    assert head_role("her plan", words) is None


@pytest.mark.parametrize(
    ("phrase", "party"),
    [
        ("Republican presidential nominee", "Republican Party"),
        ("Nebraska Attorney General", "Nebraska"),
        ("BuzzFeed’s editor in chief", "BuzzFeed News"),
        ("member of Secure America Now", None),
        ("polish and republican virtues", None),
        ("legislative counsel for Pier Owners of America", None),
        ("one of the Representatives of Russia", "Russia"),
    ],
)
def test_affiliation_is_a_known_party(phrase, party):
    assert affiliation_of(phrase, lexicon()) == party


def test_titles_tell_a_gender():
    words = lexicon()
    assert told_gender("Mrs.", words) == told_gender("the spokeswoman", words) == "female"
    assert told_gender("Congressman", words) == "male"
    assert told_gender("chairman", words) is None
