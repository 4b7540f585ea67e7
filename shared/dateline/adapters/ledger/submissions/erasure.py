"""What editors and operators do to items besides writing them: tags, quarantine, erasure, making due."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update

from dateline.adapters.ledger.database.audit import note
from dateline.adapters.ledger.database.engine import now
from dateline.adapters.ledger.database.in_list import among
from dateline.adapters.ledger.database.tables import (
    audit,
    editor_tags,
    items,
    payloads,
    proposal_items,
    proposals,
    revisions,
)
from dateline.domain.tag import TagRef
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


def set_tags(connection: Connection, item_id: str, add: Sequence[TagRef], remove: Sequence[TagRef], by: Token) -> str:
    """Keep an editor's word and make the item due; its kind. ``NotFound``, ``Conflict`` (withdrawn)."""
    at = now(connection)
    item = connection.execute(
        update(items)
        .where(items.c.id == item_id)
        .values(due_at=at, lane=int(Lane.LIVE))
        .returning(items.c.kind, items.c.newest_revision)
    ).first()
    if item is None:
        raise NotFound(f"there is no item {item_id}")
    newest = revisions.c.item_id == item_id, revisions.c.revision == item.newest_revision
    if connection.execute(select(revisions.c.action).where(*newest)).scalar() == "withdraw":
        raise Conflict(f"this {item.kind} was withdrawn, and stays so")
    words = {ref: True for ref in add} | {ref: False for ref in remove}
    for ref in words:
        connection.execute(
            delete(editor_tags).where(
                editor_tags.c.item_id == item_id, editor_tags.c.type == ref.type, editor_tags.c.slug == ref.slug
            )
        )
    if words:
        rows = [{"item_id": item_id, "type": ref.type, "slug": ref.slug, "added": said} for ref, said in words.items()]
        connection.execute(insert(editor_tags), rows)
    detail = ", ".join(("+" if said else "-") + ref.key for ref, said in words.items())
    note(connection, at, by.name, "tags", item_id=item_id, detail=detail)
    return str(item.kind)


def requeue(connection: Connection, item_id: str, by: Token) -> None:
    """Make a quarantined item due again. ``NotFound``."""
    _decide(connection, item_id, "accepted", by, "requeue")
    connection.execute(
        update(items)
        .where(items.c.id == item_id)
        .values(due_at=now(connection), lease_until=None, lost=0, lane=int(Lane.LIVE))
    )


def discard(connection: Connection, item_id: str, by: Token) -> None:
    """Give up on a quarantined revision. ``NotFound``."""
    _decide(connection, item_id, "discarded", by, "discard")


def _decide(connection: Connection, item_id: str, state: str, by: Token, action: str) -> None:
    quarantined = revisions.c.item_id == item_id, revisions.c.state == "quarantined"
    done = connection.execute(update(revisions).where(*quarantined).values(state=state))
    if done.rowcount == 0:
        raise NotFound(f"nothing of {item_id} is in quarantine")
    note(connection, now(connection), by.name, action, item_id=item_id)


def make_due(connection: Connection, item_ids: Sequence[str], lane: Lane) -> int:
    """Make published items due without a new revision; what is due already keeps its lane.

    An embargo of the newest revision isn't "due already": readers see the one before it, with its tags.
    """
    idle = or_(items.c.due_at.is_(None), items.c.due_at == items.c.embargo_until)
    chosen = (
        select(items.c.id)
        .where(among(items.c.id, item_ids), items.c.published_revision.is_not(None), idle)
        .order_by(items.c.id)
        .with_for_update()
    )
    done = connection.execute(
        update(items).where(items.c.id.in_(chosen)).values(due_at=now(connection), lane=int(lane))
    )
    return int(done.rowcount)


def erase(connection: Connection, item_id: str, reason: str, by: Token) -> int:
    """Take out all payloads, and what else shows their text; a tombstone becomes due. How many went. ``NotFound``."""
    at = now(connection)
    row = connection.execute(select(items).where(items.c.id == item_id).with_for_update()).first()
    if row is None:
        raise NotFound(f"there is no item {item_id}")
    gone = connection.execute(delete(payloads).where(payloads.c.item_id == item_id)).rowcount
    connection.execute(
        update(revisions).where(revisions.c.item_id == item_id).values(erased=True, note="", error="", stage="")
    )
    connection.execute(
        update(revisions)
        .where(revisions.c.item_id == item_id, revisions.c.state.in_(("accepted", "held", "quarantined")))
        .values(state="superseded")
    )
    tombstone = row.newest_revision + 1
    connection.execute(
        insert(revisions).values(
            item_id=item_id, revision=tombstone, action="withdraw", state="accepted", received_at=at, by=by.name,
            note="", was_public=False, attempts=0, stage="", error="", erased=True,
        )
    )  # fmt: skip
    connection.execute(
        update(items)
        .where(items.c.id == item_id)
        .values(label="", label_folded="", newest_revision=tombstone, due_at=at, lane=int(Lane.LIVE),
                embargo_until=None, external_digest="", size=0)
    )  # fmt: skip
    connection.execute(delete(editor_tags).where(editor_tags.c.item_id == item_id))
    # A writer's note on a revision is part of its text; the reason for an erasure or a discard is not.
    connection.execute(
        update(audit)
        .where(audit.c.item_id == item_id, audit.c.action.in_(("submit", "correct", "withdraw")))
        .values(detail="")
    )
    _forget_names(connection, item_id)
    note(connection, at, by.name, "erase", item_id=item_id, revision=tombstone, detail=reason)
    return int(gone)


def _forget_names(connection: Connection, item_id: str) -> None:
    """Take out proposals that only this item made: their labels are its words."""
    connection.execute(delete(proposal_items).where(proposal_items.c.item_id == item_id))
    still = select(proposal_items.c.item_id).where(
        proposal_items.c.type == proposals.c.type, proposal_items.c.slug == proposals.c.slug
    )
    connection.execute(
        delete(proposals).where(
            proposals.c.first_item == item_id, proposals.c.status == "proposed", ~still.correlate(proposals).exists()
        )
    )
