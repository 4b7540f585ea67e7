"""Stories that stand behind another in lists: the leader says whom the news is also from, and they point to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index
from dateline_web.context import web
from dateline_web.stories.author import author_of
from dateline_web.stories.public import public_stories

MOST_SHOWN: Final = 10


def also_from(story: StoryDocument) -> Sequence[StoryDocument]:
    """The stories behind this one that readers can open. Raises ``IndexUnavailable``."""
    if not story.also_from:
        return ()
    behind = public_stories(web().index, story.also_from[:MOST_SHOWN], brief=True)
    return [other for other in behind if other.folded_into == story.id]


def leader_of(index: Index, story: StoryDocument) -> StoryDocument | None:
    """The story that this one stands behind, where readers can open it. Raises ``IndexUnavailable``."""
    found = public_stories(index, [story.folded_into], brief=True) if story.folded_into else []
    return found[0] if found else None


def source_name(story: StoryDocument) -> str:
    """Whom readers are told that a story is from."""
    return story.source or author_of(story)
