"""A file of events, whatever its format: which it is, and what its import does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.ports.ledger.items import Items
from dateline_ingest.calendars.calendar_import import ImportSettings, import_calendar
from dateline_ingest.calendars.event_import import EventImport, Imported

CALENDAR: Final = "text/calendar"
ACCEPT: Final = "text/calendar, */*;q=0.1"
"""What addresses are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """What came: its bytes, their media type, and the charset that is said of them."""

    data: bytes
    media_type: str
    charset: str = ""


def import_file(file: EventFile, importing: EventImport, ledger: Items, settings: ImportSettings) -> Sequence[Imported]:
    """Put the events of a file on record, each by itself. Raises ``InvalidInput`` for what can't be read as a whole."""
    return import_calendar(file.data, importing, ledger, settings, charset=file.charset)


def media_type_of(name: str, said: str = "") -> str:
    """The media type of a file or an address, by what is ``said`` of it, else by how its name ends."""
    return said if said.startswith(CALENDAR) else CALENDAR
