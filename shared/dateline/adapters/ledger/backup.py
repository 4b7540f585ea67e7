"""The whole record as lines, and back: for backups that outlive a database's format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, func, insert, select

from dateline.adapters.ledger.database.engine import reading
from dateline.adapters.ledger.database.in_list import among
from dateline.adapters.ledger.database.tables import (
    audit,
    editor_tags,
    facts,
    items,
    payloads,
    proposal_items,
    proposals,
    revisions,
    tokens,
)  # fmt: skip
from dateline.adapters.ledger.vocabulary.proposals import GENERATION, keep_fact
from dateline.errors import Conflict, InvalidInput

PAGE: Final = 200
OF_ITEM: Final = {"revisions": revisions, "payloads": payloads, "editor_tags": editor_tags}
WHOLE: Final = {
    "tokens": tokens,
    "facts": facts,
    "proposals": proposals,
    "proposal_items": proposal_items,
    "audit": audit,
}
NUMBERED: Final = frozenset({"tokens", "audit"})
"""Their numbers are the database's own; restored rows get new ones, in the same order."""

TRANSIENT: Final = {"claim": None, "lease_until": None, "worker": "", "lost": 0}


def export(engine: Engine) -> Iterator[Mapping[str, Any]]:
    """Every row of the record as JSON-ready dicts: the small tables, then each item with all that is its own."""
    for name, table in WHOLE.items():
        with reading(engine) as connection:
            rows = connection.execute(select(table)).mappings().all()
        yield from ({"table": name, "row": _plain(row)} for row in rows)
    after = ""
    while True:
        with reading(engine) as connection:
            page = list(_items(connection, after))
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]["item"]["id"]


def _items(connection: Connection, after: str) -> Iterator[dict[str, Any]]:
    rows = connection.execute(select(items).where(items.c.id > after).order_by(items.c.id).limit(PAGE)).mappings().all()
    ids = [row["id"] for row in rows]
    lines: dict[str, dict[str, Any]] = {
        row["id"]: {"item": _plain(row)} | {name: [] for name in OF_ITEM} for row in rows
    }
    for name, table in OF_ITEM.items():
        for row in connection.execute(select(table).where(among(table.c.item_id, ids))).mappings():
            lines[row["item_id"]][name].append(_plain(row))
    yield from lines.values()


def restore(connection: Connection, lines: Iterator[Mapping[str, Any]]) -> int:
    """Read what ``export`` wrote into an empty ledger; every item becomes due, so that the index follows."""
    if connection.execute(select(func.count()).select_from(items)).scalar_one():
        raise Conflict("the ledger is not empty: restore into a new one")
    restored = 0
    for line in lines:
        if "item" in line:
            restored += 1
            _insert(connection, items, [_due(line["item"])])
            for name, table in OF_ITEM.items():
                _insert(connection, table, line.get(name, []))
        elif line.get("table") in WHOLE:
            numbered = line["table"] in NUMBERED
            row = {name: value for name, value in line["row"].items() if not (numbered and name == "id")}
            if line["table"] != "facts":
                _insert(connection, WHOLE[line["table"]], [row])
            elif row["name"] != GENERATION:
                keep_fact(connection, row["name"], row["value"])
        else:
            raise InvalidInput(f"line {restored + 1} is no line of an export")
    return restored


def _due(item: Mapping[str, Any]) -> Mapping[str, Any]:
    published = item["published_revision"] is not None
    first_seen = item["due_at"] or (
        datetime.fromisoformat("2000-01-01T00:00:00+00:00").isoformat() if published else None
    )
    return {**item, **TRANSIENT, "claim": item["claim"] + 1, "due_at": first_seen}


def _insert(connection: Connection, table: Table, rows: list[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [_typed(table, row) for row in rows])


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    times = {column.name for column in table.columns if type(column.type).__name__ == "Instant"}
    return {name: datetime.fromisoformat(v) if name in times and v else v for name, v in row.items()}
