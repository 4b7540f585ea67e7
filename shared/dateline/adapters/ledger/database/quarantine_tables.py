"""The table of tracebacks: where the code was when a revision could not be indexed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, Table, Text

from dateline.adapters.ledger.database.tables import metadata

tracebacks: Final = Table(
    "tracebacks", metadata,
    Column("item_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)  # fmt: skip
