"""How many names an item and a reporter may propose, so that nobody buries the others'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, select, tuple_

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, revisions, tokens
from dateline.adapters.ledger.database.vocabulary_tables import proposal_items, proposals
from dateline.ports.ledger.vocabulary import ProposalBounds, ProposedName

AT_ONCE: Final = 1_000
"""Names that one statement takes out: a database bounds its parameters."""
IS_OWNERS_TOKEN: Final = tokens.c.writer_id == items.c.owner_id


def proposable(connection: Connection, found: Sequence[ProposedName], bounds: ProposalBounds) -> set[ProposedName]:
    """The names of ``found`` that may be recorded: none of items that were erased while a worker had their text, and of
    the others as many as they have proposed too few until now."""
    asked = {name[3] for name in found}
    erased = select(revisions.c.item_id).where(in_list(revisions.c.item_id, asked), revisions.c.erased).distinct()
    named = select(proposal_items).where(in_list(proposal_items.c.item_id, asked))
    gone = set(connection.scalars(erased))
    there = {(row.type, row.slug, row.item_id) for row in connection.execute(named)}
    count = Counter(item for *_, item in there)
    taken: set[ProposedName] = set()
    for type, slug, label, item, *day in found:
        if item in gone or (type, slug, item) in there or count[item] >= bounds.of_item:
            continue
        count[item] += 1
        there.add((type, slug, item))
        taken.add(ProposedName(type, slug, label, item, *day))
    return taken


def trim_reporters(connection: Connection, owners: Collection[str], most: int) -> None:
    """Take from each reporter of ``owners`` what is over the bound: what fewest others mention, the oldest first."""
    counted = (
        select(proposals.c.owner_id, func.count().label("names"))
        .join(tokens, tokens.c.writer_id == proposals.c.owner_id)
        .where(in_list(proposals.c.owner_id, owners), proposals.c.status == "proposed", tokens.c.role == "reporter")
        .group_by(proposals.c.owner_id)
        .having(func.count() > most)
    )
    for row in connection.execute(counted).all():
        _trim(connection, row.owner_id, row.names - most)


def _trim(connection: Connection, owner: str, surplus: int) -> None:
    others = (
        select(func.count(items.c.owner_id.distinct()))
        .join(proposal_items, proposal_items.c.item_id == items.c.id)
        .where(
            proposal_items.c.type == proposals.c.type,
            proposal_items.c.slug == proposals.c.slug,
            items.c.owner_id != owner,
        )
        .correlate(proposals)
        .scalar_subquery()
    )
    chosen = (
        select(proposals.c.type, proposals.c.slug)
        .where(proposals.c.owner_id == owner, proposals.c.status == "proposed")
        .order_by(others, proposals.c.at, proposals.c.slug)
        .limit(surplus)
        .with_for_update(skip_locked=True)
    )
    names = [(row.type, row.slug) for row in connection.execute(chosen)]
    for start in range(0, len(names), AT_ONCE):
        for table in (proposal_items, proposals):
            gone = tuple_(table.c.type, table.c.slug).in_(names[start : start + AT_ONCE])
            connection.execute(delete(table).where(gone))
