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
    Column("reason", Text, nullable=False),
    Column("draft_id", Text, nullable=False),
    Column("story_id", Text, nullable=False, index=True),
    Column("counts_from", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)  # fmt: skip
"""``day`` is the newsroom's (ISO). The ids of event, time, assignee, draft and story are "" for none. Stories that came
before ``counts_from`` don't file it."""

plan_addresses: Final = Table(
    "plan_addresses", metadata,
    Column("digest", Text, primary_key=True),
    Column("writer_id", Text, nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
)  # fmt: skip
"""Under which secret address a writer's own promises can be subscribed to: one each, of which the SHA-256 is kept."""

plan_mails: Final = Table(
    "plan_mails", metadata,
    Column("day", Text, primary_key=True),
    Column("account_id", Text, primary_key=True),
)  # fmt: skip
"""To whom the mail of a morning went: each gets one, whatever starts again."""
