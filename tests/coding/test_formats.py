"""Files of annotation tools: what goes out comes back, whatever the text is like."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.formats import TOOLS, read_document, write_documents
from sayso.coding.formats.labelstudio import SETUP
from sayso.coding.items import KINDS, STANCES, Document, carried, details, fitted, in_order, item

PIECES = [
    "the dam",
    "😀",
    "“no”",
    "\r\n",
    "\n",
    "\u00a0",
    "  ",
    "a|b_c",
    "[1]\\",
    "->",
    "é",
    "=1",
    "\t",
]
BITS = st.one_of(st.sampled_from(PIECES), st.text(max_size=6))
NAMES = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=12)


@st.composite
def documents(draw):
    text = "".join(draw(st.lists(BITS, min_size=1, max_size=25)))
    place = st.integers(0, len(text))
    found = []
    for _ in range(draw(st.integers(0, 5))):
        spans = [
            tuple(sorted(draw(st.tuples(place, place)))) for _ in range(draw(st.integers(1, 3)))
        ]
        how = (
            draw(st.sampled_from(KINDS)),
            draw(NAMES),
            draw(st.sampled_from(("", *STANCES))),
            draw(NAMES),
        )
        one = item(text, spans, *how)
        if one.spans:
            found.append(one)
    return Document("a 1", text, tuple(in_order(found)))


def back(tool, document, folder):
    files = write_documents(tool, [document])
    for name, content in files.items():
        (folder / name).write_bytes(content)
    if tool == "labelstudio":
        # What a coder submits unchanged is what was suggested.
        tasks = json.loads(files["tasks.json"])
        done = [{"data": t["data"], "annotations": t["predictions"]} for t in tasks]
        (folder / "tasks.json").write_text(json.dumps(done), encoding="utf-8")
    names = [name for name in files if name.endswith((".ann", "s.json", ".jsonl", ".tsv", ".qdpx"))]
    return next(read_document(folder / names[0]))


@pytest.mark.parametrize("tool", TOOLS)
@given(document=documents())
def test_what_goes_out_comes_back(tool, tmp_path_factory, document):
    there = back(tool, document, tmp_path_factory.mktemp("out"))
    text = document.text
    found = [item(text, carried(text, there.text, q.spans), *details(q)) for q in there.items]
    assert in_order(found) == list(document.items)


TEXT = "Ana Voss said the dam 😀 holds.\r\n“It holds,” she said, “and will.”"


def at(*words):
    return [(TEXT.index(w), TEXT.index(w) + len(w)) for w in words]


QUOTE = item(TEXT, at("It holds,", "and will."), "direct", "Ana Voss", "neutral")
DOCUMENT = Document("a", TEXT, (QUOTE,))


def test_other_line_ends_are_mended_and_another_text_is_refused():
    there = TEXT.replace("\r\n", "\n")
    spans = [(start - 1, end - 1) for start, end in QUOTE.spans]
    assert tuple(carried(TEXT, there, spans)) == QUOTE.spans
    with pytest.raises(ValueError, match="another one"):
        carried(TEXT, there.replace("dam", "dyke"), spans)


def test_places_that_are_off_are_mended_by_the_words():
    start, end = QUOTE.spans[0]
    assert fitted(TEXT, start + 1, end + 1, "It holds,") == (start, end)
    assert fitted(TEXT, start + 1, end + 1, "It holds,", wide=True) == (start, end)
    with pytest.raises(ValueError, match="not in the article"):
        fitted(TEXT, start, end, "It breaks")


def test_suggestions_alone_are_no_coding(tmp_path):
    for name, content in write_documents("labelstudio", [DOCUMENT]).items():
        (tmp_path / name).write_bytes(content)
    assert list(read_document(tmp_path / "tasks.json")) == []
    assert SETUP.count("<Label ") == len(KINDS)


def test_label_studio_counts_an_emoji_twice(tmp_path):
    result = json.loads(write_documents("labelstudio", [DOCUMENT])["tasks.json"])[0]
    value = result["predictions"][0]["result"][0]["value"]
    assert (value["start"], value["text"]) == (QUOTE.spans[0][0] + 1, "It holds,")


def test_a_quote_that_a_coder_adds_in_brat_is_read(tmp_path):
    for name, content in write_documents("brat", [DOCUMENT]).items():
        (tmp_path / name).write_bytes(content)
    start = TEXT.index("the dam")
    with (tmp_path / "0001.ann").open("a", encoding="utf-8", newline="") as file:
        file.write(f"T9\tindirect {start} {start + 15}\tthe dam 😀 holds\n")
    (there,) = read_document(tmp_path / "0001.ann")
    assert [q.kind for q in there.items] == ["indirect", "direct"]
    assert there.items[1] == QUOTE


def test_an_older_export_of_doccano_is_read(tmp_path):
    row = {"text": TEXT, "label": [[*QUOTE.spans[0], "direct"]]}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (there,) = read_document(tmp_path / "d.jsonl")
    assert there.items == (item(TEXT, [QUOTE.spans[0]], "direct"),)


@pytest.mark.parametrize("name", ["a.ann", "a.jsonl", "a.json", "a.tsv", "a.qdpx"])
def test_a_damaged_file_is_named(name, tmp_path):
    (tmp_path / name).write_text("[{}, 3]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=name):
        list(read_document(tmp_path / name))


def test_a_file_of_no_tool_holds_nothing(tmp_path):
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    assert list(read_document(tmp_path / "notes.md")) == []
