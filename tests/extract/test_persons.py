"""Who people and sources are: gender, role, and the persons that an article mentions."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from sayso.extract.document import read_document
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article


def read(text: str) -> dict[str, list]:
    article = build_article(text, article_id="a")
    return extract(read_document(article, lexicon(), encoder(1)))


def person(text: str, name: str):
    rows = [row for row in read(text)["mentions"] if row.person == name]
    assert rows, [row.person for row in read(text)["mentions"]]
    return rows[0]


@pytest.mark.parametrize(
    ("text", "name", "gender", "how"),
    [
        ("Mr. Quill said the pier was closed on Monday.", "Quill", "male", "title"),
        ("Spokeswoman Rowan Teal said the pier was closed.", "Rowan Teal", "female", "title"),
        ("Rowan Teal, a congressman from Ohio, left early.", "Rowan Teal", "male", "title"),
        ("The mayor and his wife, Rowan Teal, came late.", "Rowan Teal", "female", "kinship"),
        ("Rowan Teal, the father of two boys, came late.", "Rowan Teal", "male", "kinship"),
        ("Rowan Teal said she would rebuild the pier.", "Rowan Teal", "female", "pronoun"),
        ("Rowan Teal left Ghent on Monday. He took the train.", "Rowan Teal", "male", "pronoun"),
        ("Helena Orlov left Ghent on Monday.", "Helena Orlov", "female", "first name"),
        ("J. Thomas Orlov left Ghent on Monday.", "J. Thomas Orlov", "male", "first name"),
        # Names of both, last names alone and titles of others tell nothing.
        ("Andrea Orlov left Ghent on Monday.", "Andrea Orlov", "unknown", None),
        ("The crowd in Ghent cheered Thomas on Monday.", "Thomas", "unknown", None),
        ("Rowan Teal, an aide to Mrs. Lund, left Ghent.", "Rowan Teal", "unknown", None),
        ("A spokeswoman for Senator Rowan Teal said no.", "Rowan Teal", "unknown", None),
    ],
)
def test_gender_and_what_tells_it(text, name, gender, how):
    row = person(text, name)
    assert (row.gender, row.gender_how) == (gender, how)


def test_a_title_outdoes_a_first_name_and_so_do_several_pronouns():
    assert person("Mrs. Thomas Orlov opened the fair.", "Thomas Orlov").gender == "female"
    text = "Thomas Orlov said she would come. She was ill. She came late. "
    text += "She took the train. She read a book. She slept well."
    row = person(text, "Thomas Orlov")
    assert (row.gender, row.gender_how) == ("female", "pronoun")
    one = person("Thomas Orlov told her to leave Ghent.", "Thomas Orlov")
    assert (one.gender, one.gender_how) == ("male", "first name")


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Sen. Rowan Teal left.", "politician"),
        ("Rowan Teal (D-Ohio) left.", "politician"),
        ("The Teal campaign lost Ohio. Rowan Teal left.", "politician"),
        ("Prime Minister Rowan Teal left.", "politician"),
        ("Defense Ministry spokesman Col. Rowan Teal left.", "spokesperson"),
        ("Rowan Teal, a spokeswoman for the port, left.", "spokesperson"),
        ("Ambassador Rowan Teal left.", "official"),
        ("Chief of staff Rowan Teal left.", "official"),
        ("Rowan Teal, an official at the health ministry, left.", "official"),
        ("Rowan Teal, president of the Harbour Bank, left.", "business"),
        ("Chief executive Rowan Teal left.", "business"),
        ("Rowan Teal, a professor of law, left.", "expert"),
        ("Rowan Teal, director of the Tide Institute, left.", "expert"),
        ("Police Chief Col. Rowan Teal left.", "police and justice"),
        ("Lund’s lawyer, Rowan Teal, left.", "police and justice"),
        ("Rowan Teal, a reporter for the Gazette, left.", "media"),
        ("CNN’s Rowan Teal left.", "media"),
        ("Rowan Teal, an activist from Ghent, left.", "civil society"),
        ("Rabbi Rowan Teal left.", "civil society"),
        ("Rowan Teal, a nurse, left.", "worker"),
        ("His wife, Rowan Teal, left.", "citizen or witness"),
        ("Actress Rowan Teal left.", "celebrity"),
        ("The gunman, Rowan Teal, left.", "other"),
        ("Rowan Teal left Ghent.", None),
        # What stands in a complement is somebody else's.
        ("An aide to Senator Rowan Teal left.", "politician"),
        ("Rowan Teal, a lawyer for Senator Lund, left.", "police and justice"),
        ("Sens. Ana Voss of Ohio, Rowan Teal of Utah and Bo Lund left.", "politician"),
    ],
)
def test_role_of_a_person(words, role):
    assert person(words, "Rowan Teal").role == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The Supreme Court said the pier was public.", "police and justice"),
        ("The Senate Judiciary Committee said the pier was public.", "politician"),
        ("The Harbour Workers Union said the pier was public.", "worker"),
        ("The health ministry said the pier was unsafe.", "official"),
        ("NATO said the pier was unsafe.", "official"),
        ("Reuters said the pier was unsafe.", "media"),
        ("The French government said the pier was unsafe.", "official"),
        ("Republican lawmakers said the pier was unsafe.", "politician"),
        ("A group of protesters said the pier was unsafe.", "civil society"),
        ("Two residents of the harbour said the pier was unsafe.", "citizen or witness"),
        ("FBI officials said the pier was unsafe.", "police and justice"),
        ("A bank spokesman said the pier was unsafe.", "spokesperson"),
        ("Some critics said the pier was unsafe.", None),
        ("Documents obtained by the Gazette said the pier was unsafe.", None),
    ],
)
def test_role_of_a_source(text, role):
    sources = read(text)["sources"]
    assert [source.role for source in sources] == [role]
    assert all(source.gender is None for source in sources)


def test_sources_tell_of_persons_what_mentions_tell():
    text = "Rowan Teal, a nurse, said she saw the fire. “It was huge,” she said."
    rows = read(text)
    source, mention = rows["sources"][0], rows["mentions"][0]
    assert (source.gender, source.gender_how, source.role) == ("female", "pronoun", "worker")
    assert (mention.gender, mention.role, mention.quoted) == ("female", "worker", True)


def test_mentions_are_the_named_persons_quoted_or_not():
    text = "Helena Orlov said Bo Lund had left Ghent. Lund was ill. Mr. Lund will be back. "
    text += "Democrats in the Senate laughed."
    rows = {row.person: row for row in read(text)["mentions"]}
    assert set(rows) == {"Helena Orlov", "Bo Lund"}
    assert (rows["Helena Orlov"].quoted, rows["Bo Lund"].quoted) == (True, False)
    lund = rows["Bo Lund"]
    assert lund.n == 3 and text[lund.start : lund.end] == "Bo Lund"
    assert lund.mention_id == f"a-m{lund.start}"


def test_nobody_is_mentioned_in_boilerplate(invented):
    articles = invented.articles.set_index("article_id")
    for row in invented.mentions.itertuples():
        aside = articles.loc[row.article_id, "boilerplate"]
        assert not any(start <= row.start < end for start, end in aside)
    assert invented.mentions["quoted"].any() and not invented.mentions["quoted"].all()


def test_a_corpus_names_mentions_as_it_names_quotes(invented):
    quotes, mentions = invented.quotes, invented.mentions
    said = quotes[(quotes["speaker_kind"] == "person") & quotes["nested_in"].isna()]
    named = set(zip(mentions["article_id"], mentions["person"], strict=True))
    told = mentions[mentions["quoted"]]
    assert set(zip(told["article_id"], told["person"], strict=True)) <= named
    assert set(told["person"]) <= set(said["speaker"])
