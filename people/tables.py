"""A CSV or XLSX file as rows of text, whatever program wrote it. No database; jobs reads its files with it, too."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

MAX_BYTES = 50_000_000
MAX_UNPACKED = 400_000_000
MAX_RATIO = 150  # an honest sheet packs 10 to 30 times
MAX_ENTRIES = 2_000
MAX_CELL = 100_000
MAX_COLUMNS = 200
SEPARATORS = ",;\t|"
OTHER_FORMATS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"{\\rtf", b"<html", b"<!DOC")
HEADER_WITHIN = 5  # a title or an empty line may stand above the header

Row = tuple[int, list[str] | None]  # line in the file (the first is 1); None: the line cannot be read

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Table:
    """The header of a file and a way to walk its rows, as often as one likes, one at a time."""

    header: list[str]
    rows: Callable[[], Iterator[Row]]  # below the header, without empty ones


def open_table(file: BinaryIO, score: Callable[[list[str]], int] = len) -> Table:
    """Find out how `file` (seekable, binary) is written.

    score: how much a row looks like a header; the best of the first five is it, the first of equals.
    Raises ValidationError with a sentence for whoever chose the file.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 50 MB. Divide it, or leave out columns."), "too_large")
    start = file.read(8)
    if start.startswith(b"PK"):
        _guard(file)
        walk = _sheet_rows(file)
    elif start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(_("This is an old Excel file (.xls). Save it as .xlsx or as CSV."), "old_excel")
    elif start.startswith(OTHER_FORMATS):
        raise ValidationError(_("This is neither a CSV nor an XLSX file. Save the list as one of the two."), "no_table")
    else:
        walk = _text_rows(file)
    return _below_header(walk, score, pads=start.startswith(b"PK"))


def _below_header(walk: Callable[[], Iterator[Row]], score: Callable[[list[str]], int], pads: bool) -> Table:
    rows_on_top = list(islice(walk(), HEADER_WITHIN + 1))
    first = [(line, cells) for line, cells in rows_on_top[:HEADER_WITHIN] if cells is not None]
    if not first:
        raise ValidationError(_("The file is empty."), "empty")
    at, header = max(first, key=lambda row: score(row[1]))
    if rows_on_top[-1][0] == at:
        raise ValidationError(_("The file has a header and no rows below it."), "only_header")
    if len(header) > MAX_COLUMNS:
        raise ValidationError(_("The file has more than 200 columns. Leave out those that are not needed."), "columns")
    width = len(header) if pads else 0

    def rows() -> Iterator[Row]:
        for line, cells in walk():
            if line > at:
                yield line, cells and cells + [""] * (width - len(cells))

    return Table([cell.strip()[:120] for cell in header], rows)


def _text_rows(file: BinaryIO) -> Callable[[], Iterator[Row]]:
    encoding = encoding_of(file)
    separator = _separator(file, encoding)

    def walk() -> Iterator[Row]:
        file.seek(0)
        text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
        try:
            yield from _records(text, separator)
        finally:
            text.detach()

    return walk


def _records(text: io.TextIOWrapper, separator: str) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text, delimiter=separator)
    line = 1
    while True:
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell without end: the line is lost, those below may still be good
            cells = None
        if cells is None or any(map(str.strip, cells)):
            yield line, cells
        line = reader.line_num + 1


def encoding_of(file: BinaryIO) -> str:
    """Byte order mark, else UTF-8 where every byte fits it, else what Windows writes in western Europe."""
    file.seek(0)
    start = file.read(4096)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if len(start) > 3 and start[1::2].count(0) > len(start) // 4:
        return "utf-16-le"
    if len(start) > 3 and start[0::2].count(0) > len(start) // 4:
        return "utf-16-be"
    for encoding in ("utf-8", "cp1252"):
        if _decodes(file, encoding):
            return encoding
    return "latin-1"


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    try:
        while text.read(1 << 16):
            pass
    except UnicodeDecodeError:
        return False
    finally:
        text.detach()
    return True


def _separator(file: BinaryIO, encoding: str) -> str:
    """Whatever divides the first lines most often, quoted cells left out."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        start = re.sub(r'"[^"]*"', "", text.read(20_000))
    finally:
        text.detach()
    lines = [line for line in start.splitlines() if line.strip()][:HEADER_WITHIN]
    return max(SEPARATORS, key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _guard(file: BinaryIO) -> None:
    """Refuse what unpacks to far more than it is, before anything is unpacked."""
    refused = ValidationError(_("The file cannot be read as a spreadsheet. Save it as .xlsx or CSV again."), "no_sheet")
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = sum(part.compress_size for part in parts) or 1
            bomb = unpacked > MAX_UNPACKED or (unpacked > 5_000_000 and unpacked / packed > MAX_RATIO)
            if bomb or len(parts) > MAX_ENTRIES:
                raise ValidationError(
                    _("The file unpacks to far more than a list of people, so it was not opened."), "bomb"
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as content:
                        if b"<!DOCTYPE" in content.read(2048):
                            raise refused
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise refused from error


def _sheet_rows(file: BinaryIO) -> Callable[[], Iterator[Row]]:
    def walk() -> Iterator[Row]:
        file.seek(0)
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = book.worksheets
            sheet = next((one for one in sheets if one.sheet_state == "visible"), sheets[0])
            sheet.reset_dimensions()  # what a file claims about its size need not be true
            for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                cells = [_plain(value) for value in values[: MAX_COLUMNS + 1]]
                while cells and not cells[-1]:
                    cells.pop()  # a sheet does not keep empty cells at the end of a row
                if cells:
                    yield line, cells
        except Exception as error:  # the library raises whatever the broken XML inside leads it to
            raise ValidationError(
                _("The file cannot be read as a spreadsheet. Save it as .xlsx or CSV again."), "no_sheet"
            ) from error

    return walk


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()[: MAX_CELL + 1]


def day_of(text: str, day_first: bool | None = None) -> date | None:
    """2026-03-31, 31.03.2026, or with slashes as `day_first` says. None: not a date, or not one of this calendar."""
    if match := ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := DOTTED.fullmatch(text):
        day, month, year = match.groups()
    elif (match := SLASHED.fullmatch(text)) and day_first is not None:
        day, month, year = match.groups() if day_first else (match[2], match[1], match[3])
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def slash_evidence(text: str) -> str:
    """What a cell says about dates with slashes: "day" or "month" stands first, "either", or "" for no such date."""
    match = SLASHED.fullmatch(text)
    if not match:
        return ""
    first, second = int(match[1]), int(match[2])
    return "day" if first > 12 >= second else "month" if second > 12 >= first else "either"
