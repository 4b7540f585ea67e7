"""The front page: a lead, the second row, sections in columns, and the rail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Final, cast

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.front import HOME, Placement
from dateline.domain.slugs import slug_of
from dateline.fronts.arrangement import Arrangement, placement_of
from dateline.fronts.home import COLUMN, Column, home_front
from dateline.ports.index import FacetValue, Index, StoryFilter, StorySearch
from dateline_web.archive.page import calendar_of
from dateline_web.context import Web
from dateline_web.dates.month_calendar import Month
from dateline_web.events.timetable import EventLine
from dateline_web.events.upcoming import events_today, next_events

MAX_TOPICS: Final = 8
MAX_EVENTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What the front page shows. ``events`` are today's; when there are none, the next ones."""

    arrangement: Arrangement
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


def front_page(web: Web, placement: Placement | None = None) -> FrontPage:
    """The front page now; with a ``placement`` as it would be with that."""
    now = web.now()
    placed = placement or placement_of(web.index, HOME, now)
    front = home_front(web.index, placed, now)
    top = front.arrangement
    today = events_today(web, MAX_EVENTS)
    latest_day = max((story.day for story in (*top.stories, *top.following)), default=web.today)
    return FrontPage(
        arrangement=top,
        lead=top.lead,
        seconds=top.seconds,
        columns=front.columns,
        latest=top.following[:COLUMN],
        events=today or next_events(web, MAX_EVENTS),
        events_today=bool(today),
        place=_edition_place(web),
        month=calendar_of(web, latest_day),
        topics=telling_topics(web.index, latest_day),
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
