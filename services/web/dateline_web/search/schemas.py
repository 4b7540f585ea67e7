"""The shapes of the JSON answers to a search and to what is typed, for the OpenAPI document."""

from __future__ import annotations

import marshmallow as ma
from marshmallow import fields

from dateline_web.next_page import next_field
from dateline_web.stories.schemas import StoryItem


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
