"""Which media type a file of events has, and what its list is called."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final
from urllib.parse import urlsplit

from dateline.formats.tables.xlsx_sheet import SIGNATURE

CALENDAR: Final = "text/calendar"
CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NINJS: Final = "application/ninjs+json"
NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
TYPES: Final = (CALENDAR, CSV, XLSX, NINJS, *NDJSON)
TABLES: Final = frozenset({CSV, XLSX})
ACCEPT: Final = f"{CALENDAR}, {NINJS}, {CSV};q=0.9, {XLSX};q=0.9, */*;q=0.1"
"""What addresses are asked for."""
_TABLE_NAMES: Final = (".csv", ".tsv", ".txt")


def list_named(name: str) -> str:
    """What a list is called that nobody names: as the host that it is fetched from, or as its file, without the numbers
    by which one month's differs from the next."""
    parts = urlsplit(name)
    if parts.hostname:
        return parts.hostname
    stem = PurePath(name).stem
    return " ".join(re.findall(r"[^\W\d_]+", stem)) or stem


def media_type_of(data: bytes, name: str, said: str = "") -> str:
    """The media type of a file, by its first bytes; where they don't tell, by what is ``said`` of it or how its name,
    or its address, ends."""
    if data.startswith(SIGNATURE):
        return XLSX
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return NINJS
    if b"BEGIN:VCALENDAR" in data[:4_000].upper():
        return CALENDAR
    path = urlsplit(name).path.lower()
    return CSV if said.lower().startswith(CSV) or path.endswith(_TABLE_NAMES) else CALENDAR
