"""Events on record that a proposed one may be: of that day, and called like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.recurrence import occurrences
from dateline.domain.similarity.events import first_day, same_place
from dateline.domain.similarity.titles import title_beginnings, title_likeness
from dateline.errors import InvalidInput
from dateline.ports.ledger.event_proposals import EventProposal, EventProposals

LEAST: Final = 0.35
LEAST_IN_ONE_PLACE: Final = 0.2
"""Less than for two stories that are taken for one announcement: here an editor looks at each."""
MOST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleSame:
    """An event on record, and how alike its title is, from 0 to 1."""

    id: str
    event: Event
    likeness: float


def possible_same(proposal: EventProposal, ledger: EventProposals, zone: ZoneInfo) -> list[PossibleSame]:
    """The events that ``proposal`` may be, the likeliest first."""
    wanted, day = proposal.event, first_day(proposal.event)
    found = []
    for known in ledger.events_named_like(sorted(title_beginnings(wanted.title))):
        alike = title_likeness(known.event.title, wanted.title)
        least = LEAST_IN_ONE_PLACE if same_place(known.event.location, wanted.location) else LEAST
        if alike >= least and _takes_place_on(known.event, day, zone):
            found.append(PossibleSame(id=known.id, event=known.event, likeness=round(alike, 2)))
    return sorted(found, key=lambda one: (-one.likeness, one.id))[:MOST]


def _takes_place_on(event: Event, day: date, zone: ZoneInfo) -> bool:
    try:
        return bool(occurrences(event, day, day, zone, 1))
    except InvalidInput:  # a rule from before they were checked
        return False
