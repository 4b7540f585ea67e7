"""What search engines are told there is: pages, terms, events, and stories by month or day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from dateline.domain.document import EventDocument, StoryDocument
from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import TERM_PLURAL, TERM_TYPES, TermType
from dateline.fronts.sections import scan_terms
from dateline.ports.index import EventSearch, Index, StoryFilter, StorySearch, TermSearch
from dateline_web.context import Web
from dateline_web.dates.days import days_between, last_day_of
from dateline_web.events.timetable import bounded_events
from dateline_web.pictures.outward import for_feeds
from dateline_web.urls import (
    EVENTS,
    FRONT,
    absolute,
    event_path,
    sitemap_path,
    story_path,
    term_path,
    terms_path,
    year_path,
)

MAX_ADDRESSES: Final = 50_000
"""In one file (https://www.sitemaps.org/protocol.html)."""
MAX_STORIES: Final = 10_000
"""In one file of a month: many more couldn't be read in the time that a request has."""
MAX_NEWS: Final = 1_000
NEWS_DAYS: Final = timedelta(days=2)

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An address, when what is there last changed, and its pictures' addresses."""

    path: str
    changed: datetime | None = None
    images: tuple[str, ...] = ()


def sitemap_paths(web: Web) -> list[str]:
    """The paths of all sitemaps: pages, terms of each type in use, events, and each month that has stories.

    A month of more than ``MAX_STORIES`` has one file a day.
    """
    paths = [sitemap_path("pages"), sitemap_path("events")]
    for type in TERM_TYPES:
        pages = -(-sum(1 for _ in _slugs(web.index, type)) // MAX_ADDRESSES)
        paths += [sitemap_path(f"{TERM_PLURAL[type]}-{page}") for page in range(1, pages + 1)]
    for (year, month), count in sorted(web.index.count_by_month(StoryFilter()).items(), reverse=True):
        first = date(year, month, 1)
        if count <= MAX_STORIES:
            paths.append(sitemap_path(f"{first:%Y-%m}"))
        else:
            paths += [sitemap_path(f"{day:%Y-%m-%d}") for day in days_between(first, last_day_of(first))]
    return paths


def page_entries(web: Web) -> Iterator[Entry]:
    """The pages that are always there, and the archive's years."""
    for path in (FRONT, terms_path("section"), *map(terms_path, TAG_TYPES), EVENTS):
        yield Entry(path=path)
    for year in sorted({year for year, _ in web.index.count_by_month(StoryFilter())}, reverse=True):
        yield Entry(path=year_path(year))


def term_entries(web: Web, type: TermType, page: int) -> Iterator[Entry]:
    """Page ``page`` (from 1) of a type's terms that have stories."""
    begin = (page - 1) * MAX_ADDRESSES
    for slug in islice(_slugs(web.index, type), begin, begin + MAX_ADDRESSES):
        yield Entry(path=term_path(type, slug))


def event_entries(web: Web) -> Iterator[Entry]:
    """Events, those to come first."""
    with bounded_events(web):
        found = web.index.events(EventSearch(first_day=date.min, last_day=date.max))
    newest = sorted(found, key=lambda event: event.last_day or date.max, reverse=True)
    for event in newest[:MAX_ADDRESSES]:
        yield Entry(path=event_path(event), changed=event.updated_at, images=_images(event))


def story_entries(web: Web, first: date, last: date) -> Iterator[Entry]:
    """The stories of the days ``first``–``last``."""
    stories = islice(_stories(web.index, StoryFilter(first_day=first, last_day=last)), MAX_ADDRESSES)
    return (Entry(path=story_path(story), changed=story.updated_at, images=_images(story)) for story in stories)


def _images(document: StoryDocument | EventDocument) -> tuple[str, ...]:
    """Of the newsroom's own pictures that may be seen now."""
    return tuple(absolute(image.url) for image in for_feeds(document).images if image.sha256)


def news(web: Web) -> list[StoryDocument]:
    """The stories published in the last two days, newest first."""
    since = web.now() - NEWS_DAYS
    recent = _stories(web.index, StoryFilter(first_day=since.astimezone(web.settings.timezone).date()))
    return list(islice((story for story in recent if since <= story.published_at <= web.now()), MAX_NEWS))


def _stories(index: Index, filter: StoryFilter) -> Iterator[StoryDocument]:
    after: tuple[str, ...] | None = None
    while True:
        page = index.search(StorySearch(filter=filter, sort="newest", limit=_AT_ONCE, after=after, brief=True))
        yield from (hit.document for hit in page.hits)
        after = page.after
        if after is None:
            return


def _slugs(index: Index, type: TermType) -> Iterator[str]:
    """The slugs of a type's terms that have stories."""
    return (line.document.slug for line in scan_terms(index, TermSearch(type=type, limit=_AT_ONCE)) if line.stories)
