"""The documents of a claimed batch, each item's fate its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import structlog

from dateline.documents.builder import DocumentContext, document_of, made_again_at
from dateline.documents.corrections import missing_diffs
from dateline.domain.document import Document
from dateline.errors import Permanent
from dateline.ports.ledger.claims import Claimed, Diff, Quarantine

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

MAX_REASON: Final = 1_000
"""Characters of a reason that are kept."""


@dataclass(frozen=True, slots=True)
class ClaimedDocument:
    """A claimed item and its document; None when nothing of it is public (yet), so there is nothing to write.

    ``diffs`` are worked out now, and go on record with it. ``again_at``: when the document is another one by itself.
    """

    claimed: Claimed
    document: Document | None
    diffs: Mapping[int, Diff] = field(default_factory=dict)
    again_at: datetime | None = None


def build_documents(
    claimed: Sequence[Claimed], context: DocumentContext, late: Callable[[], bool] = lambda: False
) -> tuple[list[ClaimedDocument], list[Quarantine]]:
    """The documents of a batch, and those items that can't have one; of the first ones when it becomes ``late``."""
    made: list[ClaimedDocument] = []
    refused: list[Quarantine] = []
    for item in claimed:
        if (made or refused) and late():
            break
        try:
            made.append(_made(item, context))
        except Exception as error:
            # one item's bug is that item's own: the batch goes on, the item is kept with the reason
            log.exception("quarantined", stage="document", item=item.item_id, version=item.version)
            refused.append(_quarantined(item, error))
    return made, refused


def _made(item: Claimed, context: DocumentContext) -> ClaimedDocument:
    if item.publish is None:
        return ClaimedDocument(item, None)
    diffs = missing_diffs(item)
    whole = replace(item, diffs={**item.diffs, **diffs}) if diffs else item
    document = document_of(whole, item.publish, context)
    return ClaimedDocument(item, document, diffs, made_again_at(item.publish, context.now))


def _quarantined(claimed: Claimed, error: Exception) -> Quarantine:
    """The outcome of an item that can't have a document: our own errors say why themselves, a bug is named."""
    reason = str(error) if isinstance(error, Permanent) else f"{type(error).__name__}: {error}"
    return Quarantine(claimed=claimed, stage="document", reason=reason[:MAX_REASON])
