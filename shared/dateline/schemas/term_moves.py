"""Merges and splits of terms: what is sent, and what is told of them."""

from __future__ import annotations

from marshmallow import fields, validate

from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.fields import Listed, Moment, Slug, Text
from dateline.schemas.term import TouchedStoriesSchema


class SplitPartSchema(Strict):
    """One of the terms that another is split into; without a slug it is made of the label."""

    label = Text(least=1, required=True)
    slug = Slug()
    names = Listed(Text(least=1), metadata={"description": "Names, or phrases of a topic, that are this part's"})
    stories = Listed(Text(least=1), metadata={"description": "Ids of stories that get this part, whatever they say"})


class SplitSchema(Strict):
    """What a term is split into."""

    parts = Listed(fields.Nested(SplitPartSchema), required=True)
    main = Slug(required=True, metadata={"description": "The part that has what no other was given, and the address"})


class SplitReceiptSchema(Strict):
    """A receipt for each part, in their order."""

    items = fields.List(fields.Nested(ReceiptSchema), required=True)


class MergePreviewSchema(Strict):
    """What a merge would move."""

    moves = fields.Nested(TouchedStoriesSchema, required=True)
    carry_both = fields.Integer(required=True, metadata={"description": "How many stories carry both terms now"})
    target_count = fields.Integer(required=True, metadata={"description": "How many carry the other term now"})
    narrower = fields.Integer(required=True, metadata={"description": "How many terms stand below the merged one"})


class TermMoveSchema(Strict):
    """A merge, a split or a retirement of the last day."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("merge", "split", "retire")))
    key = fields.String(required=True, metadata={"description": "type:slug of what was merged, split or retired"})
    at = Moment(required=True)
    by = fields.String(required=True)
    terms = fields.List(fields.String(), required=True, metadata={"description": "All terms that it changed"})


class TermMovesSchema(Strict):
    """Those that can be undone, the newest first."""

    items = fields.List(fields.Nested(TermMoveSchema), required=True)
    next = fields.String(required=True, allow_none=True)
