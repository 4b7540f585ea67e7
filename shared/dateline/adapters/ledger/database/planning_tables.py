"""The table of coverages: who covers what until when, in what form."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, Table, Text

from dateline.adapters.ledger.database.tables import Instant, metadata

coverages: Final = Table(
    "coverages", metadata,
    Column("id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("event_id", Text, nullable=False, index=True),
    Column("recurrence_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("day", Text, nullable=False, index=True),
    Column("due_at", Instant, index=True),
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("assignee_id", Text, nullable=False, index=True),
    Column("assignee", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("story_id", Text, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)  # fmt: skip
"""``day`` is the newsroom's (ISO). The ids of event, time, assignee and story are "" for none."""
