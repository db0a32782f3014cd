"""Damaged texts: what was decoded wrongly before it came is repaired and told; the rest stays."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_files import LEAD, QUOTE, TEXT, read

from conftest import ROOT
from sayso.reading.formats.damage import is_garbled, mended
from sayso.reading.formats.source import Raw
from sayso.reading.known import Known
from sayso.reading.problem import Problem

CHARACTERS = {
    "“We can’t pay,” said Ada Brink – “it’s over.”": "quotation marks",
    "Zoë Müller, François Hollande and José Núñez met in Łódź.": "letters",
    "It costs £5, or €6 – “a lot,” she said…": "signs",
    "„Es ist vorbei“, sagte die Bürgermeisterin Überall.": "German",
    "«Así será», dijo el alcalde de A Coruña, ¿no?": "Spanish",
    "„Most jest zamknięty”, powiedziała rzeczniczka.": "Polish",
}


def garbled(text: str, encoding: str) -> str:
    """Return UTF-8 as a reader that takes it for another encoding shows it."""
    if encoding == "lossy":
        return text.encode().decode("cp1252", errors="ignore")
    cp1252 = {bytes([n]): chr(n) for n in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
    return "".join(cp1252.get(bytes([b])) or bytes([b]).decode(encoding) for b in text.encode())


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1250", "cp1251"])
def test_texts_from_other_systems(encoding):
    text = "“We can’t pay,” said Ada Brink – “it’s over.”"
    came = text.encode().decode(encoding, errors="ignore")
    raw = mended(Raw(came))
    assert raw.text == text and len(raw.problems) == 1


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", CHARACTERS)
def test_garbled_texts_are_repaired_and_told(text, encoding):
    raw = mended(Raw(f"A line before.\n\n{garbled(text, encoding)}\n"))
    assert raw.text == f"A line before.\n\n{text}\n"
    (problem,) = raw.problems
    assert (problem.level, problem.kind) == ("warning", "encoding")
    assert "damaged" in problem.message and "was repaired;" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "“We can’t pay,” said Petra Holm. “It’s over.”",
        "She said “no.” Then she left.",
        "“No”, he said (“never”); “not once”– “ever”.",
    ],
)
def test_a_closing_mark_that_lost_a_byte_is_a_mark_again(text):
    came = garbled(text, "lossy")
    assert "â€ " in came or "â€)" in came or came.endswith("â€")
    assert mended(Raw(came)).text == text


def test_names_and_headlines_are_repaired_with_the_text():
    known = Known(author=garbled("Zoë Müller", "cp1252"), headline=garbled(QUOTE, "cp1252"))
    raw = mended(Raw(garbled(QUOTE, "cp1252"), known=known))
    assert (raw.known.author, raw.known.headline) == ("Zoë Müller", QUOTE)
    assert len(raw.problems) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is \ufffdover,\ufffd he said.", "were lost"),
        ("We can?t pay, and she won?t pay.", "'?' in place of apostrophes"),
        ("?We have no choice,? she said.", "or quotation marks"),
    ],
)
def test_what_cannot_be_repaired_is_told(text, told):
    raw = mended(Raw(text))
    assert raw.text == text and [told in problem.message for problem in raw.problems] == [True]


def test_a_loss_that_is_told_already_is_not_told_twice():
    raw = Raw("It is \ufffdover.", problems=(Problem("warning", "encoding", "damaged"),))
    assert mended(raw) == raw


def test_codes_of_html_are_read():
    raw = mended(
        Raw("&ldquo;It&#8217;s over,&rdquo; said AT&amp;T &quot;at last&quot; &lt;3 & co.")
    )
    assert raw.text == '“It’s over,” said AT&T "at last" <3 & co.'
    assert [problem.kind for problem in raw.problems] == ["encoding"]


HEALTHY = [
    *CHARACTERS,
    "CAFÉ» and „MENÜ“ stood above the door of the “CAFÉ”…",
    "Did she say “Why can’t we?” or “So?” – so? she asked?",
    "L’État, c’est moi. «À bientôt», dit-il. Où ça? À l’été.",
    "Ça coûte 5 €. Â propos: l’âge d’or, l’Âge, Ô temps!",
    "Não, São João é à beira-mar; “Ã” é uma letra.",
    "Het is 20 °C, ½ liter, §5, ¿qué?, ¡no!",
    "Вода 5 °C; Ελλάδα; שלום; 你好「はい」🙂",
    "Was it so? Why? ‚Ä‘ is Swedish low quoting, √2 and ∑x, ΓΔ, в Ђ, Вторая",
    "Query A?B and what?s in it; R&D, B&B, https://a.example/?a=1&b=2",
    "\ufb01ne ligatures, \uff57ide letters, e\u0301, a\u00a0blank, soft\xadhyphen, tab\t, \x0c",
]


@pytest.mark.parametrize("text", HEALTHY)
def test_healthy_texts_are_left_alone(text):
    assert mended(Raw(text)) == Raw(text)


WORDS = """
Bürgermeisterin Übermut sagte „Wir können nicht“, Straße größer Öl Ärger «ja» »nein« mañana señor
¿qué? ¡no! último «así» “pero” razón niño Ávila Éxito Íñigo wałęsa łódź żółć „nie” ćma ŚWIAT źle Ń
więc naïve café “yes” ‘no’ it’s – — … £5 €6 50% São João à noite Âncora Être Ça où Ïle «À» “Ã”
"""
LANGUAGES = WORDS.split()


@given(st.lists(st.sampled_from(LANGUAGES), max_size=12).map(" ".join))
def test_no_healthy_text_is_changed(text):
    assert mended(Raw(text)) == Raw(text)


def test_the_seeds_are_healthy():
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert mended(Raw(text)) == Raw(text), path.name


@given(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=12).map(" ".join))
def test_lines_that_are_healthy_stay_beside_damaged_ones(text):
    raw = mended(Raw(f"{text}\n{garbled(QUOTE, 'cp1252')}\n{text}"))
    assert raw.text == f"{text}\n{QUOTE}\n{text}"


def test_damage_is_told_in_every_format(tmp_path):
    came = garbled(TEXT, "cp1252")
    (tmp_path / "a.txt").write_text(came, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"article_id": "b", "text": came}))
    articles, notes = read(tmp_path)
    assert {article.text for article in articles.values()} == {TEXT}
    assert [(note.article_id, note.kind) for note in notes if note.kind != "columns"] == [
        ("a", "encoding"),
        ("b", "encoding"),
    ]


def test_without_ftfy_damage_is_told_and_left():
    code = (
        "import sys; sys.modules['ftfy'] = sys.modules['ftfy.badness'] = None\n"
        "from sayso.reading.formats.damage import mended\n"
        "from sayso.reading.formats.source import Raw\n"
        f"for text in ({garbled(LEAD + QUOTE, 'cp1252')!r}, 'CAFÉ» and MENÜ“'):\n"
        "    raw = mended(Raw(text))\n"
        "    print(raw.text == text, *(problem.message for problem in raw.problems))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    damaged, healthy = run.stdout.splitlines()
    assert damaged.startswith("True") and "was not repaired" in damaged
    assert "pip install 'sayso[formats]'" in damaged
    assert healthy == "True"


def test_signs_alone_are_no_damage():
    assert not is_garbled("CAFÉ»")
    assert is_garbled("cafÃ©") and is_garbled("Ã“scar")
