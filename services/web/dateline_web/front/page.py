"""The front page: a lead, three seconds, sections in columns, and the rail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import sqrt
from typing import Final, cast

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.slugs import slug_of
from dateline.ports.index import FacetValue, Index, StoryFilter, StorySearch
from dateline_web.archive.page import calendar_of
from dateline_web.context import Web
from dateline_web.dates.month_calendar import Month
from dateline_web.events.timetable import EventLine
from dateline_web.events.upcoming import events_today, next_events
from dateline_web.stories.public import public_stories
from dateline_web.terms.sections import main_sections

SECONDS: Final = 3
MAX_COLUMNS: Final = 6
MAX_TRIED: Final = 2 * MAX_COLUMNS
"""Each section tried is a search, and one may have no story that isn't shown above."""
COLUMN: Final = 5
"""One headline bold and four plain."""
MAX_TOPICS: Final = 8
MAX_EVENTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A section's newest stories that stand nowhere above."""

    section: TermDocument
    stories: tuple[StoryDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What the front page shows. ``events`` are today's; when there are none, the next ones."""

    lead: StoryDocument | None
    seconds: tuple[StoryDocument, ...]
    columns: tuple[Column, ...]
    latest: tuple[StoryDocument, ...]
    events: tuple[EventLine, ...]
    events_today: bool
    place: TermDocument | None
    """The edition's, where the newsroom knows it: what is on there this weekend is one click away."""
    month: Month
    topics: tuple[FacetValue, ...]


def front_page(web: Web) -> FrontPage:
    """The front page now."""
    newest = _newest(web.index, StoryFilter(), 1 + SECONDS + COLUMN)
    top, rest = newest[: 1 + SECONDS], newest[1 + SECONDS :]
    today = events_today(web, MAX_EVENTS)
    return FrontPage(
        lead=_whole(web.index, top[0]) if top else None,
        seconds=tuple(top[1:]),
        columns=_columns(web.index, {story.id for story in top}),
        latest=tuple(rest),
        events=today or next_events(web, MAX_EVENTS),
        events_today=bool(today),
        place=_edition_place(web),
        month=calendar_of(web, newest[0].day if newest else web.today),
        topics=telling_topics(web.index, newest[0].day if newest else web.today),
    )


def _edition_place(web: Web) -> TermDocument | None:
    found = web.index.get("term", [f"place:{slug_of(web.settings.edition)}"])
    return next((term for term in cast(list[TermDocument], found) if not term.withdrawn), None)


def telling_topics(index: Index, day: date) -> tuple[FacetValue, ...]:
    """The topics of the week to ``day`` that say most of it: frequent now, and not always."""
    week = _topics(index, StoryFilter(first_day=day - timedelta(days=6), last_day=day))
    ever = {value.value: value.count for value in _topics(index, StoryFilter())}
    ranked = sorted(week, key=lambda topic: (-topic.count / sqrt(ever.get(topic.value, topic.count)), topic.label))
    return tuple(ranked[:MAX_TOPICS])


def _topics(index: Index, filter: StoryFilter) -> Iterable[FacetValue]:
    page = index.search(StorySearch(filter=filter, limit=1, brief=True, facets=("topic",), facet_size=100))
    return page.facets["topic"]


def _newest(index: Index, filter: StoryFilter, limit: int) -> list[StoryDocument]:
    page = index.search(StorySearch(filter=filter, sort="newest", limit=limit, brief=True))
    return [hit.document for hit in page.hits]


def _whole(index: Index, story: StoryDocument) -> StoryDocument:
    """With its picture and its text, unless it was withdrawn just now."""
    return next(iter(public_stories(index, [story.id])), story)


def _columns(index: Index, shown: set[str]) -> tuple[Column, ...]:
    """Each main section with stories that aren't shown yet; a story stands in one column only."""
    columns: list[Column] = []
    for line in islice((line for line in main_sections(index) if line.stories), MAX_TRIED):
        found = _newest(index, StoryFilter(sections=(line.document.slug,)), COLUMN + len(shown))
        stories = tuple(story for story in found if story.id not in shown)[:COLUMN]
        if stories:
            columns.append(Column(section=line.document, stories=stories))
            shown |= {story.id for story in stories}
        if len(columns) == MAX_COLUMNS:
            break
    return tuple(columns)
