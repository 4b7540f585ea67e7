"""A draft as the form of a story, and the form as a draft: nothing in it need be right."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.ports.ledger.drafts import Draft, DraftBody
from dateline.schemas.draft import DraftStorySchema
from dateline.schemas.pointers import load
from dateline_ingest.desk.forms.form_fields import time_text
from dateline_ingest.desk.forms.story_form import LISTS, ROWS, TEXTS, TIMES, StoryForm

_NOT_SHOWN: Final = ("related", "external_id")
"""What the form has no field for; it stays as it is in the draft."""


def draft_body(form: StoryForm, zone: ZoneInfo, before: DraftBody | None = None) -> dict[str, Any]:
    """What was typed, as a draft keeps it. Raises ``InvalidInput`` for more than a draft takes."""
    kept = {name: (before or {})[name] for name in _NOT_SHOWN if name in (before or {})}
    body: dict[str, Any] = load(DraftStorySchema(), kept | form.body(zone))
    return body


def draft_fields(body: DraftBody, zone: ZoneInfo) -> dict[str, str]:
    """The form's fields as a draft fills them."""
    values = {name: str(body.get(name, "")) for name in (*TEXTS, "urgency")}
    for name in TIMES:
        values[name] = _as_typed(body.get(name) or "", zone)
    for name in LISTS:
        values[name] = ", ".join(body.get("tags", {}).get(name, ()))
    values["keywords"] = ", ".join(body.get("keywords", ()))
    for name, columns in ROWS.items():
        values[name] = "\n".join(_row(row, columns) for row in body.get(name, ()))
    return values


def form_of_draft(draft: Draft, zone: ZoneInfo) -> StoryForm:
    """The form filled with a draft, carrying the revision that it was made from."""
    return StoryForm({**draft_fields(draft.body, zone), "draft": draft.id, "draft_revision": str(draft.revision)})


def _as_typed(text: str, zone: ZoneInfo) -> str:
    """A time on the newsroom's clock; what is none, as it was typed."""
    with suppress(ValueError, OverflowError):
        moment = datetime.fromisoformat(text)
        return time_text(moment, zone) if moment.tzinfo else text
    return text


def _row(row: Mapping[str, str], columns: tuple[str, ...]) -> str:
    return " | ".join(row.get(column, "").replace("\n", " ") for column in columns).rstrip(" |")
