"""Proposals: unknown names that the tagger found, and what editors decided on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, case, func, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.inserts import insert_all
from dateline.adapters.ledger.database.tables import items, proposal_items, proposals, tokens
from dateline.adapters.ledger.vocabulary.proposal_bounds import IS_OWNERS_TOKEN, proposable, trim_reporters
from dateline.adapters.ledger.vocabulary.term_changes import IN_THE_LAYER, record_refused_name
from dateline.errors import NotFound
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS, Proposal, ProposalBounds, ProposalDecision, ProposedName

_OF_THE_NAME: Final = (proposal_items.c.type == proposals.c.type) & (proposal_items.c.slug == proposals.c.slug)
_MENTIONS: Final = select(func.count()).where(_OF_THE_NAME).correlate(proposals).scalar_subquery()
_OWNER: Final = func.coalesce(items.c.owner_id, items.c.owner)
_SOURCE: Final = case((tokens.c.role == "editor", _OWNER + " " + items.c.external_source), else_=_OWNER)
"""A reporter writes for itself, whatever source its stories name; an editor's token brings those of agencies."""
_SOURCES: Final = (
    select(func.count(_SOURCE.distinct()))
    .select_from(proposal_items.join(items, items.c.id == proposal_items.c.item_id).outerjoin(tokens, IS_OWNERS_TOKEN))
    .where(_OF_THE_NAME)
    .correlate(proposals)
    .scalar_subquery()
)
_AS_IT_IS: Final = "ON CONFLICT DO NOTHING"
_FOUND: Final = select(proposals, _MENTIONS.label("mentions"), _SOURCES.label("sources"))


class SqlProposals(SqlPart):
    """``ports.ledger.vocabulary.Proposals`` in SQL."""

    def propose_terms(self, found: Sequence[ProposedName], bounds: ProposalBounds = DEFAULT_BOUNDS) -> None:
        if not found:
            return
        with writing(self._engine) as connection:
            if names := proposable(connection, found, bounds):
                owners = _record_names(connection, sorted(names), now(connection))
                trim_reporters(connection, owners, bounds.of_reporter)

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        chosen = _FOUND.where(proposals.c.status == status)
        if type:
            chosen = chosen.where(proposals.c.type == type)
        folded = query.casefold()
        with reading(self._engine) as connection:
            rows = connection.execute(_ranked(chosen)).all()
        return tuple(_proposal(row) for row in rows if folded in row.label.casefold())

    def proposal(self, type: str, slug: str) -> Proposal | None:
        with reading(self._engine) as connection:
            row = connection.execute(_FOUND.where(*_is(type, slug))).first()
        return _proposal(row) if row else None

    def decide_proposal(self, decision: ProposalDecision, by: Token) -> None:
        with writing(self._engine) as connection:
            record_decision(connection, decision, by)


def _record_names(connection: Connection, names: Sequence[ProposedName], at: datetime) -> set[str]:
    """Put names and where they stand on record; returns the owners of the items."""
    owned = select(items.c.id, items.c.owner_id).where(in_list(items.c.id, {item for *_, item in names}))
    owners: dict[str, str | None] = {row.id: row.owner_id for row in connection.execute(owned)}
    new = [
        {"type": type, "slug": slug, "label": label, "status": "proposed", "first_item": item, "at": at,
         "merged_into": "", "owner_id": owners.get(item)} for type, slug, label, item in names
    ]  # fmt: skip
    insert_all(connection, proposals, new, otherwise=_AS_IT_IS)
    mentions = [{"type": type, "slug": slug, "item_id": item} for type, slug, _, item in names]
    insert_all(connection, proposal_items, mentions, otherwise=_AS_IT_IS)
    return {owner for owner in owners.values() if owner}


def _ranked(chosen: Select[Any]) -> Select[Any]:
    """By sources; among equals, each writer's first, then each one's second: none stands before all others."""
    found = chosen.subquery()
    turn = func.row_number().over(
        partition_by=(found.c.sources, found.c.owner_id), order_by=(found.c.mentions.desc(), found.c.slug)
    )
    return select(found).order_by(found.c.sources.desc(), turn, found.c.mentions.desc(), found.c.slug, found.c.type)


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
    if decision.status in IN_THE_LAYER:
        record_refused_name(connection, at, key)


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
    )
