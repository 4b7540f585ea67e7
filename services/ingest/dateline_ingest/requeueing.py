"""Trying again what could not be indexed, and waking those who do."""

from __future__ import annotations

from dateline.domain.document import ItemKind
from dateline.ports.wakeup import Lane
from dateline_ingest.context import parts, token


def requeue(item_id: str) -> None:
    """Make an item in quarantine due again. ``NotFound``."""
    kind = parts().ledger.quarantined(item_id).kind
    parts().ledger.requeue(item_id, token())
    _wake(kind)


def requeue_alike(item_id: str) -> int:
    """Make due again all that failed as this item did; how many. ``NotFound``."""
    kind = parts().ledger.quarantined(item_id).kind
    count = parts().ledger.requeue_alike(item_id, token())
    _wake(kind)
    return count


def _wake(kind: ItemKind) -> None:
    parts().wakeup.wake(Lane.LIVE.of_pictures() if kind == "image" else Lane.LIVE)
