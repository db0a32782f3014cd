"""Parties and roles, and a user's own file of them."""

from __future__ import annotations

import pytest

from sayso.lexicon.files import load_toml
from sayso.lexicon.parties import ROLES, lexicon, normal, singular


@pytest.mark.parametrize(
    ("name", "party"),
    [("the U.S.", "United States"), ("Moscow’s", "Russia"), ("us", None), ("moscow", None)],
)
def test_a_party_is_found_by_any_of_its_names(name, party):
    found = lexicon().party(name)
    assert (found and found.name) == party


def test_a_name_is_looked_up_without_article_possessive_and_points():
    assert [normal(n) for n in ("The Kremlin’s", "U.S.", "US", "the  Ural\nFront,")] == [
        "kremlin",
        "US",
        "US",
        "ural front",
    ]


def test_singular():
    words = ["spokesmen", "ministries", "bosses", "officials", "press", "campus", "coaches"]
    singulars = ["spokesman", "ministry", "boss", "official", "press", "campus", "coach"]
    assert [singular(w) for w in words] == singulars


def test_an_own_file_wins_over_the_shipped_one(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('[[organisation]]\nname = "Harbour Guild"\naliases = ["Moscow"]\n', "utf-8")
    assert lexicon(own).party("Moscow").name == "Harbour Guild"
    assert lexicon(own).party("the Kremlin").name == "Russia"
    assert lexicon().party("Moscow").name == "Russia"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[person]]\nname = "A"\n\n[[person]]\naliases = []\n',
            r"mine\.toml, line 4: .*no 'name'",
        ),
        (
            '[[person]]\nname = "A"\naliases = "B"\n',
            r"mine\.toml, line 1: .*'aliases'.*list of texts",
        ),
        ('[[person]]\nname = "A"\npeople = [1]\n', r"mine\.toml, line 1: .*'people'"),
        ('country = ["A"]\n', r"mine\.toml, line 1: .*no 'name'"),
        ("[[person]]\nname = A\n", r"mine\.toml is not valid TOML: .*line 2"),
        ('aliases = "NATO"\n', r"mine\.toml: 'aliases' is no table of it; there may be \[\[person"),
        ('[[persons]]\nname = "A"\n', r"mine\.toml: 'persons' is no table"),
        ("person = 5\n", r"mine\.toml, line 1: .*no 'name'"),
        ('[[person]]\nname = " "\n', r"mine\.toml, line 1: .*no 'name'"),
        ('[[person]]\nname = "A"\nalias = ["B"]\n', r"line 1: .* has 'alias'; it may have name"),
        ('[[person]]\nname = "A"\naliases = [""]\n', r"line 1: .*'aliases'.*list of texts"),
        ('[[person]]\nname = "A"\naffiliation = 5\n', r"line 1: .*'affiliation'.*not a text"),
    ],
)
def test_a_fault_in_an_own_file_is_named_with_its_line(tmp_path, text, message):
    own = tmp_path / "mine.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        lexicon(own)


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_bytes('[[person]]\nname = "Zoë"\n'.encode("latin-1"))
    with pytest.raises(ValueError, match=r"mine\.toml is not a text in UTF-8"):
        lexicon(own)


def test_a_mark_that_windows_puts_before_a_file_is_no_fault(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text('[[person]]\nname = "Ada Brink"\n', encoding="utf-8-sig")
    assert lexicon(own).party("Ada Brink").name == "Ada Brink"


def test_shipped_files_are_read_once():
    assert load_toml("cues.toml") is load_toml("cues.toml")


def test_roles_of_an_own_file_go_first(tmp_path):
    own = tmp_path / "mine.toml"
    own.write_text(
        '[roles.expert]\npeople = ["Tide-Reader", "mayor"]\nnames = ["Gull Hut"]\n', "utf-8"
    )
    mine = lexicon(own).standing
    assert mine["people"]["tide reader"] == mine["people"]["mayor"] == "expert"
    assert mine["names"]["gull hut"] == "expert" and mine["people"]["senator"] == "politician"
    assert lexicon().standing["people"]["mayor"] == "politician"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[roles.wizard]\npeople = []\n",
            r"mine\.toml: \[roles\] has no 'wizard'; it has:",
        ),
        (
            "[roles.expert]\nfolk = []\n",
            r"mine\.toml: \[roles\.'expert'\] has lists of texts:",
        ),
        ("[roles.expert]\npeople = 'x'\n", r"mine\.toml: \[roles\.'expert'\] has lists"),
        ("[roles]\nexpert = ['x']\n", r"mine\.toml: \[roles\.'expert'\] has lists"),
        ("roles = ['x']\n", r"mine\.toml: \[roles\] has no ''"),
    ],
)
def test_a_fault_in_own_roles_is_told(tmp_path, text, message):
    own = tmp_path / "mine.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=message):
        lexicon(own)


def test_each_word_has_one_role_and_each_role_its_table():
    roles = load_toml("roles.toml")["roles"]
    assert set(roles) == set(ROLES)
    for key in ("people", "bodies", "names"):
        words = [word for lists in roles.values() for word in lists[key]]
        assert len(words) == len(set(words)), key


def test_a_first_name_stands_in_one_list():
    lists = load_toml("first_names.toml")
    names = [name.casefold() for key in ("female", "male", "both") for name in lists[key]]
    assert len(names) == len(set(names))
