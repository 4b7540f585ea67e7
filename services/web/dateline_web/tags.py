"""Tags as readers see them: the accepted ones, by type, and their shape as JSON."""

from __future__ import annotations

from typing import Final

import marshmallow as ma
from marshmallow import fields

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.tag import Tag, TagType

PAGE_ORDER: Final[tuple[TagType, ...]] = ("person", "place", "organisation", "topic")
"""In which the page of a story or an event shows its tags."""


class TagSchema(ma.Schema):
    """A tag in a list."""

    type = fields.String(required=True, metadata={"enum": ["person", "place", "organisation", "topic"]})
    slug = fields.String(required=True)
    label = fields.String(required=True)


def tags_by_type(document: StoryDocument | EventDocument) -> dict[TagType, list[Tag]]:
    """The accepted tags of each type."""
    accepted = document.accepted_tags
    return {type: [tag for tag in accepted if tag.type == type] for type in PAGE_ORDER}
