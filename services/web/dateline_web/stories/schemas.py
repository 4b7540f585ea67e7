"""The shapes of the JSON answers about stories, for the OpenAPI document and for writing them."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from dateline_web.pictures.schemas import ImageRef, ImageSchema
from dateline_web.tags import TagSchema


class EvidenceSchema(ma.Schema):
    """Where a tag comes from; offsets count Unicode code points."""

    field = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)
    rule = fields.String(required=True)


class TagWhole(TagSchema):
    """A tag with its score and evidence."""

    url = fields.Url(required=True, require_tld=False)
    score = fields.Float(required=True)
    source = fields.String(required=True, metadata={"enum": ["editor", "machine"]})
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)


class Highlights(ma.Schema):
    """What matched: HTML-escaped text with ``<mark>`` around it, and no other markup."""

    headline = fields.List(fields.String())
    body = fields.List(fields.String())


class AlsoFromSchema(ma.Schema):
    """A story that stands behind another in lists."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)
    source = fields.String(required=True)


class StoryBase(ma.Schema):
    """What every answer says of a story. Times are ISO 8601 with the newsroom's offset."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    summary = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)
    section = fields.String(required=True)
    language = fields.String(required=True)
    published_at = fields.String(required=True, metadata={"format": "date-time"})
    updated_at = fields.String(required=True, metadata={"format": "date-time"})
    byline = fields.String(required=True)
    image = fields.Nested(
        ImageRef, required=True, allow_none=True, metadata={"description": "The picture that stands for it"}
    )
    also_from = fields.List(
        fields.Nested(AlsoFromSchema), metadata={"description": "Stories of the same that stand behind it, if any"}
    )


class StoryItem(StoryBase):
    """A story in a list."""

    tags = fields.List(fields.Nested(TagSchema), required=True)
    highlights = fields.Nested(Highlights, required=True)


class CrumbSchema(ma.Schema):
    """One step of the breadcrumb."""

    slug = fields.String(required=True)
    label = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class LinkSchema(ma.Schema):
    """An address the story points to."""

    url = fields.String(required=True)
    title = fields.String(required=True)


class RelatedSchema(ma.Schema):
    """A related story."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class StoryEventSchema(ma.Schema):
    """An event that a story is about, at its next time; at its last one when it is over."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    start = fields.String(
        required=True, metadata={"description": "A plain date when all day, else a date-time with its offset."}
    )
    url = fields.Url(required=True, require_tld=False)


class DiffSchema(ma.Schema):
    """A passage before and after a correction."""

    before = fields.String(required=True)
    after = fields.String(required=True)


class CorrectionSchema(ma.Schema):
    """What a correction changed."""

    at = fields.String(required=True, metadata={"format": "date-time"})
    kind = fields.String(required=True, validate=ma.validate.OneOf(("correction", "update")))
    note = fields.String(required=True)
    diff = fields.List(fields.Nested(DiffSchema), required=True)
    diff_state = fields.String(required=True, validate=ma.validate.OneOf(("shown", "hidden", "removed")))


class StoryWhole(StoryBase):
    """A story with all its parts."""

    revision = fields.Integer(required=True)
    body_html = fields.String(required=True)
    body_text = fields.String(required=True)
    slugline = fields.String(required=True)
    source = fields.String(required=True)
    place = fields.String(required=True)
    day = fields.String(required=True, metadata={"format": "date"})
    breadcrumb = fields.List(fields.Nested(CrumbSchema), required=True)
    urgency = fields.Integer(required=True, allow_none=True)
    keywords = fields.List(fields.String(), required=True)
    tags = fields.List(fields.Nested(TagWhole), required=True)
    images = fields.List(fields.Nested(ImageSchema), required=True)
    links = fields.List(fields.Nested(LinkSchema), required=True)
    related = fields.List(fields.Nested(RelatedSchema), required=True)
    events = fields.List(
        fields.Nested(StoryEventSchema), required=True, metadata={"description": "The events that it is about"}
    )
    corrections = fields.List(fields.Nested(CorrectionSchema), required=True)
    folded_into = fields.String(metadata={"description": "The story that this one stands behind in lists, if any"})
