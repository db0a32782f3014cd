"""Pictures as SVG: words stay words in the page's ink, and every run gives the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from sayso.report.svg import svg
from sayso.show.canvas import alt_text
from sayso.show.speakers import roles_cited
from sayso.show.words import words_ranked

HOSTILE = 'A <b> & $x_1$ "q" #010203'

DRAW = """
import matplotlib
matplotlib.use("Agg")
from test_svg import pictures
from sayso.report.svg import svg
from sayso.show.canvas import alt_text
print("\\n".join(svg(ax.figure, alt_text(ax)) for ax in pictures()))
"""


def pictures() -> list:
    """Return a picture of stacked and hatched bars, and one of pale bars."""
    roles = pd.DataFrame({"outlet": ["Post", "Post", HOSTILE], "n_sources": [3, 1, 40]})
    roles["role"] = ["official", "document", "official"]
    words = pd.DataFrame({"term": ["bay", "oil"], "z": [2.5, 1.0], "count": [9, 4], "n": 90})
    words = words.assign(group=HOSTILE, reference="the rest", reference_count=2)
    return [roles_cited(roles), words_ranked(words)]


@pytest.fixture
def drawn():
    axes = pictures()
    yield [(svg(ax.figure, alt_text(ax)), alt_text(ax)) for ax in axes]
    plt.close("all")


def test_a_name_that_no_xml_can_hold_costs_no_picture():
    roles = pd.DataFrame({"outlet": ["P\x1bst\x07", "\ufffe\0"], "n_sources": [3, 1]})
    ax = roles_cited(roles.assign(role="official"))
    made = svg(ax.figure, "of P\x1bst")
    assert "P\ufffdst\ufffd" in made and 'aria-label="of P\ufffdst"' in made
    assert ElementTree.fromstring(made).tag.endswith("svg")
    plt.close("all")


def test_another_run_gives_the_same_bytes():
    runs = []
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        run = [sys.executable, "-c", DRAW]
        runs.append(subprocess.run(run, env=env, capture_output=True, check=True).stdout)
    assert runs[0] == runs[1] and runs[0].count(b"</svg>") == 2


def test_words_stay_words_and_are_told_to_those_who_do_not_see(drawn):
    for picture, words in drawn:
        root = ElementTree.fromstring(picture)
        texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
        assert any(HOSTILE in text for text in texts)
        assert (root.get("role"), root.get("aria-label")) == ("img", words)
        assert HOSTILE in words


def test_size_ink_and_fonts_are_left_to_the_page(drawn):
    for picture, _ in drawn:
        root = ElementTree.fromstring(picture)
        assert root.get("viewBox") and not {"width", "height"} & set(root.attrib)
        looks = [element.get("style", "") for element in root.iter()]
        assert any("currentColor" in look for look in looks)
        assert not any("#010203" in look or "DejaVu" in look for look in looks[1:])
        assert "<image" not in picture and "<metadata" not in picture and "<style" not in picture


def test_ids_are_those_that_something_refers_to(drawn):
    ids = [set(re.findall(r' id="(.+?)"', picture)) for picture, _ in drawn]
    assert ids[0] and not ids[0] & ids[1]
    for own, (picture, _) in zip(ids, drawn, strict=True):
        assert own == set(re.findall(r'(?:href="|url\()#([\w-]+)', picture))


def test_places_have_one_decimal(drawn):
    for picture, _ in drawn:
        root = ElementTree.fromstring(picture)
        places = [e.get(name, "") for e in root.iter() for name in ("d", "x", "y", "transform")]
        assert not re.search(r"\.\d\d", " ".join(places)) and re.search(r"\.\d", " ".join(places))
