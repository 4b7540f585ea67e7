"""Proposals: unknown names that the tagger found, and what editors decided on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select, update

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import proposal_items, proposals, revisions
from dateline.adapters.ledger.vocabulary.term_changes import IN_THE_LAYER, record_refused_name
from dateline.errors import NotFound
from dateline.ports.ledger.tokens import Token
from dateline.ports.ledger.vocabulary import Proposal, ProposalDecision

_MENTIONS: Final = (
    select(func.count())
    .where(proposal_items.c.type == proposals.c.type, proposal_items.c.slug == proposals.c.slug)
    .scalar_subquery()
)


class SqlProposals(SqlPart):
    """``ports.ledger.vocabulary.Proposals`` in SQL."""

    def propose_terms(self, found: Sequence[tuple[str, str, str, str]]) -> None:
        if not found:
            return
        with writing(self._engine) as connection:
            found = _without_erased(connection, found)
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

    def proposals(self, *, status: str = "proposed", type: str = "", query: str = "") -> tuple[Proposal, ...]:
        chosen = select(proposals, _MENTIONS.label("mentions")).where(proposals.c.status == status)
        if type:
            chosen = chosen.where(proposals.c.type == type)
        folded = query.casefold()
        with reading(self._engine) as connection:
            rows = connection.execute(chosen.order_by(_MENTIONS.desc(), proposals.c.slug))
            return tuple(_proposal(row) for row in rows if folded in row.label.casefold())

    def proposal(self, type: str, slug: str) -> Proposal | None:
        chosen = select(proposals, _MENTIONS.label("mentions")).where(*_is(type, slug))
        with reading(self._engine) as connection:
            row = connection.execute(chosen).first()
        return _proposal(row) if row else None

    def decide_proposal(self, decision: ProposalDecision, by: Token) -> None:
        with writing(self._engine) as connection:
            record_decision(connection, decision, by)


def _without_erased(
    connection: Connection, found: Sequence[tuple[str, str, str, str]]
) -> Sequence[tuple[str, str, str, str]]:
    """Without the names of items that were erased while a worker had their text."""
    asked = {item for *_, item in found}
    erased = set(
        connection.scalars(
            select(revisions.c.item_id).where(in_list(revisions.c.item_id, asked), revisions.c.erased).distinct()
        )
    )
    return [name for name in found if name[3] not in erased] if erased else found


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
    record_audit(connection, at, by.name, f"proposal-{decision.status}", item_id=key, detail=decision.merged_into)
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
        first_item=row.first_item,
        at=row.at,
        merged_into=row.merged_into,
    )
