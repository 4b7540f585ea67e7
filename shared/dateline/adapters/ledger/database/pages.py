"""Pages of what is listed by time and id. A cursor names the last row of a page by both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, literal, tuple_


def page_by_time(
    connection: Connection,
    chosen: Select[Any],
    order: tuple[Column[datetime], Column[Any]],
    limit: int,
    after: tuple[datetime, str | int] | None,
    *,
    oldest_first: bool = False,
) -> tuple[Sequence[Row[Any]], str | None]:
    """A page of the chosen rows by ``order``, a time and an id, the newest first; and the next page's cursor."""
    at, number = order
    if after is not None:
        place, last = tuple_(at, number), tuple_(literal(after[0], at.type), literal(after[1]))
        chosen = chosen.where(place > last if oldest_first else place < last)
    ordered = chosen.order_by(at, number) if oldest_first else chosen.order_by(at.desc(), number.desc())
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
