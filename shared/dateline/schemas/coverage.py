"""Coverages at the border: what is said of who covers what until when."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import fields, validate

from dateline.domain.coverage import COVERAGE_FORMS, COVERAGE_STATES, Coverage
from dateline.domain.timestamps import rfc3339
from dateline.schemas.base import Strict
from dateline.schemas.fields import LONG, SHORT, Flag, Moment, Text

_ID: Final = 120


class CoverageFieldsSchema(Strict):
    """What may be said of a coverage, none of it required: what a change doesn't say stays."""

    title = Text(SHORT, metadata={"description": "What is covered; without it the event's title"})
    day = fields.Date(metadata={"description": "Of the newsroom; without it the event's, or that of due_at"})
    form = fields.String(validate=validate.OneOf(COVERAGE_FORMS))
    event_id = Text(_ID, allow_none=True)
    recurrence_id = Text(_ID, allow_none=True, metadata={"description": "Which time of a series, as in the .ics"})
    due_at = Moment(allow_none=True, metadata={"description": "Without it an hour after the event's end"})
    assignee = Text(SHORT, allow_none=True, metadata={"description": "The name of who covers it"})
    note = Text(LONG, lines=True)
    reason = Text(LONG, lines=True, metadata={"description": "Why it is dropped, or given back"})
    story_id = Text(_ID, allow_none=True, metadata={"description": "What was filed"})


class NewCoverageSchema(CoverageFieldsSchema):
    """A coverage to be planned: an event, or a title and a day."""

    give_draft = Flag(load_default=False, metadata={"description": "The assignee gets a draft of it"})


class CoverageChangeSchema(CoverageFieldsSchema):
    """What is said otherwise of a coverage."""

    state = fields.String(validate=validate.OneOf(COVERAGE_STATES))


class CoverageSchema(Strict):
    """A coverage."""

    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    title = fields.String(required=True)
    day = fields.Date(required=True)
    form = fields.String(required=True, validate=validate.OneOf(COVERAGE_FORMS))
    state = fields.String(required=True, validate=validate.OneOf(COVERAGE_STATES))
    event_id = fields.String(required=True, allow_none=True)
    recurrence_id = fields.String(required=True, allow_none=True)
    due_at = Moment(required=True, allow_none=True)
    assignee = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    reason = fields.String(required=True)
    draft_id = fields.String(required=True, allow_none=True)
    story_id = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, metadata={"description": "Who said so last"})
    made_at = Moment(required=True)
    changed_at = Moment(required=True)
    url = fields.String(required=True)


class CoveragesSchema(Strict):
    """A page of coverages by day, or of ninjs 3.1 objects; ``next`` is the address of the following one."""

    items = fields.List(fields.Dict(), required=True)
    next = fields.String(required=True, allow_none=True)


def coverage_json(coverage: Coverage, url: str) -> dict[str, Any]:
    """A coverage, every field said."""
    return {
        "id": coverage.id, "revision": coverage.revision, "title": coverage.title, "day": coverage.day.isoformat(),
        "form": coverage.form, "state": coverage.state, "event_id": coverage.event_id or None,
        "recurrence_id": coverage.recurrence_id or None,
        "due_at": rfc3339(coverage.due_at) if coverage.due_at else None, "assignee": coverage.assignee or None,
        "note": coverage.note, "reason": coverage.reason, "draft_id": coverage.draft_id or None,
        "story_id": coverage.story_id or None, "by": coverage.by, "made_at": rfc3339(coverage.made_at),
        "changed_at": rfc3339(coverage.changed_at), "url": url,
    }  # fmt: skip
