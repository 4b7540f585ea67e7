"""What can't be indexed as it is: kept, with the stage and the reason, until somebody requeues or discards it."""

from __future__ import annotations

from typing import Final

from dateline.errors import Permanent
from dateline.ports.ledger.claims import Claimed, Quarantine

MOST_CHARACTERS: Final = 1_000


def quarantined(claimed: Claimed, stage: str, wrong: Exception) -> Quarantine:
    """The outcome of an item that failed with ``wrong``: our own errors say it themselves, a bug is named."""
    reason = str(wrong) if isinstance(wrong, Permanent) else f"{type(wrong).__name__}: {wrong}"
    return Quarantine(claimed=claimed, stage=stage, reason=reason[:MOST_CHARACTERS])
