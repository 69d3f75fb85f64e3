"""Tables out: CSV and XLSX, streamed, and safe to open: no cell is a formula, whatever somebody typed into it."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook

Cell = str | int | Decimal | bool | date | datetime | None
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no word for them


def safe(value: Cell) -> Cell:
    """`value` as a cell that is only ever text: what would run gets an apostrophe before it; numbers stay numbers."""
    if not isinstance(value, str) or (value.isprintable() and not value.startswith(RUNS)):
        return value  # nearly all of them: the rest of this is four times dearer
    text = UNSEEN.sub("", value)
    return f"'{text}" if text.startswith(RUNS) and not NUMBER.fullmatch(text) else text


def attachment(name: str) -> dict[str, str]:
    """Headers of a download called `name`."""
    return {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([safe(str(word)) for word in header])  # else Excel reads Latin-1
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


def csv_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """One line a row as they come; memory does not grow with them. Give `rows` as `queryset.iterator()`.

    name: of the file, with its ending. header: words, translated ones too.
    """
    lines = _lines(header, rows)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=attachment(name))


def xlsx_response(name: str, header: Sequence[Any], rows: Iterable[Sequence[Any]], sheet: str = "") -> FileResponse:
    """The same as a workbook of one sheet, written to a temporary file row by row."""
    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet)[:31] or None)
    page.append([safe(str(word)) for word in header])
    for row in rows:
        page.append([_for_excel(safe(value)) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    book.save(file)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(file, content_type=kind, headers=attachment(name))


def _for_excel(value: Cell) -> Cell:
    """A workbook knows no time zones."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
