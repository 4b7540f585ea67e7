"""Whether two events that were announced are one: the day, the time where both say it, what they are called, where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from dateline.domain.event import Event, Location
from dateline.domain.similarity.titles import title_likeness

ALIKE: Final = 0.5
"""From which likeness of their titles on two events of one day are taken for one."""
ALIKE_IN_ONE_PLACE: Final = 0.3


def first_day(event: Event) -> date:
    """The day on which an event begins, on its own clock."""
    return event.start.date() if isinstance(event.start, datetime) else event.start


def is_same_event(one: Event, other: Event) -> bool:
    """Whether both begin on one day, at no different times, and are called alike; less alike in one place."""
    if first_day(one) != first_day(other):
        return False
    if isinstance(one.start, datetime) and isinstance(other.start, datetime) and one.start != other.start:
        return False
    least = ALIKE_IN_ONE_PLACE if same_place(one.location, other.location) else ALIKE
    return title_likeness(one.title, other.title) >= least


def same_place(one: Location | None, other: Location | None) -> bool:
    """Whether both are said to be at a place of one name, or in one city."""
    if one is None or other is None:
        return False
    here, there = ({name.casefold() for name in (place.name, place.city) if name} for place in (one, other))
    return bool(here & there)
