"""Tables read into events: what their columns stand for is said, remembered, or known by what they are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dateline.domain.recurrence.effort import bounded_effort
from dateline.errors import TooMuch
from dateline.formats.tables.headings import check_mapping, mapping_of, read_mapping
from dateline.formats.tables.reader import read_rows
from dateline.formats.tables.sheet import Sheet, folded
from dateline.ports.ledger.column_mappings import ColumnMapping, ColumnMappings
from dateline_ingest.calendars.event_import import EventImport, Imported
from dateline_ingest.calendars.import_settings import ImportSettings

_TOO_LONG: Final = TooMuch("This table takes too long to read: send it in parts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """What is said of a table: ``source`` is the name of the list that it is of, ``columns`` the field of each heading
    that is told, ``dates`` what 05/12/2017 means; all of it may be empty."""

    source: str = ""
    columns: Mapping[str, str] | None = None
    dates: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is something to remember."""
        return bool(self.columns or self.dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """A table, and what its columns stand for."""

    sheet: Sheet
    mapping: ColumnMapping
    choice: TableChoice

    @property
    def list_name(self) -> str:
        """The name of its list as it is compared."""
        return folded(self.choice.source)


def open_table(sheet: Sheet, choice: TableChoice, mappings: ColumnMappings) -> ReadTable:
    """Find out what the columns of a table stand for. Raises ``InvalidInput``."""
    said = read_mapping(choice.columns or {}, choice.dates, sheet)
    remembered = mappings.column_mapping(folded(choice.source), sheet.key)
    return ReadTable(sheet=sheet, mapping=mapping_of(sheet, said, remembered), choice=choice)


def import_table(table: ReadTable, importing: EventImport, settings: ImportSettings) -> Sequence[Imported]:
    """Put the rows of a table on record. Raises ``InvalidInput`` where no column holds the title, or the date."""
    check_mapping(table.mapping)
    with bounded_effort(settings.seconds, _TOO_LONG):
        events = read_rows(table.sheet, table.mapping, settings.zone, source=table.choice.source)
    return importing.take(events)
