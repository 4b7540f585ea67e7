"""Who a story is by, as feeds and linked data name it."""

from __future__ import annotations

from dateline.domain.document import StoryDocument
from dateline_web.context import web


def author_of(story: StoryDocument) -> str:
    """Who wrote it: the byline, the agency, or the paper."""
    return story.byline or story.source or web().settings.title
