"""The documents of a claimed batch, each item's fate its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from traceback import format_exception
from typing import Final

import structlog

from dateline.documents.announced_events import announced_events
from dateline.documents.builder import DocumentContext, document_of, made_again_at
from dateline.documents.corrections import missing_diffs
from dateline.domain.document import Document, StoryDocument
from dateline.errors import Permanent
from dateline.ports.ledger.claims import Claimed, Diff, Quarantine
from dateline.ports.ledger.event_proposals import StoryAnnouncements

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

MAX_REASON: Final = 1_000
"""Characters of a reason that are kept."""
MAX_TRACEBACK: Final = 20_000
"""Characters of a traceback that are kept: its end, where the error is."""
MAX_FRAMES: Final = 50


@dataclass(frozen=True, slots=True)
class ClaimedDocument:
    """A claimed item and its document; None when nothing of it is public (yet), so there is nothing to write.

    ``diffs`` are worked out now, and go on record with it. ``again_at``: when the document is another one by itself.
    ``announced``: the events that a story announces, where there are any or an earlier revision may have had some.
    """

    claimed: Claimed
    document: Document | None
    diffs: Mapping[int, Diff] = field(default_factory=dict)
    again_at: datetime | None = None
    announced: StoryAnnouncements | None = None


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
    again_at = made_again_at(item.publish, context.now)
    return ClaimedDocument(item, document, diffs, again_at, _announced(item, document, context))


def _announced(item: Claimed, document: Document | None, context: DocumentContext) -> StoryAnnouncements | None:
    if not isinstance(document, StoryDocument):
        return None
    events = announced_events(document, context.zone, context.now)
    if not events and document.revision == 1:
        return None
    return StoryAnnouncements(story_id=item.item_id, revision=document.revision, events=events)


def _quarantined(claimed: Claimed, error: Exception) -> Quarantine:
    """The outcome of an item that can't have a document: our own errors say why themselves, a bug is named."""
    if isinstance(error, Permanent):
        return Quarantine(claimed=claimed, stage="document", reason=_storable(str(error))[:MAX_REASON])
    reason, where = f"{type(error).__name__}: {error}", "".join(format_exception(error, limit=-MAX_FRAMES))
    return Quarantine(
        claimed=claimed, stage="document", reason=_storable(reason)[:MAX_REASON],
        traceback=_storable(where)[-MAX_TRACEBACK:],
    )  # fmt: skip


def _storable(words: str) -> str:
    """``words`` as a database takes them: an error may quote anything."""
    return words.encode(errors="replace").decode().replace("\0", "")
