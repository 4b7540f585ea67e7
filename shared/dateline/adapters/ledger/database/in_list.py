"""Membership in a list of ids that reaches the server as one parameter, however many ids there are.

``IN`` with a parameter for each id is made, parsed and planned anew for every length of the list: with batches of 500
that took more of a worker's time than reading the rows.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _InList(FunctionElement[bool]):
    type = Boolean()
    name = "in_list"
    inherit_cache = True


def in_list(column: ColumnElement[str], ids: Collection[str]) -> ColumnElement[bool]:
    """Whether ``column`` is one of ``ids``."""
    return _InList(column, bindparam("ids", json.dumps(list(ids)), Text(), unique=True))


@compiles(_InList, "postgresql")
def _any(element: _InList, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY (ARRAY(SELECT json_array_elements_text(CAST({ids} AS json))))"


@compiles(_InList)
def _each(element: _InList, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"
