"""Proposals: unknown names that the tagger found, and what editors decided on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update
from sqlalchemy.sql.base import ColumnCollection

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.tables import items, payloads
from dateline.adapters.ledger.database.vocabulary_tables import proposal_items, proposals
from dateline.adapters.ledger.items import IS_NEWEST_PAYLOAD
from dateline.adapters.ledger.vocabulary.proposal_bounds import proposable, trim_reporters
from dateline.adapters.ledger.vocabulary.proposal_counts import FOUND, MENTIONS, SOURCES, count_some, leave_uncounted
from dateline.adapters.ledger.vocabulary.refused_names import mark_refused_twice, not_refused_twice
from dateline.adapters.ledger.vocabulary.term_changes import IN_THE_LAYER, record_refused_name
from dateline.analysis.name_likeness import form_of
from dateline.errors import NotFound
from dateline.ports.ledger.items import Payload
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import (
    DEFAULT_BOUNDS,
    Proposal,
    ProposalBounds,
    ProposalDecision,
    ProposalMention,
    ProposedName,
)

_AS_IT_IS: Final = "ON CONFLICT DO NOTHING"


class SqlProposals(SqlPart):
    """``ports.ledger.vocabulary.Proposals`` in SQL."""

    def propose_terms(self, found: Sequence[ProposedName], bounds: ProposalBounds = DEFAULT_BOUNDS) -> None:
        if not found:
            return
        with writing(self._engine) as connection:
            if names := proposable(connection, not_refused_twice(connection, found), bounds):
                owners = _record_names(connection, sorted(names), now(connection))
                trim_reporters(connection, owners, bounds.of_reporter)

    def proposals(
        self, *, status: str = "proposed", type: str = "", query: str = "", limit: int | None = None, start: int = 0
    ) -> tuple[Proposal, ...]:
        folded, end = query.casefold(), None if limit is None else start + limit
        ranks = _ranks(status, type)
        with reading(self._engine) as connection:
            if end is not None and not query:
                ranks = ranks.where(_fewest_sources(connection, ranks, end) <= SOURCES)
            page = _ranked(ranks) if query else _ranked(ranks).limit(limit).offset(start)
            rows = connection.execute(_in_order(page)).all()
        found = tuple(_proposal(row) for row in rows if folded in row.label.casefold())
        return found[start:end] if query else found

    def proposals_waiting(self, type: str = "") -> int:
        waiting = select(func.count()).where(proposals.c.status == "proposed")
        with reading(self._engine) as connection:
            return connection.execute(waiting.where(proposals.c.type == type) if type else waiting).scalar() or 0

    def count_mentions(self, *, limit: int) -> int:
        with writing(self._engine) as connection:
            return count_some(connection, limit)

    def proposal(self, type: str, slug: str) -> Proposal | None:
        with reading(self._engine) as connection:
            row = connection.execute(FOUND.where(*_is(type, slug))).first()
        return _proposal(row) if row else None

    def decide_proposal(self, decision: ProposalDecision, by: Token) -> None:
        with writing(self._engine) as connection:
            record_decision(connection, decision, by)

    def mentions_of(self, names: Sequence[tuple[str, str]], *, each: int) -> Mapping[str, Sequence[ProposalMention]]:
        with reading(self._engine) as connection:
            return {f"{type}:{slug}": _newest_mentions(connection, type, slug, each) for type, slug in names}

    def newest_texts(self, item_ids: Collection[str]) -> Mapping[str, Payload]:
        chosen = select(items.c.id, payloads.c.body).join(payloads, IS_NEWEST_PAYLOAD)
        with reading(self._engine) as connection:
            rows = connection.execute(chosen.where(in_list(items.c.id, item_ids))).all()
        return {row.id: orjson.loads(row.body) for row in rows if row.body}


def _newest_mentions(connection: Connection, type: str, slug: str, each: int) -> list[ProposalMention]:
    """The latest ids are those of the newest."""
    own = proposal_items.c.type == type, proposal_items.c.slug == slug
    newest = (
        select(items.c.id, items.c.kind, items.c.label, items.c.published_revision)
        .join(proposal_items, proposal_items.c.item_id == items.c.id)
        .where(*own)
        .order_by(proposal_items.c.item_id.desc())
        .limit(each)
    )
    return [
        ProposalMention(
            item_id=row.id, kind=row.kind, label=row.label, public=row.published_revision is not None
        )
        for row in connection.execute(newest)
    ]  # fmt: skip


def _record_names(connection: Connection, names: Sequence[ProposedName], at: datetime) -> set[str]:
    """Put names and where they stand on record; returns the owners of the items."""
    owned = select(items.c.id, items.c.owner_id).where(in_list(items.c.id, {name.item_id for name in names}))
    owners: dict[str, str | None] = {row.id: row.owner_id for row in connection.execute(owned)}
    new = [
        {"type": type, "slug": slug, "label": label, "status": "proposed", "first_item": item, "at": at,
         "merged_into": "", "owner_id": owners.get(item), "form": form_of(label)}
        for type, slug, label, item, _ in names
    ]  # fmt: skip
    insert_all(connection, proposals, new, otherwise=_AS_IT_IS)
    mentions = [{"type": type, "slug": slug, "item_id": item, "day": day or None} for type, slug, _, item, day in names]
    insert_all(connection, proposal_items, mentions, otherwise=_AS_IT_IS)
    leave_uncounted(connection, {(name.type, name.slug) for name in names})
    return {owner for owner in owners.values() if owner}


def _ranks(status: str, type: str) -> Select[Any]:
    """What proposals are ranked by: narrow rows, since all are gone through."""
    chosen = select(proposals.c.type, proposals.c.slug, proposals.c.owner_id, MENTIONS, SOURCES)
    chosen = chosen.where(proposals.c.status == status)
    return chosen.where(proposals.c.type == type) if type else chosen


def _fewest_sources(connection: Connection, ranks: Select[Any], wanted: int) -> int:
    """So many sources at least the first ``wanted`` have: the others needn't be ranked."""
    found = ranks.subquery()
    counted = select(found.c.sources, func.count().label("names")).group_by(found.c.sources)
    for row in connection.execute(counted.order_by(found.c.sources.desc())).all():
        wanted -= row.names
        if wanted <= 0:
            return int(row.sources)
    return 0


def _ranked(chosen: Select[Any]) -> Select[Any]:
    """By sources; among equals, each writer's first, then each one's second: none stands before all others."""
    found = chosen.subquery()
    turn = func.row_number().over(
        partition_by=(found.c.sources, found.c.owner_id), order_by=(found.c.mentions.desc(), found.c.slug)
    )
    ranks = select(found.c.type, found.c.slug, found.c.sources, found.c.mentions, turn.label("turn"))
    return ranks.order_by(*_order(ranks.selected_columns))


def _order(ranks: ColumnCollection[str, Any]) -> tuple[ColumnElement[Any], ...]:
    return ranks.sources.desc(), ranks.turn, ranks.mentions.desc(), ranks.slug, ranks.type


def _in_order(page: Select[Any]) -> Select[Any]:
    """The whole rows of a page of ranked ones."""
    chosen = page.subquery()
    its = (proposals.c.type == chosen.c.type) & (proposals.c.slug == chosen.c.slug)
    return FOUND.join(chosen, its).order_by(*_order(chosen.c))


def record_decision(connection: Connection, decision: ProposalDecision, by: Token) -> None:
    """Put an editor's decision on record. ``NotFound`` when nobody proposed the name."""
    decided = (
        update(proposals)
        .where(*_is(decision.type, decision.slug))
        .values(status=decision.status, merged_into=decision.merged_into)
    )
    if connection.execute(decided).rowcount == 0:
        raise NotFound(f"nobody proposed {decision.type} {decision.slug}")
    key, at = f"{decision.type}:{decision.slug}", now(connection)
    record_audit(connection, at, by, f"proposal-{decision.status}", subject=key, detail=decision.merged_into)
    if decision.status in (*IN_THE_LAYER, "proposed"):
        record_refused_name(connection, at, key)
    mark_refused_twice(connection, decision.type, decision.slug, refused=decision.status == "rejected")


def _is(type: str, slug: str) -> tuple[Any, ...]:
    return proposals.c.type == type, proposals.c.slug == slug


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        type=row.type,
        slug=row.slug,
        label=row.label,
        status=row.status,
        count=row.mentions,
        sources=row.sources,
        first_item=row.first_item,
        at=row.at,
        merged_into=row.merged_into,
        first_day=date.fromisoformat(row.first_day) if row.first_day else None,
        last_day=date.fromisoformat(row.last_day) if row.last_day else None,
    )
