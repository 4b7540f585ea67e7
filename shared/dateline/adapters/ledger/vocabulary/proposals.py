"""The editors' layer over the shipped vocabulary, proposals, and the retag jobs that follow a change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from dateline.adapters.ledger.database.audit import note
from dateline.adapters.ledger.database.engine import now, serialize
from dateline.adapters.ledger.database.in_list import among
from dateline.adapters.ledger.database.tables import (
    facts,
    items,
    payloads,
    proposal_items,
    proposals,
    retag_jobs,
    revisions,
    term_edits,
)  # fmt: skip
from dateline.adapters.ledger.metrics import upsert
from dateline.domain.payload import from_payload
from dateline.domain.term import Term
from dateline.errors import NotFound
from dateline.ports.ledger.retag import RetagJob
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal, TermChange

GENERATION: Final = "open_generation"
NUMBER: Final = "vocabulary"
DECIDED: Final = ("rejected", "merged")
"""Proposals that an editor wants to see no more: part of the layer, as removals of terms that never were."""


def read_fact(connection: Connection, name: str) -> str | None:
    """A named value of the newsroom."""
    value: str | None = connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
    return value


def keep_fact(connection: Connection, name: str, value: str) -> None:
    """Set a named value."""
    row = upsert(connection)(facts).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def vocabulary_number(connection: Connection) -> int:
    """How often a term was written."""
    return int(read_fact(connection, NUMBER) or 0)


def record_term_edits(connection: Connection, at: datetime, keys: Sequence[str]) -> None:
    """Count a change of these terms, and remember their old and new names for the retag."""
    if not keys:
        return
    _count_changes(connection, len(keys))
    rows = connection.execute(
        select(payloads.c.item_id, payloads.c.body)
        .where(among(payloads.c.item_id, set(keys)))
        .order_by(payloads.c.item_id, payloads.c.revision.desc())
    )
    bodies: dict[str, list[str]] = {}
    for row in rows:
        bodies.setdefault(row.item_id, []).append(row.body)
    # A section's name is an everyday word (news, sport): its stories are found by its key alone.
    named = {key: [] if key.startswith("section:") else _names(bodies.get(key, [])) for key in keys}
    connection.execute(insert(term_edits), [{"key": key, "names": json.dumps(named[key]), "at": at} for key in keys])


def _count_changes(connection: Connection, number: int) -> None:
    serialize(connection, NUMBER)
    keep_fact(connection, NUMBER, str(vocabulary_number(connection) + number))


def _names(bodies: Sequence[str]) -> list[str]:
    said = [payload for payload in map(json.loads, bodies) if "label" in payload]  # a tombstone says nothing
    terms = [from_payload(Term, payload) for payload in said[:2]]
    return sorted(
        {
            name
            for term in terms
            for name in (term.label, *term.labels.values(), *term.aliases, *term.rules.any, *term.rules.all)
        }
    )


def term_changes(connection: Connection) -> tuple[TermChange, ...]:
    """Every edited term, newest revision; a removed one, and a name that was refused, without its term."""
    rows = connection.execute(
        select(items.c.id, revisions.c.action, payloads.c.body)
        .select_from(items)
        .join(revisions, (revisions.c.item_id == items.c.id) & (revisions.c.revision == items.c.newest_revision))
        .outerjoin(payloads, (payloads.c.item_id == items.c.id) & (payloads.c.revision == items.c.newest_revision))
        .where(items.c.kind == "term")
    )
    refused = connection.execute(select(proposals).where(proposals.c.status.in_(DECIDED)))
    changes = {
        change.key: change
        for change in (TermChange(key=f"{row.type}:{row.slug}", term=None, merged_into=row.merged_into)
                       for row in refused)
    } | {row.id: _change(row) for row in rows}  # fmt: skip
    return tuple(changes[key] for key in sorted(changes))


def _change(row: Any) -> TermChange:
    body = json.loads(row.body) if row.body else {}
    if row.action == "withdraw" or not body:
        return TermChange(key=row.id, term=None, merged_into=body.get("merged_into", ""))
    return TermChange(key=row.id, term=from_payload(Term, body))


def propose(connection: Connection, found: Sequence[tuple[str, str, str, str]]) -> None:
    """Record names nobody knows: (type, slug, label, item id); what editors decided stays."""
    if not found:
        return
    at = now(connection)
    insertion = upsert(connection)
    connection.execute(
        insertion(proposals).on_conflict_do_nothing(),
        [
            {"type": type, "slug": slug, "label": label, "status": "proposed", "first_item": item, "at": at,
             "merged_into": ""}
            for type, slug, label, item in sorted(set(found))
        ],
    )  # fmt: skip
    connection.execute(
        insertion(proposal_items).on_conflict_do_nothing(),
        [{"type": type, "slug": slug, "item_id": item} for type, slug, _, item in sorted(set(found))],
    )


def listed_proposals(connection: Connection, status: str, type: str, query: str) -> tuple[Proposal, ...]:
    """Proposals of a status, most mentioned first."""
    count = (
        select(func.count())
        .where(proposal_items.c.type == proposals.c.type, proposal_items.c.slug == proposals.c.slug)
        .scalar_subquery()
    )
    chosen = select(proposals, count.label("mentions")).where(proposals.c.status == status)
    if type:
        chosen = chosen.where(proposals.c.type == type)
    rows = connection.execute(chosen.order_by(count.desc(), proposals.c.slug))
    folded = query.casefold()
    return tuple(
        Proposal(
            type=row.type, slug=row.slug, label=row.label, status=row.status, count=row.mentions,
            first_item=row.first_item, at=row.at, merged_into=row.merged_into,
        )
        for row in rows if folded in row.label.casefold()
    )  # fmt: skip


def decide(connection: Connection, type: str, slug: str, status: str, by: Token, merged_into: str) -> None:
    """An editor's word on a proposal. ``NotFound``."""
    done = connection.execute(
        update(proposals)
        .where(proposals.c.type == type, proposals.c.slug == slug)
        .values(status=status, merged_into=merged_into)
    )
    if done.rowcount == 0:
        raise NotFound(f"nobody proposed {type} {slug}")
    key, at = f"{type}:{slug}", now(connection)
    note(connection, at, by.name, f"proposal-{status}", item_id=key, detail=merged_into)
    if status in DECIDED:
        _count_changes(connection, 1)
        connection.execute(insert(term_edits).values(key=key, names="[]", at=at))


def next_retag(connection: Connection, quiet: timedelta) -> RetagJob | None:
    """The running job, or a new one over all edits once the last of them is older than ``quiet``."""
    serialize(connection, "retag")
    running = connection.execute(select(retag_jobs).where(~retag_jobs.c.done).order_by(retag_jobs.c.id)).first()
    if running:
        return _job(running)
    edits = connection.execute(select(term_edits).where(term_edits.c.job.is_(None)).order_by(term_edits.c.id)).all()
    if not edits or edits[-1].at > now(connection) - quiet:
        return None
    keys = sorted({edit.key for edit in edits})
    names = sorted({name for edit in edits for name in json.loads(edit.names)})
    made = insert(retag_jobs).values(keys=json.dumps(keys), names=json.dumps(names), cursor="", touched=0, done=False)
    job: int = connection.execute(made.returning(retag_jobs.c.id)).scalar_one()
    connection.execute(update(term_edits).where(term_edits.c.id.in_([e.id for e in edits])).values(job=job))
    return RetagJob(id=job, keys=tuple(keys), names=tuple(names), cursor="", touched=0)


def advance_retag(connection: Connection, job: RetagJob, cursor: str, touched: int, done: bool) -> None:
    """Keep how far a job came."""
    connection.execute(
        update(retag_jobs).where(retag_jobs.c.id == job.id).values(cursor=cursor, touched=touched, done=done)
    )


def _job(row: Row[Any]) -> RetagJob:
    return RetagJob(
        id=row.id,
        keys=tuple(json.loads(row._mapping["keys"])),
        names=tuple(json.loads(row.names)),
        cursor=row.cursor,
        touched=row.touched,
    )
