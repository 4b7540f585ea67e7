"""What is said of a story that is being written."""

from __future__ import annotations

from marshmallow import fields

from dateline.schemas.base import Strict


class CheckErrorSchema(Strict):
    """What sending it would refuse."""

    pointer = fields.String(required=True, metadata={"description": "A JSON pointer (RFC 6901) to the field"})
    detail = fields.String(required=True)


class RemarkSchema(Strict):
    """What a copy editor would say; it blocks nothing."""

    rule = fields.String(required=True)
    field = fields.String(required=True)
    message = fields.String(required=True)
    start = fields.Integer(required=True, metadata={"description": "Code points of the field's text"})
    end = fields.Integer(required=True)
    words = fields.String(required=True, metadata={"description": "Those from start to end; empty: the whole field"})


class CheckSchema(Strict):
    """Errors, remarks, and how many links haven't answered yet: ask again in some seconds."""

    errors = fields.List(fields.Nested(CheckErrorSchema), required=True)
    remarks = fields.List(fields.Nested(RemarkSchema), required=True)
    links_pending = fields.Integer(required=True)
