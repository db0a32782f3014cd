"""The coding page in a real browser: by keyboard, offline, kept, and out as a file."""

from __future__ import annotations

import json
import shutil

import pytest

from sayso.coding.items import LAYERS, item
from sayso.coding.page import page as coding_page
from sayso.coding.sheet import read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed"),
]
NAMES = [f"Ana Voss {n}" for n in range(10)]
LINES = [f"“The {n}th 😀 wall holds,” {name} said." for n, name in enumerate(NAMES)]
TEXT = "\r\n".join(LINES) + "\r\n</script><script>document.title='taken'</script> The sea waits."
ARTICLE = {"article_id": "a", "sha256": "f00", "headline": "<b>Walls</b>", "outlet": "Bay"}
ARTICLE |= {"text": TEXT}


def found():
    for n in range(10):
        start = TEXT.index(f"The {n}th")
        yield f"a-q{n}", item(TEXT, [(start, TEXT.index(",”", start))], "direct", NAMES[n])


@pytest.fixture
def browser(chromium):
    return chromium.new_context()


def opened(browser, folder, blind=False, **options):
    path = folder / "a.html"
    quotes = [] if blind else list(found())
    made = coding_page(ARTICLE, quotes, coder="anna", blind=blind, file="a", **options)
    path.write_text(made, encoding="utf-8", newline="")
    page = browser.new_page()
    page.wrong, page.asked, page.pressed = [], [], 0
    page.on("console", lambda message: page.wrong.append(message.text))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    return page


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.pressed += 1


def exported(page, folder, do="json"):
    with page.expect_download() as coming:
        page.locator(f"[data-do={do}]").click() if do == "csv" else press(page, "e")
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def select(page, words):
    """Select words that stand in one piece of the text, as a mouse would."""
    page.evaluate(
        """words => { for (const piece of document.getElementById("text").childNodes) {
            const at = piece.textContent.indexOf(words);
            if (at >= 0) { getSelection().setBaseAndExtent(piece.firstChild, at,
                piece.firstChild, at + words.length); return; } } throw words; }""",
        words,
    )
    page.wait_for_timeout(50)


def test_ten_quotes_are_coded_by_keyboard(browser, tmp_path):
    page = opened(browser, tmp_path)
    press(page, *"rrrr", "w", "c")
    page.keyboard.insert_text("Ben")
    page.pressed += 3
    press(page, "Enter", *"rrrr", "d")
    data = json.loads(exported(page, tmp_path).read_text("utf-8"))
    verdicts = [row["verdict"] for row in data["rows"]]
    assert verdicts == ["right"] * 4 + ["wrong", "changed"] + ["right"] * 4
    assert data["rows"][5]["speaker"] == "Ben" and data["done"] is True
    assert page.pressed < 60
    for row in data["rows"]:
        assert " ... ".join(TEXT[a:b] for a, b in row["spans"]) == row["words"]
    assert page.wrong == [] and not [u for u in page.asked if not u.startswith(("file:", "blob:"))]


def test_a_blind_article_is_coded_without_a_mouse(browser, tmp_path):
    page = opened(browser, tmp_path, blind=True)
    assert "Ana Voss" not in page.inner_text("aside")
    page.locator("#text").focus()
    press(page, "Control+Home", "ArrowRight", *["Shift+ArrowRight"] * 8, "m")
    page.keyboard.insert_text("Ana Voss 0")
    press(page, "Enter", "d")
    (row,) = json.loads(exported(page, tmp_path).read_text("utf-8"))["rows"]
    assert (row["verdict"], row["words"], row["speaker"]) == ("missed", "The 0th", "Ana Voss 0")
    assert page.wrong == []


def test_missed_words_pieces_and_undo(browser, tmp_path):
    page = opened(browser, tmp_path)
    select(page, "The sea waits")
    press(page, "m")
    assert page.locator("[name=kind]").input_value() == "indirect"
    press(page, "Enter")
    assert page.locator("#list li").count() == 11
    select(page, "Ana Voss 9")
    press(page, "a")
    assert "... The sea waits" in page.locator("#list li").last.inner_text()
    press(page, "u", "u")
    assert page.locator("#list li").count() == 10
    press(page, "u")
    assert page.locator("#said").inner_text() == "Nothing to undo."


def test_blame_and_frames_have_keys_where_they_are_asked_for(browser, tmp_path):
    asked = {"quotes": (), "blames": (), "frames": ("conflict",)}
    page = opened(browser, tmp_path, blind=True, asked=asked)
    for key, speaker, target in (("b", "Ana Voss", "Ben Orth"), ("f", "", "conflict")):
        select(page, "The sea waits.")
        press(page, key)
        page.keyboard.insert_text(speaker)
        press(page, *["Tab"] * 3)
        page.keyboard.insert_text(target)
        press(page, "Enter")
    rows = json.loads(exported(page, tmp_path).read_text("utf-8"))["rows"]
    names = ("kind", "speaker", "stance", "target")
    told = sorted(tuple(row[name] for name in names) for row in rows)
    assert told == [("blame", "Ana Voss", "assert", "Ben Orth"), ("frame", "", "", "conflict")]
    assert page.locator("#targets option[value=conflict]").count() == 1
    other = opened(browser, tmp_path)
    select(other, "The sea waits.")
    press(other, "b")
    assert other.locator("#form").is_hidden() and page.wrong == other.wrong == []


def test_the_text_cannot_be_changed_and_does_nothing(browser, tmp_path):
    page = opened(browser, tmp_path)
    before = page.locator("#text").text_content()
    page.locator("#text").click()
    press(page, "x", "Delete", "Enter", "Backspace", "Control+v")
    assert page.locator("#text").text_content() == before == TEXT
    assert page.title() == "<b>Walls</b>: coding"


def test_what_is_open_is_told_before_done(browser, tmp_path):
    page = opened(browser, tmp_path)
    press(page, "r", "r", "d")
    assert page.locator("#said").inner_text().startswith("8 quotes are not decided yet")
    assert json.loads(exported(page, tmp_path).read_text("utf-8"))["done"] is False


def test_work_is_kept_when_the_page_is_closed(browser, tmp_path):
    page = opened(browser, tmp_path)
    press(page, *"rrw")
    page.close()
    page = opened(browser, tmp_path)
    assert page.locator("#count").inner_text() == "3 of 10 decided"


def test_the_csv_is_read_back(browser, tmp_path):
    page = opened(browser, tmp_path)
    press(page, *"rrrrrrrrrr", "d")
    rows = read(exported(page, tmp_path, "csv"))
    assert rows[0]["done"] == "yes" and rows[0]["sha256"] == "f00"
    assert [row["quote_id"] for row in rows[1:]] == [name for name, _ in found()]
    start, end = map(int, rows[3]["spans"].split("-"))
    assert TEXT[start:end] == rows[3]["words"]


def test_everything_has_a_name_and_a_status_is_told(browser, tmp_path):
    page = opened(browser, tmp_path)
    assert page.locator("#said").get_attribute("aria-live") == "polite"
    assert page.get_by_label("The article", exact=True).count() == 1
    press(page, "c")
    for name in ("Speaker", "Kind", "Stance", "Target or frame", "Note"):
        assert page.get_by_label(name, exact=True).is_visible()
    assert page.get_by_label("Kind").locator("option").all_inner_texts() == list(LAYERS["quotes"])
    press(page, "Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
