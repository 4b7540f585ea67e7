"""The whole record as lines, and back: for backups that outlive a database's format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, func, insert, literal, select, tuple_

from dateline.adapters.ledger.claims import IS_CLAIM
from dateline.adapters.ledger.database.account_tables import accounts
from dateline.adapters.ledger.database.draft_tables import (
    draft_assignments,
    draft_reviews,
    draft_revisions,
    draft_shares,
    drafts,
)
from dateline.adapters.ledger.database.duplicate_tables import duplicates, folds
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, snapshot_of, writing
from dateline.adapters.ledger.database.event_tables import (
    column_mappings,
    event_links,
    event_proposal_evidence,
    event_proposals,
)
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.named_values import (
    COMPARED,
    COVERAGES_SEEN,
    FIRST_CHANGE,
    KNOWN_SETTINGS,
    MENTIONS_SEEN,
    OPEN_GENERATION,
    UNNUMBERED,
    read_fact,
    write_fact,
)
from dateline.adapters.ledger.database.owners import identify_owners, identify_writers
from dateline.adapters.ledger.database.picture_tables import (
    picture_addresses,
    picture_uses,
    pictures,
    pictures_taken_down,
)
from dateline.adapters.ledger.database.planning_tables import coverages, plan_addresses, plan_mails
from dateline.adapters.ledger.database.source_tables import pulled_sources
from dateline.adapters.ledger.database.story_page_tables import story_notes
from dateline.adapters.ledger.database.tables import (
    EPOCH,
    IN_CLAIMS,
    Instant,
    audit,
    claims,
    editor_tags,
    facts,
    idempotency_keys,
    items,
    payloads,
    revisions,
    source_holders,
    tokens,
)  # fmt: skip
from dateline.adapters.ledger.database.vocabulary_tables import (
    proposal_items,
    proposals,
    suggested_tags,
    term_move_tags,
    term_moves,
)  # fmt: skip
from dateline.errors import Conflict, InvalidInput
from dateline.ports.wakeup import Lane

PAGE: Final = 200
ITEM_TABLES: Final = {"revisions": revisions, "payloads": payloads, "editor_tags": editor_tags}
WHOLE_TABLES: Final = {
    "tokens": tokens,
    "accounts": accounts,
    "facts": facts,
    "source_holders": source_holders,
    "idempotency_keys": idempotency_keys,
    "proposals": proposals,
    "proposal_items": proposal_items,
    "audit": audit,
    "drafts": drafts,
    "draft_revisions": draft_revisions,
    "draft_shares": draft_shares,
    "duplicates": duplicates,
    "folds": folds,
    "event_links": event_links,
    "event_proposals": event_proposals,
    "event_proposal_evidence": event_proposal_evidence,
    "column_mappings": column_mappings,
    "pulled_sources": pulled_sources,
    "draft_reviews": draft_reviews,
    "draft_assignments": draft_assignments,
    "story_notes": story_notes,
    "pictures": pictures,
    "picture_uses": picture_uses,
    "picture_addresses": picture_addresses,
    "pictures_taken_down": pictures_taken_down,
    "coverages": coverages,
    "plan_addresses": plan_addresses,
    "plan_mails": plan_mails,
    "suggested_tags": suggested_tags,
    "term_moves": term_moves,
    "term_move_tags": term_move_tags,
}
NUMBERED: Final = frozenset({"tokens", "audit"})
"""Their numbers are the database's own; restored rows get new ones, in the same order."""

UNLEASED: Final = {"lease_until": None, "worker": "", "lost": 0}
QUEUED: Final = tuple(column for column in claims.columns if column is not claims.c.item_id)
"""In a line they stand with the item's own, as they did when there was one table."""
LONG_AGO: Final = "2000-01-01T00:00:00+00:00"
"""When what readers saw becomes due: before everything else."""


class SqlBackup(SqlPart):
    """``ports.ledger.backup.Backup`` in SQL."""

    def export(self) -> Iterator[Mapping[str, Any]]:
        """Each item with all that is its own, then the other tables row by row: so whoever wrote an item is there.

        A page at a time, and no transaction is open while its reader takes it, however long that lasts: cleaning the
        queue would wait for it. An item is as it was at one moment, with all its revisions up to its newest.
        """
        after = ""
        while page := self._page(after):
            yield from page
            after = page[-1]["item"]["id"]
        for name, table in WHOLE_TABLES.items():
            for row in self._rows(table):
                yield {"table": name, "row": _plain(row)}

    def _page(self, after: str) -> list[dict[str, Any]]:
        with reading(snapshot_of(self._engine)) as connection:
            return list(_items(connection, after))

    def _rows(self, table: Table) -> Iterator[Mapping[Any, Any]]:
        """All rows in order of their key, a page at a time."""
        key = list(table.primary_key.columns)
        page = select(table).order_by(*key).limit(PAGE)
        following = page
        while True:
            with reading(self._engine) as connection:
                rows = connection.execute(following).mappings().all()
            yield from rows
            if len(rows) < PAGE:
                return
            last = [literal(rows[-1][column.name], column.type) for column in key]
            following = page.where(tuple_(*key) > tuple_(*last))

    def restore(self, lines: Iterator[Mapping[str, Any]]) -> int:
        """Every item becomes due, so that the index follows."""
        restored = 0
        with writing(self._engine) as connection:
            if connection.execute(select(func.count()).select_from(items)).scalar_one():
                raise Conflict("the ledger is not empty: restore into a new one")
            for line in lines:
                if "item" in line:
                    restored += 1
                    _restore_item(connection, line)
                elif line.get("table") in WHOLE_TABLES:
                    _restore_row(connection, line["table"], line["row"])
                else:
                    raise InvalidInput(f"line {restored + 1} is no line of an export")
            identify_writers(connection)
            identify_owners(connection)
            _begin_numbers_anew(connection)
        return restored


def _items(connection: Connection, after: str) -> Iterator[dict[str, Any]]:
    own = [column for column in items.columns if column.name not in IN_CLAIMS]
    chosen = select(*own, *QUEUED).join(claims, IS_CLAIM).where(items.c.id > after).order_by(items.c.id).limit(PAGE)
    rows = connection.execute(chosen).mappings().all()
    ids = [row["id"] for row in rows]
    lines: dict[str, dict[str, Any]] = {
        row["id"]: {"item": _plain(row)} | {name: [] for name in ITEM_TABLES} for row in rows
    }
    for name, table in ITEM_TABLES.items():
        for row in connection.execute(select(table).where(in_list(table.c.item_id, ids))).mappings():
            lines[row["item_id"]][name].append(_plain(row))
    yield from lines.values()


def _restore_item(connection: Connection, line: Mapping[str, Any]) -> None:
    item = _due(line["item"])
    _insert(connection, items, [{**item, **IN_CLAIMS}])
    _insert(connection, claims, [{"item_id": item["id"], **{column.name: item[column.name] for column in QUEUED}}])
    for name, table in ITEM_TABLES.items():
        _insert(connection, table, line.get(name, []))


def _restore_row(connection: Connection, table: str, row: Mapping[str, Any]) -> None:
    if table in NUMBERED:
        row = {name: value for name, value in row.items() if name != "id"}
    if table != "facts":
        _insert(connection, WHOLE_TABLES[table], [row])
    elif row["name"] not in (OPEN_GENERATION, UNNUMBERED, KNOWN_SETTINGS, COMPARED, MENTIONS_SEEN, COVERAGES_SEEN):
        write_fact(connection, row["name"], row["value"])


def _begin_numbers_anew(connection: Connection) -> None:
    """Let changes be numbered above all that this record was ever given elsewhere: a microsecond has fewer than one.

    So a follower of the ledger from before is told to begin anew.
    """
    before = int(read_fact(connection, FIRST_CHANGE) or 0)
    write_fact(connection, FIRST_CHANGE, str(max(before + 1, (now(connection) - EPOCH) // timedelta(microseconds=1))))


def _due(item: Mapping[str, Any]) -> Mapping[str, Any]:
    shown = item["published_revision"] is not None or item["kind"] == "term"  # an unlisted term has its page
    claimed = item["lease_until"] is not None  # the worker that was at it marks the other ledger
    # also what waits for an embargo's end or a picture's time: the index that follows has nothing of it yet
    due_at = LONG_AGO if shown or claimed else item["due_at"]
    lane = int(Lane.BULK) if item["lane"] == Lane.SUSPECT else item["lane"]
    return {**item, **UNLEASED, "claim": item["claim"] + 1, "due_at": due_at, "lane": lane}


def _insert(connection: Connection, table: Table, rows: list[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [_typed(table, row) for row in rows])


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    times = {column.name for column in table.columns if isinstance(column.type, Instant)}
    return {name: datetime.fromisoformat(v) if name in times and v else v for name, v in row.items()}
