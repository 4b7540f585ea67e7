"""The tables of events beside their revisions: which stories and events belong together."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Table, Text, false

from dateline.adapters.ledger.database.tables import Instant, metadata

event_links: Final = Table(
    "event_links", metadata,
    Column("story_id", Text, primary_key=True),
    Column("event_id", Text, primary_key=True, index=True),
    Column("why", Text, nullable=False),
    Column("made", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("unlinked", Boolean, nullable=False, server_default=false()),
)  # fmt: skip
"""Stories and the events that they are about. ``why``: an event proposed from the story ("proposal"), its title in the
text ("mention"), or an editor's word ("editor"). ``unlinked``: an editor parted them, and no mention links them again.
"""
