"""The plan in SQL: who covers what until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, insert, literal, or_, select, tuple_, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.owners import live_writers
from dateline.adapters.ledger.database.planning_tables import coverages
from dateline.adapters.ledger.database.tables import items
from dateline.domain.coverage import OPEN_STATES, Coverage
from dateline.domain.document import Kind
from dateline.errors import FieldError, InvalidInput, NotFound, StaleRevision
from dateline.ports.ledger.coverages import MOST_LISTED, CoverageDetails, CoveragePage, CoverageSearch
from dateline.ports.ledger.tokens import Token


class SqlCoverages(SqlPart):
    """``ports.ledger.coverages.Coverages`` in SQL."""

    def add_coverage(self, details: CoverageDetails, by: Token) -> Coverage:
        with writing(self._engine) as connection:
            at, coverage_id = now(connection), new_id()
            said = _values(connection, at, details, None)
            made = {"id": coverage_id, "revision": 1, "by": by.name, "made_at": at, "changed_at": at, "counts_from": at}
            connection.execute(insert(coverages).values(**said, **made))
            record_audit(connection, at, by, "coverage-add", subject=coverage_id, revision=1, detail=details.title)
            return coverage_of(_row(connection, coverage_id))

    def coverage(self, coverage_id: str) -> Coverage:
        with reading(self._engine) as connection:
            return coverage_of(_row(connection, coverage_id))

    def coverages(self, search: CoverageSearch, *, limit: int = MOST_LISTED, cursor: str | None = None) -> CoveragePage:
        chosen = _searched(search).order_by(coverages.c.day, coverages.c.id).limit(limit + 1)
        if cursor:
            day, last = _place_of(cursor)
            chosen = chosen.where(tuple_(coverages.c.day, coverages.c.id) > tuple_(literal(day), literal(last)))
        with reading(self._engine) as connection:
            found = [coverage_of(row) for row in connection.execute(chosen)]
        more = len(found) > limit
        following = f"{found[limit - 1].day.isoformat()} {found[limit - 1].id}" if more else None
        return CoveragePage(items=tuple(found[:limit]), next=following)

    def change_coverage(self, coverage_id: str, details: CoverageDetails, by: Token, *, if_match: int) -> Coverage:
        with writing(self._engine) as connection:
            at, before = now(connection), coverage_of(_row(connection, coverage_id, lock=True))
            _check_revision(before, if_match)
            said = _values(connection, at, details, before)
            if all(getattr(before, name) == _said(name, value) for name, value in said.items()):
                return before
            opened = not before.is_open and said["state"] in OPEN_STATES
            changed = {"revision": before.revision + 1, "by": by.name, "changed_at": at}
            counts = {"counts_from": at} if opened else {}
            connection.execute(_one(coverage_id).values(**said, **changed, **counts))
            record_audit(connection, at, by, "coverage-change", subject=coverage_id, revision=before.revision + 1,
                         detail=f"{said['state']}: {details.title}")  # fmt: skip
            return coverage_of(_row(connection, coverage_id))

    def remove_coverage(self, coverage_id: str, by: Token, *, if_match: int | None = None) -> None:
        with writing(self._engine) as connection:
            at, before = now(connection), coverage_of(_row(connection, coverage_id, lock=True))
            _check_revision(before, before.revision if if_match is None else if_match)
            connection.execute(delete(coverages).where(coverages.c.id == coverage_id))
            record_audit(connection, at, by, "coverage-remove", subject=coverage_id, detail=before.title)


def coverage_of(row: Row[Any]) -> Coverage:
    """A coverage from its row."""
    said = {name: value for name, value in row._mapping.items() if name in Coverage.__slots__}
    return Coverage(**{**said, "day": date.fromisoformat(row.day)})


def _place_of(cursor: str) -> tuple[str, str]:
    """The day and the id that a cursor names. Raises ``InvalidInput``: anybody can make one."""
    day, _, last = cursor.partition(" ")
    try:
        date.fromisoformat(day)
    except ValueError:
        last = ""
    if not (last.isascii() and last.isalnum()):
        raise InvalidInput("this cursor is none of the plan's")
    return day, last


def _searched(search: CoverageSearch) -> Select[Any]:
    chosen = select(coverages)
    days = []
    if search.first:
        days.append(coverages.c.day >= search.first.isoformat())
    if search.last:
        days.append(coverages.c.day <= search.last.isoformat())
    if search.event_ids:
        of_events = in_list(coverages.c.event_id, search.event_ids)
        chosen = chosen.where(or_(of_events, and_(*days)) if days else of_events)
    else:
        chosen = chosen.where(*days)
    if search.assignee_id:
        chosen = chosen.where(coverages.c.assignee_id == search.assignee_id)
    if search.states:
        chosen = chosen.where(in_list(coverages.c.state, search.states))
    return chosen


def _values(connection: Connection, at: datetime, details: CoverageDetails, before: Coverage | None) -> dict[str, Any]:
    """What a row says; who is open is assigned where somebody has it, and planned where nobody has."""
    assignee_id = _writer(connection, at, details.assignee, before)
    _check_known(connection, "event", details.event_id, "/event_id")
    _check_known(connection, "story", details.story_id, "/story_id")
    state = details.state
    if state in OPEN_STATES:
        state = "assigned" if assignee_id else "planned"
    return {
        "title": details.title, "day": details.day.isoformat(), "form": details.form, "state": state,
        "event_id": details.event_id, "recurrence_id": details.recurrence_id, "due_at": details.due_at,
        "assignee_id": assignee_id, "assignee": details.assignee, "note": details.note, "reason": details.reason,
        "draft_id": details.draft_id, "story_id": details.story_id if state == "filed" else "",
    }  # fmt: skip


def _writer(connection: Connection, at: datetime, name: str, before: Coverage | None) -> str:
    """The id of who has a name; who had the coverage before keeps it, also when they write no more."""
    if not name:
        return ""
    if before and name == before.assignee:
        return before.assignee_id
    known = live_writers(connection, at, [name])
    if name not in known:
        raise InvalidInput(
            "A coverage is given to those who write.",
            (FieldError("/assignee", f"Nobody who writes is named {name!r}."),),
        )
    return known[name]


def _check_known(connection: Connection, kind: Kind, item_id: str, pointer: str) -> None:
    known = select(items.c.id).where(items.c.id == item_id, items.c.kind == kind)
    if item_id and connection.execute(known).first() is None:
        raise InvalidInput(f"There is no such {kind}.", (FieldError(pointer, f"There is no such {kind}."),))


def _said(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name == "day" else value


def _check_revision(before: Coverage, if_match: int) -> None:
    if before.revision != if_match:
        raise StaleRevision(f'The newest revision is "{before.revision}"; read it and make the change again.')


def _one(coverage_id: str) -> Any:
    return update(coverages).where(coverages.c.id == coverage_id)


def _row(connection: Connection, coverage_id: str, *, lock: bool = False) -> Row[Any]:
    chosen = select(coverages).where(coverages.c.id == coverage_id)
    row = connection.execute(chosen.with_for_update() if lock else chosen).first()
    if row is None:
        raise NotFound(f"There is no coverage {coverage_id}.")
    return row
