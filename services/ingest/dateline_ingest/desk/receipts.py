"""What a receipt promises, in words for the person who sent something."""

from __future__ import annotations

from dateline.ports.ledger.items import WITHHELD_UNTIL
from dateline.ports.ledger.submissions import Receipt
from dateline_ingest.context import parts
from dateline_ingest.desk.template_filters import format_time, hold_words


def received_words(receipt: Receipt) -> str:
    """That it is on disk, and when readers will see it."""
    return f"Received at {format_time(receipt.received_at)}. It is on disk{readers_words(receipt)}"


def readers_words(receipt: Receipt) -> str:
    """When readers will see what the receipt is of."""
    if receipt.state != "held":
        return "; readers will see it in a second or two."
    embargo = parts().ledger.item(receipt.kind, receipt.id).embargo_until
    if embargo == WITHHELD_UNTIL:
        return ", and held back by its source."
    return f", and held until {hold_words(embargo)}." if embargo else ", and held."
