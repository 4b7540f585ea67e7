"""Proposed events as editors see them, and their decision on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, case, literal, or_, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.event_tables import event_proposal_evidence as evidence
from dateline.adapters.ledger.database.event_tables import event_proposals
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, payloads, revisions
from dateline.adapters.ledger.events.links import add_link
from dateline.adapters.ledger.items import IS_NEWEST, IS_NEWEST_PAYLOAD
from dateline.domain.event import Event
from dateline.domain.payload import from_payload
from dateline.errors import Conflict, InvalidInput, NotFound
from dateline.ports.ledger.event_proposals import (
    EventProposal,
    EventProposalPage,
    EventProposalState,
    KnownEvent,
    ProposalEvidence,
)
from dateline.ports.ledger.tokens import Token

MOST_STEMS: Final = 40
"""Beginnings of words that one question asks for."""


class SqlEventProposals(SqlPart):
    """The part of ``ports.ledger.event_proposals.EventProposals`` that editors ask, in SQL."""

    def event_proposals(
        self, *, state: EventProposalState = "open", today: date, limit: int = 20, cursor: str | None = None
    ) -> EventProposalPage:
        chosen = select(event_proposals.c.id).where(event_proposals.c.state == state)
        if state == "open":
            to_come = select(evidence.c.proposal_id).where(
                evidence.c.proposal_id == event_proposals.c.id, evidence.c.last_day >= today.isoformat()
            )
            chosen = chosen.where(to_come.correlate(event_proposals).exists())
        if cursor is not None:
            chosen = chosen.where(event_proposals.c.id < cursor)
        newest = chosen.order_by(event_proposals.c.id.desc()).limit(limit + 1)
        with reading(self._engine) as connection:
            ids = connection.execute(newest).scalars().all()
            found = _proposals(connection, in_list(event_proposals.c.id, ids[:limit]))
        return EventProposalPage(items=tuple(found), next=ids[limit - 1] if len(ids) > limit else None)

    def event_proposal(self, proposal_id: str) -> EventProposal:
        with reading(self._engine) as connection:
            return read_proposal(connection, proposal_id)

    def events_named_like(self, stems: Sequence[str], *, limit: int = 50) -> Sequence[KnownEvent]:
        if not stems:
            return ()
        found = [items.c.label_folded.contains(stem, autoescape=True) for stem in sorted(set(stems))[:MOST_STEMS]]
        many = sum((case((one, 1), else_=0) for one in found), literal(0))
        chosen = (
            select(items.c.id, payloads.c.body)
            .join(revisions, IS_NEWEST)
            .join(payloads, IS_NEWEST_PAYLOAD)
            .where(items.c.kind == "event", revisions.c.action != "withdraw", or_(*found))
            .order_by(many.desc(), items.c.id.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(chosen).all()
        return [KnownEvent(id=row.id, event=from_payload(Event, orjson.loads(row.body))) for row in rows]

    def accept_as_known_event(self, proposal_id: str, event_id: str, by: Token) -> EventProposal:
        with writing(self._engine) as connection:
            kept = select(items.c.id).join(revisions, IS_NEWEST).where(
                items.c.id == event_id, items.c.kind == "event", revisions.c.action != "withdraw"
            )  # fmt: skip
            if connection.execute(kept).first() is None:
                raise InvalidInput(f"{event_id} is no event on record.")
            record_acceptance(connection, proposal_id, event_id, by)
            return read_proposal(connection, proposal_id)

    def reject_event_proposal(self, proposal_id: str, by: Token) -> EventProposal:
        with writing(self._engine) as connection:
            at = now(connection)
            _decide(connection, at, proposal_id, "rejected", "", by)
            record_audit(connection, at, by, "event-proposal-rejected", subject=proposal_id)
            return read_proposal(connection, proposal_id)


def record_acceptance(connection: Connection, proposal_id: str, event_id: str, by: Token) -> None:
    """Note that a proposal is this event, and link that with the stories that announce it. ``NotFound``,
    ``Conflict``."""
    at = now(connection)
    _decide(connection, at, proposal_id, "accepted", event_id, by)
    stories = select(evidence.c.story_id).where(evidence.c.proposal_id == proposal_id).order_by(evidence.c.story_id)
    for story_id in connection.execute(stories).scalars().all():
        add_link(connection, at, story_id, event_id, why="proposal", by=by.name)
    record_audit(connection, at, by, "event-proposal-accepted", subject=proposal_id, detail=event_id)


def read_proposal(connection: Connection, proposal_id: str) -> EventProposal:
    """One proposal. ``NotFound``."""
    found = _proposals(connection, event_proposals.c.id == proposal_id)
    if not found:
        raise NotFound(f"There is no proposed event {proposal_id}.")
    return found[0]


def _decide(
    connection: Connection, at: datetime, proposal_id: str, state: EventProposalState, event_id: str, by: Token
) -> None:
    decided = (
        update(event_proposals)
        .where(event_proposals.c.id == proposal_id, event_proposals.c.state == "open")
        .values(state=state, decided_at=at, decided_by=by.name, event_id=event_id)
    )
    if connection.execute(decided).rowcount == 0:
        before = read_proposal(connection, proposal_id)
        raise Conflict(f"This proposed event was {before.state} by {before.decided_by}.")


def _proposals(connection: Connection, chosen: ColumnElement[bool]) -> list[EventProposal]:
    """Newest first, each as the first of its stories says it."""
    rows = connection.execute(
        select(event_proposals, evidence, items.c.label)
        .join(evidence, evidence.c.proposal_id == event_proposals.c.id)
        .join(items, items.c.id == evidence.c.story_id)
        .where(chosen)
        .order_by(event_proposals.c.id.desc(), evidence.c.story_id)
    ).all()
    return [_proposal(list(group)) for _, group in groupby(rows, key=attrgetter("id"))]


def _proposal(rows: Sequence[Any]) -> EventProposal:
    first = rows[0]
    return EventProposal(
        id=first.id,
        state=first.state,
        event=from_payload(Event, orjson.loads(first.event)),
        evidence=tuple(
            ProposalEvidence(
                story_id=row.story_id, story_label=row.label, revision=row.revision, sentence=row.sentence,
                start=row.said_from, end=row.said_to, rule=row.rule,
            )
            for row in rows
        ),
        found_at=first.found_at,
        decided_at=first.decided_at,
        decided_by=first.decided_by,
        event_id=first.event_id,
    )  # fmt: skip
