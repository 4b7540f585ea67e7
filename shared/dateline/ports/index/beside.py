"""What is asked for beside an event: what takes place near it, and what is like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.domain.document import EventDocument
from dateline.domain.event import EventStatus

NEAR_KM: Final = 30.0
TOO_COMMON: Final = 3
"""What one of so many events carries tells nothing of any; in a calendar of few, everything does."""
FEW: Final = 12
OFF: Final[tuple[EventStatus, ...]] = ("cancelled", "postponed")
"""What takes place at no time is beside nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideSearch:
    """Events beside ``event`` of which an occurrence may lie between two days, without itself, at most ``limit``."""

    event: EventDocument
    first_day: date
    last_day: date
    limit: int


def is_telling(carriers: int, events: int) -> bool:
    """Whether a value that so many of the events carry tells what they are."""
    return events < FEW or carriers * TOO_COMMON <= events
