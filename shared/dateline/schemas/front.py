"""What stands on a front, as editors write it and get it."""

from __future__ import annotations

from typing import Any, Final

import marshmallow as ma
from marshmallow import fields, validate

from dateline.domain.front import MOST_HIDDEN, MOST_SECOND, BreakingLine, Placement
from dateline.domain.timestamps import rfc3339
from dateline.schemas.base import Strict
from dateline.schemas.fields import Moment, Text

MOST_BREAKING: Final = 200
"""Characters of a breaking line."""


class StoryId(fields.String):
    """The id of a story."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=validate.Length(min=1, max=100), **options)


class BreakingSchema(Strict):
    """One sentence above everything, with its end."""

    text = Text(MOST_BREAKING, least=1, required=True)
    until = Moment(required=True)
    story = StoryId(metadata={"description": "The story that it leads to"}, allow_none=True)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> BreakingLine:
        """The domain's line."""
        return BreakingLine(**{**data, "story": data.get("story") or ""})


class FrontSchema(Strict):
    """What an editor places on a page; what is left out is the formula's own."""

    lead = StoryId(allow_none=True, metadata={"description": "The story on top; null for the formula's own"})
    second = fields.List(
        StoryId(), validate=validate.Length(max=MOST_SECOND), metadata={"description": "First in the second row"}
    )
    hidden = fields.List(
        StoryId(), validate=validate.Length(max=MOST_HIDDEN), metadata={"description": "Never shown on this page"}
    )
    until = Moment(allow_none=True, metadata={"description": "Until when it stands; null: until it is changed"})
    breaking = fields.Nested(BreakingSchema, allow_none=True)

    @ma.post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The arguments of ``Placement``."""
        lists = {name: tuple(data.get(name, ())) for name in ("second", "hidden")}
        return {**data, **lists, "lead": data.get("lead") or ""}


class FrontItemSchema(FrontSchema):
    """What holds on a page, with the revision on record (0: nobody ever placed anything)."""

    page = fields.String(required=True)
    revision = fields.Integer(required=True)
    at = Moment(required=True, allow_none=True)
    by = fields.String(required=True)


def placement_of(given: dict[str, Any], page: str) -> Placement:
    """The placement of a body that ``FrontSchema`` has read."""
    return Placement(**given, page=page)


def placement_json(placement: Placement) -> dict[str, Any]:
    """``placement`` in the shape it is written in."""
    line = placement.breaking
    return {
        "lead": placement.lead or None, "second": list(placement.second), "hidden": list(placement.hidden),
        "until": rfc3339(placement.until) if placement.until else None,
        "breaking": {"text": line.text, "until": rfc3339(line.until), "story": line.story or None} if line else None,
    }  # fmt: skip
