"""Where things are: every path that the service builds, and absolute addresses.

Routes say which paths there are, templates name the pages that are always there (``/search``); no other module spells a
path out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote, quote_plus

from flask import request

from dateline.domain.document import EventDocument, StoryDocument
from dateline.formats.public_json.site import Site
from dateline.formats.public_json.site import event_path as event_path
from dateline.formats.public_json.site import story_path as story_path
from dateline.formats.public_json.site import term_path as term_path
from dateline.formats.public_json.site import terms_path as terms_path
from dateline_web.context import web

API_PREFIX: Final = "/v1/"
FEEDS: Final = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
"""The suffix of each feed of a listing, and its media type."""

FRONT: Final = "/"
SEARCH: Final = "/search"
EVENTS: Final = "/events"
EVENTS_ICS: Final = "/events.ics"
EVENTS_SUBSCRIBE: Final = "/events/subscribe"
SITEMAP: Final = "/sitemap.xml"
NEWS_SITEMAP: Final = "/sitemap-news.xml"
API_SEARCH: Final = "/v1/search"
API_EVENTS: Final = "/v1/events"

Parameters = Iterable[tuple[str, str]]


def absolute(path: str) -> str:
    """``path`` on the address readers type: ``DATELINE_WEB_URL``, or the request's host."""
    return (web().settings.web_url or request.host_url).rstrip("/") + path


def site() -> Site:
    """The site as this request has it."""
    return Site(address=absolute(""), zone=web().settings.timezone)


MOST_REMEMBERED: Final = 100
"""Characters of a word that is remembered: what readers send may be as long as an address."""

_quoted_short = lru_cache(maxsize=8192)(quote_plus)
"""A page names the same words in a hundred links."""


def _quoted(text: str) -> str:
    return _quoted_short(text) if len(text) <= MOST_REMEMBERED else quote_plus(text)


def with_query(path: str, parameters: Parameters) -> str:
    """``path`` with a query string, where there are parameters."""
    query = _joined(parameters)
    return f"{path}?{query}" if query else path


def with_same_query(path: str) -> str:
    """``path`` with the query string of the request, for what leads to where a page is now."""
    return with_query(path, request.args.items(multi=True))


def _joined(parameters: Parameters) -> str:
    return "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in parameters])


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlTemplate:
    """An address with a place left open in its query string."""

    before: str
    after: str

    def filled(self, parameters: Parameters) -> str:
        """The address with ``parameters`` (at least one) in that place."""
        return f"{self.before}{_joined(parameters)}{self.after}"


def url_template(path: str, before: Parameters, after: Parameters) -> UrlTemplate:
    """``path`` with parameters before and after the place that is left open."""
    first, last = _joined(before), _joined(after)
    return UrlTemplate(before=f"{path}?{first}&" if first else f"{path}?", after=f"&{last}" if last else "")


def events_month_path(day: date) -> str:
    """The calendar of ``day``'s month."""
    return f"{EVENTS}/{day:%Y/%m}"


def event_ics_path(event: EventDocument, key: str = "") -> str:
    """An event as a calendar file; or that of its times which ``key`` names."""
    return with_query(f"{EVENTS}/{quote(event.id, safe='')}.ics", [("on", key)] if key else [])


def ics_path(path: str) -> str:
    """The calendar of what the page at ``path`` is about."""
    return f"{path}.ics"


def picture_path(story: StoryDocument, number: int) -> str:
    """The page of one of a story's pictures."""
    return f"{story_path(story)}/pictures/{number}"


def event_map_path(event: EventDocument) -> str:
    """The map of where an event is."""
    return f"{EVENTS}/{quote(event.id, safe='')}/map.svg"


def place_map_path(slug: str) -> str:
    """The map of where a place is."""
    return f"{term_path('place', slug)}/map.svg"


def api_story_path(story: StoryDocument) -> str:
    """A story as JSON."""
    return f"/v1/stories/{quote(story.id, safe='')}"


def api_event_path(event: EventDocument) -> str:
    """An event as JSON."""
    return f"{API_EVENTS}/{quote(event.id, safe='')}"


def api_terms_path(type: str, slug: str = "") -> str:
    """A type's terms as JSON, or one of them. ``type`` as the request names it."""
    return f"/v1/tags/{type}/{slug}" if slug else f"/v1/tags/{type}"


def past_front_path(at: datetime, *, minutes: bool = False) -> str:
    """Where the front page is as it was in an hour of the newsroom's clock, or in one of its minutes."""
    return f"/front/{at:%Y/%m/%d}T{at:%H}" + (f":{at:%M}" if minutes else "")


def day_path(day: date) -> str:
    """A day in the archive."""
    return f"/archive/{day:%Y/%m/%d}"


def month_path(day: date) -> str:
    """The month of ``day`` in the archive."""
    return f"/archive/{day:%Y/%m}"


def year_path(year: int) -> str:
    """A year in the archive."""
    return f"/archive/{year:04}"


def sitemap_path(part: str) -> str:
    """One of the sitemaps that ``SITEMAP`` lists."""
    return f"/sitemap-{part}.xml"


def feed_path(path: str, format: str) -> str:
    """The feed of the listing at ``path``."""
    return f"{path}.{format}"


def feed_paths(path: str, parameters: Parameters = ()) -> list[tuple[str, str]]:
    """(media type, address) of each feed of the listing at ``path``."""
    kept = list(parameters)
    return [(media_type, with_query(feed_path(path, suffix), kept)) for suffix, media_type in FEEDS.items()]
