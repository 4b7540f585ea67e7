"""The shapes of the JSON answers about terms, for the OpenAPI document and for writing them."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from dateline_web.next_page import next_field
from dateline_web.pictures.schemas import ImageSchema
from dateline_web.stories.schemas import StoryItem


class TermRef(ma.Schema):
    """A term by name and address."""

    type = fields.String(required=True)
    slug = fields.String(required=True)
    label = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class TermItem(TermRef):
    """A term in a list."""

    stories = fields.Integer(required=True)


class TermItems(ma.Schema):
    """A page of terms, in the order of their labels."""

    items = fields.List(fields.Nested(TermItem), required=True)
    next = next_field()


class AppearsWithSchema(ma.Schema):
    """A tag of the same stories, and how many of them carry it."""

    slug = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True)


class MonthCount(ma.Schema):
    """How many stories a month has."""

    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    count = fields.Integer(required=True)


class TermWhole(TermRef):
    """A term with what is known of it, and its newest stories."""

    labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    aliases = fields.List(fields.String(), required=True)
    description_html = fields.String(required=True)
    broader = fields.List(fields.Nested(TermRef), required=True)
    image = fields.Nested(ImageSchema, required=True, allow_none=True)
    same_as = fields.List(fields.String(), required=True)
    stories = fields.Integer(required=True)
    items = fields.List(fields.Nested(StoryItem), required=True)
    appears_with = fields.Dict(
        keys=fields.String(), values=fields.List(fields.Nested(AppearsWithSchema)), required=True
    )
    months = fields.List(fields.Nested(MonthCount), required=True)
    next = next_field()
