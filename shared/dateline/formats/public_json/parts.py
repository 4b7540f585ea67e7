"""What stories and events have in common: tags."""

from __future__ import annotations

from typing import Any

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.payload import to_json
from dateline.domain.tag import Tag
from dateline.formats.public_json.site import Site, term_path

Json = dict[str, Any]


def tags_json(document: StoryDocument | EventDocument) -> list[Json]:
    """The accepted tags as a list shows them."""
    return [tag_json(tag) for tag in document.accepted_tags]


def tag_json(tag: Tag) -> Json:
    """A tag in a list."""
    return {"type": tag.type, "slug": tag.slug, "label": tag.label}


def tag_with_evidence(tag: Tag, site: Site) -> Json:
    """A tag with its score and evidence."""
    return {
        **tag_json(tag),
        "url": site.url(term_path(tag.type, tag.slug)),
        "score": tag.score,
        "source": tag.source,
        "evidence": [to_json(evidence) for evidence in tag.evidence],
    }
