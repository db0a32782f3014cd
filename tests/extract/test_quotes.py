"""Quotes and speakers on short invented texts: what is said, who says it, and how that is known."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from sayso.extract import extract
from sayso.extract.document import Document, read_document
from sayso.extract.quotes import _apart
from sayso.extract.quoting.contents import Found
from sayso.lexicon.parties import lexicon
from sayso.model.encoder import encoder
from sayso.reading import build_article

BODY = (
    "Fishing boats stayed in the harbour of Lowmere on Monday. "
    "{} "
    "The harbour will be open again on Thursday."
)


def read(text: str) -> Document:
    return read_document(build_article(text, article_id="a"), lexicon(), encoder(1))


def rows(text: str) -> dict[str, list]:
    return extract(read(text))


def quotes(sentence: str) -> list:
    return rows(BODY.format(sentence))["quotes"]


@pytest.mark.parametrize(
    ("sentence", "kind", "content", "speaker"),
    [
        ("“The dam will hold,” mayor Ana Voss said.",
         "direct", "The dam will hold,", "Ana Voss"),
        ('"The dam will hold," said Ana Voss, the mayor.',
         "direct", "The dam will hold,", "Ana Voss"),
        ("Ana Voss said the dam would hold through the winter.",
         "indirect", "the dam would hold through the winter", "Ana Voss"),
        ("Ana Voss said that the dam was “safe for a century” and would be kept.",
         "mixed", "the dam was ... safe for a century ... and would be kept", "Ana Voss"),
        ("“The dam,” said Ana Voss, “will hold through the winter.”",
         "direct", "The dam, ... will hold through the winter.", "Ana Voss"),
        ("According to the Fisheries Ministry, the dam will hold.",
         "indirect", "the dam will hold", "Fisheries Ministry"),
        ("Moscow said the dam would hold through the winter.",
         "indirect", "the dam would hold through the winter", "Russia"),
    ],
)  # fmt: skip
def test_one_sentence(sentence, kind, content, speaker):
    found = [q for q in quotes(sentence) if q.content == content]
    assert len(found) == 1
    assert (found[0].kind, found[0].speaker) == (kind, speaker)


def test_names_titles_and_pronouns_are_one_speaker():
    text = (
        "Harbour Minister Ana Voss said on Monday that the dam would hold.\n\n"
        "“We have checked every gate twice,” she said.\n\n"
        "The minister added that the town would be told in time.\n\n"
        "“Nobody needs to leave the town this week,” Voss said."
    )
    found = rows(text)["quotes"]
    assert {q.speaker for q in found} == {"Ana Voss"}
    assert {"she", "Voss"} <= {q.speaker_mention for q in found}


def test_a_pronoun_goes_to_the_person_of_its_gender():
    text = (
        "Ana Voss met Peter Lund, the head of the harbour, on Monday.\n\n"
        "“We agreed on nearly all points,” he said."
    )
    assert [q.speaker for q in rows(text)["quotes"] if q.kind == "direct"] == ["Peter Lund"]


def test_no_extractor_changes_the_cast():
    document = read(
        "Kim Voss met reporters in Lowmere on Monday.\n\n"
        "“We agreed on nearly all points,” she said."
    )
    cast = document.cast
    before = repr(cast)
    first = extract(document)
    assert [q.speaker for q in first["quotes"]] == ["Kim Voss"]
    assert document.cast is cast and repr(cast) == before
    assert extract(document) == first
    with pytest.raises(FrozenInstanceError):
        cast.actors[0].name = "Peter Lund"


@pytest.mark.parametrize(
    ("text", "mention", "speaker"),
    [
        ("Gov. Ana Voss met Peter Lund, the head of the harbour, on Monday.\n\n"
         "“The dam will hold,” the governor said.", "the governor", "Ana Voss"),
        ("“The dam will hold,” Ana Voss said in a statement on Monday.\n\n"
         "“Nobody needs to leave the town this week,” the statement said.",
         "the statement", "Ana Voss"),
        ("“The dam will hold,” Peter Lund said on Monday.\n\n"
         "“Nobody needs to leave the town this week,” the harbour captain added.",
         "the harbour captain", "Peter Lund"),
        ("Ana Voss said on Monday that the dam would hold. Her brother, Mr. Voss, stayed at home."
         "\n\n“Nobody needs to leave the town this week,” Mr. Voss said.", "Mr. Voss", "Voss"),
    ],
)  # fmt: skip
def test_who_is_meant(text, mention, speaker):
    found = [q.speaker for q in rows(text)["quotes"] if q.speaker_mention == mention]
    assert set(found) == {speaker}


def test_affiliations_are_read_from_the_text():
    found = quotes(
        "Voss campaign spokeswoman Mary Lund said the dam would hold through the winter."
    )
    assert [(q.speaker, q.affiliation) for q in found] == [("Mary Lund", "Voss campaign")]
    found = quotes("Sen. Mary Lund (D-Ohio) said the dam would hold through the winter.")
    assert [(q.speaker, q.affiliation) for q in found] == [("Mary Lund", "Democratic Party")]


def test_unnamed_sources_stay_unnamed():
    found = quotes("A senior official said the dam would not hold through the winter.")
    assert [(q.speaker_kind, q.speaker) for q in found] == [("unnamed", "senior official")]


def test_a_block_quotation_takes_the_cue_of_the_next_paragraph():
    text = (
        "Ana Voss spoke to reporters in Lowmere after the meeting on Monday.\n\n"
        "“The gates were closed before the storm, and they held all night, as they should.”\n\n"
        "she said, and left for the harbour."
    )
    direct = [q for q in rows(text)["quotes"] if q.kind == "direct"]
    assert [(q.speaker, q.cue) for q in direct] == [("Ana Voss", "said")]


def test_told_names_the_intermediary():
    found = quotes("“The dam will hold,” mayor Ana Voss told Germany’s dpa news agency.")
    assert found[0].via == "dpa"


def test_a_stray_and_an_unclosed_mark_are_noted_and_lose_nothing():
    text = BODY.format("“The dam will hold, mayor Ana Voss said.")
    assert [n.kind for n in rows(text)["notes"]] == ["never closed"]
    text = BODY.format("The dam will hold,” mayor Ana Voss said.")
    assert [n.kind for n in rows(text)["notes"]] == ["stray closing mark"]


def test_sources_add_up():
    text = (
        "Harbour Minister Ana Voss said on Monday that the dam would hold.\n\n"
        "“We have checked every gate twice,” she said.\n\n"
        "Peter Lund, head of the fishers’ guild, said the gates were old."
    )
    found = rows(text)["sources"]
    assert [s.source for s in found] == ["Ana Voss", "Peter Lund"]
    assert found[0].n_quotes == 2 and found[0].n_direct == 1
    assert sum(s.share_of_voice for s in found) == pytest.approx(1, abs=1e-3)


def test_no_two_quotes_begin_at_one_place():
    short = Found(((4, 9), (12, 20)), (False, True), None, None, {})
    parted = Found(((4, 9), (24, 40)), (False, False), None, None, {})
    longer = Found(((24, 60),), (False,), None, None, {})
    found = [item for item, _ in _apart([(short, None), (parted, None), (longer, None)])]
    assert [item.spans for item in found] == [((4, 9), (12, 20)), ((24, 60),)]


@pytest.mark.parametrize("marks", ["“", "“”", '""'])
def test_marks_around_nothing_go_on_with_no_quote(marks):
    (quote,) = rows(f"“The dam will hold,” mayor Ana Voss said on Monday. {marks}")["quotes"]
    assert quote.content == "The dam will hold," and quote.speaker == "Ana Voss"


def test_the_administration_is_one_of_those_who_spoke_together():
    found = quotes(
        "The Voss administration and its supporters said that the dam will hold. "
        "The administration said that it would be watched."
    )
    assert [quote.speaker for quote in found][-1] == "Voss administration"
