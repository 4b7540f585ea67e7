"""The shapes of the JSON answers about the archive, for the OpenAPI document and for writing them."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields


class DayCount(ma.Schema):
    """How many stories a day has."""

    date = fields.String(required=True, metadata={"format": "date"})
    count = fields.Integer(required=True)


class ArchiveMonth(ma.Schema):
    """The days of a month that have stories."""

    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    days = fields.List(fields.Nested(DayCount), required=True)
