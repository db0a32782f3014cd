"""Who is meant, who speaks together, and what carried the words, on short invented texts."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from test_quotes import quotes, read, rows

from sayso.extract import quotes as quoting
from sayso.extract import sources
from sayso.extract.people.tellers import mended
from sayso.extract.quoting.utterances import Found
from sayso.tables.columns import frame
from sayso.tables.extracted import Source

START = "The ferry stayed in the harbour of Orvelt.\n\n{}\n\nThe harbour opens again on Thursday."


def spoken(text: str) -> list[str | None]:
    """Return the speakers of the quotes of a paragraph, in order."""
    return [q.speaker for q in rows(START.format(text))["quotes"] if q.nested_in is None]


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue", "via"),
    [
        ("“The quay is open again, and nobody has to wait,” mayor Ada Lund said Friday, "
         "according to Reuters.", "Ada Lund", "said", "Reuters"),
        ("The quay would open in spring, mayor Ada Lund said, according to the BBC.",
         "Ada Lund", "said", "BBC"),
        ("Ada Lund said the quay would open in spring, according to AFP.",
         "Ada Lund", "said", "AFP"),
        ("The ferry sank on Monday with nobody on board, Reuters reported.",
         "Reuters", "reported", None),
        ("In an interview with the Guardian, Ada Lund said that the quay was safe.",
         "Ada Lund", "said", "Guardian"),
        ("“The quay is safe,” Ada Lund wrote in a New York Times op-ed.",
         "Ada Lund", "wrote", "New York Times"),
        ("“The quay is safe,” Ada Lund posted on Facebook.",
         "Ada Lund", "posted", "Facebook"),
        ("Ada Lund tweeted that the quay was safe and would open soon.",
         "Ada Lund", "tweeted", "Twitter"),
        ("In a letter to the guild, Ada Lund wrote that the quay was safe.",
         "Ada Lund", "wrote", "letter"),
        ("“The quay is safe,” Lund told reporters on a conference call on Monday.",
         "Lund", "told", "conference call"),
    ],
)  # fmt: skip
def test_carriers_are_no_speakers(sentence, speaker, cue, via):
    found = [q for q in quotes(sentence) if q.nested_in is None]
    assert [(q.speaker, q.cue, q.via) for q in found] == [(speaker, cue, via)]


def test_what_follows_on_came_the_same_way():
    found = quotes("“The quay is safe,” Ada Lund told the BBC. “Nobody has to wait,” she added.")
    assert [(q.speaker, q.via) for q in found] == [("Ada Lund", "BBC")] * 2


@pytest.mark.parametrize(
    ("source", "name", "author"),
    [
        ("A letter from the Fisheries Ministry", "letter from the Fisheries Ministry",
         "Fisheries Ministry"),
        ("Ada Lund’s book", "Ada Lund’s book", "Ada Lund"),
        ("An FBI report", "FBI report", "FBI"),
        ("The indictment", "indictment", None),
        ("A new study", "new study", None),
        ("The statement", "statement", None),
    ],
)  # fmt: skip
def test_documents_speak_for_their_authors(source, name, author):
    found = quotes(f"{source} said the quay would hold through the winter.")
    assert [(q.speaker, q.speaker_kind, q.affiliation) for q in found] == [
        (name, "document", author)
    ]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Orvik and Holm", ("Orvik", "Holm")),
        ("Sens. Ann Lee and Bob Ray", ("Ann Lee", "Bob Ray")),
        ("The minister and her deputy", ("minister", "her deputy")),
        ("Ada Lund, Ben Holt and Carl Orvik", ("Ada Lund", "Ben Holt", "Carl Orvik")),
        ("The mayor, Ada Lund, and the harbour master, Ben Holt,", ("Ada Lund", "Ben Holt")),
        ("The White House and top intelligence officials",
         ("White House", "top intelligence officials")),
        ("The two ministers", ("two ministers",)),
        ("Orvik and Sons", ("Orvik and Sons",)),
        ("The Ministry of Health and Welfare", ("Ministry of Health and Welfare",)),
        ("The chairman and chief executive of Orvelt Bank, Ada Lund,", ("Ada Lund",)),
    ],
)  # fmt: skip
def test_who_speaks_together(source, names):
    found = quotes(f"{source} said the quay would hold through the winter.")
    assert [q.speakers for q in found] == [names]
    *first, last = names
    assert found[0].speaker == (f"{', '.join(first)} and {last}" if first else last)


def test_one_mention_may_stand_for_two_sources():
    found = read(START.format("“The quay is safe,” the firm said. “It is open,” it said."))
    first, *_ = quoting.extract(found, {})
    told = [replace(first, speaker=name, speakers=(name,)) for name in ("Halden", "Norvik")]
    ids = [row.source_id for row in sources.extract(found, {"quotes": told})]
    assert len(set(ids)) == 2 and ids[1] == f"{ids[0]}.2"


def test_sources_count_a_joint_quote_for_each():
    found = rows(
        "Ada Lund and Ben Holt said the quay would hold through the winter.\n\n"
        "“Nobody has to wait,” Lund said."
    )["sources"]
    assert [(s.source, s.n_quotes, s.aliases) for s in found] == [
        ("Ada Lund", 2, ("Ada Lund", "Lund")),
        ("Ben Holt", 1, ("Ben Holt",)),
    ]
    table: pd.DataFrame = frame(Source, found)
    assert table["source_id"].is_unique


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("“Where is the key?” Ida Kern asked Paul Holt. “I lost it,” he answered. "
         "“Then find it,” she said.", ["Ida Kern", "Paul Holt", "Ida Kern"]),
    ],
)  # fmt: skip
def test_two_who_talk_are_told_apart(text, speakers):
    assert spoken(text) == speakers


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A main clause before a leading one, a subject before a possessor.
        ("While Ben Holt stayed at home, Carl Orvik went to the quay. He said it would hold.",
         "Carl Orvik"),
        ("A guard opened Mark Holt’s office on Monday. He said the quay would hold.", "Mark Holt"),
        ("Residents left their homes when the ministry called. They said the quay would break.",
         "Residents"),
        # What is said tells of others than who says it.
        ("“It was a hard winter,” said Carl Orvik. Ben Holt had done what he could, he said.",
         "Carl Orvik"),
        # Descriptions take up who was named.
        ("Ada Lund has sold fish since June. The mother of three said the quay would hold.",
         "Ada Lund"),
        ("Ada Lund left the ferry. The 45-year-old said the quay would hold.", "Ada Lund"),
        ("Ben Holt, a Harvard professor, met Ada Lund. The professor said the quay would break.",
         "Ben Holt"),
        ("A lawyer met Ada Lund. The lawyer said the quay would break.", "lawyer"),
        ("Orvelt Lines sold two ferries. The company said the quay would hold.", "Orvelt Lines"),
        # The second verb of a sentence has the subject of the first.
        ("Ada Lund visited the quay on Monday and warned that it would break.", "Ada Lund"),
        # The attorney is no attorney general, an adviser of the president no president.
        ("Attorney General Ada Lund met Ben Holt’s lawyer, Carl Orvik. “It will hold,” the lawyer "
         "said.", "Carl Orvik"),
        ("Mayor Ada Lund was asked whether the quay would hold.", None),
        ("The left says the quay will hold through the winter.", "left"),
        ("The White House said the quay would hold through the winter.", "White House"),
    ],
)  # fmt: skip
def test_who_is_meant(text, speaker):
    assert (spoken(text) or [None])[-1] == speaker


def test_a_link_between_paragraphs_names_nobody():
    text = (
        "Two workers were hurt at the quay, the harbour guard said on Wednesday.\n\n"
        "“The cause is not known,” the guard said.\n\n"
        "The ferry was towed away.\n\n"
        "Sweden invites builders for talks\n\n"
        "It did not tell the place and said it was withholding the names of the workers."
    )
    assert rows(text)["quotes"][-1].speaker == "harbour guard"


def test_who_signs_a_quotation_says_it():
    document = read(
        "The ferry of Orvelt runs twice a day.\n\n"
        "“The ferry is far too slow for the winter, and nobody will miss it.”\n"
        "Ada Lund, Washington Post\n\n"
        "The ferry leaves again on Monday."
    )
    inner = tuple(document.quotations[0].inner)
    item, outlet = mended(document, Found(inner, (True,), None, None, {}))
    assert document.article.text[slice(*item.source.span)] == "Ada Lund"
    assert outlet == "Washington Post"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("DI Mara Quill of the Lowmere police said the shop had been empty for years.",
         "Mara Quill"),
        ("The president of the guild, Dr. Ada Lund, spoke on Monday. The guild leader asked for "
         "calm. “We will wait,” she said.", "Ada Lund"),
        ("Deputy Health Minister Ivo Kern saw the wards on Monday. “They are full,” the deputy "
         "minister said.", "Ivo Kern"),
        ("A survey of 2,310 nurses found that most of them work at night.",
         "survey of 2,310 nurses"),
        ("The bank was sold to Corvid Partners, whose founder Ida Holm wrote in a letter that the "
         "price was fair.", "Ida Holm"),
        ("Ben Holm Sr. sold the boat to his son, Ben Holm Jr., in May. “I paid too little,” the "
         "younger Holm said.", "Ben Holm Jr."),
        ("Prime Minister Ida Kern met the unions on Monday. “We will pay,” the PM said.",
         "Ida Kern"),
        ("Ida Kern and her brother Paul Kern own the mill. Ida Kern said the mill was safe. Her "
         "brother said it was not.", "Paul Kern"),
        ("The mayor, Ivo Kern, met the chief of the union, Paul Holt, on Monday. The union boss "
         "said the talks had failed.", "Paul Holt"),
        ("Actor Uwe Holt has sold his house on the coast. The actor laughed when he was asked "
         "why. “I cannot swim,” he said.", "Uwe Holt"),
        ("The writer Ida Kern grew up in Brane. The mother-of-three said she had never liked the "
         "sea.", "Ida Kern"),
        ("The Water Office fined Brane Chemicals, the owner of the plant, on Monday. In a "
         "statement, the company said it would appeal.", "Brane Chemicals"),
    ],
)  # fmt: skip
def test_who_is_called_by_an_office_or_a_kinship(text, speaker):
    assert spoken(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("“We were told nothing,” Ada Lund said, via the Orvelt Ledger.", "Orvelt Ledger"),
        ("“We were told nothing,” Ada Lund said, according to the Kestrel News Agency.",
         "Kestrel News Agency"),
        ("The quay will hold, state radio said on Monday, quoting the harbour master, Ada Lund.",
         "state radio"),
        ("The mayor, Ada Lund, has left for the coast. In a video posted on Sunday she said the "
         "town would be rebuilt by spring.", "video"),
    ],
)  # fmt: skip
def test_outlets_that_no_list_has_carry_words(text, via):
    found = quotes(f"The storm reached the coast of Brane in the night.\n\n{text}")
    assert [(q.speaker, q.via) for q in found] == [("Ada Lund", via)]


def test_a_deed_after_the_full_stop_of_a_quotation_announces_nothing():
    text = (
        "Ada Lund began talking to Ben Voss on Tuesday.\n\n"
        "“The ferry will never come back to us.” Voss shrugged."
    )
    assert "Ben Voss" not in {quote.speaker for quote in rows(text)["quotes"]}


def test_an_envoy_to_a_country_is_who_is_named_after_it():
    text = "Sweden’s envoy to Denmark Ivo Lind has said that the quay is safe."
    assert [quote.speaker for quote in rows(text)["quotes"]] == ["Ivo Lind"]
