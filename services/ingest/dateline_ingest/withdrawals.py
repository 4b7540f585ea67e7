"""Withdrawing an item, and bringing a story back: as a new revision that says what its last text said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dateline.domain.document import Kind
from dateline.domain.event import Event
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.errors import Conflict
from dateline.ports.ledger.items import WITHHELD_UNTIL, Item, Revision
from dateline.ports.ledger.submissions import Submission
from dateline_ingest.intake import Write, content_of


def withdrawal(kind: Kind, item: Item, write: Write, note: str) -> Submission:
    """The submission of a tombstone; ``note`` is what readers are told."""
    return Submission(
        kind=kind, action="withdraw", payload={}, by=write.by, item_id=item.id, if_match=write.if_match,
        lane=write.lane, label=item.label, section=item.section, note=note, idempotency=write.idempotency,
    )  # fmt: skip


def restored_story(item: Item, write: Write, note: str, now: datetime) -> Submission:
    """The submission of the last text of ``item``, which is withdrawn and was read with all its payloads.

    What held a text that no reader saw holds it again, since a tombstone keeps no embargo. Raises ``Conflict`` where no
    text is left.
    """
    texts = [(revision, story) for revision in item.revisions if (story := content_of(Story, revision.payload))]
    if not texts:
        raise Conflict("The text of this story was erased: there is nothing to bring back.")
    _, story = texts[-1]
    return Submission(
        kind="story", action="restore", payload=to_payload(replace(story, note=note)), by=write.by, item_id=item.id,
        if_match=write.if_match, lane=write.lane, label=story.headline, section=story.section, note=note,
        embargo_until=_hold(texts, now), idempotency=write.idempotency,
    )  # fmt: skip


def restored_event(item: Item, write: Write, note: str) -> Submission:
    """The submission of what an event said last, which is withdrawn and was read with all its payloads. Raises
    ``Conflict`` where that was erased."""
    texts = [event for revision in item.revisions if (event := content_of(Event, revision.payload))]
    if not texts:
        raise Conflict("The text of this event was erased: there is nothing to bring back.")
    event = texts[-1]
    return Submission(
        kind="event", action="restore", payload=to_payload(replace(event, note=note)), by=write.by, item_id=item.id,
        if_match=write.if_match, lane=write.lane, label=event.title, section=event.section, note=note,
        idempotency=write.idempotency,
    )  # fmt: skip


def _hold(texts: Sequence[tuple[Revision, Story]], now: datetime) -> datetime | None:
    """Until when the last of ``texts`` is held: of all since the last that readers saw, the latest embargo counts. One
    lifted just before the withdrawal is not known of; then the story waits for its writer, not the other way round."""
    public = max((revision.revision for revision, _ in texts if revision.indexed_at), default=0)
    unseen = [story for revision, story in texts if revision.revision > public]
    if unseen and unseen[-1].ninjs.get("pubStatus") == "withheld":
        return WITHHELD_UNTIL
    embargoes = [story.embargo_until for story in unseen if story.embargo_until and story.embargo_until > now]
    return max(embargoes, default=None)
