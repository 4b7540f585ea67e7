"""Facts: named values of the newsroom, as the vocabulary's number and the generation that is being filled."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, select

from dateline.adapters.ledger.database.engine import upsert
from dateline.adapters.ledger.database.tables import facts

VOCABULARY_NUMBER: Final = "vocabulary"
OPEN_GENERATION: Final = "open_generation"
FIRST_CHANGE: Final = "first_change"
"""The number after which a restored ledger's changes begin; without it they begin after 0."""
UNNUMBERED: Final = "unnumbered"
"""While it is there, something public has no number in the change sequence."""
KNOWN_SETTINGS: Final = "settings"
"""The settings that ingest last started with; of secrets a digest."""

_VALUE: Final = select(facts.c.value).where(facts.c.name == bindparam("asked"))


COMPARED: Final = "compared"
"""The number up to which what changed for readers was compared with other stories."""


MENTIONS_SEEN: Final = "mentions_seen"
"""The number up to which what changed for readers was looked through for events that it mentions."""


COVERAGES_SEEN: Final = "coverages_seen"
"""The number up to which what changed for readers was looked through for stories that were promised."""


SUGGESTED_SEEN: Final = "suggested_seen"
"""The number up to which what changed for readers was looked through for tags to suggest."""


def read_fact(connection: Connection, name: str) -> str | None:
    """The value under a name."""
    value: str | None = connection.execute(_VALUE, {"asked": name}).scalar()
    return value


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Put a value under a name."""
    row = upsert(connection)(facts).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def delete_fact(connection: Connection, name: str) -> None:
    """Take a name away with its value."""
    connection.execute(delete(facts).where(facts.c.name == name))
