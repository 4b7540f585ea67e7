"""What every feed says, whatever its format: a listing's title, addresses, identifiers and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from dateline_web.context import web
from dateline_web.feeds.entries import FeedEntry
from dateline_web.identifiers import urn_of
from dateline_web.urls import absolute, with_query

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A listing at ``path`` with ``parameters``. ``at`` is this feed's own path, ``next`` that of its next page."""

    title: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    at: str
    next: str | None
    entries: tuple[FeedEntry, ...]

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
        return urn_of(f"{paper.title}/{paper.edition}/{paper.timezone.key}{with_query(self.path, self.parameters)}")

    @property
    def updated(self) -> datetime:
        """When the newest change of its entries was."""
        return max((entry.updated for entry in self.entries), default=_NEVER)
