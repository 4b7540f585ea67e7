"""Drafts at the border: a story's fields as far as they are written. Bounds hold, and nothing must be right yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import fields, validate

from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.fields import LONG, SHORT, Flag, Listed, Moment, Text

MOST: Final = 10_000
"""Characters of one field but the text itself: more than a story may have there, since it is cut later, by a person."""

_FAR: Final = 10**8


def _typed(most: int | None = MOST, **options: Any) -> Text:
    """A text exactly as it stands in its field."""
    return Text(most, exact=True, **options)


class _NumberOrText(fields.Field[Any]):
    """A whole number, or what was typed where one belongs."""

    def __init__(self) -> None:
        bounds = {"minimum": -_FAR, "maximum": _FAR, "maxLength": SHORT}
        super().__init__(metadata={"type": ["string", "integer"], **bounds})
        self._text = _typed(SHORT)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return value if type(value) is int and abs(value) <= _FAR else self._text.deserialize(value)


class DraftTagsSchema(Strict):
    """Slugs that a reporter means to assert, or to remove."""

    people = Listed(_typed(SHORT))
    places = Listed(_typed(SHORT))
    organisations = Listed(_typed(SHORT))
    topics = Listed(_typed(SHORT))


class DraftImageSchema(Strict):
    """A picture, as far as it is described: one of the newsroom's by its id, or one by its address."""

    id = _typed(SHORT)
    url = _typed()
    alt = _typed()
    credit = _typed()
    caption = _typed()
    decorative = Flag()
    lead = Flag()


class DraftLinkSchema(Strict):
    """A link, as far as it is written."""

    url = _typed()
    title = _typed()


class DraftStorySchema(Strict):
    """A half-finished story: the fields of a story, none of them required."""

    headline = _typed()
    body_html = _typed(None)
    body_text = _typed(None)
    slugline = _typed()
    summary = _typed()
    byline = _typed()
    source = _typed()
    place = _typed()
    section = _typed()
    language = _typed()
    published_at = _typed(SHORT)
    embargo_until = _typed(SHORT, allow_none=True)
    urgency = _NumberOrText()
    keywords = Listed(_typed())
    tags = fields.Nested(DraftTagsSchema)
    removed_tags = fields.Nested(DraftTagsSchema)
    external_id = _typed(SHORT)
    images = Listed(fields.Nested(DraftImageSchema))
    links = Listed(fields.Nested(DraftLinkSchema))
    related = Listed(_typed(SHORT))
    note = _typed(LONG)
    correction = _typed(SHORT)


class DraftSchema(DraftStorySchema):
    """A half-finished story, and whom it is shared with."""

    shared_with = Listed(
        Text(least=1), metadata={"description": "Names of those who see it and write in it; missing: as it was"}
    )


class DraftRevisionSchema(Strict):
    """A save that is kept."""

    revision = fields.Integer(required=True)
    at = Moment(required=True)
    by = fields.String(required=True)


class ReviewSchema(Strict):
    """A round of a draft with the editors."""

    state = fields.String(required=True, validate=validate.OneOf(("to_review", "returned", "taken_back", "out")))
    section = fields.String(required=True, metadata={"description": "Whose rule it is that another looks"})
    asked_at = Moment(required=True)
    asked_by = fields.String(required=True)
    decided_at = Moment(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    notes = fields.String(required=True)


class AssignmentSchema(Strict):
    """Who was given a draft, whose story it will be."""

    to = fields.String(required=True)
    note = fields.String(required=True)
    until = Moment(required=True, allow_none=True)
    assigned_at = Moment(required=True)
    assigned_by = fields.String(required=True)


class NewAssignmentSchema(Strict):
    """To whom a draft is given, with what note, until when; ``mail``: that account is told by mail."""

    to = Text(least=1, required=True, metadata={"description": "The name of who writes it"})
    note = Text(LONG, lines=True, load_default="")
    until = Moment(allow_none=True, load_default=None)
    mail = Flag(load_default=False)


class ReturnSchema(Strict):
    """What the editor says who gives a draft back."""

    notes = Text(LONG, least=1, lines=True, required=True)


class DraftSummarySchema(Strict):
    """A line of the list of drafts."""

    id = fields.String(required=True)
    revision = fields.Integer(required=True)
    owner = fields.String(required=True)
    headline = fields.String(required=True)
    created_at = Moment(required=True)
    updated_at = Moment(required=True)
    shared = fields.Boolean(required=True)
    story_id = fields.String(required=True, allow_none=True, metadata={"description": "The story it became"})
    corrects = fields.String(required=True, allow_none=True, metadata={"description": "The story it will correct"})
    review = fields.Nested(ReviewSchema, required=True, allow_none=True)
    assignment = fields.Nested(AssignmentSchema, required=True, allow_none=True)


class DraftsSchema(Strict):
    """A page of the list; ``next`` is the address of the following one."""

    items = fields.List(fields.Nested(DraftSummarySchema), required=True)
    next = fields.String(required=True, allow_none=True)


class DraftItemSchema(DraftSummarySchema):
    """A draft: one of its texts, the newest unless another was asked for, and which others are kept."""

    shared_with = fields.List(fields.String(), required=True)
    story = fields.Nested(DraftStorySchema, required=True)
    shown = fields.Integer(required=True, metadata={"description": "The revision whose text is shown"})
    revisions = fields.List(fields.Nested(DraftRevisionSchema), required=True)
    reviews = fields.List(fields.Nested(ReviewSchema), required=True)
    receipt = fields.Nested(ReceiptSchema, required=True, allow_none=True)
