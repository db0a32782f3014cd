"""Codebooks: the notation of cues, the shipped files, and errors in a user's own."""

from __future__ import annotations

import pytest

import sayso
from sayso.analyze.framing.codebook import find_cues, read_codebook, read_frames
from sayso.paths import data_path
from sayso.show.framing import codebook_page
from sayso.text.words import read_words

SHIPPED = sorted(path.stem for path in data_path("codebooks").glob("*.toml"))
OWN = """name = "mine"

[[frame]]
name = "quarrel"
definition = "Somebody quarrels."
cues = ["accuse", "row|feud over", "blame ... for", "provo*", "=START"]
unless = ["feud over dinner"]
negated = "dropped"
positive = ["They accused him."]
negative = ["They dined."]
"""


def _found(cues: str, text: str, more: str = "") -> list[str]:
    entry = {"name": "f", "definition": "d", "cues": cues.split("; ")}
    entry |= {"unless": more.split("; ")} if more else {}
    frame = read_frames([entry], "test")[0]
    return [text[start:end] for _, (start, end) in find_cues(frame, read_words(text))]


@pytest.mark.parametrize(
    ("cues", "text", "found"),
    [
        ("blame", "He blames her, blaming all; blamed.", ["blames", "blaming", "blamed"]),
        ("accus*", "An accusation: accused!", ["accusation", "accused"]),
        ("=START", "START was signed; start now.", ["START"]),
        ("tax|levy", "A levy and taxes.", ["levy", "taxes"]),
        ("war of words", "The wars of words, a war on words.", ["wars of words"]),
        ("blame ... for", "They blame the whole of it for that.", ["blame the whole of it for"]),
        ("blame ... for", "Blame one two three four five for it.", []),
        ("far right", "The far-right party.", ["far-right"]),
        ("commitment; commitment to", "A commitment to peace.", ["commitment to"]),
    ],
)
def test_notation(cues, text, found):
    assert _found(cues, text) == found


def test_exceptions_and_other_voices():
    assert _found("attack", "A heart attack, an attack.", "heart attack") == ["attack"]
    assert _found("war of words", "A war ||||| of words") == []
    assert _found("blame ... for", "They blame ||||| for it") == []


def test_negation_counts_unless_dropped():
    book = read_codebook(OWN)
    codings = book.code(["They did not accuse him.", "They accuse and provoke.", "Nothing."])
    assert [c["quarrel"].score for c in codings] == [0, 0.75, 0]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_codebooks(name):
    book = sayso.load_codebook(name)
    assert len(book.frames) >= 5 or name == "responsibility"
    for frame in book.frames:
        assert frame.literature and frame.questions and frame.positive and frame.negative
        assert len(set(frame.cues)) == len(frame.cues), frame.name
    assert "<script" not in codebook_page(book).markup


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "mine"', "name = mine", "line 1"),
        ("[[frame]]", "[[frames]]", "no \\[\\[frame\\]\\]"),
        ('definition = "Somebody quarrels."\n', "", "line 3: frame 'quarrel' has no 'definition'"),
        ('"provo*"', '"*provo"', "line 6: frame 'quarrel': cue '\\*provo' has a form"),
        ('"blame ... for"', '"blame ..."', "line 6: .* must begin and end with a word"),
        ("unless", "except", "line 7: frame 'quarrel' has an unknown key 'except'"),
        ('"dropped"', '"maybe"', "line 8: .*'negated'"),
        ("They accused him.", "They dined.", "line 9: .*positive example .* no cue"),
        ("They dined.", "They accuse.", "line 10: .*negative example .* cue 'accuse'"),
        ('cues = ["accuse", ', "cues = [1, ", "line 6: .*'cues' must be a list of texts"),
    ],
)
def test_errors_name_line_and_reason(old, new, message):
    assert old in OWN
    with pytest.raises(ValueError, match=f"mine.toml.*{message}"):
        read_codebook(OWN.replace(old, new), "mine.toml")


def test_own_file_and_unknown_name(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(OWN, encoding="utf-8")
    assert sayso.load_codebook(file).labels == ("quarrel",)
    with pytest.raises(FileNotFoundError, match="generic"):
        sayso.load_codebook("nothing-like-it")


def test_the_generic_codebook_reads_senses_not_stems():
    book = sayso.load_codebook()
    five = sayso.load_codebook("generic-cues").labels
    assert book.name == "generic" and set(book.labels) == {*five, "responsibility"}
    sentences = [
        "The tariffs cost growers two billion dollars and drove prices up.",
        "Mr. Brandt pleaded guilty to one count of fraud on Monday.",
        "Ms. Vale earned 10 percent in the poll and left her job as a radio host.",
        "The army named the Islamic State.",
        "The council moved the vote on the resolution naming the park.",
    ]
    found = [
        {name for name, coding in codings.items() if coding.present}
        for codings in book.code(sentences)
    ]
    assert found == [{"economic"}, set(), set(), set(), set()]
    assert "right" in codebook_page(book).markup
