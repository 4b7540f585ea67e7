"""Erasure: the text of an item goes for good; who wrote when, and who erased why, stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from dateline.adapters.ledger.changes import record_erasure
from dateline.adapters.ledger.claims import IS_CLAIM
from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.expunge import expunge
from dateline.adapters.ledger.database.story_page_tables import story_notes, story_presence
from dateline.adapters.ledger.database.tables import (
    audit,
    claims,
    diffs,
    editor_tags,
    items,
    payloads,
    retag_jobs,
    revisions,
    term_edits,
)
from dateline.adapters.ledger.database.vocabulary_tables import term_move_tags
from dateline.adapters.ledger.drafts.sending import erase_drafts
from dateline.adapters.ledger.duplicates.comparisons import forget_comparisons
from dateline.adapters.ledger.duplicates.folds import end_folds
from dateline.adapters.ledger.events.announcements import forget_announcements
from dateline.adapters.ledger.events.links import forget_links
from dateline.adapters.ledger.pictures.forgetting import forget_pictures
from dateline.adapters.ledger.submissions.erased_fronts import forget_on_fronts
from dateline.adapters.ledger.submissions.erased_ids import forget_ids
from dateline.adapters.ledger.submissions.erased_traces import delete_own_proposals, exceptions_of, own_section
from dateline.adapters.ledger.tracebacks import forget_tracebacks
from dateline.adapters.ledger.vocabulary.suggested_tags import forget_suggestions
from dateline.adapters.ledger.vocabulary.term_changes import record_term_edits
from dateline.errors import NotFound
from dateline.ports.ledger.submissions import Erasure
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane


class SqlErasure(SqlPart):
    """``erase`` and ``expunge`` of ``ports.ledger.submissions.Submissions`` in SQL."""

    def erase(self, item_id: str, reason: str, by: Token) -> Erasure:
        """The exceptions of a series go first, one by one, so that others write in between; who is cut off erases the
        series again."""
        with reading(self._engine) as connection:
            exceptions = exceptions_of(connection, item_id)
        done = [self._erase(one, reason, by) for one in (*exceptions, item_id)]
        may_be_indexed = any(one.may_be_indexed for one in done)
        return replace(done[-1], exceptions=tuple(exceptions), may_be_indexed=may_be_indexed)

    def _erase(self, item_id: str, reason: str, by: Token) -> Erasure:
        with writing(self._engine) as connection:
            return erase_item(connection, item_id, reason, by)

    def expunge(self) -> None:
        expunge(self._engine)


def erase_item(connection: Connection, item_id: str, reason: str, by: Token) -> Erasure:
    """Take out all payloads, and what else shows their text; a tombstone becomes due.

    The claim goes on by one, so that a worker that holds the text now can't record anything of it.
    """
    at = now(connection)
    queued = select(items, claims.c.claim.label("last_claim"), claims.c.lease_until.label("leased"))
    row = connection.execute(queued.join(claims, IS_CLAIM).where(items.c.id == item_id).with_for_update()).first()
    if row is None:
        return _erase_draft(connection, at, item_id, reason, by)
    erase_drafts(connection, item_id=item_id)
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
    lane = Lane.LIVE.of_pictures() if row.kind == "image" else Lane.LIVE
    connection.execute(
        insert(revisions).values(
            item_id=item_id, revision=tombstone, action="withdraw", state="accepted", received_at=at, by=by.name,
            by_id=by.id or None, note="", was_public=False, attempts=0, stage="", error="", erased=True,
        )
    )  # fmt: skip
    connection.execute(
        update(items)
        .where(items.c.id == item_id)
        .values(label="", label_folded="", section="", newest_revision=tombstone, embargo_until=None,
                external_digest="")
    )  # fmt: skip
    connection.execute(
        update(claims)
        .where(claims.c.item_id == item_id)
        .values(due_at=at, lane=int(lane), size=0, claim=claims.c.claim + 1, lease_until=None, worker="", lost=0)
    )
    forget_ids(connection, row)
    for said in (editor_tags, term_move_tags):
        connection.execute(delete(said).where(said.c.item_id == item_id))
    connection.execute(delete(diffs).where(diffs.c.item_id == item_id))
    forget_tracebacks(connection, [item_id])
    forget_comparisons(connection, [item_id])
    end_folds(connection, at, [item_id])
    forget_links(connection, at, item_id)
    forget_announcements(connection, item_id)
    forget_pictures(connection, at, item_id)
    connection.execute(delete(story_notes).where(story_notes.c.item_id == item_id))
    connection.execute(delete(story_presence).where(story_presence.c.item_id == item_id))
    if row.kind != "image":  # of which the audit tells nothing: who takes it down may not change the audit
        _forget_notes(connection, item_id)
    delete_own_proposals(connection, at, item_id)
    forget_suggestions(connection, item_id)
    if row.kind == "story":
        forget_on_fronts(connection, at, item_id)
    if row.kind == "term":
        _forget_names(connection, at, item_id)
    elif section := own_section(connection, item_id, row.section):
        erase_item(connection, section, reason, by)
    record_audit(connection, at, by, "erase", subject=item_id, revision=tombstone, detail=reason)
    record_erasure(connection, item_id, tombstone)
    unlisted = row.kind == "term" and row.last_claim > 0
    may_be_indexed = row.published_revision is not None or row.leased is not None or unlisted
    return Erasure(kind=row.kind, revisions=int(gone), may_be_indexed=may_be_indexed)


def _erase_draft(connection: Connection, at: datetime, draft_id: str, reason: str, by: Token) -> Erasure:
    """Take out a draft, which no index has. ``NotFound``."""
    if not (texts := erase_drafts(connection, draft_id=draft_id)):
        raise NotFound(f"there is no item or draft {draft_id}")
    record_audit(connection, at, by, "erase", subject=draft_id, detail=reason)
    return Erasure(kind="story", revisions=texts, may_be_indexed=False)


def _forget_notes(connection: Connection, item_id: str) -> None:
    """A writer's note on a revision is part of its text, and tags are its words; the reason for an erasure is not."""
    connection.execute(
        update(audit)
        .where(audit.c.item_id == item_id, audit.c.action.in_(("submit", "correct", "withdraw", "restore", "tags")))
        .values(detail="")
    )


def _forget_names(connection: Connection, at: datetime, key: str) -> None:
    """Take a term's names out of retags; the stories that carry it are found by its key."""
    connection.execute(update(term_edits).where(term_edits.c.key == key).values(names="[]"))
    connection.execute(update(retag_jobs).values(names="[]").where(retag_jobs.c.done))
    record_term_edits(connection, at, [key])
