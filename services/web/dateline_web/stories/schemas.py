"""The shapes of the JSON answers, for the OpenAPI document and for writing them."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields


class TagSchema(ma.Schema):
    """A tag in a list."""

    type = fields.String(required=True, metadata={"enum": ["person", "place", "organisation", "topic"]})
    slug = fields.String(required=True)
    label = fields.String(required=True)


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


class StoryItem(StoryBase):
    """A story in a list."""

    tags = fields.List(fields.Nested(TagSchema), required=True)
    highlights = fields.Nested(Highlights, required=True)


class CrumbSchema(ma.Schema):
    """One step of the breadcrumb."""

    slug = fields.String(required=True)
    label = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class ImageSchema(ma.Schema):
    """A picture."""

    url = fields.String(required=True)
    alt = fields.String(required=True)
    credit = fields.String(required=True)
    caption = fields.String(required=True)


class LinkSchema(ma.Schema):
    """An address the story points to."""

    url = fields.String(required=True)
    title = fields.String(required=True)


class RelatedSchema(ma.Schema):
    """A related story."""

    id = fields.String(required=True)
    headline = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class DiffSchema(ma.Schema):
    """A passage before and after a correction."""

    before = fields.String(required=True)
    after = fields.String(required=True)


class CorrectionSchema(ma.Schema):
    """What a correction changed."""

    at = fields.String(required=True, metadata={"format": "date-time"})
    note = fields.String(required=True)
    diff = fields.List(fields.Nested(DiffSchema), required=True)


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
    corrections = fields.List(fields.Nested(CorrectionSchema), required=True)


class FacetValueSchema(ma.Schema):
    """A value of a facet; ``count`` equals the hits after adding it."""

    value = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True)
    selected = fields.Boolean(required=True)


class FacetsSchema(ma.Schema):
    """The facets of a search."""

    section = fields.List(fields.Nested(FacetValueSchema), required=True)
    topic = fields.List(fields.Nested(FacetValueSchema), required=True)
    person = fields.List(fields.Nested(FacetValueSchema), required=True)
    place = fields.List(fields.Nested(FacetValueSchema), required=True)
    organisation = fields.List(fields.Nested(FacetValueSchema), required=True)
    language = fields.List(fields.Nested(FacetValueSchema), required=True)


class TotalSchema(ma.Schema):
    """How many there are; the count is exact."""

    value = fields.Integer(required=True)
    relation = fields.String(required=True, metadata={"enum": ["eq"]})


def next_field() -> fields.Url:
    """The address of the next page."""
    return fields.Url(required=True, allow_none=True, require_tld=False)


class SearchAnswer(ma.Schema):
    """A page of a search."""

    total = fields.Nested(TotalSchema, required=True)
    items = fields.List(fields.Nested(StoryItem), required=True)
    facets = fields.Nested(FacetsSchema, required=True)
    did_you_mean = fields.String(required=True, allow_none=True)
    next = next_field()


class SuggestionSchema(ma.Schema):
    """A term or a story."""

    kind = fields.String(required=True, metadata={"enum": ["term", "story"]})
    type = fields.String(required=True, allow_none=True)
    slug = fields.String(required=True)
    label = fields.String(required=True)
    url = fields.Url(required=True, require_tld=False)


class Suggestions(ma.Schema):
    """Terms first, then stories."""

    items = fields.List(fields.Nested(SuggestionSchema), required=True)
    next = next_field()


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


class TogetherSchema(ma.Schema):
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
    same_as = fields.List(fields.String(), required=True)
    stories = fields.Integer(required=True)
    items = fields.List(fields.Nested(StoryItem), required=True)
    appears_with = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(TogetherSchema)), required=True)
    months = fields.List(fields.Nested(MonthCount), required=True)
    next = next_field()


class DayCount(ma.Schema):
    """How many stories a day has."""

    date = fields.String(required=True, metadata={"format": "date"})
    count = fields.Integer(required=True)


class ArchiveMonth(ma.Schema):
    """The days of a month that have stories."""

    year = fields.Integer(required=True)
    month = fields.Integer(required=True)
    days = fields.List(fields.Nested(DayCount), required=True)
