"""The audit: adding to it what isn't a write, and reading it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from dateline.adapters.ledger.database.audit import nobody_known, record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, reading, writing
from dateline.adapters.ledger.database.engine import now as database_now
from dateline.adapters.ledger.database.named_values import KNOWN_SETTINGS, read_fact, write_fact
from dateline.adapters.ledger.database.pages import page_by_time, read_cursor
from dateline.adapters.ledger.database.tables import audit
from dateline.errors import InvalidInput
from dateline.ports.ledger.audit import AuditEntry, AuditPage, AuditSearch
from dateline.ports.ledger.tokens import Token


class SqlAudit(SqlPart):
    """``ports.ledger.audit.Audit`` in SQL."""

    def record(
        self, action: str, *, by: Token | None = None, subject: str = "", address: str = "", detail: str = ""
    ) -> None:
        with writing(self._engine) as connection:
            at = database_now(connection)
            who = by or nobody_known(at)
            who = replace(who, address=address or who.address)
            record_audit(connection, at, who, action, subject=subject, detail=detail)

    def known_settings(self) -> Mapping[str, str]:
        with reading(self._engine) as connection:
            return _known_settings(connection)

    def note_settings(self, now: Mapping[str, str], before: Mapping[str, str], changes: Mapping[str, str]) -> None:
        with writing(self._engine) as connection:
            advisory_lock(connection, KNOWN_SETTINGS)
            if _known_settings(connection) != before:
                return
            write_fact(connection, KNOWN_SETTINGS, json.dumps(dict(now), sort_keys=True))
            at = database_now(connection)
            for name, detail in sorted(changes.items()):
                record_audit(connection, at, None, "setting", subject=f"setting:{name}", detail=detail)

    def audit(self, search: AuditSearch, *, limit: int = 100, cursor: str | None = None) -> AuditPage:
        after = None if cursor is None else _place_of(cursor)
        with reading(self._engine) as connection:
            rows, following = page_by_time(connection, _chosen(search), (audit.c.at, audit.c.id), limit, after)
        return AuditPage(items=tuple(map(_entry_of, rows)), next=following)


def _known_settings(connection: Connection) -> dict[str, str]:
    known: dict[str, str] = json.loads(read_fact(connection, KNOWN_SETTINGS) or "{}")
    return known


def _chosen(search: AuditSearch) -> Select[Any]:
    chosen = select(audit)
    if search.who:
        chosen = chosen.where(or_(audit.c.by == search.who, audit.c.writer_id == search.who))
    if search.what:
        chosen = chosen.where(or_(audit.c.action == search.what, audit.c.item_id == search.what))
    if search.start:
        chosen = chosen.where(audit.c.at >= search.start)
    if search.end:
        chosen = chosen.where(audit.c.at < search.end)
    return chosen


def _place_of(cursor: str) -> tuple[datetime, int]:
    try:
        at, number = read_cursor(cursor)
        if " " in number or not 0 <= int(number) < 2**63:
            raise ValueError
    except ValueError:
        raise InvalidInput("this cursor is none of the audit's") from None
    return at, int(number)


def _entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        id=row.id, at=row.at, who=row.by, writer_id=row.writer_id or "", action=row.action, subject=row.item_id,
        revision=row.revision, address=row.address or "", detail=row.detail,
    )  # fmt: skip
