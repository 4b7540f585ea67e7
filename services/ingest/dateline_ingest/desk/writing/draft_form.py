"""A draft as the form of a story, and the form as a draft: nothing in it need be right."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dateline.ports.ledger.drafts import Draft, DraftBody
from dateline.schemas.draft import DraftStorySchema
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.story_form import NOT_SHOWN, StoryForm, story_fields


def draft_body(form: StoryForm, zone: ZoneInfo, before: DraftBody | None = None) -> dict[str, Any]:
    """What was typed, as a draft keeps it. Raises ``InvalidInput`` for more than a draft takes."""
    kept = {name: (before or {})[name] for name in NOT_SHOWN if name in (before or {})}
    body: dict[str, Any] = load(DraftStorySchema(), kept | form.body(zone))
    return body


def form_of_draft(draft: Draft, zone: ZoneInfo) -> StoryForm:
    """The form filled with a draft, carrying the revision that it was made from."""
    return StoryForm({**story_fields(draft.body, zone), "draft": draft.id, "draft_revision": str(draft.revision)})
