"""Facts: named values of the newsroom, as the vocabulary's number and the generation that is being filled."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from dateline.adapters.ledger.database.engine import upsert
from dateline.adapters.ledger.database.tables import facts

VOCABULARY_NUMBER: Final = "vocabulary"
OPEN_GENERATION: Final = "open_generation"


def read_fact(connection: Connection, name: str) -> str | None:
    """The value under a name."""
    value: str | None = connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    return value


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Put a value under a name."""
    row = upsert(connection)(facts).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
