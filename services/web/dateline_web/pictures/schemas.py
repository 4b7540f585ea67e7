"""A picture as JSON."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields


class ImageSchema(ma.Schema):
    """A picture."""

    url = fields.String(required=True)
    alt = fields.String(required=True)
    credit = fields.String(required=True)
    caption = fields.String(required=True)
