"""Claims of pictures, what became of them, and the pictures that other claims show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from dateline.adapters.ledger.claims import CLAIMED_ITEMS, read_claims, take_claims
from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.picture_tables import pictures
from dateline.adapters.ledger.database.tables import claims, items
from dateline.adapters.ledger.outcomes import mark_outcomes
from dateline.adapters.ledger.pictures.uses import make_uses_due
from dateline.adapters.ledger.shown_pictures import made_of, signed
from dateline.domain.payload import from_payload
from dateline.domain.picture import Picture
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.pictures import ClaimedPicture, PictureOutcome, PicturesToRemake
from dateline.ports.wakeup import Lane


class SqlClaimedPictures(SqlPart):
    """The worker's half of ``ports.ledger.pictures.Pictures`` in SQL."""

    def claim_pictures(self, *, worker: str, lease: timedelta, limit: int = 1) -> Sequence[ClaimedPicture]:
        with writing(self._engine) as connection:
            at = now(connection)
            due = (
                select(claims.c.item_id)
                .where(claims.c.lane >= Lane.MEDIA, claims.c.due_at <= at, claims.c.lease_until.is_(None))
                .order_by(claims.c.lane, claims.c.due_at, claims.c.item_id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
            ids = list(connection.execute(due).scalars())
            if not ids:
                return ()
            take_claims(connection, ids, worker, lease, at)
            claimed = read_claims(connection, CLAIMED_ITEMS.where(in_list(items.c.id, ids)), at, order=ids)
            known = select(pictures).where(in_list(pictures.c.item_id, ids))
            rows = {row.item_id: row for row in connection.execute(known)}
        return [_claimed(one, rows.get(one.item_id)) for one in claimed]

    def mark_pictures(self, outcomes: Sequence[PictureOutcome]) -> int:
        with writing(self._engine) as connection:
            at = now(connection)
            held = set(mark_outcomes(connection, [one.outcome for one in outcomes], at))
            done = [one for one in outcomes if one.outcome.claimed.item_id in held]
            for one in done:
                _record(connection, one, at)
            changed = [one.outcome.claimed.item_id for one in done if one.changed and isinstance(one.outcome, Indexed)]
            make_uses_due(connection, at, changed)
            return len(done)

    def remake_pictures(self, *, after: str = "", limit: int = 500) -> PicturesToRemake | None:
        """One that a worker holds now is due again when that is marked, and made anew then."""
        with writing(self._engine) as connection:
            following = select(pictures.c.item_id).where(pictures.c.item_id > after).order_by(pictures.c.item_id)
            ids: list[str] = list(connection.execute(following.limit(limit)).scalars())
            if not ids:
                return None
            at = now(connection)
            named = in_list(claims.c.item_id, ids)
            later = or_(claims.c.due_at.is_(None), claims.c.due_at > at)
            connection.execute(update(pictures).where(in_list(pictures.c.item_id, ids)).values(anew=True))
            slow = {"due_at": at, "lane": int(Lane.MEDIA_BULK)}
            connection.execute(update(claims).where(named, later).values(slow))
            waiting = select(func.count()).select_from(claims).where(named, claims.c.due_at <= at)
            return PicturesToRemake(last=ids[-1], waiting=connection.execute(waiting).scalar_one())


def _claimed(claimed: Claimed, row: Any) -> ClaimedPicture:
    publish = claimed.publish
    said = publish.payload if publish and publish.action != "withdraw" else None
    return ClaimedPicture(
        claimed=claimed,
        sha256=said["sha256"] if said else row.sha256 if row else "",
        picture=from_payload(Picture, said) if said else None,
        made=made_of(row) if row and said else None,
        anew=bool(row and row.anew),
    )


def _record(connection: Connection, one: PictureOutcome, at: datetime) -> None:
    """What is known of a picture's files from now on; nothing of one that was taken down.

    One that is due again was perhaps to be made anew since it was claimed: that still holds.
    """
    claimed, publish = one.outcome.claimed, one.outcome.claimed.publish
    this = pictures.c.item_id == claimed.item_id
    if not isinstance(one.outcome, Indexed) or publish is None:
        return
    if publish.action == "withdraw":
        connection.execute(delete(pictures).where(this))
        return
    due = select(claims.c.item_id).where(claims.c.item_id == pictures.c.item_id, claims.c.due_at <= at).exists()
    values: dict[str, Any] = {
        "ready_revision": publish.revision, "anew": and_(pictures.c.anew, due), "public": one.public,
    }  # fmt: skip
    if made := one.made:
        values |= {
            "focal_x": made.focal.x, "focal_y": made.focal.y, "likeness": signed(made.likeness),
            "animated": made.animated, "jpeg_size": made.jpeg_size,
        }  # fmt: skip
    connection.execute(update(pictures).where(this).values(values))
