"""What the columns of tables stand for, in SQL."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Row, case, select

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.event_tables import column_mappings
from dateline.ports.ledger.column_mappings import ColumnMapping
from dateline.ports.ledger.tokens import Token


class SqlColumnMappings(SqlPart):
    """``ports.ledger.column_mappings.ColumnMappings`` in SQL."""

    def column_mapping(self, source: str, headings: str) -> ColumnMapping | None:
        own_first = case((column_mappings.c.source == source, 0), else_=1)
        alike = select(column_mappings).where(column_mappings.c.headings == headings)
        chosen = alike.order_by(own_first, column_mappings.c.kept_at.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(chosen).first()
        return _mapping(row) if row else None

    def keep_column_mapping(self, source: str, headings: str, mapping: ColumnMapping, by: Token) -> None:
        with writing(self._engine) as connection:
            key = column_mappings.c.source == source, column_mappings.c.headings == headings
            before = connection.execute(select(column_mappings).where(*key)).first()
            if before is not None and _mapping(before) == mapping:
                return
            at = now(connection)
            values = {"columns": orjson.dumps(dict(mapping.columns)).decode(), "dates": mapping.dates, "kept_at": at}
            added = upsert(connection)(column_mappings).values(source=source, headings=headings, **values)
            connection.execute(added.on_conflict_do_update(index_elements=["source", "headings"], set_=values))
            record_audit(connection, at, by, "columns-keep", subject=f"columns:{source}", detail=headings)


def _mapping(row: Row[Any]) -> ColumnMapping:
    return ColumnMapping(columns=orjson.loads(row.columns), dates=row.dates)
