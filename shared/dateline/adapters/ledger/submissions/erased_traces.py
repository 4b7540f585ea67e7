"""What an erased item leaves elsewhere in its own words: names that only it proposed, a section that only it named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection, delete, or_, select, tuple_, update

from dateline.adapters.ledger.database.tables import audit, items, payloads
from dateline.adapters.ledger.database.vocabulary_tables import proposal_items, proposals
from dateline.adapters.ledger.items import IS_NEWEST_PAYLOAD
from dateline.adapters.ledger.vocabulary.proposal_counts import leave_uncounted
from dateline.adapters.ledger.vocabulary.term_changes import record_refused_name
from dateline.domain.payload import from_payload, is_tombstone
from dateline.domain.series.recorded_parts import uid_of, uid_of_part
from dateline.domain.term import Term

OF_NO_USE_ALONE: Final = ("proposed", "rejected")
"""A name that was refused is kept so that it isn't proposed again: no text is left that would. One that was accepted or
merged is a term by an editor's word."""


def delete_own_proposals(connection: Connection, at: datetime, item_id: str) -> None:
    """Take out the names that no other item mentions: their labels are its words."""
    own = proposal_items.c.item_id == item_id
    named = connection.execute(select(proposal_items.c.type, proposal_items.c.slug).where(own)).all()
    connection.execute(delete(proposal_items).where(own))
    if not named:
        return
    leave_uncounted(connection, {(row.type, row.slug) for row in named})
    others = select(proposal_items.c.item_id).where(
        proposal_items.c.type == proposals.c.type, proposal_items.c.slug == proposals.c.slug
    )
    gone = connection.execute(
        delete(proposals)
        .where(
            tuple_(proposals.c.type, proposals.c.slug).in_([(row.type, row.slug) for row in named]),
            proposals.c.status.in_(OF_NO_USE_ALONE),
            ~others.correlate(proposals).exists(),
        )
        .returning(proposals.c.type, proposals.c.slug, proposals.c.status)
    )
    for row in gone.all():
        key = f"{row.type}:{row.slug}"
        decided = audit.c.item_id == key, audit.c.action.startswith("proposal-")
        connection.execute(update(audit).where(*decided).values(item_id=""))
        if row.status == "rejected":
            record_refused_name(connection, at, key)


def exceptions_of(connection: Connection, item_id: str) -> Sequence[str]:
    """The events that stand, or stood, for times of a series which still has its text: their words are mostly its."""
    said = _events(connection, item_id)
    if not said or said[-1].get("recurrence_id"):
        return ()
    uid = uid_of(said[-1].get("external_id", ""), item_id)
    first = uid_of_part(uid) or uid
    named = or_(*(items.c.external_id.startswith(f"{first}{sign}", autoescape=True) for sign in (" ", "_R")))
    chosen = select(items.c.id).where(items.c.kind == "event", items.c.external_scope == "source uid", named)
    found = connection.execute(chosen.where(items.c.id != item_id).order_by(items.c.id)).scalars().all()
    return [one for one in found if any(_is_exception(event, uid) for event in _events(connection, one))]


def _events(connection: Connection, item_id: str) -> list[dict[str, Any]]:
    """What the revisions of an event say, the newest last; unread, so that what can't be read is erased too."""
    own = select(payloads.c.body).join(items, items.c.id == payloads.c.item_id).order_by(payloads.c.revision)
    own = own.where(payloads.c.item_id == item_id, items.c.kind == "event")
    bodies = [orjson.loads(body) for body in connection.execute(own).scalars() if body]
    return [body for body in bodies if not is_tombstone(body)]


def _is_exception(event: dict[str, Any], uid: str) -> bool:
    return event.get("external_id") == uid and bool(event.get("recurrence_id"))


def own_section(connection: Connection, item_id: str, section: str) -> str | None:
    """The key of the section that a story made by naming it, if nothing else names it and no editor changed it."""
    if not section:
        return None
    key = f"section:{section}"
    row = connection.execute(
        select(items.c.newest_revision, payloads.c.body).join(payloads, IS_NEWEST_PAYLOAD).where(items.c.id == key)
    ).first()
    if row is None or row.newest_revision != 1 or not from_payload(Term, orjson.loads(row.body)).named_by_story:
        return None
    named_elsewhere = select(items.c.id).where(items.c.section == section, items.c.id != item_id)
    broader = (
        select(items.c.id)
        .join(payloads, IS_NEWEST_PAYLOAD)
        .where(items.c.kind == "term", items.c.id != key, payloads.c.body.contains(f'"{section}"', autoescape=True))
    )
    used = any(connection.execute(query.limit(1)).first() for query in (named_elsewhere, broader))
    return None if used else key
