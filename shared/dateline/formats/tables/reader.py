"""A table read into events, row by row: one that can't be read harms no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence.effort import check_effort
from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.formats.ics import IcsEvent
from dateline.formats.tables.csv_sheet import csv_rows
from dateline.formats.tables.dates import order_shown
from dateline.formats.tables.headings import KNOWN
from dateline.formats.tables.row_event import WrongCell, event_body
from dateline.formats.tables.sheet import Cell, Sheet, SheetRow, folded, sheet_of, text_of_cell
from dateline.formats.tables.xlsx_sheet import SIGNATURE, xlsx_rows
from dateline.ports.ledger.column_mappings import ColumnMapping, DateOrder
from dateline.schemas.event import EventSchema
from dateline.schemas.pointers import load, reference_token

_SCHEMA: Final = EventSchema()
_FIELD_OF: Final = {
    "description_text": "description", "categories": "category", "images": "image", "location": "place",
    "external_id": "id",
}  # fmt: skip
"""The field of a table that a field of the schema is read from, where it has another name."""


def read_sheet(data: bytes, charset: str = "") -> Sheet:
    """The table in a file: a workbook of Excel by its first bytes, else CSV. Raises ``InvalidInput``."""
    rows = xlsx_rows(data) if data.startswith(SIGNATURE) else csv_rows(data, charset)
    return sheet_of(rows, KNOWN)


def read_rows(sheet: Sheet, mapping: ColumnMapping, zone: ZoneInfo, *, source: str = "") -> list[IcsEvent]:
    """The events of a table's rows, in their order. ``zone``, the newsroom's, is that of times without one.

    A row is known by its own id within ``source``, the name of the list; one without by its title, start and place.
    Of rows that are the same event the first counts. Raises what ``check_effort`` does.
    """
    orders: dict[str, DateOrder] = {
        field: mapping.dates or order_shown(row.cells[place] for row in sheet.rows if place < len(row.cells))
        for place, field in _fields(sheet, mapping)
        if field in ("start", "end")
    }
    order: DateOrder = orders.get("start") or orders.get("end") or ""
    columns = {field: sheet.headings[place] for place, field in _fields(sheet, mapping)}
    found: list[IcsEvent] = []
    taken: dict[str, int] = {}
    for row in sheet.rows:
        check_effort()
        cells = _cells(row, sheet, mapping)
        read = _RowReader(row.number, columns, source).read(cells, lambda: event_body(cells, order, zone))  # noqa: B023
        if read.event is not None and (first := taken.setdefault(read.uid, row.number)) != row.number:
            said = FieldError(f"/{row.number}", f"Row {row.number} is the same event as row {first}, which counts.")
            own_id = bool(text_of_cell(cells.get("id")))
            twice = replace(read, event=None)
            read = replace(twice, errors=(said,)) if own_id else replace(twice, notes=(said,), message=True)
        found.append(read)
    return found


class _RowReader:
    """Reads a row, and says of what is wrong in which row and column it stands."""

    def __init__(self, number: int, columns: Mapping[str, str], source: str) -> None:
        self._number = number
        self._columns = columns
        self._source = source

    def read(self, cells: Mapping[str, Cell], body_of: Any) -> IcsEvent:
        """The event of a row, or why there is none."""
        own_id = text_of_cell(cells.get("id"))
        try:
            body = body_of()
            uid = uid_of_row(own_id, self._source, body)
            return IcsEvent(uid=uid, event=Event(**load(_SCHEMA, {**body, "external_id": uid})))
        except WrongCell as error:
            errors: tuple[FieldError, ...] = (self._at(error.field, str(error)),)
        except InvalidInput as error:
            errors = tuple(self._at(one.pointer.split("/")[1], one.detail) for one in error.errors)
        return IcsEvent(uid=uid_of_row(own_id, self._source, {}) if own_id else "", errors=errors)

    def _at(self, field: str, detail: str) -> FieldError:
        known = _FIELD_OF.get(field, field)
        column = self._columns.get(known, "")
        if not column:
            return FieldError(f"/{self._number}", f"Row {self._number}: {known}: {detail}")
        return FieldError(
            f"/{self._number}/{reference_token(column)}", f"Row {self._number}, column “{column}”: {detail}"
        )


def uid_of_row(own_id: str, source: str, body: Mapping[str, Any]) -> str:
    """The name under which a row's event is kept."""
    parts = ("id", folded(source), own_id)
    if not own_id:
        place = body.get("location", {}).get("name", "")
        parts = ("row", folded(body.get("title", "")), f"{body['start']} {folded(place)}")
    return f"{sha256(chr(10).join(parts).encode('utf-8', 'replace')).hexdigest()[:32]}@table"


def _fields(sheet: Sheet, mapping: ColumnMapping) -> list[tuple[int, str]]:
    """The columns that say something, by their place."""
    named = [(place, mapping.columns.get(heading, "")) for place, heading in enumerate(sheet.headings)]
    return [(place, field) for place, field in named if field]


def _cells(row: SheetRow, sheet: Sheet, mapping: ColumnMapping) -> dict[str, Cell]:
    cells = {field: row.cells[place] for place, field in _fields(sheet, mapping) if place < len(row.cells)}
    return {field: drop_control_characters(cell) if isinstance(cell, str) else cell for field, cell in cells.items()}
