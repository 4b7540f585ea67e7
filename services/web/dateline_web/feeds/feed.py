"""What every feed says, whatever its format: a listing's title, addresses, identifiers and stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.urls import absolute, with_query

_DATELINE: Final = UUID("8a6e0f3c-52d7-4b0e-9a55-2f6d1c9be7a4")
"""The namespace of names that Dateline gives."""
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
    def id(self) -> str:
        """Where the page is that lists the same, or a name for it where that follows the request's host."""
        if web().settings.web_url:
            return self.page
        paper = web().settings
        return _urn(f"{paper.title}/{paper.edition}/{paper.timezone.key}{with_query(self.path, self.parameters)}")

    @property
    def updated(self) -> datetime:
        """When the newest change of its stories was."""
        return max((story.updated_at for story in self.stories), default=_NEVER)


def entry_id(story: StoryDocument) -> str:
    """What identifies a story for good, whatever its headline becomes and by whatever name the service is asked.

    With ``DATELINE_WEB_URL`` a tag URI (RFC 4151) on its host; else a UUID (RFC 9562 section 5.5) of the story's id,
    which is random enough to be no other newsroom's.
    """
    host = urlsplit(web().settings.web_url).hostname
    return f"tag:{host},2026:stories/{story.id}" if host else _urn(f"stories/{story.id}")


def _urn(name: str) -> str:
    return uuid5(_DATELINE, name).urn


def author_of(story: StoryDocument) -> str:
    """Who wrote it: the byline, the agency, or the paper."""
    return story.byline or story.source or web().settings.title
