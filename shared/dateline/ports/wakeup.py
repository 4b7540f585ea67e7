"""Waking the workers. Only a wake-up: it may be lost or doubled, the claim in the ledger decides."""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol


class Lane(IntEnum):
    """Which work goes first: a bulk of 100,000 must not stand before the story of 23:50.

    ``SUSPECT``: what was in a batch that a worker died of, or hung on. It is worked on alone, and nothing waits for it.
    From ``MEDIA`` on they are the lanes of pictures, which have workers of their own.
    """

    LIVE = 0
    BULK = 1
    RETAG = 2
    SUSPECT = 3
    MEDIA = 4
    MEDIA_BULK = 5

    def of_pictures(self) -> Lane:
        """The lane of pictures that is as urgent."""
        return self if self >= Lane.MEDIA else Lane.MEDIA if self is Lane.LIVE else Lane.MEDIA_BULK


class WakeUp(Protocol):
    """Tells the workers that something is due."""

    def wake(self, lane: Lane) -> None:
        """Wake a worker for ``lane``. Returns at once and never raises: a dead broker costs a reporter nothing."""
        ...

    def close(self) -> None:
        """Send what is still waiting, within a second, and stop."""
        ...
