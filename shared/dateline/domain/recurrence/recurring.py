"""Whether an event takes place more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Timed(Protocol):
    """What says when an event takes place besides at its start: an event, or its document."""

    @property
    def rrule(self) -> str: ...
    @property
    def rdates(self) -> Sequence[object]: ...
    @property
    def periods(self) -> Sequence[object]: ...


def is_recurring(event: Timed) -> bool:
    """Whether it has a rule or further times."""
    return bool(event.rrule or event.rdates or event.periods)
