"""A file of events, whatever its format: which it is, and what its import does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dateline.formats.tables.reader import read_sheet
from dateline.ports.ledger.column_mappings import ColumnMappings
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.tokens import Token
from dateline_ingest.calendars.calendar_import import import_calendar
from dateline_ingest.calendars.event_import import EventImport, Imported, results_json
from dateline_ingest.calendars.file_types import NDJSON, NINJS, TABLES
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.calendars.ninjs_import import import_ninjs
from dateline_ingest.calendars.table_import import ReadTable, TableChoice, import_table, open_table


class ImportLedger(Items, ColumnMappings, Protocol):
    """What of the ledger is needed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """What came: its bytes, their media type, the charset that is said of them, and what is said of a table; ``table``
    is that, where it was opened already."""

    data: bytes
    media_type: str
    charset: str = ""
    choice: TableChoice = field(default_factory=TableChoice)
    table: ReadTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of a file's events; ``table`` is what it was, where it was one."""

    done: Sequence[Imported]
    table: ReadTable | None = None

    def json(self, *, dry_run: bool) -> dict[str, Any]:
        """As the API answers it."""
        columns = self.table.mapping.columns.items() if self.table else ()
        told = [{"column": column, "field": meant} for column, meant in columns]
        return {"dry_run": dry_run, **results_json(self.done), **({"columns": told} if self.table else {})}


def import_file(
    file: EventFile, importing: EventImport, ledger: ImportLedger, settings: ImportSettings
) -> ImportedFile:
    """Put the events of a file on record, each by itself. Raises ``InvalidInput`` for what can't be read as a whole."""
    if file.media_type in TABLES:
        table = file.table or open_table(read_sheet(file.data, file.charset), file.choice, ledger)
        return ImportedFile(done=import_table(table, importing, settings), table=table)
    if file.media_type == NINJS or file.media_type in NDJSON:
        return ImportedFile(done=import_ninjs(file.data, importing, ledger, settings))
    return ImportedFile(done=import_calendar(file.data, importing, ledger, settings, charset=file.charset))


def remember_columns(imported: ImportedFile, ledger: ColumnMappings, by: Token) -> None:
    """Keep what was said of a table's columns for the next one."""
    table = imported.table
    if table is not None and table.choice.says_something:
        ledger.keep_column_mapping(table.list_name, table.sheet.key, table.mapping, by)
