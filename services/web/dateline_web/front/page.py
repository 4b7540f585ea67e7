"""The front page: a lead, the second row, sections in columns, and the rail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from math import sqrt
from typing import Final, cast

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.front import HOME, Placement
from dateline.domain.slugs import slug_of
from dateline.fronts.arrangement import Arrangement, arrange, placement_of
from dateline.fronts.formula import section_weights
from dateline.ports.index import FacetValue, Index, StoryFilter, StorySearch, TermLine
from dateline_web.archive.page import calendar_of
from dateline_web.context import Web
from dateline_web.dates.month_calendar import Month
from dateline_web.events.timetable import EventLine
from dateline_web.events.upcoming import events_today, next_events
from dateline_web.terms.sections import main_sections

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
    sections = tuple(islice((line for line in main_sections(web.index) if line.stories), MAX_TRIED))
    weights = section_weights(line.document.slug for line in sections)
    front = arrange(web.index, placed, now, weights)
    top = [story for story in (front.lead, *front.seconds) if story is not None]
    today = events_today(web, MAX_EVENTS)
    latest_day = max((story.day for story in (*top, *front.following)), default=web.today)
    return FrontPage(
        arrangement=front,
        lead=front.lead,
        seconds=front.seconds,
        columns=_columns(web.index, sections, {*(story.id for story in top), *placed.hidden}),
        latest=front.following[:COLUMN],
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


def _newest(index: Index, filter: StoryFilter, limit: int) -> list[StoryDocument]:
    page = index.search(StorySearch(filter=filter, sort="newest", limit=limit, brief=True))
    return [hit.document for hit in page.hits]


def _columns(index: Index, sections: Sequence[TermLine], shown: set[str]) -> tuple[Column, ...]:
    """Each main section with stories that aren't shown yet; a story stands in one column only."""
    columns: list[Column] = []
    for line in sections:
        found = _newest(index, StoryFilter(sections=(line.document.slug,)), COLUMN + len(shown))
        stories = tuple(story for story in found if story.id not in shown)[:COLUMN]
        if stories:
            columns.append(Column(section=line.document, stories=stories))
            shown |= {story.id for story in stories}
        if len(columns) == MAX_COLUMNS:
            break
    return tuple(columns)
