"""How many stories of how many sources mention a proposed name, and when: counted once, behind the indexing.

A name that is mentioned again is uncounted until then, and counted by whoever asks: who lists thousands of
names has no time for all of them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Connection, Select, case, func, select, tuple_, update

from dateline.adapters.ledger.database.in_list import in_list
from dateline.adapters.ledger.database.tables import items, tokens
from dateline.adapters.ledger.database.vocabulary_tables import proposal_items, proposals
from dateline.adapters.ledger.vocabulary.proposal_bounds import IS_OWNERS_TOKEN

_OF_THE_NAME: Final = (proposal_items.c.type == proposals.c.type) & (proposal_items.c.slug == proposals.c.slug)
_OWNER: Final = func.coalesce(items.c.owner_id, items.c.owner)
_SOURCE: Final = case((tokens.c.role == "editor", _OWNER + " " + items.c.external_source), else_=_OWNER)
"""A reporter writes for itself, whatever source its stories name; an editor's token brings those of agencies."""
_COUNTS: Final = {
    "mentions": select(func.count()).where(_OF_THE_NAME).correlate(proposals).scalar_subquery(),
    "sources": (
        select(func.count(_SOURCE.distinct()))
        .select_from(
            proposal_items.join(items, items.c.id == proposal_items.c.item_id).outerjoin(tokens, IS_OWNERS_TOKEN)
        )
        .where(_OF_THE_NAME)
        .correlate(proposals)
        .scalar_subquery()
    ),
    "first_day": select(func.min(proposal_items.c.day)).where(_OF_THE_NAME).correlate(proposals).scalar_subquery(),
    "last_day": select(func.max(proposal_items.c.day)).where(_OF_THE_NAME).correlate(proposals).scalar_subquery(),
}
MENTIONS: Final = func.coalesce(proposals.c.mentions, _COUNTS["mentions"]).label("mentions")
SOURCES: Final = func.coalesce(proposals.c.sources, _COUNTS["sources"]).label("sources")
_OTHERS: Final = [column for column in proposals.columns if column.name not in _COUNTS]
_DAYS: Final = [
    case((proposals.c.mentions.is_(None), _COUNTS[name]), else_=proposals.c[name]).label(name)
    for name in ("first_day", "last_day")
]
FOUND: Final[Select[Any]] = select(*_OTHERS, MENTIONS, SOURCES, *_DAYS)
"""Proposals with their counts."""


def leave_uncounted(connection: Connection, names: Collection[tuple[str, str]]) -> None:
    """Note that proposals (type, slug) are mentioned otherwise than before."""
    slugs = {slug for _, slug in names}
    counted = in_list(proposals.c.slug, slugs), proposals.c.mentions.is_not(None)
    connection.execute(update(proposals).where(*counted).values(mentions=None, sources=None))


def count_some(connection: Connection, limit: int) -> int:
    """Count the mentions of at most so many names that aren't counted; returns of how many they were."""
    uncounted = select(proposals.c.type, proposals.c.slug).where(proposals.c.mentions.is_(None)).limit(limit)
    names = [(row.type, row.slug) for row in connection.execute(uncounted)]
    if names:
        own = tuple_(proposals.c.type, proposals.c.slug).in_(names)
        connection.execute(update(proposals).where(own).values(_COUNTS))
    return len(names)
