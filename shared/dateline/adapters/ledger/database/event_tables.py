"""The tables of events beside their revisions: which belong to which stories, and which stories announce some."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false

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

event_proposals: Final = Table(
    "event_proposals", metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("found_at", Instant, nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", Text, nullable=False),
    Column("event_id", Text, nullable=False),
)  # fmt: skip
"""Events that stories announce; what they are stands in the evidence, so that it goes with its story."""
Index("event_proposals_state", event_proposals.c.state, event_proposals.c.id)

event_proposal_evidence: Final = Table(
    "event_proposal_evidence", metadata,
    Column("proposal_id", Text, primary_key=True),
    Column("story_id", Text, primary_key=True, index=True),
    Column("revision", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("day", Text, nullable=False, index=True),
    Column("last_day", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("said_from", Integer, nullable=False),
    Column("said_to", Integer, nullable=False),
    Column("rule", Text, nullable=False),
)  # fmt: skip
"""Which story announces a proposed event, as its ``event`` (a payload) and in which words. ``day`` is its first."""

column_mappings: Final = Table(
    "column_mappings", metadata,
    Column("source", Text, primary_key=True),
    Column("headings", Text, primary_key=True),
    Column("columns", Text, nullable=False),
    Column("dates", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
)  # fmt: skip
"""What the columns of tables of events stand for: as JSON, the field of each heading."""
