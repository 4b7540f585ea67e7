"""Where things are: paths of stories, terms and days, and absolute addresses. No other module spells a path out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

from flask import request

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.tag import TagType
from dateline.domain.term import TERM_PLURAL, TermType
from dateline_web.context import web

FEEDS: Final = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
"""The suffix of each feed of a listing, and its media type."""

Parameters = Iterable[tuple[str, str]]


def absolute(path: str) -> str:
    """``path`` on the address readers type: ``DATELINE_WEB_URL``, or the request's host."""
    return (web().settings.web_url or request.host_url).rstrip("/") + path


_quoted = lru_cache(maxsize=8192)(quote_plus)
"""A page names the same words in a hundred links."""


def with_query(path: str, parameters: Parameters) -> str:
    """``path`` with a query string, where there are parameters."""
    query = _joined(parameters)
    return f"{path}?{query}" if query else path


def _joined(parameters: Parameters) -> str:
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in parameters])


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """An address with a place left open in its query string."""

    before: str
    after: str

    def filled(self, parameters: Parameters) -> str:
        """The address with ``parameters`` (at least one) in that place."""
        return f"{self.before}{_joined(parameters)}{self.after}"


def blank(path: str, before: Parameters, after: Parameters) -> Blank:
    """``path`` with parameters before and after the place that is left open."""
    first, last = _joined(before), _joined(after)
    return Blank(before=f"{path}?{first}&" if first else f"{path}?", after=f"&{last}" if last else "")


def story_path(story: StoryDocument) -> str:
    """A story's page."""
    return f"/stories/{quote(story.id, safe='')}/{story.slug}"


def event_path(event: EventDocument) -> str:
    """An event's page."""
    return f"/events/{quote(event.id, safe='')}/{event.slug}"


def term_path(type: TagType | TermType, slug: str) -> str:
    """A term's or section's page."""
    return f"/{TERM_PLURAL[type]}/{quote(slug, safe='')}"


def day_path(day: date) -> str:
    """A day in the archive."""
    return f"/archive/{day:%Y/%m/%d}"


def month_path(day: date) -> str:
    """The month of ``day`` in the archive."""
    return f"/archive/{day:%Y/%m}"


def year_path(year: int) -> str:
    """A year in the archive."""
    return f"/archive/{year:04}"


def feed_paths(path: str, parameters: Parameters = ()) -> list[tuple[str, str]]:
    """(media type, address) of each feed of the listing at ``path``."""
    kept = list(parameters)
    return [(media_type, with_query(f"{path}.{suffix}", kept)) for suffix, media_type in FEEDS.items()]
