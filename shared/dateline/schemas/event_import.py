"""What the import of a file of events answers."""

from __future__ import annotations

from typing import Final

from marshmallow import fields, validate

from dateline.schemas.base import Strict

OUTCOMES: Final = ("new", "changed", "restored", "unchanged", "older", "lapsed", "left_out", "refused")


class EventChangeSchema(Strict):
    """A field that a newer version changes; a long value is cut."""

    field = fields.String(required=True)
    before = fields.String(required=True)
    after = fields.String(required=True)


class ImportedSchema(Strict):
    """What became of one VEVENT, row or object."""

    uid = fields.String(required=True)
    recurrence_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)
    start = fields.String(required=True, allow_none=True)
    id = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)
    status = fields.Integer(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    changes = fields.List(fields.Nested(EventChangeSchema), required=True)
    errors = fields.List(fields.Dict(), required=True)
    notes = fields.List(
        fields.Dict(),
        required=True,
        metadata={"description": "What was left out, or read otherwise than it stands; that a newer version counts"},
    )


class ColumnSchema(Strict):
    """A column of a table, and which field of an event it holds; none where that is empty."""

    column = fields.String(required=True)
    field = fields.String(required=True)


class ImportSchema(Strict):
    """What became of a file, event by event; of a dry run, what would."""

    dry_run = fields.Boolean(required=True)
    counts = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "How many became what"}
    )
    items = fields.List(fields.Nested(ImportedSchema), required=True)
    columns = fields.List(fields.Nested(ColumnSchema), metadata={"description": "Of a table: how it was read"})
    implied = fields.List(
        fields.Nested(ImportedSchema),
        required=True,
        metadata={"description": "What of the record the file changes without naming it"},
    )
