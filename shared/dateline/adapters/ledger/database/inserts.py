"""Rows put in many at a time: on PostgreSQL as JSON, a fifth of the cost of a row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, Table, TextClause, bindparam, text

Constants = tuple[tuple[str, str], ...]
"""Columns that are alike in all rows, with their values in SQL: they cost nothing a row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of equal columns for one table."""

    table: Table
    rows: Sequence[Mapping[str, Any]]
    constants: Constants = ()


_Described = tuple[Table, tuple[str, ...], Constants, str]
"""What an insertion's statement depends on: table, columns, constants, ON CONFLICT."""


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, otherwise: str = "") -> int:
    """Insert rows of equal columns. ``otherwise`` is an ON CONFLICT clause for those that are there. Returns how many
    were written."""
    if not rows:
        return 0
    described = _described(Rows(table, rows), otherwise)
    if connection.dialect.name != "postgresql":
        return connection.execute(_insertion(described), list(rows)).rowcount
    return connection.execute(_insertions_of_records((described,)), {"rows0": _records(rows)}).rowcount


def insert_into_each(connection: Connection, parts: Iterable[Rows]) -> None:
    """Insert the rows of several tables, on PostgreSQL by one statement."""
    filled = [part for part in parts if part.rows]
    if connection.dialect.name != "postgresql":
        for part in filled:
            connection.execute(_insertion(_described(part)), list(part.rows))
    elif filled:
        given = {f"rows{number}": _records(part.rows) for number, part in enumerate(filled)}
        connection.execute(_insertions_of_records(tuple(_described(part) for part in filled)), given)


def _described(part: Rows, otherwise: str = "") -> _Described:
    return part.table, tuple(part.rows[0]), part.constants, otherwise


@lru_cache(maxsize=200)
def _insertion(described: _Described) -> TextClause:
    """One row's. Made once: that takes longer than to write the row."""
    table, columns, constants, otherwise = described
    names = ", ".join(f'"{name}"' for name in (*columns, *dict(constants)))
    values = ", ".join([*(f":{name}" for name in columns), *dict(constants).values()])
    typed = (bindparam(name, type_=table.c[name].type) for name in columns)
    return text(f"INSERT INTO {table.name} ({names}) VALUES ({values}) {otherwise}").bindparams(*typed)


@lru_cache(maxsize=200)
def _insertions_of_records(described: tuple[_Described, ...]) -> TextClause:
    """The records of each table are the parameter ``rows0``, ``rows1``, …"""
    *others, last = (_of_records(one, f"rows{number}") for number, one in enumerate(described))
    before = ", ".join(f"part{number} AS ({one})" for number, one in enumerate(others))
    return text(f"WITH {before} {last}" if before else last)


def _of_records(described: _Described, parameter: str) -> str:
    table, columns, constants, otherwise = described
    names = ", ".join(f'"{name}"' for name in columns)
    alike_names, values = ("".join(f", {one[part]}" for one in constants) for part in (0, 1))
    records = f"json_populate_recordset(NULL::{table.name}, CAST(:{parameter} AS json))"
    return f"INSERT INTO {table.name} ({names}{alike_names}) SELECT {names}{values} FROM {records} {otherwise}"


def _records(rows: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps(rows, default=_in_utc, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _in_utc(moment: datetime) -> str:
    """PostgreSQL refuses offsets of 16 hours and more, which ISO 8601 lets one write."""
    return moment.astimezone(UTC).isoformat()
