"""Which events the claimed stories are linked with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Final

from sqlalchemy import Connection, select

from dateline.adapters.ledger.database.event_tables import event_links
from dateline.adapters.ledger.database.in_list import in_list
from dateline.ports.ledger.claims import Claimed

MOST_EVENTS: Final = 20
"""Events that a story's document names."""

_ANY: Final = select(event_links.c.story_id).limit(1)
"""A newsroom without a calendar shall pay nothing for it."""


def with_event_ids(connection: Connection, claimed: Sequence[Claimed]) -> tuple[Claimed, ...]:
    """The claims, with the events that each story is linked with, first those that were linked first."""
    ids = [one.item_id for one in claimed if one.kind == "story"]
    if not ids or connection.execute(_ANY).first() is None:
        return tuple(claimed)
    rows = connection.execute(
        select(event_links.c.story_id, event_links.c.event_id)
        .where(in_list(event_links.c.story_id, ids), ~event_links.c.unlinked)
        .order_by(event_links.c.story_id, event_links.c.made, event_links.c.event_id)
    ).all()
    linked = {story: [row.event_id for row in group] for story, group in groupby(rows, key=attrgetter("story_id"))}
    return tuple(
        replace(one, event_ids=tuple(linked[one.item_id][:MOST_EVENTS])) if one.item_id in linked else one
        for one in claimed
    )
