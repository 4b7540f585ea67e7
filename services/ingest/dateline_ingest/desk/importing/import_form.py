"""The form of an import: the file, the list that it is of, and what its columns hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.formats.tables.headings import FIELDS
from dateline.formats.tables.sheet import Sheet, text_of_cell
from dateline_ingest.calendars.table_import import ReadTable, TableChoice

LABELS: Final = {"file": "File", "list": "List", "dates": "Dates like 05/12/2027", "columns": "Columns"}
FIELD_WORDS: Final[Mapping[str, str]] = {
    "id": "Its own id", "title": "Title", "start": "Date, or start", "time": "Time", "end": "End",
    "end_time": "End time", "timezone": "Time zone", "place": "Place", "address": "Address",
    "city": "City", "country": "Country",
    "lat": "Latitude", "lon": "Longitude", "category": "Categories", "price": "Price", "currency": "Currency",
    "url": "Website", "online_url": "Online address", "description": "Description", "organizer": "Organiser",
    "contact": "Contact", "status": "Status", "reason": "Reason", "section": "Section", "language": "Language",
    "rrule": "Rule (RRULE)", "image": "Picture’s address",
}  # fmt: skip
DATE_ORDERS: Final = {"": "as the column shows", "dmy": "5 December", "mdy": "May 12th"}
_MOST_IN_SAMPLE: Final = 60
assert set(FIELD_WORDS) == set(FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column on the page: its field's name in the form, its heading, what stands in it, what it holds."""

    name: str
    heading: str
    sample: str
    field: str


def column_lines(table: ReadTable) -> Sequence[ColumnLine]:
    """The columns of a table, in its order."""
    sheet, held = table.sheet, table.mapping.columns
    return [
        ColumnLine(name=f"column_{place}", heading=heading, sample=_sample(sheet, place), field=held.get(heading, ""))
        for place, heading in enumerate(sheet.headings)
    ]


def choice_of(form: Mapping[str, str], sheet: Sheet | None, source: str) -> TableChoice:
    """What the form says of a table; of its columns only where the page showed them."""
    said = {
        heading: form[f"column_{place}"]
        for place, heading in enumerate(sheet.headings if sheet else ())
        if f"column_{place}" in form
    }
    return TableChoice(source=source[:100], columns=said or None, dates=form.get("dates", ""))


def _sample(sheet: Sheet, place: int) -> str:
    cells = (text_of_cell(row.cells[place]) for row in sheet.rows if place < len(row.cells))
    return next((" ".join(cell.split())[:_MOST_IN_SAMPLE] for cell in cells if cell), "")
