"""A workbook of Excel (Office Open XML, ISO/IEC 29500), read by openpyxl: its first sheet that holds something.

Nothing in it is worked out, looked up or run: of a formula the value counts that was saved with it, links to other
files stay unread, and openpyxl knows no macros. defusedxml refuses entities. What would unpack to much isn't unpacked.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from lzma import LZMAError
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from dateline.errors import InvalidInput, TooMuch
from dateline.formats.tables.sheet import MOST_COLUMNS, MOST_ROWS, Cell

SIGNATURE: Final = b"PK\x03\x04"
MOST_UNPACKED: Final = 20_000_000
"""Bytes of all parts together, as the archive's directory says; no part is unpacked beyond what that says of it."""
MOST_MARKS: Final = 250_000
"""Tags of all parts together, each of which costs openpyxl what a thousand letters do: 60,000 cells have as many."""
MOST_OTHER_MARKS: Final = 20_000
"""Of them, those outside of sheets and their texts: styles cost ten times as much."""
_CELLS: Final = ("xl/worksheets/", "xl/sharedStrings")
_MOST_PARTS: Final = 1_000
_CHUNK: Final = 65_536
_MOST_SHEETS: Final = 20
_UNREADABLE: Final = (
    BadZipFile, zlib.error, LZMAError, ParseError, LookupError, ValueError, TypeError, AttributeError, OSError,
    EOFError, NotImplementedError, RuntimeError, OverflowError, AssertionError,
)  # fmt: skip
"""What openpyxl and zipfile are known to raise on what is no workbook, or a damaged one."""


def xlsx_rows(data: bytes) -> list[Sequence[Cell]]:
    """The rows of a workbook. Raises ``InvalidInput``, and ``TooMuch`` for one that is too large."""
    _check_size(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_rows(data))
    except _UNREADABLE as error:
        raise InvalidInput(f"This workbook can't be read: {_said(error)}.") from error


def _check_size(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TooMuch(f"This workbook unpacks to more than {MOST_UNPACKED // 1_000_000} MB.")
            marks = {part.filename: _marks(archive, part) for part in parts}
            others = sum(count for name, count in marks.items() if not name.startswith(_CELLS))
            if sum(marks.values()) > MOST_MARKS or others > MOST_OTHER_MARKS:
                raise TooMuch("This workbook has more cells than are read: send it in parts.")
    except _UNREADABLE as error:
        raise InvalidInput("This is no workbook of Excel (.xlsx).") from error


def _marks(archive: ZipFile, part: ZipInfo) -> int:
    """How many tags a part begins."""
    with archive.open(part) as file:
        return sum(chunk.count(b"<") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _rows(data: bytes) -> Iterator[Sequence[Cell]]:
    """openpyxl is loaded with the first workbook that comes."""
    from openpyxl import load_workbook

    book: Any = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:_MOST_SHEETS]:
            sheet.reset_dimensions()
            if any(cell is not None for row in _cells(sheet) for cell in row):
                yield from _cells(sheet)
                return
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[Sequence[Cell]]:
    """A cell more than is taken, and rows in between that only have a format."""
    yield from sheet.iter_rows(max_row=4 * MOST_ROWS, max_col=MOST_COLUMNS + 1, values_only=True)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}".rstrip(". ")
