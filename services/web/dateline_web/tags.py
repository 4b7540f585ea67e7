"""Tags as readers see them: the accepted ones, by type, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import marshmallow as ma
from marshmallow import fields

from dateline.domain.tag import Tag, TagType

PAGE_ORDER: Final[tuple[TagType, ...]] = ("person", "place", "organisation", "topic")
"""In which the page of a story or an event shows its tags."""


class TagSchema(ma.Schema):
    """A tag in a list."""

    type = fields.String(required=True, metadata={"enum": ["person", "place", "organisation", "topic"]})
    slug = fields.String(required=True)
    label = fields.String(required=True)


def accepted_tags(tags: Iterable[Tag]) -> list[Tag]:
    """The tags readers see: a proposed one waits for an editor."""
    return [tag for tag in tags if tag.status == "accepted"]


def tags_by_type(tags: Iterable[Tag]) -> dict[TagType, list[Tag]]:
    """The accepted tags of each type."""
    accepted = accepted_tags(tags)
    return {type: [tag for tag in accepted if tag.type == type] for type in PAGE_ORDER}


def tags_json(tags: Iterable[Tag]) -> list[dict[str, Any]]:
    """The accepted tags as a list of the JSON API shows them."""
    return [tag_json(tag) for tag in accepted_tags(tags)]


def tag_json(tag: Tag) -> dict[str, Any]:
    """A tag in a list."""
    return {"type": tag.type, "slug": tag.slug, "label": tag.label}
