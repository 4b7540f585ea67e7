"""What stories announce, put on record: new proposals, other words for known ones, and what is announced no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, reading, writing
from dateline.adapters.ledger.database.event_tables import event_proposal_evidence as evidence
from dateline.adapters.ledger.database.event_tables import event_proposals
from dateline.adapters.ledger.database.ids import new_id
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, revisions, tokens
from dateline.adapters.ledger.items import IS_NEWEST
from dateline.domain.event import Event
from dateline.domain.payload import from_payload, to_payload
from dateline.domain.similarity.events import first_day, is_same_event
from dateline.domain.similarity.titles import title_likeness
from dateline.ports.ledger.event_proposals import AnnouncedEvent, StoryAnnouncements

_IS_OF_PROPOSAL: Final = event_proposals.c.id == evidence.c.proposal_id
_WITH_STATE: Final = select(evidence, event_proposals.c.state).join(event_proposals, _IS_OF_PROPOSAL)
MOST_OF_REPORTER: Final = 100
"""Proposals of one reporter that wait for a decision: nobody buries the others'."""
_MOVED: Final = 0.5
"""How alike the titles of an event are that a correction moves to another day."""


class SqlAnnouncements(SqlPart):
    """The recording part of ``ports.ledger.event_proposals.EventProposals`` in SQL."""

    def record_announcements(self, found: Sequence[StoryAnnouncements]) -> None:
        if not any(one.events for one in found) and not self._has_proposals({one.story_id for one in found}):
            return
        with writing(self._engine) as connection:
            advisory_lock(connection, "event proposals")
            at, there = now(connection), _still_there(connection, {one.story_id for one in found})
            for one in found:
                _record(connection, at, one, one.events if one.story_id in there else ())

    def _has_proposals(self, story_ids: Collection[str]) -> bool:
        """Whether any of these stories announced something before: most never do, and cost no write."""
        with reading(self._engine) as connection:
            known = select(evidence.c.proposal_id).where(in_list(evidence.c.story_id, story_ids)).limit(1)
            return connection.execute(known).first() is not None


def forget_announcements(connection: Connection, story_id: str) -> None:
    """Take out what an erased story announced; a proposal that other stories announce too is as those say."""
    own = delete(evidence).where(evidence.c.story_id == story_id).returning(evidence.c.proposal_id)
    _delete_unannounced(connection, connection.execute(own).scalars().all())


def _record(connection: Connection, at: datetime, story: StoryAnnouncements, events: Sequence[AnnouncedEvent]) -> None:
    own = connection.execute(_WITH_STATE.where(evidence.c.story_id == story.story_id)).all()
    if any(row.revision > story.revision for row in own):  # a worker that was paused comes late
        return
    kept: set[str] = set()
    new: list[AnnouncedEvent] = []
    for event in events:
        row = _known(own, kept, event) or _of_another(connection, kept, event)
        if row is None:
            new.append(event)
            continue
        kept.add(row.proposal_id)
        if row.state == "open":
            _say(connection, row.proposal_id, story, event)
    gone = [row for row in own if row.state == "open" and row.proposal_id not in kept]
    room = _room(connection, story.story_id) if new else 0
    for event in new:
        moved = _moved(connection, gone, event)
        if moved is not None:
            gone.remove(moved)
            _say(connection, moved.proposal_id, story, event)
        elif room > 0:
            room -= 1
            _say(connection, _open_proposal(connection, at), story, event)
    ids = [row.proposal_id for row in gone]
    own_words = evidence.c.story_id == story.story_id, in_list(evidence.c.proposal_id, ids)
    connection.execute(delete(evidence).where(*own_words))
    _delete_unannounced(connection, ids)


def _room(connection: Connection, story_id: str) -> int:
    """How many more events the story's writer may propose; an editor's token brings many writers' stories."""
    owner = select(items.c.owner_id).where(items.c.id == story_id).scalar_subquery()
    role = connection.execute(select(tokens.c.role).where(tokens.c.writer_id == owner)).scalar()
    if role != "reporter":
        return MOST_OF_REPORTER
    waiting = (
        select(func.count(evidence.c.proposal_id.distinct()))
        .join(event_proposals, _IS_OF_PROPOSAL)
        .join(items, items.c.id == evidence.c.story_id)
        .where(event_proposals.c.state == "open", items.c.owner_id == owner)
    )
    return max(0, MOST_OF_REPORTER - int(connection.execute(waiting).scalar_one()))


def _known(own: Sequence[Row[Any]], kept: Collection[str], event: AnnouncedEvent) -> Row[Any] | None:
    """What the story announced so before, decided or not."""
    same = (row for row in own if row.proposal_id not in kept and _is_announced_by(row, event))
    return next(same, None)


def _of_another(connection: Connection, kept: Collection[str], event: AnnouncedEvent) -> Row[Any] | None:
    """What another story announces, and nobody decided on."""
    day = first_day(event.event).isoformat()
    alike = _WITH_STATE.where(evidence.c.day == day, event_proposals.c.state == "open").order_by(evidence.c.proposal_id)
    rows = connection.execute(alike).all()
    return next((row for row in rows if row.proposal_id not in kept and _is_announced_by(row, event)), None)


def _is_announced_by(row: Row[Any], event: AnnouncedEvent) -> bool:
    return is_same_event(_event(row), event.event)


def _moved(connection: Connection, gone: Sequence[Row[Any]], event: AnnouncedEvent) -> Row[Any] | None:
    """The proposal of this story alone that a correction gives another day."""
    for row in gone:
        others = select(evidence.c.story_id).where(
            evidence.c.proposal_id == row.proposal_id, evidence.c.story_id != row.story_id
        )
        alike = title_likeness(_event(row).title, event.event.title) >= _MOVED
        if alike and connection.execute(others.limit(1)).first() is None:
            return row
    return None


def _say(connection: Connection, proposal_id: str, story: StoryAnnouncements, event: AnnouncedEvent) -> None:
    """Let the story be one that announces this, in these words."""
    own = evidence.c.proposal_id == proposal_id, evidence.c.story_id == story.story_id
    said = {
        "revision": story.revision, "event": orjson.dumps(to_payload(event.event)).decode(),
        "day": first_day(event.event).isoformat(), "last_day": event.last_day.isoformat(), "sentence": event.sentence,
        "said_from": event.start, "said_to": event.end, "rule": event.rule,
    }  # fmt: skip
    if connection.execute(update(evidence).where(*own).values(said)).rowcount == 0:
        row = {"proposal_id": proposal_id, "story_id": story.story_id, **said}
        connection.execute(insert(evidence).values(row))


def _open_proposal(connection: Connection, at: datetime) -> str:
    row = {"id": new_id(), "state": "open", "found_at": at, "decided_by": "", "event_id": ""}
    connection.execute(insert(event_proposals).values(row))
    return row["id"]  # type: ignore[return-value]


def _delete_unannounced(connection: Connection, ids: Collection[str]) -> None:
    """Take out those of these proposals that no story announces."""
    if not ids:
        return
    announced = select(evidence.c.proposal_id).where(_IS_OF_PROPOSAL).correlate(event_proposals)
    connection.execute(delete(event_proposals).where(in_list(event_proposals.c.id, ids), ~announced.exists()))


def _event(row: Row[Any]) -> Event:
    return from_payload(Event, orjson.loads(row.event))


def _still_there(connection: Connection, ids: Collection[str]) -> set[str]:
    """Those that nobody withdrew or erased."""
    kept = select(items.c.id).join(revisions, IS_NEWEST).where(revisions.c.action != "withdraw")
    return set(connection.execute(kept.where(in_list(items.c.id, ids))).scalars())
