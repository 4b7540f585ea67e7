"""A story as it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import marshmallow as ma
from marshmallow import fields

from dateline.domain.html import is_blank, is_empty
from dateline.domain.payload import to_json
from dateline.domain.story import Story
from dateline.ports.ledger.items import CORRECTION_KINDS
from dateline.schemas.base import (
    AssertedTagsSchema,
    Images,
    ItemSchema,
    LinkSchema,
    Strict,
    asserted_json,
)
from dateline.schemas.fields import LONG, Html, Language, Listed, Moment, Slug, Text, WholeNumber

_TUPLES: Final = ("keywords", "images", "links", "related")

IDENTIFIER: Final = r"^[A-Za-z0-9_-]{1,64}$"


FIRST_DAY: Final = datetime(1900, 1, 1, tzinfo=UTC)
MOST_AHEAD: Final = timedelta(hours=24)
"""How far a sender's clock, or a paper dated tomorrow, may run ahead."""
NOTHING_TO_READ: Final = "There is nothing to read in it."


class StorySchema(Strict):
    """A story: the headline, one body, and what else is known. Loads to the arguments of ``Story``."""

    headline = Text(least=1, required=True)
    body_html = Html(least=1, exact=True, metadata={"description": "Exactly one of body_html and body_text"})
    body_text = Text(None, least=1, exact=True, metadata={"description": "Exactly one of body_html and body_text"})
    slugline = Text()
    summary = Text(LONG, lines=True)
    byline = Text()
    source = Text(metadata={"description": "The agency"})
    place = Text(metadata={"description": "The dateline's place"})
    section = Slug(metadata={"description": "One not seen before is made for an editor; for a reporter it is 422"})
    language = Language(metadata={"description": "BCP 47; en when missing"})
    published_at = Moment(metadata={"description": "The time received, or embargo_until, when missing"})
    embargo_until = Moment(
        allow_none=True, metadata={"description": "In a correction: missing keeps the hold, null lifts it"}
    )
    urgency = WholeNumber(1, 9)
    keywords = Listed(Text(least=1))
    tags = fields.Nested(AssertedTagsSchema)
    removed_tags = fields.Nested(
        AssertedTagsSchema, metadata={"description": "Tags that the story must not get, whatever its text says"}
    )
    external_id = Text(least=1, metadata={"description": "The id at the source; seen before: a new revision"})
    images = Images()
    links = Listed(fields.Nested(LinkSchema))
    related = Listed(fields.String(validate=ma.validate.Regexp(IDENTIFIER)))
    note = Text(LONG, lines=True, metadata={"description": "Why this correction"})
    correction = fields.String(
        validate=ma.validate.OneOf(CORRECTION_KINDS),
        metadata={"description": "What readers are told of this correction: minor is nothing"},
    )

    @ma.validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_body(self, data: dict[str, Any], sent: Any, **_: Any) -> None:
        """Exactly one body."""
        bodies = [name for name in ("body_text", "body_html") if isinstance(sent, Mapping) and name in sent]
        if len(bodies) == 2:
            raise ma.ValidationError("Send body_html or body_text, not both.", "body_html")
        if not bodies:
            raise ma.ValidationError("Missing data for required field: send body_text or body_html.", "body_text")

    @ma.validates_schema
    def check_published_at(self, data: dict[str, Any], **_: Any) -> None:
        """News is from the age of newspapers to tomorrow; a story for later has an embargo."""
        early = [name for name in ("published_at", "embargo_until") if data.get(name) and data[name] < FIRST_DAY]
        if early:
            raise ma.ValidationError({name: ["Must not lie before 1900."] for name in early})
        published = data.get("published_at")
        latest = datetime.now(UTC) + MOST_AHEAD
        if published and published > max(latest, data.get("embargo_until") or latest):
            raise ma.ValidationError("Lies more than 24 hours ahead: send embargo_until for later.", "published_at")

    @ma.validates_schema
    def check_tags(self, data: dict[str, Any], **_: Any) -> None:
        """No tag is both asserted and removed."""
        asserted = data.get("tags", ())
        if doubted := [tag.slug for tag in data.get("removed_tags", ()) if tag in asserted]:
            raise ma.ValidationError(f"Asserted in tags too: {', '.join(doubted)}.", "removed_tags")

    @ma.validates("body_html")
    def check_html_has_words(self, value: str, data_key: str) -> None:
        """Something to read: markup alone is no story."""
        if is_empty(value):
            raise ma.ValidationError(NOTHING_TO_READ)

    @ma.validates("body_text")
    def check_text_has_words(self, value: str, data_key: str) -> None:
        """Something to read: characters that nobody sees are no story."""
        if is_blank(value):
            raise ma.ValidationError(NOTHING_TO_READ)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Story``; an embargo that was said to be none stays in, as None."""
        return {name: tuple(value) if name in _TUPLES else value for name, value in data.items()}


def story_json(story: Story) -> dict[str, Any]:
    """``story`` in the shape it came in, so that it can be sent again."""
    shown = to_json(story)
    shown.pop("ninjs", None)
    for name in ("tags", "removed_tags"):
        if refs := getattr(story, name):
            shown[name] = asserted_json(refs)
    return shown


class LikenessSchema(Strict):
    """Another story, and how alike the two are."""

    id = fields.String(required=True)
    likeness = fields.Float(required=True, metadata={"description": "From 0 to 1, the same words"})


class StoryItemSchema(ItemSchema):
    """A story on record: its receipt, the story as submitted (null once withdrawn or erased), and its revisions."""

    story = fields.Nested(StorySchema, allow_none=True)
    ninjs = fields.Dict(metadata={"description": "What came as ninjs and no field of a story holds, edNote among it"})
    possible_duplicate_of = fields.List(
        fields.Nested(LikenessSchema), metadata={"description": "Stories that it may repeat, where there are any"}
    )
