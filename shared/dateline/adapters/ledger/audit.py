"""The audit: adding to it what isn't a write, and reading it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Tuple, literal, or_, select, tuple_

from dateline.adapters.ledger.database.audit import nobody_known, record_audit
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, reading, writing
from dateline.adapters.ledger.database.engine import now as database_now
from dateline.adapters.ledger.database.named_values import KNOWN_SETTINGS, read_fact, write_fact
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
        chosen = _chosen(search)
        if cursor is not None:
            chosen = chosen.where(tuple_(audit.c.at, audit.c.id) < _place_of(cursor))
        newest_first = chosen.order_by(audit.c.at.desc(), audit.c.id.desc()).limit(limit + 1)
        with reading(self._engine) as connection:
            rows = connection.execute(newest_first).all()
        following = _cursor_at(rows[limit - 1]) if len(rows) > limit else None
        return AuditPage(items=tuple(map(_entry_of, rows[:limit])), next=following)


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


def _cursor_at(row: Row[Any]) -> str:
    return f"{row.at.isoformat()} {row.id}"


def _place_of(cursor: str) -> Tuple:
    try:
        at, number = cursor.split(" ")
        place = datetime.fromisoformat(at).astimezone(UTC), int(number)
        if not 0 <= place[1] < 2**63:
            raise ValueError
    except (ValueError, OverflowError):
        raise InvalidInput("this cursor is none of the audit's") from None
    return tuple_(literal(place[0], audit.c.at.type), literal(place[1]))


def _entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(
        id=row.id, at=row.at, who=row.by, writer_id=row.writer_id or "", action=row.action, subject=row.item_id,
        revision=row.revision, address=row.address or "", detail=row.detail,
    )  # fmt: skip
