"""Notes to colleagues at a story."""

from __future__ import annotations

from marshmallow import fields, validate

from dateline.schemas.base import Strict
from dateline.schemas.fields import LONG, Moment, Text


class StoryNoteSchema(Strict):
    """A note as it comes."""

    text = Text(LONG, 1, required=True, lines=True)
    answers = fields.String(
        validate=validate.Regexp("[A-Za-z0-9_-]{1,64}$"), metadata={"description": "The id of the note it answers"}
    )


class KeptNoteSchema(Strict):
    """A note on record."""

    id = fields.String(required=True)
    at = Moment(required=True)
    by = fields.String(required=True)
    text = fields.String(required=True)
    answers = fields.String(required=True, allow_none=True)


class NotesSchema(Strict):
    """The notes at a story, oldest first."""

    items = fields.List(fields.Nested(KeptNoteSchema), required=True)
    next = fields.String(required=True, allow_none=True)
