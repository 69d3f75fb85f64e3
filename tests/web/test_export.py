import csv
import io
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from web.export import csv_response, safe, xlsx_response

ROWS = [
    ["=1+1", "+49 30", "-5", "-5.25", -5, Decimal("-0.50"), "@x", "\tx", "\rx", "a=b", "", None, date(2026, 2, 28)],
]
SAFE = ["'=1+1", "'+49 30", "-5", "-5.25", "-5", "-0.50", "'@x", "'\tx", "'\rx", "a=b", "", "", "2026-02-28"]


def read(response):
    body = b"".join(response.streaming_content)
    close(response)
    return body


def close(response):
    """Its files only: close() itself would end a request that never was."""
    for closer in response._resource_closers:
        closer()


def test_csv_cells_never_begin_a_formula():
    text = read(csv_response("a.csv", ["one"] * 13, ROWS)).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text, newline="")))[1] == SAFE


def test_xlsx_cells_never_are_a_formula():
    response = xlsx_response("a.xlsx", ["=head()"] * 13, [*ROWS], sheet="a/b:c")
    sheet = load_workbook(io.BytesIO(read(response))).active

    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "inlineStr", "n", "d"}
    assert sheet["A2"].value == "'=1+1"
    assert sheet["E2"].value == -5


def test_xlsx_takes_what_excel_has_no_word_for():
    moment = datetime(2026, 3, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    sheet = load_workbook(io.BytesIO(read(xlsx_response("a.xlsx", ["a", "b"], [["\x0bx\x00", moment]])))).active

    assert [cell.value for cell in sheet[2]] == ["x", moment.replace(tzinfo=None)]


@given(st.text())
def test_safe_text_never_begins_a_formula(text):
    cell = safe(text)

    assert not cell.startswith(("=", "@", "\t", "\r"))
    assert not cell.startswith(("+", "-")) or cell[1:].replace(",", ".").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("make", [csv_response, xlsx_response])
def test_name_of_the_file_cannot_break_the_header(make):
    response = make('a"\r\nSet-Cookie: x', ["a"], [])
    close(response)
    header = response.headers["Content-Disposition"]

    assert "\n" not in header
    assert "\r" not in header
