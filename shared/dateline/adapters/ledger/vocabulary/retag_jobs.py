"""Retag jobs: one over all term edits once they are quiet, and making due what it finds."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from dateline.adapters.ledger.claims import IS_CLAIM, due_again
from dateline.adapters.ledger.database.engine import SqlPart, advisory_lock, now, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import claims, items, retag_jobs, term_edits
from dateline.ports.ledger.retag import RetagJob
from dateline.ports.wakeup import Lane

RETRIED_WITHIN: Final = timedelta(minutes=1)
"""What is to be tried again comes sooner than that."""


class SqlRetagJobs(SqlPart):
    """``ports.ledger.retag.RetagJobs`` in SQL."""

    def next_retag(self, *, quiet: timedelta) -> RetagJob | None:
        unfinished = select(retag_jobs).where(~retag_jobs.c.done).order_by(retag_jobs.c.id)
        not_in_a_job = select(term_edits).where(term_edits.c.job.is_(None)).order_by(term_edits.c.id)
        with writing(self._engine) as connection:
            advisory_lock(connection, "retag")
            if running := connection.execute(unfinished).first():
                return _job(running)
            edits = connection.execute(not_in_a_job).all()
            if not edits or edits[-1].at > now(connection) - quiet:
                return None
            keys = sorted({edit.key for edit in edits})
            names = sorted({name for edit in edits for name in json.loads(edit.names)})
            made = insert(retag_jobs).values(
                keys=json.dumps(keys), names=json.dumps(names), cursor="", touched=0, done=False
            )
            job: int = connection.execute(made.returning(retag_jobs.c.id)).scalar_one()
            connection.execute(update(term_edits).where(term_edits.c.id.in_([e.id for e in edits])).values(job=job))
        return RetagJob(id=job, keys=tuple(keys), names=tuple(names), cursor="", touched=0)

    def make_due(self, item_ids: Sequence[str], lane: Lane) -> int:
        with writing(self._engine) as connection:
            return make_idle_due(connection, item_ids, lane)

    def advance_retag(self, job: RetagJob, *, cursor: str, touched: int, done: bool) -> None:
        """What is done keeps no names: a term may be erased later."""
        kept = {"names": "[]"} if done else {}
        changed = update(retag_jobs).where(retag_jobs.c.id == job.id)
        with writing(self._engine) as connection:
            connection.execute(changed.values(cursor=cursor, touched=touched, done=done, **kept))


def make_idle_due(connection: Connection, item_ids: Collection[str], lane: Lane) -> int:
    """Make public items due again; what is due already keeps its lane. Returns how many.

    An embargo of the newest revision isn't "due already": readers see the one before it, with its tags; nor is what
    waits for the time of a picture.
    """
    at = now(connection)
    later = claims.c.due_at > at + RETRIED_WITHIN
    idle = or_(claims.c.due_at.is_(None), claims.c.due_at == items.c.embargo_until, later)
    chosen = (
        select(items.c.id)
        .join(claims, IS_CLAIM)
        .where(in_list(items.c.id, item_ids), items.c.published_revision.is_not(None), idle)
        .order_by(items.c.id)
        .with_for_update()
    )
    made_due = update(claims).where(claims.c.item_id.in_(chosen)).values(due_again(at, lane))
    return int(connection.execute(made_due).rowcount)


def _job(row: Row[Any]) -> RetagJob:
    return RetagJob(
        id=row.id,
        keys=tuple(json.loads(row._mapping["keys"])),
        names=tuple(json.loads(row.names)),
        cursor=row.cursor,
        touched=row.touched,
    )
