"""A picture as JSON."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from dateline.domain.picture import CROPS, FORMATS


class ImageRef(ma.Schema):
    """A picture in a list: the address of its largest JPEG; size is null of one that lies elsewhere."""

    url = fields.Url(required=True, require_tld=False)
    alt = fields.String(required=True)
    caption = fields.String(required=True)
    credit = fields.String(required=True)
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)


class RenditionSchema(ma.Schema):
    """One file of a picture."""

    url = fields.Url(required=True, require_tld=False)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    type = fields.String(required=True, validate=ma.validate.OneOf(tuple(FORMATS.values())))
    crop = fields.String(
        required=True, allow_none=True, validate=ma.validate.OneOf([crop for crop in CROPS if crop]),
        metadata={"description": "null: the whole picture"},
    )  # fmt: skip


class ImageSchema(ImageRef):
    """A picture with its words, rights and files; one that lies elsewhere has no id and no renditions."""

    id = fields.String(required=True, allow_none=True)
    decorative = fields.Boolean(required=True)
    byline = fields.String(required=True)
    copyright = fields.String(required=True)
    licence = fields.String(required=True)
    licence_url = fields.String(required=True, allow_none=True)
    lead = fields.Boolean(required=True)
    in_text = fields.Boolean(required=True)
    feeds = fields.Boolean(required=True, metadata={"description": "Whether it may go out by feeds"})
    usable_until = fields.String(
        required=True, allow_none=True, metadata={"format": "date-time", "description": "Not to be shown from then on"}
    )
    renditions = fields.List(fields.Nested(RenditionSchema), required=True)
