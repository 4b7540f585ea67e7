"""What every feed says, whatever its format: a listing's title, addresses, identifiers and stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Final

from dateline.analysis.direction import runs_left
from dateline.domain.document import StoryDocument
from dateline_web.context import web
from dateline_web.identifiers import urn_of
from dateline_web.stories.folds import also_from, source_name
from dateline_web.urls import absolute, story_path, with_query

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A listing at ``path`` with ``parameters``. ``at`` is this feed's own path, ``next`` that of its next page. Of
    the stories those that didn't fit into it are brief."""

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
        return urn_of(f"{paper.title}/{paper.edition}/{paper.timezone.key}{with_query(self.path, self.parameters)}")

    @property
    def updated(self) -> datetime:
        """When the newest change of its stories was."""
        return max((story.updated_at for story in self.stories), default=_NEVER)


def content_of(story: StoryDocument) -> str:
    """The body's HTML, "" of a brief story. One that runs from right to left says so, since no feed format has a place
    for it. Whose stories of the same stand behind it is its last line."""
    if not story.body_html:
        return ""
    if runs_left(story.language, story.body_text):
        body = f'<div dir="rtl" lang="{escape(story.language)}">{story.body_html}</div>'
    else:
        body = story.body_html
    return body + _also_from(story)


def _also_from(story: StoryDocument) -> str:
    links = [
        f'<a href="{escape(absolute(story_path(other)))}">{escape(source_name(other))}</a>'
        for other in also_from(story)
    ]
    return f"<p>Also from {', '.join(links)}</p>" if links else ""
