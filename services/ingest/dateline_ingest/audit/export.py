"""The audit on its way out: JSON, CSV and NDJSON, all entries page by page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.audit import Audit, AuditEntry, AuditSearch

COLUMNS: Final = ("id", "at", "who", "writer_id", "what", "subject", "revision", "address", "detail")
PAGE: Final = 500
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes a cell for a formula: what somebody wrote must not be run by who reads it."""


def entry_json(entry: AuditEntry) -> dict[str, Any]:
    """One entry."""
    return {
        "id": str(entry.id), "at": rfc3339(entry.at), "who": entry.who, "writer_id": entry.writer_id,
        "what": entry.action, "subject": entry.subject, "revision": entry.revision, "address": entry.address,
        "detail": entry.detail,
    }  # fmt: skip


def ndjson_lines(audit: Audit, search: AuditSearch) -> Iterator[str]:
    """Every entry that ``search`` means as a line of JSON."""
    for page in pages(audit, search):
        yield "".join(json.dumps(entry_json(entry), ensure_ascii=False) + "\n" for entry in page)


def csv_lines(audit: Audit, search: AuditSearch) -> Iterator[str]:
    """A head line and every entry that ``search`` means, as RFC 4180 has it."""
    yield ",".join(COLUMNS) + "\r\n"
    for page in pages(audit, search):
        lines = io.StringIO()
        csv.writer(lines).writerows([_cell(value) for value in entry_json(entry).values()] for entry in page)
        yield lines.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def pages(audit: Audit, search: AuditSearch) -> Iterator[tuple[AuditEntry, ...]]:
    """The entries that ``search`` means, page by page."""
    cursor: str | None = None
    while True:
        page = audit.audit(search, limit=PAGE, cursor=cursor)
        yield page.items
        if (cursor := page.next) is None:
            return
