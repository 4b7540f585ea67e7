"""Pages of what is listed by time and id. A cursor names the last row of a page by both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Tuple, literal, tuple_


def newest_page(
    connection: Connection,
    chosen: Select[Any],
    order: tuple[Column[datetime], Column[Any]],
    limit: int,
    after: tuple[datetime, str | int] | None,
) -> tuple[Sequence[Row[Any]], str | None]:
    """A page of the chosen rows by ``order``, a time and an id, and the next page's cursor."""
    at, number = order
    if after is not None:
        chosen = chosen.where(tuple_(at, number) < _last(at, after))
    return _page(connection, chosen.order_by(at.desc(), number.desc()), order, limit)


def oldest_page(
    connection: Connection,
    chosen: Select[Any],
    order: tuple[Column[datetime], Column[Any]],
    limit: int,
    after: tuple[datetime, str | int] | None,
) -> tuple[Sequence[Row[Any]], str | None]:
    """The same, the oldest first."""
    at, number = order
    if after is not None:
        chosen = chosen.where(tuple_(at, number) > _last(at, after))
    return _page(connection, chosen.order_by(at, number), order, limit)


def _last(at: Column[datetime], after: tuple[datetime, str | int]) -> Tuple:
    return tuple_(literal(after[0], at.type), literal(after[1]))


def _page(
    connection: Connection, ordered: Select[Any], order: tuple[Column[datetime], Column[Any]], limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    rows = connection.execute(ordered.limit(limit + 1)).all()
    return rows[:limit], _cursor(rows[limit - 1], order) if len(rows) > limit else None


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """The time and the id that a cursor names. Raises ``ValueError`` for what names no time: anybody can make one."""
    at, _, last = cursor.partition(" ")
    try:
        return datetime.fromisoformat(at).astimezone(UTC), last
    except OverflowError:
        raise ValueError("a time before all others, or after them") from None


def _cursor(row: Row[Any], order: tuple[Column[datetime], Column[Any]]) -> str:
    at, number = order
    return f"{row._mapping[at].isoformat()} {row._mapping[number]}"
