"""One time of a series as it comes in, and what is answered to edits of series."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields

from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.event import EventSchema
from dateline.schemas.fields import DayOrMoment, Text


class OccurrenceSchema(EventSchema):
    """An event in the place of one time of a series. What it leaves out is as the series has it."""

    class Meta(Strict.Meta):
        """It takes place once."""

        exclude = ("rrule", "exdates", "rdates", "further_rrules", "periods")

    title = Text(least=1)
    start = DayOrMoment(metadata={"description": "When it takes place instead; without it at the time it stands for"})

    @ma.validates_schema(skip_on_field_errors=True)
    def check_whole(self, data: dict[str, Any], **options: Any) -> None:
        """Times are checked beside those of the series."""
        if "start" in data:
            super().check_whole(data, **options)
        elif "description_html" in data and "description_text" in data:
            raise ma.ValidationError("Send description_html or description_text, not both.", "description_html")

    @ma.post_load
    def make(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """What was said of the event."""
        if "start" in data:
            made: dict[str, Any] = super().make(data, **options)
            return made
        return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


class ExceptionFateSchema(Strict):
    """What became of an event that stood for one time of a series."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    recurrence_id = fields.String(required=True, metadata={"description": "The time that it stood for"})
    stands_for = fields.String(
        required=True, allow_none=True, metadata={"description": "The time that it stands for now; null for none"}
    )
    withdrawn = fields.Boolean(required=True)


class ExceptionFatesSchema(Strict):
    """What became of the exceptions of a series."""

    kept = fields.List(fields.Nested(ExceptionFateSchema), required=True)
    moved = fields.List(fields.Nested(ExceptionFateSchema), required=True)
    lost = fields.List(fields.Nested(ExceptionFateSchema), required=True)


class SeriesReceiptSchema(ReceiptSchema):
    """The receipt of an event, of a series with those of what else was written."""

    occurrence = fields.Nested(
        ReceiptSchema, metadata={"description": "The event that stands for the time that was edited"}
    )
    following = fields.Nested(ReceiptSchema, metadata={"description": "The series that goes on from the time given"})
    exceptions = fields.Nested(ExceptionFatesSchema, metadata={"description": "Those of the series, where it has any"})


class OccurrenceItemSchema(Strict):
    """One time of a series on record."""

    recurrence_id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": ["series", "edited", "removed"]})
    id = fields.String(
        required=True, allow_none=True, metadata={"description": "Of the event that stands for it, where one does"}
    )
    event = fields.Nested(OccurrenceSchema, required=True)
