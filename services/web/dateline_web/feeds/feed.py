"""What every feed says, whatever its format: a listing's title, addresses and stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.urls import FRONT, absolute, with_query

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A listing at ``path`` with ``parameters``. ``at`` is this feed's own path, ``next`` that of its next page."""

    title: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    at: str
    next: str | None
    stories: tuple[StoryDocument, ...]

    @property
    def page(self) -> str:
        """The address of the page that lists the same."""
        return absolute(with_query(self.path, self.parameters))

    @property
    def updated(self) -> datetime:
        """When the newest change of its stories was."""
        return max((story.updated_at for story in self.stories), default=_NEVER)


def entry_id(story: StoryDocument) -> str:
    """A tag URI (RFC 4151): it stays when a headline, and with it the address, changes."""
    return f"tag:{urlsplit(absolute(FRONT)).hostname},2026:stories/{story.id}"


def author_of(story: StoryDocument) -> str:
    """Who wrote it: the byline, the agency, or the paper."""
    return story.byline or story.source or web().settings.title
