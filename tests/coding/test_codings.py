"""Codings that come back: what counts, what is refused, and who is right where two differ."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import sayso
from sayso.coding.formats import write_documents
from sayso.coding.items import Document, items, suggested
from sayso.coding.page import FORMAT
from sayso.coding.sheet import COLUMNS, read, write_csv, write_xlsx
from sayso.corpus import Corpus

TEXTS = {
    "harbour": (
        "Harbour wall to be raised\n\nThe wall will be raised by a metre, Mayor Ana Voss said on "
        "Monday. “We waited too long,” she said. “The sea 😀 does not wait.”\n\nFishermen said "
        "that nobody had asked them."
    ),
    "school": (
        "School stays shut\n\nThe school will stay shut until May, headteacher Ben Orth said. "
        "“The roof leaks,” he said.\n\nParents said they were angry."
    ),
    "market": "Market moves\n\n“The square is ours,” said trader Cora Lind on Friday.",
}


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return sayso.read(folder)


@pytest.fixture
def out(news, tmp_path):
    news.sample(tmp_path / "coding", 3, coders="anna,ben", blind="none")
    return tmp_path / "coding"


def filled(path, verdict="right", done="yes", **changed):
    """Fill a sheet in: the same verdict for all, cells of its first quote changed."""
    rows = read(path)
    rows[0]["done"] = done
    quotes = [row for row in rows[1:] if row["quote_id"]]
    for row in quotes:
        row["verdict"] = verdict
    quotes[0].update(changed)
    path.write_text(write_csv(rows), encoding="utf-8", newline="")
    return rows


def sheet_of(out, coder, article):
    return next((out / coder).glob(f"*{article}.csv"))


def own(news, name):
    found = suggested({"quotes": news.quotes})
    return items(TEXTS[name], found[found["article_id"] == name])


def test_a_sheet_that_says_all_is_right_gives_what_was_found(news, out):
    filled(sheet_of(out, "anna", "harbour"))
    codings = news.with_codings(out).codings
    assert codings.settled == {"harbour": own(news, "harbour")}
    assert len(own(news, "harbour")) >= 3
    assert codings.coders == ["anna"] and codings.why_not == ""
    assert set(codings.problems.problem) == {"not marked as done"}


def test_wrong_changed_and_missed(news, out):
    path = sheet_of(out, "anna", "harbour")
    rows = filled(path, speaker="The mayor", verdict="right") and read(path)
    quotes = [row for row in rows if row["quote_id"]]
    quotes[-1]["verdict"] = "wrong"
    quotes[0]["verdict"] = "changed"
    missed = next(row for row in rows[1:] if not row["quote_id"])
    missed |= {"verdict": "missed", "words": "raised  by a\nmetre", "kind": "indirect"}
    path.write_text(write_csv(rows), encoding="utf-8", newline="")
    settled = news.with_codings(out).codings.settled["harbour"]
    assert [q.speaker for q in settled].count("The mayor") == 1
    assert len(settled) == len(quotes)  # one is gone, one has come
    start = TEXTS["harbour"].index("raised by a metre")
    assert ((start, start + len("raised by a metre")),) in [q.spans for q in settled]


def test_edited_places_are_mended_by_the_words(news, out):
    filled(sheet_of(out, "anna", "harbour"), spans="1-9")
    assert news.with_codings(out).codings.settled["harbour"] == own(news, "harbour")


def test_words_that_are_not_in_the_article_are_refused(news, out):
    filled(sheet_of(out, "anna", "harbour"), words="never said", spans="")
    with pytest.raises(ValueError, match=r"harbour\.csv: the words 'never said' are not"):
        news.with_codings(out)


def test_a_half_filled_sheet_is_not_coded(news, out):
    filled(sheet_of(out, "anna", "harbour"), verdict="")
    filled(sheet_of(out, "ben", "harbour"), done="")
    codings = news.with_codings(out).codings
    assert codings.settled == {}
    own = codings.problems[codings.problems.file.str.endswith("harbour.csv")]
    assert own.problem.str.contains("not decided").sum() == 1
    assert own.problem.eq("not marked as done").sum() == 1


def test_a_sheet_of_another_corpus_is_refused(news, out):
    filled(sheet_of(out, "anna", "harbour"))
    path = sheet_of(out, "anna", "harbour")
    rows = read(path)
    rows[0]["sha256"] = "0" * 64
    path.write_text(write_csv(rows), encoding="utf-8")
    with pytest.raises(ValueError, match="digests differ"):
        news.with_codings(out)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_ids_with_white_space_come_back(news, tmp_path, ending):
    ids = dict(zip(TEXTS, ["a", " a", "a\rb  c\n"], strict=True))
    tables = {n: t.assign(article_id=t["article_id"].map(ids)) for n, t in news._tables.items()}
    spaced = Corpus(tables)
    spaced.sample(tmp_path / "coding", 3, coders="anna", blind="none")
    for path in (tmp_path / "coding" / "anna").glob(f"*.{ending}"):
        rows = read(path)
        rows[0]["done"] = "yes"
        for row in rows[1:]:
            row["verdict"] = "right" if row["quote_id"] else ""
        if ending == "csv":
            path.write_text(write_csv(rows), encoding="utf-8", newline="")
        else:
            write_xlsx(rows, path)
    settled = spaced.with_codings(tmp_path / "coding").codings.settled
    assert settled == {ids[name]: own(news, name) for name in TEXTS}


def test_a_design_of_another_corpus_is_refused(news, out, tmp_path):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text + " More.", encoding="utf-8")
    with pytest.raises(ValueError, match="another corpus: 3 of its 3"):
        sayso.read(tmp_path / "texts").with_codings(out)


def test_of_two_who_differ_the_one_whose_turn_it_is_counts(news, out):
    filled(sheet_of(out, "anna", "school"), speaker="Ann", verdict="right")
    filled(sheet_of(out, "ben", "school"), speaker="Ben", verdict="right")
    codings = news.with_codings(out).codings
    conflicts = codings.conflicts()
    assert conflicts[["what", "value", "its_value"]].values.tolist() == [["speaker", "Ann", "Ben"]]
    lead = codings.design.set_index("article_id")["lead"]["school"]
    names = {"anna": "Ann", "ben": "Ben"}
    assert names[lead] in {q.speaker for q in codings.settled["school"]}
    assert conflicts.counts.tolist() == [lead]


def test_a_settled_folder_counts_before_all(news, out):
    filled(sheet_of(out, "anna", "school"), verdict="wrong")
    filled(sheet_of(out, "ben", "school"))
    (out / "settled").mkdir()
    shutil.copy(sheet_of(out, "ben", "school"), out / "settled")
    codings = news.with_codings(out).codings
    assert codings.settled["school"] == own(news, "school")
    assert codings.coders == ["anna", "ben"]
    assert set(codings.conflicts().value) == {"not marked"}


def test_two_files_of_one_coder_that_differ_are_refused(news, out):
    path = sheet_of(out, "anna", "market")
    filled(path)
    shutil.copy(path, path.with_name("copy.csv"))
    assert list(news.with_codings(out).codings.settled) == ["market"]
    filled(path, verdict="wrong")
    with pytest.raises(ValueError, match="anna has two files for 'market' that differ"):
        news.with_codings(out)


def test_codings_without_a_draw_say_why_nothing_is_corrected(news, out):
    filled(sheet_of(out, "anna", "market"))
    (out / "design.csv").unlink()
    codings = news.with_codings(out).codings
    assert list(codings.settled) == ["market"]
    assert "stand for no others" in codings.why_not


def test_an_export_of_the_page_is_read(news, out):
    sha256 = news.article("market").sha256
    start = TEXTS["market"].index("The square")
    row = {"quote_id": "", "verdict": "missed", "words": "The square is ours,", "kind": "direct"}
    row |= {"spans": [[start, start + 19]], "speaker": "Cora Lind", "stance": "neutral"}
    told = {"format": FORMAT, "article_id": "market", "sha256": sha256, "done": True, "rows": [row]}
    (out / "anna" / "x.json").write_text(json.dumps(told), encoding="utf-8")
    (quote,) = news.with_codings(out).codings.settled["market"]
    assert quote.spans == ((start, start + 19),) and quote.speaker == "Cora Lind"
    (out / "anna" / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.json is not whole JSON"):
        news.with_codings(out)


@pytest.mark.parametrize("tool", ["brat", "doccano", "webanno", "refi"])
def test_exports_of_other_tools_are_read(tool, news, out):
    documents = [Document(name, TEXTS[name], tuple(own(news, name))) for name in TEXTS]
    for name, content in write_documents(tool, documents).items():
        (out / "anna" / name).write_bytes(content)
    codings = news.with_codings(out).codings
    assert codings.settled == {name: own(news, name) for name in sorted(TEXTS)}


def test_a_folder_that_is_not_empty_is_not_written_to(news, out):
    with pytest.raises(FileExistsError, match="codings may be in it"):
        news.sample(out, 3)


@pytest.mark.parametrize("coders", ["a,a", "../x", 0, ""])
def test_names_of_coders_are_plain_words(news, coders, tmp_path):
    with pytest.raises(ValueError, match="coders"):
        news.sample(tmp_path / "new", 3, coders=coders)


def test_no_folder_of_codings(news, tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder of codings"):
        news.with_codings(tmp_path / "nowhere")


def edited(path, change):
    """Change the rows of a filled sheet."""
    rows = filled(path) and read(path)
    change(rows)
    path.write_text(write_csv(rows), encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows.pop(1), "1 rows were taken out"),
        (lambda rows: rows.append(dict(rows[1])), "a quote has two rows"),
        (lambda rows: rows[-1].update(words="nobody had asked"), "1 rows are not decided"),
    ],
)
def test_rows_that_are_gone_doubled_or_undecided_are_told(change, told, news, out):
    edited(sheet_of(out, "anna", "harbour"), change)
    codings = news.with_codings(out).codings
    assert codings.settled == {} and codings.problems.problem.str.contains(told).sum() == 1


def test_a_missed_quote_without_words_is_refused(news, out):
    edited(sheet_of(out, "anna", "harbour"), lambda rows: rows[-1].update(verdict="missed"))
    with pytest.raises(ValueError, match=r"harbour\.csv: a row marked as missed has no words"):
        news.with_codings(out)


@pytest.mark.parametrize(
    ("sep", "encoding", "before"),
    [(";", "utf-8-sig", ""), ("\t", "utf-16", ""), (";", "utf-8", "sep=;\r\n")],
)
def test_sheets_that_a_spreadsheet_saved_are_read(sep, encoding, before, news, out):
    path = sheet_of(out, "anna", "harbour")
    filled(path)
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    text = before + table.assign(mine="my own").to_csv(index=False, sep=sep, lineterminator="\r\n")
    path.write_bytes(text.replace("“", '""').replace("”", '""').encode(encoding))
    (out / "anna" / "~$open.xlsx").write_bytes(b"a lock")
    assert news.with_codings(out).codings.settled == {"harbour": own(news, "harbour")}


def test_all_sheets_in_one_file_and_a_further_page_of_excel(news, out):
    from openpyxl import load_workbook

    paths = sorted((out / "anna").glob("*.csv"))
    tables = [pd.read_csv(p, dtype=str, keep_default_na=False) for p in paths if filled(p)]
    for path in paths[1:]:
        path.unlink()
    pd.concat(tables).to_csv(paths[0], index=False)
    assert set(news.with_codings(out).codings.settled) == set(TEXTS)
    book = load_workbook(next((out / "ben").glob("*market.xlsx")))
    book["coding"].cell(2, len(COLUMNS)).value = True
    book["coding"].cell(3, COLUMNS.index("verdict") + 1).value = "Right"
    book.create_sheet("mine", 0)["A1"] = "notes"
    book.save(next((out / "ben").glob("*market.xlsx")))
    assert ("market", "ben") in news.with_codings(out).codings.coded
    next((out / "ben").glob("*market.xlsx")).write_bytes(b"PK")
    with pytest.raises(ValueError, match=r"market\.xlsx is no whole Excel file"):
        news.with_codings(out)


@pytest.mark.parametrize(
    "change",
    [
        lambda design: design.assign(pi=0.5),
        lambda design: design.iloc[1:],
        lambda design: pd.concat([design, design.iloc[:1]]),
        lambda design: design.assign(drawn=False),
    ],
)
def test_a_design_that_was_changed_is_refused(change, news, out):
    change(pd.read_csv(out / "design.csv")).to_csv(out / "design.csv", index=False, sep=";")
    with pytest.raises(ValueError, match=r"design\.csv was changed"):
        news.with_codings(out)


def test_a_label_of_a_tool_that_is_none_of_ours_is_refused(news, out):
    (document,) = [Document(n, TEXTS[n], tuple(own(news, n))) for n in ("market",)]
    files = write_documents("doccano", [document])
    content = files["doccano.jsonl"].replace(b'"label": "', b'"label": "my ')
    (out / "anna" / "doccano.jsonl").write_bytes(content)
    with pytest.raises(ValueError, match="the label 'my"):
        news.with_codings(out)
