"""Sheets: what is written comes back, no cell is a formula, what is odd is named."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.design import save
from sayso.coding.items import item
from sayso.coding.sheet import COLUMNS, read, read_csv, rows, write_csv, write_xlsx
from sayso.report.pages.files import write_table
from sayso.show.table import Table
from sayso.text.printed import armed, disarmed

TEXT = "=1+1, said Ana Voss; “-2” came from Ben.\nThe dam 😀 “holds”, she said."


def sheet():
    one = item(TEXT, [(0, 4)], "indirect", "@Ana", "neutral")
    two = item(TEXT, [(TEXT.index("holds"), TEXT.index("holds") + 5)], "direct", "Ana Voss")
    return rows("a", TEXT, "f00", [("a-q0", one), ("a-q1", two)])


@given(st.text())
def test_no_cell_is_a_formula_and_all_come_back(cell):
    assert disarmed(cell)[:1] not in tuple("=+-@\t\r")
    assert armed(disarmed(cell)) == cell


@pytest.mark.parametrize("odd", ["a\rb", "a\r\nb", "a\n=1", "a\r=1+1", 'a",b', " a\tb"])
def test_no_cell_ends_its_line_wherever_csv_is_written(odd, tmp_path):
    (tmp_path / "a.csv").write_text(write_csv([dict.fromkeys(COLUMNS, odd)]), "utf-8", newline="")
    design = pd.DataFrame({"stratum": [odd]})
    write_table(Table("", ["odd"], [False], [], [[odd]], 1, 1, 80), tmp_path / "c")
    for path in (tmp_path / "a.csv", save(design, tmp_path), tmp_path / "c.csv"):
        head, row = read_csv(path)
        assert len(row) == len(head) and {odd} == set(row)


def test_a_csv_comes_back(tmp_path):
    (tmp_path / "a.csv").write_text(write_csv(sheet()), encoding="utf-8", newline="")
    assert read(tmp_path / "a.csv") == sheet()
    assert "'=1+1" in write_csv(sheet()) and "'@Ana" in write_csv(sheet())


def test_an_excel_file_comes_back_and_has_drop_downs(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    write_xlsx(sheet(), tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx") == sheet()
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    lists = {one.formula1 for one in page.data_validations.dataValidation}
    assert '"right,wrong,changed,missed"' in lists
    formulas = [c for row in page.iter_rows() for c in row if c.data_type == "f"]
    assert formulas == []


@pytest.mark.parametrize("mark", [";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_what_a_spreadsheet_does_to_a_csv_is_read(mark, encoding, tmp_path):
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[::-1], delimiter=mark, lineterminator="\r\n")
    writer.writeheader()
    kept = [{name: cell.replace("😀", "") for name, cell in row.items()} for row in sheet()]
    writer.writerows(kept)
    (tmp_path / "a.csv").write_bytes(out.getvalue().encode(encoding))
    assert read(tmp_path / "a.csv") == kept


def test_another_table_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.csv is no coding sheet"):
        read(tmp_path / "a.csv")


def test_a_verdict_that_there_is_not_is_named_with_its_row(tmp_path):
    made = sheet()
    made[1]["verdict"] = "perhaps"
    (tmp_path / "a.csv").write_text(write_csv(made), encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.csv, row 3, column 'verdict': 'perhaps'"):
        read(tmp_path / "a.csv")
